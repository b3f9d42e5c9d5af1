#include "core/engine/analysis/scores/Cka.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include <algorithm>
#include <cmath>

namespace triptych::analysis {

namespace {

double number(const at::Tensor& scalar)
{
    return scalar.item<double>();
}

/// ‖aᵀb‖² the cheaper way round.
double crossSquare(const at::Tensor& a, const at::Tensor& b)
{
    if (a.size(0) < std::max(a.size(1), b.size(1)))
        return number((at::mm(a, a.t()) * at::mm(b, b.t())).sum());
    return number(at::mm(a.t(), b).square().sum());
}

/// HSIC₁ of linear kernels, from the rows alone: the kernels' diagonals are taken out.
double hsicUnbiased(const at::Tensor& x, const at::Tensor& y)
{
    const auto n = double(x.size(0));
    const at::Tensor diagonalX = x.square().sum(1);
    const at::Tensor diagonalY = y.square().sum(1);
    const at::Tensor rowsX = at::mv(x, x.sum(0)) - diagonalX;
    const at::Tensor rowsY = at::mv(y, y.sum(0)) - diagonalY;
    const double trace = crossSquare(x, y) - number(diagonalX.dot(diagonalY));
    const double all = number(rowsX.sum()) * number(rowsY.sum()) / ((n - 1) * (n - 2));
    const double mixed = 2 / (n - 2) * number(rowsX.dot(rowsY));
    return (trace + all - mixed) / (n * (n - 3));
}

} // namespace

LinearCka::LinearCka(const at::Tensor& x, const at::Tensor& y)
    : m_x(x - x.mean(0, true))
    , m_y(y - y.mean(0, true))
{
    if (x.size(0) < std::max(x.size(1), y.size(1))) {
        m_gramX = at::mm(m_x, m_x.t());
        m_gramY = at::mm(m_y, m_y.t());
    }
    m_norm = std::sqrt(crossSquare(m_x, m_x) * crossSquare(m_y, m_y));
}

double LinearCka::biased() const
{
    return m_norm > 0 ? crossSquare(m_x, m_y) / m_norm : 0;
}

double LinearCka::unbiased() const
{
    // Centring changes nothing in exact arithmetic and keeps the differences of large sums small.
    const double own = hsicUnbiased(m_x, m_x) * hsicUnbiased(m_y, m_y);
    return own > 0 ? hsicUnbiased(m_x, m_y) / std::sqrt(own) : 0;
}

double LinearCka::biasedAfter(const std::vector<qint64>& order) const
{
    if (m_norm <= 0)
        return 0;
    const at::Tensor rows
        = at::from_blob(const_cast<qint64*>(order.data()), {qint64(order.size())}, at::kLong);
    if (m_gramX.defined()) {
        const at::Tensor shuffled = m_gramY.index_select(0, rows).index_select(1, rows);
        return number((m_gramX * shuffled).sum()) / m_norm;
    }
    return number(at::mm(m_x.t(), m_y.index_select(0, rows)).square().sum()) / m_norm;
}

} // namespace triptych::analysis
