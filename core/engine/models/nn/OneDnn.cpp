#include "core/engine/models/nn/OneDnnParts.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>

namespace triptych {

namespace {

using dnnl::memory;
using Arguments = std::unordered_map<int, memory>;

// More shapes than this in one layer means they never repeat (texts of every length): start over.
constexpr size_t keptPrimitives = 24;

memory::desc describe(const at::Tensor& tensor)
{
    return { memory::dims(tensor.sizes().begin(), tensor.sizes().end()), memory::data_type::f32,
        memory::dims(tensor.strides().begin(), tensor.strides().end()) };
}

} // namespace

void appendActivation(dnnl::post_ops& operations, Activation activation)
{
    using dnnl::algorithm;
    switch (activation) {
    case Activation::None:
        return;
    case Activation::Gelu:
        return operations.append_eltwise(1, algorithm::eltwise_gelu_erf, 0, 0);
    case Activation::GeluTanh:
        return operations.append_eltwise(1, algorithm::eltwise_gelu_tanh, 0, 0);
    case Activation::QuickGelu:
        return operations.append_eltwise(1, algorithm::eltwise_swish, 1.702F, 0);
    case Activation::Relu:
        return operations.append_eltwise(1, algorithm::eltwise_relu, 0, 0);
    }
}

OneDnn::OneDnn()
    : d(std::make_unique<Private>())
{
}

OneDnn::~OneDnn() = default;

void OneDnn::product(const at::Tensor& a, const at::Tensor& b, const at::Tensor& to)
{
    at::get_num_threads(); // makes OpenMP of this thread use the number LibTorch was given
    std::vector<int64_t> key;
    for (const at::Tensor* tensor : { &a, &b, &to }) {
        key.insert(key.end(), tensor->sizes().begin(), tensor->sizes().end());
        key.insert(key.end(), tensor->strides().begin(), tensor->strides().end());
    }
    const auto [descA, descB, descTo] = std::tuple(describe(a), describe(b), describe(to));
    auto found = d->products.find(key);
    if (found == d->products.end()) {
        if (d->products.size() >= keptPrimitives)
            d->products.clear();
        const dnnl::matmul::primitive_desc recipe({ descA, descB, descTo }, d->engine);
        found = d->products.emplace(key, dnnl::matmul(recipe)).first;
    }
    found->second.execute(d->stream,
        Arguments { { DNNL_ARG_SRC, d->over(descA, a) }, { DNNL_ARG_WEIGHTS, d->over(descB, b) },
            { DNNL_ARG_DST, d->over(descTo, to) } });
    d->stream.wait();
}

struct PackedLinear::Private {
    struct Ready {
        dnnl::matmul primitive;
        memory::desc from;
        memory::desc to;
        size_t packed = 0;
    };

    std::function<Source()> source;
    Activation activation;
    at::Tensor bias;
    std::vector<memory> packed;
    std::map<std::pair<int64_t, bool>, Ready> ready;

    dnnl::matmul::primitive_desc recipe(OneDnn::Private& dnn, int64_t rows, int64_t in, int64_t out,
        bool add, const memory::desc& weights) const
    {
        dnnl::post_ops operations;
        appendActivation(operations, activation);
        if (add)
            operations.append_sum(1);
        dnnl::primitive_attr attributes;
        attributes.set_post_ops(operations);
        const memory::desc from({ rows, in }, memory::data_type::f32, memory::format_tag::ab);
        const memory::desc to({ rows, out }, memory::data_type::f32, memory::format_tag::ab);
        const memory::desc addend({ 1, out }, memory::data_type::f32, memory::format_tag::ab);
        const auto desc = bias.defined() ? dnnl::matmul::desc(from, weights, addend, to)
                                         : dnnl::matmul::desc(from, weights, to);
        return { desc, attributes, dnn.engine };
    }

