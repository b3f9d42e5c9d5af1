#pragma once

#include "core/engine/models/families/HtsatBlock.h"
#include "core/engine/models/nn/Transformer.h"

#include <functional>

namespace triptych {

/// What comes after the audio encoder: CLAP's projection.
struct HtsatHead {
    int dim = 0;
    std::function<at::Tensor(const at::Tensor& pooled)> project;
};

/// HTSAT (Chen et al. 2022), CLAP's audio encoder: dB mel [N,1|4,frames,bands] in, the mean over the
/// last stage's cells out. Frequency is folded into the picture that Swin's layers read; the layout's
/// grid is that of the last stage, unfolded: frequency × time. Hidden states are the maps after the
/// patches and each stage, unfolded: [N,C,frequency,time].
///
/// Layers look only inside windows of finer grids, so `attention` gives each layer's probabilities
/// summed up over the last stage's cells: how much of what the cells of one read comes from another.
/// Stages differ in heads; groups of neighbouring heads are averaged to `heads()`. Gradients with
/// respect to these sums are those of raising all probabilities between two cells alike.
class HtsatTower final : public Encoder {
public:
    HtsatTower(Weights& weights, const QString& prefix, const HtsatConfig& config, HtsatHead head);

    Modality modality() const override { return Modality::Audio; }
    int dim() const override { return m_head.dim; }
    int width() const override { return m_config.widthAt(m_config.stages() - 1); }
    int layers() const override { return int(m_blocks.size()); }
    int heads() const override { return m_heads; }
    EncoderOutput encode(const EncoderInput& input, const Wants& wants) override;
    at::Tensor project(const at::Tensor& last) override { return m_head.project(last); }
    std::vector<std::pair<std::string, at::Tensor>> parameters() override { return m_parameters; }
    const HtsatConfig& config() const { return m_config; }
    /// Frequency and time cells of the last stage.
    std::array<int, 2> grid() const;

    /// The reference's own outputs: feature maps [N,C,side,side] after the patches and each stage, the
    /// windows' probabilities of each stage's last layer, the last map [N,C,frequency,time].
    struct Reference {
        std::vector<at::Tensor> maps;
        std::vector<at::Tensor> windows;
        at::Tensor last;
        at::Tensor pooled;
    };
    Reference reference(const EncoderInput& input);

private:
    void check(const EncoderInput& input) const;
    /// The stages over the patches; `after` (may be null) sees what each gives, [N,side²,C], and gives
    /// what goes on.
    using After = std::function<at::Tensor(const at::Tensor& values, int side)>;
    at::Tensor run(const EncoderInput& input, const HtsatBlock::Look& look, const After& after) const;
    /// Cell of a picture for each cell of its layout, frequency × time.
    at::Tensor orderOf(int side) const;
    at::Tensor keepMap(EncoderOutput& output, const at::Tensor& values, int side, bool gradients) const;
    HtsatBlock::Look sumsInto(EncoderOutput& output, bool gradients) const;
    at::Tensor summed(const at::Tensor& probabilities, const HtsatBlock& block, const at::Tensor& shares) const;
    at::Tensor shares(const HtsatBlock& block) const;

    HtsatConfig m_config;
    HtsatHead m_head;
    int m_heads = 1;
    std::unique_ptr<HtsatPatches> m_patches;
    std::vector<HtsatBlock> m_blocks;
    std::vector<HtsatMerging> m_mergings;
    LayerNorm m_norm;
    at::Tensor m_order; ///< of the last stage, int64
    Weights::Named m_parameters;
};

} // namespace triptych
