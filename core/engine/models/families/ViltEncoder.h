#pragma once

#include "core/engine/models/families/BertEmbeddings.h"
#include "core/engine/models/families/JointParts.h"
#include "core/engine/models/families/PatchEmbedding.h"
#include "core/engine/models/nn/Transformer.h"

#include <functional>

namespace triptych {

struct ViltConfig {
    BertConfig text;
    BlockOptions blocks;
    PatchOptions patch;
    std::array<int, 2> input { 384, 384 }; ///< that the positions were learnt on
    int kinds = 2; ///< of modality_type_vocab_size

    static ViltConfig from(const Config& config);
    std::array<int, 2> grid() const { return { input[0] / patch.side[0], input[1] / patch.side[1] }; }
};

/// Words, then a class token of the picture, then its patches, in one sequence.
class ViltEncoder final : public JointEncoder {
public:
    /// The head's tensors have been taken before. `head` brings [N,W] to [N,classes]; may be empty.
    ViltEncoder(Weights& weights, const ViltConfig& config, QString task, std::function<at::Tensor(const at::Tensor&)> head);

    std::vector<Modality> modalities() const override { return { Modality::Image, Modality::Text }; }
    QString task() const override { return m_task; }
    /// Its answers were learnt as soft scores of several at once.
    bool severalMayHold() const override { return m_task == QLatin1String("answer"); }
    int width() const override { return m_config.blocks.width; }
    const ViltConfig& config() const { return m_config; }
    /// Pictures [N,C,H,W] with, where they differ in size, the mask [N,H,W] of their pixels: patches
    /// without pixels are left out as far as the fullest picture allows and masked beyond.
    JointOutput encode(const std::map<Modality, EncoderInput>& inputs, const Wants& wants) override;
    std::vector<std::pair<std::string, at::Tensor>> parameters() override { return m_parameters; }

private:
    struct Patches {
        at::Tensor states; ///< [N,1 + T,W]
        at::Tensor mask;   ///< [N,1 + T]
        TokenLayout layout;
    };
    Patches patches(const EncoderInput& input, OneDnn* dnn);
    void check(const EncoderInput& picture) const;

    ViltConfig m_config;
    QString m_task;
    std::function<at::Tensor(const at::Tensor&)> m_head;
    BertEmbeddings m_words;
    at::Tensor m_kinds;     ///< [kinds,W]: text 0, picture 1
    at::Tensor m_class;     ///< [1,1,W]
    at::Tensor m_positions; ///< [1 + grid,W]
    PatchEmbedding m_patch;
    Transformer m_transformer;
    LayerNorm m_norm;
    Linear m_pooler;
    Weights::Named m_parameters;
    uint64_t m_version = 0;
};

} // namespace triptych