    const Ready& get(OneDnn::Private& dnn, int64_t rows, int64_t in, int64_t out, bool add);
    size_t layoutFor(OneDnn::Private& dnn, const dnnl::matmul::primitive_desc& best, int64_t rows,
        int64_t in, int64_t out, bool add);
};

// An already packed copy that this shape runs on just as well, else a new one.
size_t PackedLinear::Private::layoutFor(OneDnn::Private& dnn,
    const dnnl::matmul::primitive_desc& best, int64_t rows, int64_t in, int64_t out, bool add)
{
    for (size_t i = 0; i < packed.size(); ++i) {
        if (packed[i].get_desc() == best.weights_desc())
            return i;
    }
    for (size_t i = 0; i < packed.size(); ++i) {
        try {
            const auto other = recipe(dnn, rows, in, out, add, packed[i].get_desc());
            if (std::string(other.impl_info_str()) == best.impl_info_str())
                return i;
        } catch (const dnnl::error&) {
            continue; // no kernel of this shape reads that layout: the next one, or pack anew
        }
    }
    const at::Tensor weight = source().weight.contiguous();
    const memory::desc plain({ in, out }, memory::data_type::f32, memory::format_tag::ba);
    memory from = dnn.over(plain, weight);
    memory to(best.weights_desc(), dnn.engine);
    dnnl::reorder(from, to).execute(dnn.stream, from, to);
    dnn.stream.wait();
    packed.push_back(to);
    return packed.size() - 1;
}

const PackedLinear::Private::Ready& PackedLinear::Private::get(
    OneDnn::Private& dnn, int64_t rows, int64_t in, int64_t out, bool add)
{
    const auto key = std::pair(rows, add);
    const auto found = ready.find(key);
    if (found != ready.end())
        return found->second;
    if (ready.size() >= keptPrimitives)
        ready.clear();
    const memory::desc any({ in, out }, memory::data_type::f32, memory::format_tag::any);
    auto best = recipe(dnn, rows, in, out, add, any);
    const size_t layout = layoutFor(dnn, best, rows, in, out, add);
    if (packed[layout].get_desc() != best.weights_desc())
        best = recipe(dnn, rows, in, out, add, packed[layout].get_desc());
    Ready made { dnnl::matmul(best), best.src_desc(), best.dst_desc(), layout };
    return ready.emplace(key, std::move(made)).first->second;
}

PackedLinear::PackedLinear(std::function<Source()> source, Activation activation)
    : d(std::make_unique<Private>())
{
    d->source = std::move(source);
    d->activation = activation;
}

PackedLinear::~PackedLinear() = default;
PackedLinear::PackedLinear(PackedLinear&&) noexcept = default;
PackedLinear& PackedLinear::operator=(PackedLinear&&) noexcept = default;

void PackedLinear::forget()
{
    d->packed.clear();
    d->ready.clear();
    d->bias = at::Tensor();
}

void PackedLinear::run(OneDnn& dnn, const at::Tensor& from, const at::Tensor& to, bool add)
{
    at::get_num_threads(); // makes OpenMP of this thread use the number LibTorch was given
    if (d->packed.empty()) {
        const at::Tensor bias = d->source().bias;
        d->bias = bias.defined() ? bias.contiguous() : bias;
    }
    const auto& ready = d->get(*dnn.d, from.size(0), from.size(1), to.size(1), add);
    Arguments arguments { { DNNL_ARG_SRC, dnn.d->over(ready.from, from) },
        { DNNL_ARG_WEIGHTS, d->packed[ready.packed] }, { DNNL_ARG_DST, dnn.d->over(ready.to, to) } };
    if (d->bias.defined()) {
        const memory::desc addend(
            { 1, to.size(1) }, memory::data_type::f32, memory::format_tag::ab);
        arguments.emplace(DNNL_ARG_BIAS, dnn.d->over(addend, d->bias));
    }
    ready.primitive.execute(dnn.d->stream, arguments);
    dnn.d->stream.wait();
}

} // namespace triptych
