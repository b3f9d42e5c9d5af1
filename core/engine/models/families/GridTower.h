#pragma once

#include "core/engine/models/families/Config.h"
#include "core/engine/models/nn/ConvStem.h"
#include "core/engine/models/nn/Transformer.h"

namespace triptych {

struct GridConfig {
    BlockOptions blocks;
    Modality modality = Modality::Image;
    QString model;         ///< "vision_model" or "audio_model"
    QString projection;    ///< "visual_projection" or "audio_projection"
    int channels = 3;
    std::array<int, 2> input { 224, 224 }; ///< rows, columns
    std::array<int, 2> patch { 32, 32 };   ///< of the stem's output when there is one
    std::vector<StemStage> stem;
    int dim = 512;
    bool mean = false;     ///< "pool": "mean": the embedding is the mean of the patches, not read at the class token
    bool projected = true; ///< false: the shared space is the width

    std::array<int, 2> grid() const;
    /// vision_config with CLIP's defaults.
    static GridConfig vision(const Config& config, int projectionDim);
    /// audio_config: num_mel_bins × max_frames, one channel.
    static GridConfig audio(const Config& config, int projectionDim);
};

/// CLIP's vision transformer on any grid: a picture, or a spectrogram as a picture of one channel.
/// The embedding is read at the class token.
class GridTower final : public Encoder {
public:
    GridTower(Weights& weights, const GridConfig& config);

    Modality modality() const override { return m_config.modality; }
    int dim() const override;
    int width() const override { return m_config.blocks.width; }
    int layers() const override { return m_config.blocks.layers; }
    int heads() const override { return m_config.blocks.heads; }
    EncoderOutput encode(const EncoderInput& input, const Wants& wants) override;
    at::Tensor project(const at::Tensor& last) override;
    std::vector<std::pair<std::string, at::Tensor>> parameters() override { return m_parameters; }
    const GridConfig& config() const { return m_config; }

private:
    at::Tensor embed(const at::Tensor& values, bool packed);
    at::Tensor patches(const at::Tensor& values, bool packed);

    GridConfig m_config;
    at::Tensor m_class;
    at::Tensor m_positions;
    std::unique_ptr<ConvStem> m_stem;
    at::Tensor m_patchWeight;
    at::Tensor m_patchBias; ///< undefined without a stem
    std::unique_ptr<PackedLinear> m_packedPatch;
    LayerNorm m_before;
    std::unique_ptr<Transformer> m_transformer;
    LayerNorm m_after;
    std::unique_ptr<Linear> m_projection;
    Weights::Named m_parameters;
    uint64_t m_version = 0;
};

} // namespace triptych
