#include "core/engine/models/nn/Attention.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>

namespace triptych {

namespace {

at::Tensor biasOf(const Linear& linear)
{
    return linear.bias.defined() ? linear.bias : at::zeros({ linear.weight.size(0) }, linear.weight.options());
}

/// Rows [begin, begin + count) of a linear layer.
Linear rowsOf(const Linear& joined, int64_t begin, int64_t count)
{
    Linear part;
    part.weight = joined.weight.narrow(0, begin, count);
    if (joined.bias.defined())
        part.bias = joined.bias.narrow(0, begin, count);
    return part;
}

} // namespace

Attention::Attention(const Scope& scope, const AttentionOptions& options)
    : m_options(options)
    , m_overMemory(options.memoryWidth > 0)
    , m_norm(scope.in(options.names.norm), options.width, options.epsilon)
{
    takeWeights(scope);
    if (!options.names.scale.isEmpty())
        m_scale = scope.take(options.names.scale, { options.width }, Init::constant(1));
    pack();
}

void Attention::takeWeights(const Scope& scope)
{
    const auto& [width, heads, memoryWidth, layers, epsilon, postNorm, bias, keyBias, turned, names] = m_options;
    const double out = 1 / std::sqrt(width);
    const double in = out / std::sqrt(2.0 * layers);
    const int from = m_overMemory ? memoryWidth : width;
    const auto take = [&](const QString& name, int inputs, int outputs, bool hasBias) {
        const Scope below = name.endsWith(u'_') ? Scope { scope.weights, scope.prefix + name } : scope.in(name);
        return Linear(below, inputs, outputs, in, hasBias, turned);
    };
    if (names.joined.isEmpty()) {
        m_query = take(names.query, width, width, bias);
        m_key = take(names.key, from, width, bias && keyBias);
        m_value = take(names.value, from, width, bias);
    } else if (m_overMemory) {
        m_query = take(names.query, width, width, bias);
        const Linear joined = take(names.joined, from, 2 * width, bias);
        m_key = rowsOf(joined, 0, width);
        m_value = rowsOf(joined, width, width);
    } else {
        const Linear joined = take(names.joined, width, 3 * width, bias);
        m_query = rowsOf(joined, 0, width);
        m_key = rowsOf(joined, width, width);
        m_value = rowsOf(joined, 2 * width, width);
    }
    m_out = Linear(scope.in(names.out), width, width, out, true, turned);
    if (!names.queryBias.isEmpty())
        m_query.bias = scope.take(names.queryBias, { width }, Init::constant(0));
    if (!names.valueBias.isEmpty())
        m_value.bias = scope.take(names.valueBias, { width }, Init::constant(0));
    if (!names.blankKey.isEmpty()) {
        const std::vector<int64_t> byHead { 1, heads, 1, width / heads };
        m_blankKey = scope.take(names.blankKey, { 1, 1, width }, Init::normal(out)).view(byHead);
        m_blankValue = scope.take(names.blankValue, { 1, 1, width }, Init::normal(out)).view(byHead);
    }
}

void Attention::pack()
{
    const double scale = std::pow(m_options.width / m_options.heads, -0.5);
    // Not `this`: layers live in vectors and move.
    if (m_overMemory) {
        m_packed.emplace_back([q = m_query, scale] {
            return PackedLinear::Source { q.weight * scale, biasOf(q) * scale };
        });
        m_packed.emplace_back([k = m_key, v = m_value] {
            return PackedLinear::Source { at::cat({ k.weight, v.weight }), at::cat({ biasOf(k), biasOf(v) }) };
        });
    } else {
        m_packed.emplace_back([q = m_query, k = m_key, v = m_value, scale] {
            return PackedLinear::Source { at::cat({ q.weight * scale, k.weight, v.weight }),
                at::cat({ biasOf(q) * scale, biasOf(k), biasOf(v) }) };
        });
    }
    m_packed.push_back(packed(m_out, Activation::None, m_scale));
}

at::Tensor Attention::split(const at::Tensor& values) const
{
    return values.view({ values.size(0), values.size(1), m_options.heads, -1 }).transpose(1, 2);
}

namespace {

/// `blank` in place of position 0.
at::Tensor blanked(const at::Tensor& values, const at::Tensor& blank)
{
    const at::Tensor first = blank.expand({ values.size(0), -1, -1, -1 });
    return at::cat({ first, values.narrow(2, 1, values.size(2) - 1) }, 2);
}

/// Puts the new keys and values behind the kept ones.
void join(at::Tensor& key, at::Tensor& value, KeyValues& cache)
{
    if (cache.key.defined()) {
        key = at::cat({ cache.key, key }, 2);
        value = at::cat({ cache.value, value }, 2);
    }
    cache.key = key;
    cache.value = value;
}

} // namespace

Attention::Parts Attention::project(const at::Tensor& values, const at::Tensor& memory, KeyValues* cache) const
{
    const double scale = std::pow(m_options.width / m_options.heads, -0.5);
    Parts parts { split(m_query(values) * scale), {}, {} };
    if (m_overMemory && cache && cache->memoryKey.defined())
        return { parts.query, cache->memoryKey, cache->memoryValue };
    const at::Tensor& from = m_overMemory ? memory : values;
    parts.key = split(m_key(from));
    parts.value = split(m_value(from));
    if (m_blankKey.defined()) {
        parts.key = blanked(parts.key, m_blankKey);
        parts.value = blanked(parts.value, m_blankValue);
    }
    if (cache && m_overMemory) {
        cache->memoryKey = parts.key;
        cache->memoryValue = parts.value;
    } else if (cache) {
        join(parts.key, parts.value, *cache);
    }
    return parts;
}

at::Tensor Attention::forward(const at::Tensor& values, const at::Tensor& memory, const at::Tensor& mask,
    at::Tensor* probabilities, KeyValues* cache) const
{
    const auto [query, key, value]
        = project(m_options.postNorm ? values : m_norm(values), memory, cache);
    at::Tensor scores = at::matmul(query, key.transpose(2, 3));
    if (mask.defined())
        scores = scores + mask;
    at::Tensor weights = at::softmax(scores, -1);
    if (probabilities) {
        // A model whose weights are fixed still lets its attention be differentiated.
        if (c10::GradMode::is_enabled() && !weights.requires_grad())
            weights.requires_grad_(true);
        *probabilities = weights;
    }
    at::Tensor made = m_out(at::matmul(weights, value).transpose(1, 2).reshape(values.sizes()));
    if (m_scale.defined())
        made = made * m_scale;
    return m_options.postNorm ? m_norm(values + made) : values + made;
}

Attention::Parts Attention::projectPacked(
    OneDnn& dnn, const at::Tensor& values, const at::Tensor& memory, KeyValues* cache)
{
    const int64_t width = m_options.width;
    const int64_t heads = m_options.heads;
    const int64_t batch = values.size(0);
    const at::Tensor rows = values.view({ -1, width });
    const auto run = [&](PackedLinear& linear, const at::Tensor& from, int64_t parts) {
        const at::Tensor made = at::empty({ from.size(0), parts * width }, values.options());
        linear.run(dnn, from, made);
        return made.view({ batch, from.size(0) / batch, parts, heads, width / heads });
    };
    const auto part = [](const at::Tensor& joint, int64_t index) { return joint.select(2, index).transpose(1, 2); };
    if (!m_overMemory) {
        const at::Tensor joint = run(m_packed[0], rows, 3);
        Parts parts { part(joint, 0), part(joint, 1), part(joint, 2) };
        if (m_blankKey.defined()) {
            parts.key.narrow(2, 0, 1).copy_(m_blankKey.expand({ batch, -1, -1, -1 }));
            parts.value.narrow(2, 0, 1).copy_(m_blankValue.expand({ batch, -1, -1, -1 }));
        }
        if (cache)
            join(parts.key, parts.value, *cache);
        return parts;
    }
    const at::Tensor query = part(run(m_packed[0], rows, 1), 0);
    if (cache && cache->memoryKey.defined())
        return { query, cache->memoryKey, cache->memoryValue };
    const at::Tensor joint = run(m_packed[1], memory.contiguous().view({ -1, memory.size(2) }), 2);
    if (cache) {
        cache->memoryKey = part(joint, 0);
        cache->memoryValue = part(joint, 1);
    }
    return { query, part(joint, 0), part(joint, 1) };
}

at::Tensor Attention::forwardPacked(OneDnn& dnn, at::Tensor values, const at::Tensor& memory,
    const at::Tensor& mask, at::Tensor* probabilities, KeyValues* cache)
{
    const int64_t batch = values.size(0);
    const int64_t length = values.size(1);
    const int64_t heads = m_options.heads;
    const auto [query, key, value]
        = projectPacked(dnn, m_options.postNorm ? values : m_norm(values), memory, cache);
    at::Tensor scores = at::empty({ batch, heads, length, key.size(2) }, values.options());
    dnn.product(query, key.transpose(2, 3), scores);
    if (mask.defined())
        scores.add_(mask);
    at::Tensor weights = at::empty_like(scores);
    at::softmax_out(weights, scores, -1);
    if (probabilities)
        *probabilities = weights;
    const at::Tensor mixed
        = at::empty({ batch, length, heads, m_options.width / heads }, values.options());
    dnn.product(weights, value, mixed.transpose(1, 2));
    m_packed.back().run(dnn, mixed.view({ batch * length, -1 }), values.view({ batch * length, -1 }), true);
    return m_options.postNorm ? m_norm(values) : values;
}

void Attention::forgetPacked()
{
    for (PackedLinear& linear : m_packed)
        linear.forget();
}

} // namespace triptych
