#include "core/engine/models/families/PatchEmbedding.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>

namespace triptych {

namespace {

std::vector<int64_t> shapeOf(const PatchOptions& options, int width)
{
    const auto [rows, columns] = options.side;
    if (options.linear)
        return { width, int64_t(rows) * columns * options.channels };
    if (options.overTime)
        return { width, options.channels, options.frames, rows, columns };
    return { width, options.channels, rows, columns };
}

Linear take(const Scope& scope, const PatchOptions& options, int width)
{
    const double fan = double(options.channels) * options.frames * options.side[0] * options.side[1];
    Linear linear;
    linear.weight = scope.take(QStringLiteral("weight"), shapeOf(options, width), Init::normal(1 / std::sqrt(fan)))
                        .flatten(1);
    if (options.bias)
        linear.bias = scope.take(QStringLiteral("bias"), { width }, Init::constant(0));
    return linear;
}

} // namespace

PatchEmbedding::PatchEmbedding(const Scope& scope, const PatchOptions& options, int width)
    : m_options(options)
    , m_linear(take(scope, options, width))
    , m_packed(packed(m_linear))
{
}

std::array<int, 3> PatchEmbedding::grid(const at::Tensor& values) const
{
    const int frames = values.dim() == 5 ? int(values.size(1)) / m_options.frames : 1;
    const auto [rows, columns] = m_options.grid({ int(values.size(-2)), int(values.size(-1)) });
    return { frames, rows, columns };
}

at::Tensor PatchEmbedding::cut(const at::Tensor& values) const
{
    const auto [high, wide] = m_options.side;
    const int deep = m_options.frames;
    const at::Tensor clip = values.dim() == 5 ? values : values.unsqueeze(1).expand({ -1, deep, -1, -1, -1 });
    // [N, frames, C, rows, columns, deep, high, wide]
    const at::Tensor parts = clip.unfold(1, deep, deep).unfold(3, high, m_options.step(0)).unfold(4, wide, m_options.step(1));
    const at::Tensor ordered = m_options.linear ? parts.permute({ 0, 1, 3, 4, 5, 6, 7, 2 })
                                                : parts.permute({ 0, 1, 3, 4, 2, 5, 6, 7 });
    return ordered.reshape({ values.size(0), -1, inputs() });
}

at::Tensor PatchEmbedding::embed(const at::Tensor& patches, OneDnn* dnn)
{
    if (!dnn)
        return m_linear(patches);
    const at::Tensor rows = patches.reshape({ -1, inputs() }).contiguous();
    const at::Tensor embedded = at::empty({ rows.size(0), m_linear.weight.size(0) }, patches.options());
    m_packed.run(*dnn, rows, embedded);
    return embedded.view({ patches.size(0), patches.size(1), -1 });
}

at::Tensor resamplePositions(const at::Tensor& positions, std::array<int, 2> from, std::array<int, 2> to,
    Resampling resampling)
{
    if (from == to)
        return positions;
    const int64_t width = positions.size(1);
    const at::Tensor map
        = positions.view({ 1, from[0], from[1], width }).permute({ 0, 3, 1, 2 }).contiguous();
    const std::vector<int64_t> sides { to[0], to[1] };
    at::Tensor sized;
    switch (resampling) {
    case Resampling::Bicubic:
        sized = at::upsample_bicubic2d(map, sides, false);
        break;
    case Resampling::BicubicSmooth:
        sized = at::_upsample_bicubic2d_aa(map, sides, false);
        break;
    case Resampling::BilinearSmooth:
        sized = at::_upsample_bilinear2d_aa(map, sides, false);
        break;
    }
    return sized.flatten(2).squeeze(0).t().contiguous();
}

at::Tensor sinusoidPositions(int count, int width)
{
    const auto doubles = at::TensorOptions().dtype(at::kDouble);
    const at::Tensor pair = at::div(at::arange(width, doubles), 2, "floor");
    const at::Tensor wave = at::pow(10000.0, pair * 2 / width);
    at::Tensor angles = at::arange(count, doubles).unsqueeze(1) / wave.unsqueeze(0);
    const at::Tensor even = at::arange(width, at::kLong).remainder(2).eq(0);
    return at::where(even, angles.sin(), angles.cos()).to(at::kFloat);
}

} // namespace triptych
