#pragma once

#include "core/data/Modality.h"
#include "core/values/Value.h"

namespace triptych {

/// One embedding a row, with whose it is: the value of `model.embed`.
/// Array "embeddings" float32 [N, D]; info: ids, modality, model, modelHash, normalized.
struct EmbeddingSet {
    ValuePtr value;
    QStringList ids;
    Modality modality = Modality::Features;
    QString model;

    qsizetype size() const { return ids.size(); }
    qsizetype dim() const;
    std::span<const float> row(qsizetype index) const;
    std::span<const float> rows() const;
    /// -1 when the id has no embedding here. O(1) after the first call is not promised: O(N).
    qsizetype indexOf(const QString& id) const { return ids.indexOf(id); }

    /// Throws Error when the value is no embedding set.
    static EmbeddingSet from(ValuePtr value);
};

/// Reads .npz, .npy, .tsv (Embedding Projector; `metadata.tsv` beside it when there), .safetensors
/// or .csv by ending, and writes the same. Throws Error.
EmbeddingSet readEmbeddings(const QString& path);
void writeEmbeddings(const QString& path, const EmbeddingSet& set);

} // namespace triptych
