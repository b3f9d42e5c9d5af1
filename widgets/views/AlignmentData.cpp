#include "widgets/views/AlignmentData.h"

#include "widgets/views/EmbeddingRows.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSet>
#include <algorithm>
#include <numeric>

namespace triptych {

namespace {

constexpr std::array kScopes {Scope::Unseen, Scope::Seen, Scope::All, Scope::Selection};

bool isPositive(const QStringList& groups, qsizetype query, qsizetype other)
{
    return query == other || (other < groups.size() && groups[query] == groups[other]);
}

}

QString scopeName(Scope scope)
{
    switch (scope) {
    case Scope::Unseen:
        return QStringLiteral("unseen");
    case Scope::Seen:
        return QStringLiteral("seen");
    case Scope::All:
        return QStringLiteral("all");
    case Scope::Selection:
        break;
    }
    return QStringLiteral("selection");
}

std::optional<Scope> scopeFromName(const QString& name)
{
    for (const Scope scope : kScopes) {
        if (scopeName(scope) == name)
            return scope;
    }
    return {};
}

QString scopeTitle(Scope scope)
{
    switch (scope) {
    case Scope::Unseen:
        return QCoreApplication::translate("AlignmentData", "Unseen samples");
    case Scope::Seen:
        return QCoreApplication::translate("AlignmentData", "Seen samples");
    case Scope::All:
        return QCoreApplication::translate("AlignmentData", "All samples");
    case Scope::Selection:
        break;
    }
    return QCoreApplication::translate("AlignmentData", "Selection");
}

QStringList scopeIds(const Session& session, Scope scope)
{
    const QStringList selection = session.selection();
    const QSet<QString> selected(selection.begin(), selection.end());
    QStringList ids;
    for (const Sample& sample : session.samples()) {
        const bool in = scope == Scope::All
            || (scope == Scope::Selection && selected.contains(sample.id))
            || (scope == Scope::Unseen && sample.split == QLatin1String("test"))
            || (scope == Scope::Seen && sample.split == QLatin1String("train"));
        if (in)
            ids << sample.id;
    }
    return ids;
}

Scope defaultScope(const Session& session)
{
    return scopeIds(session, Scope::Unseen).size() > 1 ? Scope::Unseen : Scope::All;
}

Inputs PairRows::inputs() const
{
    Inputs inputs;
    inputs.values[QStringLiteral("a")] = rowsFor(*setA, ids, groups);
    inputs.values[QStringLiteral("b")] = rowsFor(*setB, ids, groups);
    return inputs;
}

QJsonObject PairRows::recipeInputs() const
{
    return {{QStringLiteral("a"), nameA}, {QStringLiteral("b"), nameB}};
}

PairRows pairRows(const Session& session, Modality a, Modality b, Scope scope)
{
    PairRows pairs;
    pairs.a = a;
    pairs.b = b;
    pairs.setA = session.embeddings(a);
    pairs.setB = session.embeddings(b);
    if (!pairs.setA || !pairs.setB)
        return pairs;
    const QSet<QString> inA(pairs.setA->ids.begin(), pairs.setA->ids.end());
    const QSet<QString> inB(pairs.setB->ids.begin(), pairs.setB->ids.end());
    for (const QString& id : scopeIds(session, scope)) {
        if (!inA.contains(id) || !inB.contains(id))
            continue;
        const Sample* sample = session.sample(id);
        pairs.ids << id;
        pairs.groups << (sample->group.isEmpty() ? QStringLiteral("id:") + id : sample->group);
    }
    pairs.nameA = rowsName(*pairs.setA, pairs.ids, pairs.groups);
    pairs.nameB = rowsName(*pairs.setB, pairs.ids, pairs.groups);
    return pairs;
}

QString caption(const Sample& sample, Modality modality)
{
    const auto found = sample.sources.find(modality);
    if (found == sample.sources.end() || modality == Modality::Text)
        return sample.title();
    const QString file = QFileInfo(found->second.path).fileName();
    const QString title = sample.title();
    if (file.isEmpty() || file == title || found->second.path.startsWith(QLatin1String("emoji:"))
        || found->second.path.startsWith(QLatin1String("speech:")))
        return title;
    return title + QStringLiteral(" (") + file + u')';
}

std::vector<Miss> misses(const Array& similarity, const std::vector<double>& ranks,
    const QStringList& groups, bool columns)
{
    std::vector<Miss> result;
    const auto values = similarity.floats();
    const auto count = qsizetype(ranks.size());
    Q_ASSERT((similarity.shape == QList<qint64> {count, count}));
    for (qsizetype query = 0; query < count; ++query) {
        if (ranks[size_t(query)] <= 1)
            continue;
        Miss miss {query, ranks[size_t(query)], -1, -2, -2};
        for (qsizetype other = 0; other < count; ++other) {
            const float value
                = values[size_t(columns ? other * count + query : query * count + other)];
            if (isPositive(groups, query, other)) {
                miss.own = std::max(miss.own, value);
            } else if (value > miss.best) {
                miss.best = value;
                miss.first = other;
            }
        }
        if (miss.first >= 0)
            result.push_back(miss);
    }
    std::stable_sort(
        result.begin(), result.end(), [](const Miss& x, const Miss& y) { return x.rank > y.rank; });
    return result;
}

std::vector<double> ranksOf(const Value& scores, const QString& name)
{
    if (!scores.has(name))
        return {}; // the two sets have no space in common
    const Array floats = scores.array(name).toFloat();
    const auto values = floats.floats();
    return {values.begin(), values.end()};
}

std::vector<int> matrixOrder(const Session& session, const QStringList& ids,
    const std::vector<double>& ranks, MatrixOrder order)
{
    std::vector<int> rows(size_t(ids.size()));
    std::iota(rows.begin(), rows.end(), 0);
    if (order == MatrixOrder::Rank && ranks.size() == rows.size()) {
        std::stable_sort(rows.begin(), rows.end(),
            [&](int x, int y) { return ranks[size_t(x)] < ranks[size_t(y)]; });
    } else if (order == MatrixOrder::Label) {
        const auto label = [&](int row) {
            const Sample* sample = session.sample(ids[row]);
            return sample ? sample->label : QString();
        };
        QStringList labels;
        for (int i = 0; i < ids.size(); ++i)
            labels << label(i);
        std::stable_sort(rows.begin(), rows.end(),
            [&](int x, int y) { return labels[x].localeAwareCompare(labels[y]) < 0; });
    }
    return rows;
}

std::vector<float> reordered(const Array& matrix, const std::vector<int>& order)
{
    const auto values = matrix.floats();
    const size_t count = order.size();
    std::vector<float> result(count * count);
    for (size_t r = 0; r < count; ++r) {
        const float* from = values.data() + size_t(order[r]) * size_t(matrix.shape[1]);
        for (size_t c = 0; c < count; ++c)
            result[r * count + c] = from[order[c]];
    }
    return result;
}

} // namespace triptych
