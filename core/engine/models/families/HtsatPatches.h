#pragma once

#include "core/engine/models/families/Config.h"
#include "core/engine/models/nn/Convolution.h"
#include "core/engine/models/nn/Layers.h"

#include <optional>

namespace triptych {

struct HtsatConfig {
    int bands = 64;
    int side = 256;                   ///< of the picture that the spectrogram is folded into
    int patch = 4;
    std::array<int, 2> stride { 4, 4 };
    int width = 96;                   ///< of the first stage; doubles with every stage
    std::vector<int> depths { 2, 2, 6, 2 };
    std::vector<int> heads { 4, 8, 16, 32 };
    int window = 8;
    double ratio = 4;                 ///< inner width of a perceptron over its width
    bool bias = true;                 ///< of query, key and value
    bool fuses = false;               ///< reads a long sound's parts beside the whole
    bool patchNorm = true;
    int squeeze = 4;                  ///< channels over inner channels of the fusion
    double epsilon = 1e-5;
    Activation activation = Activation::Gelu;

    int folds() const { return side / bands; }                   ///< stretches of time, one below the other
    int grid(int stage) const { return side / stride[0] >> stage; } ///< cells a side at a stage
    int stages() const { return int(depths.size()); }
    int widthAt(int stage) const { return width << stage; }
    static HtsatConfig from(const Config& config);
};

/// A spectrogram as the patches that HTSAT's transformer reads (Chen et al. 2022, Wu et al. 2023).
class HtsatPatches {
public:
    HtsatPatches(const Scope& scope, const HtsatConfig& config);
    /// [N,1|4,frames,bands] → [N, cells, W]. `longer` [N,1] bool (may be undefined): whose parts are
    /// fused in. Throws Error on more frames or bands than fit.
    at::Tensor operator()(const at::Tensor& features, const at::Tensor& longer) const;

private:
    /// Attentional feature fusion (Dai et al. 2021) of the whole and its parts.
    struct Fusion {
        Convolution parts;
        std::vector<Convolution> local;  ///< two, batch norms folded in
        std::vector<Convolution> global;
    };
    at::Tensor folded(const at::Tensor& features) const;
    at::Tensor fused(const at::Tensor& whole, const at::Tensor& parts) const;

    HtsatConfig m_config;
    at::Tensor m_scale; ///< of the batch norm over bands
    at::Tensor m_shift;
    Convolution m_patch;
    std::optional<Fusion> m_fusion;
    LayerNorm m_norm; ///< its weight is undefined when there is none
};

} // namespace triptych
