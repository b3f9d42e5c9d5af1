#pragma once

#include "core/engine/models/nn/Layers.h"

#include <array>

namespace triptych {

struct PatchOptions {
    int channels = 3;
    int frames = 1;                      ///< of a patch: a tubelet when more than one
    std::array<int, 2> side { 16, 16 };  ///< rows, columns
    std::array<int, 2> stride { 0, 0 };  ///< less than side: patches overlap; 0: the side
    bool bias = true;
    bool overTime = false; ///< the stored convolution has a time axis
    bool linear = false;   ///< stored as a linear layer over [rows, columns, channels] (SigLIP 2)

    int step(int axis) const { return stride[axis] > 0 ? stride[axis] : side[axis]; }
    /// Rows and columns of patches that a picture of `sides` gives; less than 1 when it is too small.
    std::array<int, 2> grid(std::array<int, 2> sides) const
    {
        return { (sides[0] - side[0]) / step(0) + 1, (sides[1] - side[1]) / step(1) + 1 };
    }
};

/// Cuts pictures or clips into patches and brings each to the width of a tower.
class PatchEmbedding {
public:
    /// Takes `scope`.weight ([W,C,h,w], [W,C,t,h,w] or [W,h·w·C]) and bias.
    PatchEmbedding(const Scope& scope, const PatchOptions& options, int width);
    /// Frames, rows and columns of patches that `values` [N,C,H,W] or [N,F,C,H,W] give.
    std::array<int, 3> grid(const at::Tensor& values) const;
    /// The patches as rows of numbers, [N,T,inputs]; what is left at the edges is dropped. A picture
    /// stands for as many equal frames as a patch has.
    at::Tensor cut(const at::Tensor& values) const;
    /// `patches` [N,T,inputs] → [N,T,W]. `dnn` null: autograd operations.
    at::Tensor embed(const at::Tensor& patches, OneDnn* dnn);
    int inputs() const { return m_options.channels * m_options.frames * m_options.side[0] * m_options.side[1]; }
    const PatchOptions& options() const { return m_options; }
    void forgetPacked() { m_packed.forget(); }

private:
    PatchOptions m_options;
    Linear m_linear;
    PackedLinear m_packed;
};

/// How learnt positions are brought to another grid.
enum class Resampling { Bicubic, BicubicSmooth, BilinearSmooth }; ///< Smooth: antialiased when shrinking

/// `positions` [from rows · from columns, W] on another grid; the same tensor when the grids agree.
at::Tensor resamplePositions(const at::Tensor& positions, std::array<int, 2> from, std::array<int, 2> to,
    Resampling resampling);

/// The fixed sine and cosine positions of Vaswani et al. 2017, [count, width], computed in double.
at::Tensor sinusoidPositions(int count, int width);

} // namespace triptych
