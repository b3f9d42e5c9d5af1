#include "tests/core/engine/models/PlainNet.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QStringList>
#include <cmath>
#include <torch/csrc/autograd/autograd.h>

using namespace triptych;

namespace plain {

Tensors::Tensors(QSet<QString> optional)
    : m_optional(std::move(optional))
{
}

at::Tensor numbers(at::IntArrayRef shape, double phase)
{
    const int64_t count = c10::multiply_integers(shape);
    const at::Tensor value = at::sin((at::arange(count, at::kDouble) + 1) * 12.9898 + phase) * 43758.5453;
    return ((value - at::floor(value) - 0.5) * 2).to(at::kFloat).view(shape);
}

at::Tensor Tensors::make(const QString& name, at::IntArrayRef shape, Init)
{
    if (m_made.count(name) == 0)
        put(name, shape);
    const at::Tensor& made = m_made.at(name);
    if (made.sizes() != shape)
        throw Error(QStringLiteral("%1 is asked for in another shape").arg(name));
    return made;
}

void Tensors::put(const QString& name, at::IntArrayRef shape)
{
    at::Tensor value = numbers(shape, double(qHash(name, 1) % 1000));
    if (shape.size() >= 2)
        value = value * std::sqrt(3.0 * double(shape[0]) / double(value.numel()));
    else if (name.contains(QLatin1String("norm")) && name.endsWith(QLatin1String("weight")))
        value = 1 + 0.2 * value;
    m_made[name] = value.contiguous();
}

at::Tensor Tensors::get(const QString& name) const
{
    const auto found = m_made.find(name);
    if (found == m_made.end())
        qFatal("the tower never asked for %s", qPrintable(name));
    return found->second.to(at::kDouble);
}

at::Tensor Tensors::linear(const QString& name, const at::Tensor& x) const
{
    const bool biased = m_made.count(name + QStringLiteral(".bias")) > 0;
    return at::linear(x, get(name + QStringLiteral(".weight")), biased ? get(name + QStringLiteral(".bias")) : at::Tensor());
}

at::Tensor Tensors::norm(const QString& name, const at::Tensor& x, double epsilon) const
{
    return at::layer_norm(
        x, { x.size(-1) }, get(name + QStringLiteral(".weight")), get(name + QStringLiteral(".bias")), epsilon);
}

at::Tensor mix(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, int heads, bool causal)
{
    const auto split = [heads](const at::Tensor& x) {
        return x.reshape({ x.size(0), x.size(1), heads, x.size(2) / heads }).permute({ 0, 2, 1, 3 });
    };
    at::Tensor scores = at::matmul(split(q), split(k).transpose(2, 3)) / std::sqrt(double(q.size(2)) / heads);
    if (causal)
        scores = scores.masked_fill(at::ones({ q.size(1), k.size(1) }, at::kBool).triu(1), -INFINITY);
    return at::matmul(at::softmax(scores, -1), split(v)).permute({ 0, 2, 1, 3 }).reshape(q.sizes());
}

at::Tensor layer(const Tensors& w, const QString& prefix, at::Tensor x, const Layer& names)
{
    const at::Tensor y = w.norm(prefix + names.norm1, x, names.epsilon);
    at::Tensor q, k, v;
    if (names.joined.endsWith(u'_')) {
        const auto three = at::linear(y, w.get(prefix + names.joined + QStringLiteral("weight")),
            w.get(prefix + names.joined + QStringLiteral("bias"))).chunk(3, -1);
        q = three[0], k = three[1], v = three[2];
    } else if (!names.joined.isEmpty()) {
        const auto three = w.linear(prefix + names.joined, y).chunk(3, -1);
        q = three[0], k = three[1], v = three[2];
    } else {
        q = w.linear(prefix + names.query, y);
        k = w.linear(prefix + names.key, y);
        v = w.linear(prefix + names.value, y);
    }
    if (!names.queryBias.isEmpty())
        q = q + w.get(prefix + names.queryBias);
    if (!names.valueBias.isEmpty())
        v = v + w.get(prefix + names.valueBias);
    if (!names.biasKey.isEmpty()) { // torch puts them behind the sequence
        k = at::cat({ k, w.get(prefix + names.biasKey).expand({ k.size(0), -1, -1 }) }, 1);
        v = at::cat({ v, w.get(prefix + names.biasValue).expand({ v.size(0), -1, -1 }) }, 1);
    }
    at::Tensor added = w.linear(prefix + names.out, mix(q, k, v, names.heads, names.causal));
    x = x + (names.scale1.isEmpty() ? added : added * w.get(prefix + names.scale1));
    at::Tensor wide = w.linear(prefix + names.fc1, w.norm(prefix + names.norm2, x, names.epsilon));
    if (names.gated) {
        const auto halves = wide.chunk(2, -1);
        wide = halves[0] * at::sigmoid(halves[0]) * halves[1];
    } else {
        wide = 0.5 * wide * (1 + at::erf(wide / std::sqrt(2.0)));
    }
    added = w.linear(prefix + names.fc2, wide);
    return x + (names.scale2.isEmpty() ? added : added * w.get(prefix + names.scale2));
}

double off(const at::Tensor& ours, const at::Tensor& theirs)
{
    if (ours.sizes() != theirs.sizes())
        return INFINITY;
    const double worst = (ours.detach().to(at::kDouble) - theirs.to(at::kDouble)).abs().max().item<double>();
    return std::isnan(worst) ? INFINITY : worst;
}

QString faults(Encoder& encoder, const EncoderInput& input)
{
    QStringList wrong;
    const EncoderOutput packed = encoder.encode(input, { .hidden = true, .attention = true });
    const EncoderOutput slow = encoder.encode(input, { .hidden = true, .attention = true, .gradients = true });
    if (off(packed.embedding, slow.embedding.detach()) > 2e-5 || off(packed.hidden.back(), slow.hidden.back().detach()) > 5e-5)
        wrong << QStringLiteral("packed and autograd differ");
    if (int(slow.attention.size()) != encoder.layers())
        wrong << QStringLiteral("a layer without attention");
    for (const at::Tensor& attention : slow.attention) {
        if ((attention.detach().sum(-1) - 1).abs().max().item<double>() > 1e-5)
            wrong << QStringLiteral("rows do not sum to 1");
        if (attention.size(2) != slow.last.size(1) || attention.size(3) != slow.last.size(1))
            wrong << QStringLiteral("attention is not over the sequence");
    }
    const auto gradients = torch::autograd::grad({ slow.embedding.square().sum() },
        { slow.attention.begin(), slow.attention.end() }, {}, {}, false, true);
    for (const at::Tensor& gradient : gradients) {
        if (!gradient.defined() || gradient.abs().max().item<double>() == 0)
            wrong << QStringLiteral("an attention without a gradient");
    }
    const TokenLayout& layout = packed.layout;
    if (layout.special + layout.gridRows * layout.gridColumns != packed.last.size(1))
        wrong << QStringLiteral("the layout does not cover the sequence");
    if (encoder.project(packed.last).size(2) != encoder.dim() || packed.embedding.size(1) != encoder.dim())
        wrong << QStringLiteral("dim() is another");
    return wrong.join(QStringLiteral("; "));
}

} // namespace plain
