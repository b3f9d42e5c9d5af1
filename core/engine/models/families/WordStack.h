#pragma once

#include "core/engine/models/Writer.h"
#include "core/engine/models/nn/Transformer.h"

#include <functional>
#include <optional>

namespace triptych {

/// Names of a WordStack's tensors; an empty one: it has none.
struct WordStackNames {
    QString prefix {};      ///< before all of them, ends in a dot or is empty
    QString words = QStringLiteral("embeddings.word_embeddings");
    QString places = QStringLiteral("embeddings.position_embeddings");
    QString norm = QStringLiteral("embeddings.LayerNorm"); ///< of the embeddings
    QString layers = QStringLiteral("encoder.layer");
    QString after {};       ///< norm after the layers
};

struct WordStackConfig {
    BlockOptions blocks;
    int vocabulary = 0;
    int positions = 0;
    bool causal = false;
    WordStackNames names {};
    /// Last states [N,T,W] to logits [N,T,V]; the default gives none.
    std::function<at::Tensor(const at::Tensor& last)> head {};
};

/// A text transformer that may look at a memory: GPT-2's and BERT's layers with cross-attention.
/// With a head it is a decoder; not causal, it reads a question beside a picture.
class WordStack final : public Decoder {
public:
    WordStack(Weights& weights, const WordStackConfig& config);

    int vocabulary() const override { return m_config.vocabulary; }
    int positions() const override { return m_config.positions; }
    const WordStackConfig& config() const { return m_config; }
    EncoderOutput decode(const at::Tensor& ids, const Memory& memory, const Wants& wants,
        DecoderCache* cache = nullptr) override;
    /// The same with a mask [N,T] (may be undefined) on the text. `memory.states` undefined: the
    /// text alone. Throws Error on ids that the vocabulary does not have and texts that are too long.
    EncoderOutput run(const at::Tensor& ids, const at::Tensor& mask, const Memory& memory, const Wants& wants,
        DecoderCache* cache = nullptr);
    /// The embedding of each word, [V,W]: what a tied head multiplies with.
    const at::Tensor& words() const { return m_words; }
    void setHead(std::function<at::Tensor(const at::Tensor&)> head) { m_config.head = std::move(head); }
    const Weights::Named& parameters() const { return m_parameters; }

private:
    void check(const at::Tensor& ids, int64_t before) const;

    WordStackConfig m_config;
    at::Tensor m_words;
    at::Tensor m_places;
    std::optional<LayerNorm> m_norm;
    std::unique_ptr<Transformer> m_transformer;
    std::optional<LayerNorm> m_after;
    Weights::Named m_parameters;
};

/// `blocked` (true where nothing may be looked at) as numbers to add to scores: the lowest one, not
/// minus infinity, so that a row with nothing to look at becomes even and not NaN.
at::Tensor addedMask(const at::Tensor& blocked);

} // namespace triptych
