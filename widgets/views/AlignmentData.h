#pragma once

#include "core/session/Session.h"

#include <optional>
#include <vector>

namespace triptych {

/// Which samples an alignment is measured over.
enum class Scope { Unseen, Seen, All, Selection };

QString scopeName(Scope scope); ///< "unseen", "seen", "all", "selection"
std::optional<Scope> scopeFromName(const QString& name);
QString scopeTitle(Scope scope); ///< translated
/// Ids of the samples in scope, in the order of session.samples(). Unseen is the test split.
QStringList scopeIds(const Session& session, Scope scope);
/// Unseen where a split is marked, else all.
Scope defaultScope(const Session& session);

/// The pairs of two modalities in scope: samples that have an embedding in both.
struct PairRows {
    Modality a = Modality::Image;
    Modality b = Modality::Text;
    QStringList ids;
    QStringList groups; ///< samples of one group are positives of each other
    QString nameA; ///< what the recipe calls the rows
    QString nameB;
    std::shared_ptr<const EmbeddingSet> setA;
    std::shared_ptr<const EmbeddingSet> setB;

    qsizetype size() const { return ids.size(); }
    /// The values "a" and "b" of the recipe.
    Inputs inputs() const;
    QJsonObject recipeInputs() const;
};
PairRows pairRows(const Session& session, Modality a, Modality b, Scope scope);

/// What a person reads for one side of a pair: the text itself, else file name and label.
QString caption(const Sample& sample, Modality modality);

/// A query whose own pair did not come first.
struct Miss {
    qsizetype query = 0;
    double rank = 0; ///< 1 + number before it + half of the ties
    qsizetype first = 0; ///< row (or column) that came first instead
    float own = 0; ///< cosine with its best positive
    float best = 0; ///< cosine with what came first
};
/// The misses of `ranks` over `similarity` [N, N], worst first; `columns` when the queries are b.
std::vector<Miss> misses(const Array& similarity, const std::vector<double>& ranks,
    const QStringList& groups, bool columns);

/// Ranks of either direction as doubles, whatever type they came in; empty when there are none.
std::vector<double> ranksOf(const Value& scores, const QString& name);

enum class MatrixOrder { AsIs, Rank, Label };
/// The rows of a matrix in the order asked for; equal ones keep their order.
std::vector<int> matrixOrder(const Session& session, const QStringList& ids,
    const std::vector<double>& ranks, MatrixOrder order);
/// `matrix` [N, N] with rows and columns in `order`.
std::vector<float> reordered(const Array& matrix, const std::vector<int>& order);

} // namespace triptych
