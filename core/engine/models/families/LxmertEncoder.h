#pragma once

#include "core/engine/models/families/BertEmbeddings.h"
#include "core/engine/models/families/JointParts.h"
#include "core/engine/models/nn/Transformer.h"

namespace triptych {

struct LxmertConfig {
    BertConfig text;
    int regionLayers = 5;
    int crossLayers = 5;
    int features = 2048; ///< numbers a region
    int boxNumbers = 4;

    static LxmertConfig from(const Config& config);
};

/// A layer in which words and regions look at each other, then each at itself.
class LxmertCrossLayer {
public:
    LxmertCrossLayer(const Scope& scope, const BlockOptions& options);

    struct State {
        at::Tensor words;
        at::Tensor regions;
    };
    /// Probabilities of the four attentions, each [N,H,T,S].
    struct Seen {
        at::Tensor wordsAtRegions;
        at::Tensor regionsAtWords;
        at::Tensor words;
        at::Tensor regions;
    };
    State forward(const State& state, const at::Tensor& wordMask, const at::Tensor& regionMask, Seen* seen) const;

private:
    Attention m_across; ///< shared by both directions
    Attention m_words;
    Attention m_regions;
    FeedForward m_wordPerceptron;
    FeedForward m_regionPerceptron;
};

class LxmertEncoder final : public JointEncoder {
public:
    /// The head's tensors have been taken before.
    LxmertEncoder(Weights& weights, const LxmertConfig& config, std::optional<AnswerHead> head);

    std::vector<Modality> modalities() const override { return { Modality::Image, Modality::Text }; }
    QString task() const override { return m_head ? QStringLiteral("answer") : QString(); }
    QString regionNeed() const override;
    int width() const override { return m_config.text.blocks.width; }
    /// The picture's input: values [N,R,features], boxes [N,R,4], mask [N,R]. `more` has the
    /// reference's names; hidden states are the words'.
    JointOutput encode(const std::map<Modality, EncoderInput>& inputs, const Wants& wants) override;
    std::vector<std::pair<std::string, at::Tensor>> parameters() override { return m_parameters; }

private:

    at::Tensor regions(const EncoderInput& input) const;

    LxmertConfig m_config;
    std::optional<AnswerHead> m_head;
    BertEmbeddings m_words;
    Linear m_features;
    LayerNorm m_featureNorm;
    Linear m_boxes;
    LayerNorm m_boxNorm;
    Transformer m_wordLayers;
    Transformer m_regionLayers;
    std::vector<LxmertCrossLayer> m_crossLayers;
    Linear m_pooler;
    Weights::Named m_parameters;
};

} // namespace triptych
