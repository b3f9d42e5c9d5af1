#include "core/engine/representation/text/Bag.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>
#include <algorithm>
#include <cmath>
#include <map>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

/// FNV-1a over UTF-8, as fastText hashes n-grams.
quint32 hashOf(const QString& unit)
{
    quint32 hash = 2166136261U;
    for (const char byte : unit.toUtf8())
        hash = (hash ^ quint32(qint8(byte))) * 16777619U; // fastText widens the signed byte
    return hash;
}

/// QString compares UTF-16 units; code points put emoji behind every other letter.
bool before(const QString& a, const QString& b)
{
    return a.toUcs4() < b.toUcs4();
}

struct Frequency {
    qint64 occurrences = 0;
    int documents = 0;
};

std::map<QString, Frequency> frequencies(const QStringList& texts, const UnitOptions& options)
{
    std::map<QString, Frequency> found;
    for (const QString& text : texts) {
        QSet<QString> seen;
        for (const QString& unit : textUnits(text, options)) {
            Frequency& frequency = found[unit];
            ++frequency.occurrences;
            if (!seen.contains(unit)) {
                seen.insert(unit);
                ++frequency.documents;
            }
        }
    }
    return found;
}

double inverse(qsizetype texts, int documents)
{
    return std::log((1.0 + double(texts)) / (1.0 + documents)) + 1;
}

} // namespace

Bag Bag::fit(const QStringList& texts, const BagOptions& options)
{
    Bag bag;
    bag.m_options = options;
    const auto found = frequencies(texts, options.units);
    if (options.buckets > 0) {
        std::vector<int> counts(size_t(options.buckets), 0);
        for (const QString& text : texts) {
            QSet<int> seen;
            for (const QString& unit : textUnits(text, options.units))
                seen.insert(bag.columnOf(unit));
            for (const int column : seen)
                ++counts[size_t(column)];
        }
        for (const int count : counts)
            bag.m_inverse.push_back(inverse(texts.size(), count));
        return bag;
    }
    std::vector<std::pair<QString, Frequency>> kept;
    for (const auto& entry : found) {
        if (entry.second.documents >= options.minDocuments)
            kept.push_back(entry);
    }
    const auto alphabetical = [](const auto& a, const auto& b) { return before(a.first, b.first); };
    std::sort(kept.begin(), kept.end(), alphabetical);
    if (options.maxUnits > 0 && int(kept.size()) > options.maxUnits) {
        std::stable_sort(kept.begin(), kept.end(),
            [](const auto& a, const auto& b) { return a.second.occurrences > b.second.occurrences; });
        kept.resize(size_t(options.maxUnits));
        std::sort(kept.begin(), kept.end(), alphabetical);
    }
    if (kept.empty()) {
        throw Error(Tr::tr("No unit is left to count: %1 texts hold none that is in %2 of them; lower min_df, or "
                           "give texts with words.").arg(texts.size()).arg(options.minDocuments));
    }
    for (const auto& [unit, frequency] : kept) {
        bag.m_units.append(unit);
        bag.m_inverse.push_back(inverse(texts.size(), frequency.documents));
    }
    bag.index();
    return bag;
}

Bag Bag::fromJson(const QJsonObject& json, const BagOptions& options)
{
    Bag bag;
    bag.m_options = options;
    for (const QJsonValue& unit : json.value(QStringLiteral("units")).toArray())
        bag.m_units.append(unit.toString());
    for (const QJsonValue& weight : json.value(QStringLiteral("inverse")).toArray())
        bag.m_inverse.push_back(weight.toDouble());
    if (int(bag.m_inverse.size()) != bag.columns())
        throw Error(Tr::tr("The fitted vocabulary does not belong to these options; fit it anew."));
    bag.index();
    return bag;
}

QJsonObject Bag::toJson() const
{
    QJsonArray weights;
    for (const double weight : m_inverse)
        weights.append(weight);
    return { { QStringLiteral("units"), QJsonArray::fromStringList(m_units) },
        { QStringLiteral("inverse"), weights } };
}

void Bag::index()
{
    for (qsizetype i = 0; i < m_units.size(); ++i)
        m_columns.insert(m_units[i], int(i));
}

int Bag::columns() const
{
    return m_options.buckets > 0 ? m_options.buckets : int(m_units.size());
}

int Bag::columnOf(const QString& unit) const
{
    return m_options.buckets > 0 ? int(hashOf(unit) % quint32(m_options.buckets)) : m_columns.value(unit, -1);
}

SparseRow Bag::transform(const QString& text) const
{
    std::map<int, double> counts;
    for (const QString& unit : textUnits(text, m_options.units)) {
        if (const int column = columnOf(unit); column >= 0)
            counts[column] += 1;
    }
    SparseRow row;
    for (const auto& [column, count] : counts) {
        row.columns.push_back(column);
        row.values.push_back(m_options.binary ? 1 : count);
    }
    weigh(row);
    return row;
}

void Bag::weigh(SparseRow& row) const
{
    double square = 0;
    for (size_t i = 0; i < row.values.size(); ++i) {
        double& value = row.values[i];
        if (m_options.sublinear)
            value = 1 + std::log(value);
        if (m_options.inverse)
            value *= m_inverse[size_t(row.columns[i])];
        square += value * value;
    }
    if (!m_options.normalize || square <= 0)
        return;
    for (double& value : row.values)
        value /= std::sqrt(square);
}

int Bag::collisions(const QStringList& texts) const
{
    std::map<int, QSet<QString>> sharing;
    for (const QString& text : texts) {
        for (const QString& unit : textUnits(text, m_options.units))
            sharing[columnOf(unit)].insert(unit);
    }
    return int(std::count_if(sharing.begin(), sharing.end(),
        [](const auto& bucket) { return bucket.first >= 0 && bucket.second.size() > 1; }));
}

} // namespace triptych
