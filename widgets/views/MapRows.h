#pragma once

#include "core/session/Session.h"

namespace triptych {

/// Whose point it is: one sample in one modality.
struct MapRow {
    QString id;
    Modality modality = Modality::Features;

    bool operator==(const MapRow&) const = default;
    /// Short and unique: for state and for looking up.
    QString key() const { return modalityName(modality) + u':' + id; }
};

/// Every embedding of the session under each other: what a map is made of.
struct MapRows {
    std::vector<MapRow> rows;
    ValuePtr embeddings;   ///< "embeddings" float32 [N, D]; null without rows
    QString name;          ///< equal rows and vectors have equal names: goes into recipes

    qsizetype size() const { return qsizetype(rows.size()); }
    bool isEmpty() const { return rows.empty(); }
    /// These rows only, in this order.
    MapRows picked(const std::vector<size_t>& indices) const;

    /// Modality by modality, samples in their order. Sets of another width than the first are left out.
    static MapRows of(const Session& session);
    /// The same for sets that are at hand, in the order of their modalities; null ones are left out.
    static MapRows of(const std::vector<std::shared_ptr<const EmbeddingSet>>& sets);
};

} // namespace triptych
