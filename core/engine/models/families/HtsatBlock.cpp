#include "core/engine/models/families/HtsatBlock.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>

namespace triptych {

namespace {

constexpr double apart = -100; ///< as the reference keeps far cells from looking at each other

/// [N,side,side,C] → [N·windows,n,C].
at::Tensor cut(const at::Tensor& grid, int window)
{
    const int64_t count = grid.size(1) / window;
    return grid.view({ grid.size(0), count, window, count, window, grid.size(3) })
        .transpose(2, 3)
        .reshape({ -1, int64_t(window) * window, grid.size(3) });
}

at::Tensor joined(const at::Tensor& windows, int window, int side)
{
    const int64_t count = side / window;
    return windows.view({ -1, count, count, window, window, windows.size(2) })
        .transpose(2, 3)
        .reshape({ -1, side, side, windows.size(2) });
}

} // namespace

HtsatBlock::HtsatBlock(const Scope& scope, const HtsatConfig& config, int stage, bool shifted)
    : m_side(config.grid(stage))
    , m_window(std::min(config.window, config.grid(stage)))
    , m_shift(shifted && config.grid(stage) > config.window ? config.window / 2 : 0)
    , m_heads(config.heads[size_t(stage)])
    , m_activation(config.activation)
{
    const int width = config.widthAt(stage);
    const int inner = int(config.ratio * width);
    const double deviation = 1 / std::sqrt(double(width));
    m_before = LayerNorm(scope.in(QStringLiteral("layernorm_before")), width, config.epsilon);
    const Scope attention = scope.in(QStringLiteral("attention"));
    const Scope self = attention.in(QStringLiteral("self"));
    const int rows = 2 * m_window - 1;
    m_relative = self.take(
        QStringLiteral("relative_position_bias_table"), { rows * rows, m_heads }, Init::normal(0.02));
    m_query = Linear(self.in(QStringLiteral("query")), width, width, deviation, config.bias);
    m_key = Linear(self.in(QStringLiteral("key")), width, width, deviation, config.bias);
    m_value = Linear(self.in(QStringLiteral("value")), width, width, deviation, config.bias);
    m_out = Linear(attention.in(QStringLiteral("output")).in(QStringLiteral("dense")), width, width, deviation);
    m_after = LayerNorm(scope.in(QStringLiteral("layernorm_after")), width, config.epsilon);
    m_first = Linear(scope.in(QStringLiteral("intermediate")).in(QStringLiteral("dense")), width, inner, deviation);
    m_second = Linear(
        scope.in(QStringLiteral("output")).in(QStringLiteral("dense")), inner, width, 1 / std::sqrt(double(inner)));
    layOut();
}

void HtsatBlock::layOut()
{
    const int64_t n = int64_t(m_window) * m_window;
    const at::Device device = m_relative.device();
    const at::Tensor at = at::arange(n, at::kLong);
    const at::Tensor row = at::div(at, m_window, "floor");
    const at::Tensor column = at::remainder(at, m_window);
    const auto apartBy = [&](const at::Tensor& side) { return side.unsqueeze(1) - side.unsqueeze(0) + (m_window - 1); };
    m_pairs = (apartBy(row) * (2 * m_window - 1) + apartBy(column)).flatten().to(device);

    at::Tensor grid = at::arange(int64_t(m_side) * m_side, at::kLong).view({ 1, m_side, m_side, 1 });
    if (m_shift > 0)
        grid = at::roll(grid, { -m_shift, -m_shift }, { 1, 2 });
    m_places = cut(grid, m_window).squeeze(2).contiguous();
    if (m_shift == 0)
        return;
    // Regions of the shifted grid whose cells are neighbours: three bands each way.
    const at::Tensor bands = at::zeros({ m_side }, at::kLong);
    bands.slice(0, m_side - m_window, m_side - m_shift).fill_(1);
    bands.slice(0, m_side - m_shift).fill_(2);
    const at::Tensor regions
        = cut((bands.view({ 1, -1, 1, 1 }) * 3 + bands.view({ 1, 1, -1, 1 })).contiguous(), m_window).squeeze(2);
    m_apart = (regions.unsqueeze(1) != regions.unsqueeze(2)).to(at::kFloat).unsqueeze(1).mul(apart).to(device);
}

at::Tensor HtsatBlock::attend(const at::Tensor& windows, const Look& look) const
{
    const int64_t n = windows.size(1);
    const auto split = [&](const at::Tensor& values) {
        return values.view({ windows.size(0), n, m_heads, -1 }).transpose(1, 2);
    };
    const at::Tensor query = split(m_query(windows));
    at::Tensor scores = at::matmul(query, split(m_key(windows)).transpose(2, 3)) / std::sqrt(double(query.size(3)));
    scores = scores + m_relative.index_select(0, m_pairs).view({ n, n, m_heads }).permute({ 2, 0, 1 }).unsqueeze(0);
    if (m_apart.defined()) {
        const int64_t count = m_apart.size(0);
        scores = (scores.view({ -1, count, m_heads, n, n }) + m_apart.unsqueeze(0)).view({ -1, m_heads, n, n });
    }
    at::Tensor weights = at::softmax(scores, -1);
    if (look)
        weights = look(weights, *this);
    return m_out(at::matmul(weights, split(m_value(windows))).transpose(1, 2).reshape(windows.sizes()));
}

at::Tensor HtsatBlock::operator()(const at::Tensor& values, const Look& look) const
{
    const auto roll = [&](const at::Tensor& grid, int by) {
        return m_shift > 0 ? at::roll(grid, { by, by }, { 1, 2 }) : grid;
    };
    const at::Tensor grid = m_before(values).view({ values.size(0), m_side, m_side, values.size(2) });
    const at::Tensor seen = attend(cut(roll(grid, -m_shift).contiguous(), m_window), look);
    const at::Tensor back = roll(joined(seen, m_window, m_side), m_shift);
    const at::Tensor mixed = values + back.reshape(values.sizes());
    return mixed + m_second(activate(m_first(m_after(mixed)), m_activation));
}

HtsatMerging::HtsatMerging(const Scope& scope, int width, int side)
    : m_side(side)
    , m_norm(scope.in(QStringLiteral("norm")), 4 * width, 1e-5)
    , m_reduction(scope.in(QStringLiteral("reduction")), 4 * width, 2 * width, 1 / std::sqrt(4.0 * width), false)
{
}

at::Tensor HtsatMerging::operator()(const at::Tensor& values) const
{
    // [N, row pair, row, column pair, column, C]: the column is the slower of the four, as stored.
    const at::Tensor four = values.view({ values.size(0), m_side / 2, 2, m_side / 2, 2, values.size(2) })
                                .permute({ 0, 1, 3, 4, 2, 5 })
                                .reshape({ values.size(0), int64_t(m_side) * m_side / 4, 4 * values.size(2) });
    return m_reduction(m_norm(four));
}

} // namespace triptych
