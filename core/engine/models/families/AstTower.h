#pragma once

#include "core/engine/models/families/Config.h"
#include "core/engine/models/nn/Transformer.h"

#include <array>
#include <optional>

namespace triptych {

struct AstConfig {
    BlockOptions blocks;
    QString prefix {};                      ///< before all names but the classifier's
    int frames = 1024;
    int bands = 128;
    int patch = 16;
    std::array<int, 2> stride { 10, 10 };   ///< over frequency, over time
    int classes = 0;                        ///< 0: no classifier

    std::array<int, 2> grid() const;        ///< frequency, time
    static AstConfig from(const Config& config);
};

/// The encoder of AST: [N, frames, bands] in; class and distillation tokens, then frequency × time.
/// The embedding is the mean of the two tokens.
class AstTower final : public Encoder {
public:
    AstTower(Weights& weights, const AstConfig& config);

    Modality modality() const override { return Modality::Audio; }
    int dim() const override { return width(); }
    int width() const override { return m_config.blocks.width; }
    int layers() const override { return m_config.blocks.layers; }
    int heads() const override { return m_config.blocks.heads; }
    EncoderOutput encode(const EncoderInput& input, const Wants& wants) override;
    at::Tensor project(const at::Tensor& last) override { return m_after(last); }
    std::vector<std::pair<std::string, at::Tensor>> parameters() override { return m_parameters; }

private:
    at::Tensor embed(const at::Tensor& values) const;

    AstConfig m_config;
    std::array<at::Tensor, 2> m_lead; ///< class, distillation: [1,1,W]
    at::Tensor m_patchWeight;
    at::Tensor m_patchBias;
    at::Tensor m_positions;
    std::unique_ptr<Transformer> m_transformer;
    LayerNorm m_after;
    std::optional<std::pair<LayerNorm, Linear>> m_classifier;
    Weights::Named m_parameters;
};

} // namespace triptych
