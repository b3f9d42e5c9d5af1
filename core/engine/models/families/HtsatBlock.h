#pragma once

#include "core/engine/models/families/HtsatPatches.h"

namespace triptych {

/// Swin's layer (Liu et al. 2021): attention inside windows of a square grid, shifted in every other
/// layer, then a perceptron. Pre-norm.
class HtsatBlock {
public:
    HtsatBlock(const Scope& scope, const HtsatConfig& config, int stage, bool shifted);

    /// What happens to the probabilities [N·windows,H,n,n] before they are used; null: nothing.
    using Look = std::function<at::Tensor(const at::Tensor& probabilities, const HtsatBlock& block)>;
    /// [N,cells,W] → the same.
    at::Tensor operator()(const at::Tensor& values, const Look& look) const;
    /// Cell of the grid (row by row) that each position of each window stands for: [windows,n] int64.
    const at::Tensor& places() const { return m_places; }
    int heads() const { return m_heads; }
    int side() const { return m_side; } ///< cells of the grid a side
    int64_t windows() const { return m_places.size(0); }

private:
    at::Tensor attend(const at::Tensor& windows, const Look& look) const;
    void layOut();

    int m_side;
    int m_window;
    int m_shift;
    int m_heads;
    LayerNorm m_before;
    Linear m_query;
    Linear m_key;
    Linear m_value;
    Linear m_out;
    at::Tensor m_relative; ///< [(2·window-1)², H]
    at::Tensor m_pairs;    ///< row of m_relative for each pair in a window: [n·n] int64
    at::Tensor m_apart;    ///< added where a shifted window joins what is not neighboured: [windows,1,n,n]
    at::Tensor m_places;
    LayerNorm m_after;
    Linear m_first;
    Linear m_second;
    Activation m_activation;
};

/// Two by two cells to one of twice the width.
class HtsatMerging {
public:
    HtsatMerging(const Scope& scope, int width, int side);
    at::Tensor operator()(const at::Tensor& values) const;

private:
    int m_side;
    LayerNorm m_norm;
    Linear m_reduction;
};

} // namespace triptych
