#pragma once

#include "core/engine/models/families/Config.h"
#include "core/engine/models/families/Wav2Vec2Features.h"
#include "core/engine/models/nn/Transformer.h"

#include <optional>

namespace triptych {

struct Wav2Vec2Config {
    BlockOptions blocks;
    QString prefix {};       ///< before all names but the heads'
    std::vector<WaveConvolution> convolutions;
    bool convolutionBias = false;
    bool layerNorm = false;  ///< feat_extract_norm "layer"
    bool projectionNorm = true;
    Activation featureActivation = Activation::Gelu;
    int taps = 128;
    int groups = 16;
    int vocabulary = 0;      ///< of the CTC head; 0: none
    int classes = 0;         ///< of the classifier; 0: none
    int classifierWidth = 256;
    bool weightedLayers = false; ///< the classifier reads a learnt mixture of all layers

    static Wav2Vec2Config from(const Config& config);
};

/// The encoder of wav2vec 2.0 and HuBERT: waves [N,samples] at 16 kHz in, one row of frames over
/// time. The embedding is the mean of the frames (where there is a mask, of those that hear sound).
class Wav2Vec2Tower final : public Encoder {
public:
    Wav2Vec2Tower(Weights& weights, const Wav2Vec2Config& config);

    Modality modality() const override { return Modality::Audio; }
    int dim() const override { return width(); }
    int width() const override { return m_config.blocks.width; }
    int layers() const override { return m_config.blocks.layers; }
    int heads() const override { return m_config.blocks.heads; }
    EncoderOutput encode(const EncoderInput& input, const Wants& wants) override;
    at::Tensor project(const at::Tensor& last) override { return last; }
    std::vector<std::pair<std::string, at::Tensor>> parameters() override { return m_parameters; }

private:
    void takeHeads(Weights& weights);
    void check(const EncoderInput& input) const;
    /// 1 where a frame hears sound, [N,T] float32; undefined without a mask.
    at::Tensor heard(const at::Tensor& mask, int64_t frames) const;
    at::Tensor classify(const EncoderOutput& output, const at::Tensor& heard) const;

    Wav2Vec2Config m_config;
    std::unique_ptr<Wav2Vec2Features> m_features;
    LayerNorm m_projectionNorm; ///< its weight is undefined when there is none
    Linear m_projection;
    std::unique_ptr<Wav2Vec2Positions> m_positions;
    LayerNorm m_norm; ///< before the layers (post-norm) or after them (pre-norm)
    std::unique_ptr<Transformer> m_transformer;
    std::optional<Linear> m_letters;
    std::optional<std::pair<Linear, Linear>> m_classifier; ///< projector, classifier
    at::Tensor m_layerWeights;
    Weights::Named m_parameters;
};

} // namespace triptych
