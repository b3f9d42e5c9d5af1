#pragma once

#include "core/engine/models/families/BertEmbeddings.h"
#include "core/engine/models/families/Towers.h"
#include "core/engine/models/nn/Transformer.h"

#include <functional>

namespace triptych {

/// What comes after the layers: `read` sees `last` and sets pooled, embedding, pooledAt and whatever
/// goes into `more`; `project` brings single positions to the shared space (undefined: as they are).
struct TextHead {
    int dim = 0; ///< of the shared space; 0: the width
    /// `there` [N,T] float, 1 where there is a token.
    std::function<void(EncoderOutput& output, const at::Tensor& there, const Wants& wants)> read {};
    std::function<at::Tensor(const at::Tensor&)> project {};
};

/// BERT and its descendants as a text tower: embeddings, post-norm layers, a head.
class BertTower final : public Encoder {
public:
    /// Takes the head's tensors; sees the embeddings for what is tied to them.
    using HeadMaker = std::function<TextHead(const BertEmbeddings& embeddings)>;
    BertTower(Weights& weights, const BertConfig& config, const HeadMaker& makeHead);

    Modality modality() const override { return Modality::Text; }
    int dim() const override { return m_head.dim > 0 ? m_head.dim : width(); }
    int width() const override { return m_config.blocks.width; }
    int layers() const override { return m_config.blocks.layers; }
    int heads() const override { return m_config.blocks.heads; }
    EncoderOutput encode(const EncoderInput& input, const Wants& wants) override;
    at::Tensor project(const at::Tensor& last) override;
    std::vector<std::pair<std::string, at::Tensor>> parameters() override { return m_parameters; }
    const BertConfig& config() const { return m_config; }

private:
    at::Tensor relativeScores(int64_t length) const;

    BertConfig m_config;
    BertEmbeddings m_embeddings;
    Transformer m_transformer;
    at::Tensor m_relative; ///< [buckets, heads]
    TextHead m_head;
    Weights::Named m_parameters;
};

/// Puts the tower into `towers` with its line for `info`. `longest` > 0: it is to read no more tokens.
void addTower(Towers& towers, std::unique_ptr<BertTower> tower, int longest = 0);

} // namespace triptych
