#pragma once

#include "core/engine/models/families/Config.h"
#include "core/engine/models/families/PatchEmbedding.h"
#include "core/engine/models/families/Towers.h"
#include "core/engine/models/nn/Transformer.h"

namespace triptych {

/// Names of a vision transformer's tensors, ViT's in transformers by default; empty: it has none. A
/// name that ends in "_" is continued without a dot.
struct VitNames {
    QString prefix {};           ///< before all of them
    QString patch = QStringLiteral("embeddings.patch_embeddings.projection");
    QString patchNorm {};        ///< on the embedded patches
    QString classToken = QStringLiteral("embeddings.cls_token");
    QString distillation {};
    QString registers {};
    QString positions = QStringLiteral("embeddings.position_embeddings"); ///< [1, positions, W]
    bool flatPositions = false;  ///< stored as [positions, W]
    QString before {};           ///< norm before the layers
    QString layers = QStringLiteral("encoder.layer");
    QString after = QStringLiteral("layernorm");
};

struct VitConfig {
    Modality modality = Modality::Image;
    BlockOptions blocks;
    PatchOptions patch;
    std::array<int, 2> input { 224, 224 }; ///< that the positions were learnt on: rows, columns
    int frames = 1;            ///< of a clip
    int registers = 0;
    int positioned = 1;        ///< leading positions that have a learnt place, the class token first
    bool blank = false;        ///< an empty position before all others (see AttentionNames::blankKey)
    bool sinusoid = false;     ///< fixed positions, none learnt
    Resampling resampling = Resampling::Bicubic;
    double patchEpsilon = 1e-5;
    VitNames names {};

    std::array<int, 2> grid() const { return patch.grid(input); }
    /// hidden_size, image_size, patch_size … as ViT and its kin have them in config.json.
    static VitConfig from(const Config& config, double epsilon);
};

/// What comes after the layers: it reads `last` (normed) and the layout, and sets pooled, embedding,
/// layout.pooled and whatever goes into `more`. `project` brings single positions to the shared space.
struct VitHead {
    int dim = 0; ///< 0: the width
    /// `mask` [N,1,1,T] is added to scores over the sequence; may be undefined.
    std::function<void(EncoderOutput& output, const at::Tensor& mask)> read {};
    std::function<at::Tensor(const at::Tensor&)> project {};
};

/// The vision transformer (Dosovitskiy et al. 2021) over pictures of any size, or clips: the grid
/// follows the input, learnt positions are resampled to it.
class VitTower final : public Encoder {
public:
    /// The head's tensors have been taken from `weights` before.
    VitTower(Weights& weights, const VitConfig& config, VitHead head);

    Modality modality() const override { return m_config.modality; }
    int dim() const override { return m_head.dim > 0 ? m_head.dim : width(); }
    int width() const override { return m_config.blocks.width; }
    int layers() const override { return m_config.blocks.layers; }
    int heads() const override { return m_config.blocks.heads; }
    /// Pixels, or patches [N,T,inputs] with `shapes` [N,2] and `mask` [N,T] (SigLIP 2).
    EncoderOutput encode(const EncoderInput& input, const Wants& wants) override;
    at::Tensor project(const at::Tensor& last) override;
    std::vector<std::pair<std::string, at::Tensor>> parameters() override { return m_parameters; }
    const VitConfig& config() const { return m_config; }
    /// A tower's line for `info`.
    QJsonObject facts() const;

private:
    void takeLead(const Scope& scope);
    bool takesPatches(const EncoderInput& input) const;
    void checkPatches(const EncoderInput& input) const;
    void checkPixels(const at::Tensor& values) const;
    at::Tensor placesOf(std::array<int, 3> grid) const;
    at::Tensor placesOf(const at::Tensor& shapes, int64_t length) const;
    at::Tensor lead(int64_t batch) const;
    at::Tensor embed(const EncoderInput& input, const at::Tensor& values, OneDnn* dnn, TokenLayout& layout);

    VitConfig m_config;
    VitHead m_head;
    std::unique_ptr<PatchEmbedding> m_patch;
    LayerNorm m_patchNorm;
    std::vector<at::Tensor> m_lead; ///< class, distillation, registers: [1,n,W]
    int m_special = 0;
    at::Tensor m_positions;         ///< [positioned + grid, W]
    LayerNorm m_before;
    std::unique_ptr<Transformer> m_transformer;
    LayerNorm m_after;
    Weights::Named m_parameters;
    uint64_t m_version = 0;
};

/// The embedding is what stands at the class token.
VitHead classHead();
/// Puts a tower into `towers` under its modality.
void addTower(Towers& towers, std::unique_ptr<VitTower> tower);
/// Adds "cls" and "patch_mean" to `more`, as far as the sequence has them.
void nameParts(EncoderOutput& output);

} // namespace triptych
