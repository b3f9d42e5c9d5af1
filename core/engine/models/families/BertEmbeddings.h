#pragma once

#include "core/engine/models/Encoder.h"
#include "core/engine/models/families/Config.h"
#include "core/engine/models/nn/TransformerBlock.h"

namespace triptych {

/// The shape of a BERT (Devlin et al. 2019) or of one of its descendants.
struct BertConfig {
    BlockOptions blocks;
    int vocabulary = 30522;
    int positions = 512;   ///< rows of the position table
    int types = 2;         ///< token types; 0: none
    qint64 padding = -1;   ///< RoBERTa: its padding id; positions count the tokens that are not it, from
                           ///< padding + 1. -1: positions are 0, 1, 2 …
    bool sinusoid = false; ///< positions are fixed (DistilBERT's option) but stored all the same
    int buckets = 0;       ///< MPNet: of relative positions, shared by all layers; 0: none
    QString prefix {};     ///< before every name, "bert." or empty
    QString layers = QStringLiteral("encoder.layer");

    /// Most tokens it can read.
    int longest() const { return padding >= 0 ? positions - int(padding) - 1 : positions; }
    /// Of config.json as BERT has it. Throws Error on a position_embedding_type that is not "absolute".
    static BertConfig from(const Config& config);
};

/// BERT's layers: hidden_size, num_attention_heads … of `config`, post-norm, BERT's names of tensors
/// (attention.self.query, crossattention.self.query, intermediate.dense …) below a layer's scope.
/// Set `cross` for a decoder.
BlockOptions bertBlocks(const Config& config);

/// Words, positions and token types to vectors.
class BertEmbeddings {
public:
    /// Names below `scope` ("bert.embeddings."): word_embeddings.weight, position_embeddings.weight,
    /// token_type_embeddings.weight when there are types, LayerNorm.
    BertEmbeddings(const Scope& scope, const BertConfig& config);

    /// ids [N,T] int64 and types [N,T] (undefined: all 0) on any device → [N,T,W], normed. `first` is
    /// the position of the first id, for a decoder with a cache.
    at::Tensor operator()(const at::Tensor& ids, const at::Tensor& types = {}, int64_t first = 0) const;
    /// The same before the norm.
    at::Tensor sum(const at::Tensor& ids, const at::Tensor& types = {}, int64_t first = 0) const;
    at::Tensor normed(const at::Tensor& values) const { return m_norm(values); }
    /// Rows of the table of token types: ids [N,T] → [N,T,W].
    at::Tensor typed(const at::Tensor& types) const;
    const at::Tensor& words() const { return m_words; }         ///< [V,W]
    const at::Tensor& positions() const { return m_positions; } ///< [P,W]
    /// Throws Error when the ids are none, too many, outside the vocabulary, or when masks and types
    /// do not fit them.
    void check(const EncoderInput& input) const;

private:
    at::Tensor placesOf(const at::Tensor& ids, int64_t first) const;

    BertConfig m_config;
    at::Tensor m_words;
    at::Tensor m_positions;
    at::Tensor m_types;
    LayerNorm m_norm;
};

/// Mask [N,T] to what is added to scores, [N,1,1,T]: 0, or the lowest number where nothing is to be
/// looked at. Undefined when all may be looked at.
at::Tensor paddingScores(const at::Tensor& mask, const at::Device& device);

} // namespace triptych
