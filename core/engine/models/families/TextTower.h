#pragma once

#include "core/engine/models/families/Config.h"
#include "core/engine/models/nn/Transformer.h"

namespace triptych {

struct TextConfig {
    BlockOptions blocks;
    int vocabulary = 49408;
    int positions = 77;
    int dim = 512;         ///< of the shared space
    qint64 end = 49407;    ///< eos_token_id; 2 means the old rule: the largest id
    bool causal = true;
    bool mean = false;     ///< "pool": "mean": the mean of the tokens, not read at the end token
    bool projected = true; ///< false: the shared space is the width

    /// text_config with CLIP's defaults.
    static TextConfig from(const Config& config, int projectionDim);
};

/// CLIP's text transformer: the embedding is read at the end token.
class TextTower final : public Encoder {
public:
    /// Names: text_model.*, text_projection.weight.
    TextTower(Weights& weights, const TextConfig& config);

    Modality modality() const override { return Modality::Text; }
    int dim() const override;
    int width() const override { return m_config.blocks.width; }
    int layers() const override { return m_config.blocks.layers; }
    int heads() const override { return m_config.blocks.heads; }
    EncoderOutput encode(const EncoderInput& input, const Wants& wants) override;
    at::Tensor project(const at::Tensor& last) override;
    std::vector<std::pair<std::string, at::Tensor>> parameters() override { return m_parameters; }
    const TextConfig& config() const { return m_config; }

private:
    void check(const EncoderInput& input) const;
    at::Tensor scoreMask(const at::Tensor& mask, int64_t length, at::Device device) const;
    at::Tensor endOf(const at::Tensor& ids) const;

    TextConfig m_config;
    at::Tensor m_tokens;
    at::Tensor m_positions;
    std::unique_ptr<Transformer> m_transformer;
    LayerNorm m_norm;
    std::unique_ptr<Linear> m_projection;
    Weights::Named m_parameters;
};

/// Whether `pool` is "mean"; throws Error when it is neither that nor "token".
bool readsMean(const Config& config);

/// Reads what text and picture towers share: hidden_size, heads, layers, act, eps.
BlockOptions blocksFrom(const Config& config, const BlockOptions& defaults);

} // namespace triptych
