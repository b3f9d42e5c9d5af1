#pragma once

#include "core/engine/models/nn/Layers.h"

namespace triptych {

struct StemStage {
    int channels = 32;
    int strideRows = 2;
    int strideColumns = 2;
    int residual = 0; ///< residual blocks after the strided convolution
};

/// Small convolutions before a transformer, instead of one large patch convolution: they train far
/// better on little data (Xiao et al. 2021, "Early convolutions help transformers see better").
class ConvStem {
public:
    /// Names below `scope`: N.conv.weight, N.norm.*, N.blocks.M.{conv1.weight,norm1.*,conv2.weight,norm2.*}.
    ConvStem(const Scope& scope, int channelsIn, const std::vector<StemStage>& stages);
    /// [N,C,H,W] → [N,channels of the last stage,h,w].
    at::Tensor operator()(at::Tensor values) const;
    /// The side after every stage.
    static int side(int length, const std::vector<StemStage>& stages, bool rows);

private:
    struct Convolution {
        at::Tensor weight;
        LayerNorm norm; ///< scale and shift of the group norm
        std::array<int64_t, 2> stride { 1, 1 };
        at::Tensor operator()(const at::Tensor& values) const;
    };
    struct Stage {
        Convolution first;
        std::vector<std::pair<Convolution, Convolution>> blocks;
    };
    static Convolution convolution(const Scope& scope, const QString& weight, const QString& norm,
        int in, int out, std::array<int64_t, 2> stride);

    std::vector<Stage> m_stages;
};

} // namespace triptych
