#include "core/engine/models/nn/Convolution.h"
#include "core/engine/models/nn/OneDnnParts.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>

namespace triptych {

namespace {

using dnnl::memory;
using Tag = memory::format_tag;

constexpr size_t keptShapes = 8; // a net sees few picture sizes; more means they never repeat

memory::dims dims(at::IntArrayRef sizes)
{
    return { sizes.begin(), sizes.end() };
}

at::Tensor channelsLast(const at::Tensor& values)
{
    return values.contiguous(at::MemoryFormat::ChannelsLast);
}

} // namespace

struct PackedConvolution::Private {
    struct Ready {
        dnnl::convolution_forward primitive;
        memory::desc from, to, bias;
        memory weight;
    };
    std::map<std::vector<int64_t>, Ready> ready;
    std::vector<memory> packed; ///< the weights in each layout that was asked for

    memory weightIn(const memory::desc& layout, const memory::desc& plain, const at::Tensor& weight,
        const dnnl::engine& engine, dnnl::stream& stream);
    Ready make(const dnnl::engine& engine, dnnl::stream& stream, const ConvolutionOptions& options,
        const at::Tensor& weight, bool hasBias, at::IntArrayRef from, at::IntArrayRef to, bool adds);
};

memory PackedConvolution::Private::weightIn(const memory::desc& layout, const memory::desc& plain,
    const at::Tensor& weight, const dnnl::engine& engine, dnnl::stream& stream)
{
    for (const memory& there : packed) {
        if (there.get_desc() == layout)
            return there;
    }
    const at::Tensor dense = weight.contiguous();
    memory from(plain, engine, dense.data_ptr());
    memory to(layout, engine);
    dnnl::reorder(from, to).execute(stream, from, to);
    stream.wait();
    packed.push_back(to);
    return to;
}

PackedConvolution::Private::Ready PackedConvolution::Private::make(const dnnl::engine& engine,
    dnnl::stream& stream, const ConvolutionOptions& options, const at::Tensor& weight, bool hasBias,
    at::IntArrayRef from, at::IntArrayRef to, bool adds)
{
    using dnnl::convolution_forward;
    const auto real = memory::data_type::f32;
    const memory::desc fromDesc(dims(from), real, Tag::nhwc);
    const memory::desc toDesc(dims(to), real, Tag::nhwc);
    // A desc without dimensions stands for no bias.
    const memory::desc biasDesc = hasBias ? memory::desc({ options.out }, real, Tag::x) : memory::desc();
    memory::dims shape { options.out, options.in / options.groups, options.kernel[0], options.kernel[1] };
    if (options.groups > 1) {
        shape[0] /= options.groups;
        shape.insert(shape.begin(), options.groups);
    }
    dnnl::post_ops operations;
    if (adds)
        operations.append_sum(1);
    appendActivation(operations, options.activation);
    dnnl::primitive_attr attributes;
    attributes.set_post_ops(operations);
    const memory::dims stride(options.stride.begin(), options.stride.end());
    const memory::dims padding(options.padding.begin(), options.padding.end());
    const convolution_forward::primitive_desc recipe(
        convolution_forward::desc(dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct,
            fromDesc, memory::desc(shape, real, Tag::any), biasDesc, toDesc, stride, padding, padding),
        attributes, engine);
    const memory::desc plain(shape, real, options.groups > 1 ? Tag::goihw : Tag::oihw);
    return { convolution_forward(recipe), fromDesc, toDesc, biasDesc,
        weightIn(recipe.weights_desc(), plain, weight, engine, stream) };
}

PackedConvolution::PackedConvolution()
    : d(std::make_unique<Private>())
{
}

PackedConvolution::~PackedConvolution() = default;
PackedConvolution::PackedConvolution(PackedConvolution&&) noexcept = default;
PackedConvolution& PackedConvolution::operator=(PackedConvolution&&) noexcept = default;

at::Tensor PackedConvolution::run(OneDnn& dnn, const ConvolutionOptions& options,
    const at::Tensor& weight, const at::Tensor& bias, const at::Tensor& values, const at::Tensor& add)
{
    at::get_num_threads(); // makes OpenMP of this thread use the number LibTorch was given
    const at::Tensor from = channelsLast(values);
    const auto side = [&](int axis) {
        const auto at = size_t(axis);
        return (from.size(2 + axis) + 2 * options.padding[at] - options.kernel[at]) / options.stride[at] + 1;
    };
    const at::Tensor to = add.defined()
        ? add.clone(at::MemoryFormat::ChannelsLast)
        : at::empty({ from.size(0), options.out, side(0), side(1) },
            from.options().memory_format(at::MemoryFormat::ChannelsLast));
    std::vector<int64_t> key(from.sizes().begin(), from.sizes().end());
    key.push_back(add.defined());
    auto found = d->ready.find(key);
    if (found == d->ready.end()) {
        if (d->ready.size() >= keptShapes)
            d->ready.clear();
        found = d->ready.emplace(std::move(key),
            d->make(dnn.d->engine, dnn.d->stream, options, weight, bias.defined(), from.sizes(), to.sizes(),
                add.defined())).first;
    }
    const Private::Ready& ready = found->second;
    std::unordered_map<int, memory> arguments { { DNNL_ARG_SRC, dnn.d->over(ready.from, from) },
        { DNNL_ARG_WEIGHTS, ready.weight }, { DNNL_ARG_DST, dnn.d->over(ready.to, to) } };
    if (bias.defined())
        arguments.emplace(DNNL_ARG_BIAS, dnn.d->over(ready.bias, bias));
    ready.primitive.execute(dnn.d->stream, arguments);
    dnn.d->stream.wait();
    return to;
}

} // namespace triptych
