#pragma once

#include "core/engine/models/families/Config.h"
#include "core/engine/models/families/Towers.h"
#include "core/engine/models/nn/Transformer.h"

namespace triptych {

struct SiglipTextConfig {
    BlockOptions blocks;
    int vocabulary = 32000;
    int positions = 64;
    int dim = 768;          ///< of the shared space

    static SiglipTextConfig from(const Config& config);
};

/// SigLIP's text transformer: looks both ways and at the padding too, always at its full length; the
/// embedding is read at the last position.
class SiglipText final : public Encoder {
public:
    /// Names: text_model.*.
    SiglipText(Weights& weights, const SiglipTextConfig& config);

    Modality modality() const override { return Modality::Text; }
    int dim() const override { return m_config.dim; }
    int width() const override { return m_config.blocks.width; }
    int layers() const override { return m_config.blocks.layers; }
    int heads() const override { return m_config.blocks.heads; }
    EncoderOutput encode(const EncoderInput& input, const Wants& wants) override;
    at::Tensor project(const at::Tensor& last) override { return m_head(last); }
    std::vector<std::pair<std::string, at::Tensor>> parameters() override { return m_parameters; }
    QJsonObject facts() const;

private:
    SiglipTextConfig m_config;
    at::Tensor m_tokens;
    at::Tensor m_positions;
    std::unique_ptr<Transformer> m_transformer;
    LayerNorm m_norm;
    Linear m_head;
    Weights::Named m_parameters;
};

} // namespace triptych
