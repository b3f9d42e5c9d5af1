#pragma once

#include "core/engine/models/families/BertTower.h"
#include "core/engine/models/families/SentencePooling.h"
#include "core/engine/models/nn/Layers.h"

#include <optional>

namespace triptych {

/// Names of the tensors of a WordHead below its scope, BERT's cls.predictions by default.
struct WordHeadNames {
    QString dense = QStringLiteral("transform.dense");
    QString norm = QStringLiteral("transform.LayerNorm");
    QString decoder = QStringLiteral("decoder.weight");
    QStringList bias { QStringLiteral("bias"), QStringLiteral("decoder.bias") }; ///< the first that is there
};

/// Scores over the vocabulary for each position: dense, activation, norm, decoder.
class WordHead {
public:
    /// Whether the checkpoint has one.
    static bool isIn(const Scope& scope, const WordHeadNames& names = {});
    /// `tied` [V,W] is the word table; undefined: the checkpoint's own decoder is read.
    WordHead(const Scope& scope, const BertConfig& config, const at::Tensor& tied, const WordHeadNames& names = {});
    /// [..., W] → [..., V].
    at::Tensor operator()(const at::Tensor& values) const;

private:
    Linear m_dense;
    LayerNorm m_norm;
    Linear m_decoder;
    Activation m_activation;
};

/// A linear layer NAME.weight, NAME.bias when the checkpoint has it.
std::optional<Linear> optionalLinear(Weights& weights, const QString& name, int in, int out);

/// The parts that most text families end in; those that a checkpoint has.
struct TextReaders {
    SentencePooling pooling;
    std::optional<Linear> pooler;     ///< tanh of it at token 0: `more["pooler_output"]`
    std::optional<WordHead> words;    ///< `more["prediction_logits"]`, only with hidden states
    std::optional<Linear> next;       ///< of the pooler's output: `more["seq_relationship_logits"]`
    /// The classifier: `more["logits"]` [N,classes], of `last` and the pooler's output.
    std::function<at::Tensor(const at::Tensor& last, const at::Tensor& pooled)> classify {};

    TextHead head() const;
};

/// How many classes: id2label or num_labels.
int classesOf(const Config& config);

} // namespace triptych
