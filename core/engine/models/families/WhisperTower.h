#pragma once

#include "core/engine/models/families/Config.h"
#include "core/engine/models/nn/Transformer.h"

#include <optional>

namespace triptych {

struct WhisperConfig {
    BlockOptions blocks;
    QString prefix {};   ///< of the encoder's names
    int bands = 80;
    int positions = 1500; ///< of the encoder: half the frames of its input
    int classes = 0;     ///< of the classifier; 0: none
    int classifierWidth = 256;
    bool weightedLayers = false;

    static WhisperConfig from(const Config& config);
};

/// The encoder of Whisper: log-mel [N,bands,2·positions] in, one row of positions over time. The
/// embedding is the mean of the positions that hear sound: `mask` [N,2·positions], else all.
class WhisperTower final : public Encoder {
public:
    WhisperTower(Weights& weights, const WhisperConfig& config);

    Modality modality() const override { return Modality::Audio; }
    int dim() const override { return width(); }
    int width() const override { return m_config.blocks.width; }
    int layers() const override { return m_config.blocks.layers; }
    int heads() const override { return m_config.blocks.heads; }
    EncoderOutput encode(const EncoderInput& input, const Wants& wants) override;
    at::Tensor project(const at::Tensor& last) override { return last; }
    std::vector<std::pair<std::string, at::Tensor>> parameters() override { return m_parameters; }

private:
    at::Tensor embed(const at::Tensor& values) const;
    at::Tensor classify(const EncoderOutput& output) const;
    void pool(EncoderOutput& output, const at::Tensor& mask) const;

    WhisperConfig m_config;
    at::Tensor m_weights[2]; ///< of the two convolutions
    at::Tensor m_biases[2];
    at::Tensor m_positions;
    std::unique_ptr<Transformer> m_transformer;
    LayerNorm m_after;
    std::optional<std::pair<Linear, Linear>> m_classifier; ///< projector, classifier
    at::Tensor m_layerWeights;
    Weights::Named m_parameters;
};

/// Names of a Whisper layer's tensors, the encoder's or the decoder's. No bias on keys.
void nameWhisperBlocks(BlockOptions& blocks);

} // namespace triptych
