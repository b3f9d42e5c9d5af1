#pragma once

#include <ATen/core/Tensor.h>
#include <QtGlobal>

#include <vector>

namespace triptych::analysis {

/// Linear centred kernel alignment (Kornblith et al. 2019) of rows x [N, D] and y [N, E], double.
/// The unbiased form takes HSIC₁ (Song et al. 2012), for which N must be at least 4.
class LinearCka {
public:
    LinearCka(const at::Tensor& x, const at::Tensor& y);

    double biased() const;
    double unbiased() const;
    /// The biased value after the rows of y are put in another order.
    double biasedAfter(const std::vector<qint64>& order) const;

private:
    at::Tensor m_x; ///< centred
    at::Tensor m_y;
    at::Tensor m_gramX; ///< only where rows are fewer than columns
    at::Tensor m_gramY;
    double m_norm = 0; ///< ‖XᵀX‖·‖YᵀY‖
};

} // namespace triptych::analysis
