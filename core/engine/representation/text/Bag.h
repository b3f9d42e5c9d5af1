#pragma once

#include "core/engine/representation/text/TextUnits.h"

#include <QHash>
#include <QJsonObject>
#include <vector>

namespace triptych {

struct BagOptions {
    UnitOptions units;
    int minDocuments = 1; ///< a unit in fewer texts is left out
    int maxUnits = 0;     ///< the most frequent are kept; 0 = all
    int buckets = 0;      ///< > 0: no vocabulary, units fall into buckets by FNV-1a (fastText)
    bool binary = false;  ///< there or not, in place of counts
    bool inverse = false; ///< weighted by the inverse document frequency (TF-IDF)
    bool sublinear = false; ///< 1 + ln(count)
    bool normalize = false; ///< rows of length 1
};

/// A row with few entries; columns rise.
struct SparseRow {
    std::vector<int> columns;
    std::vector<double> values;
};

/// Bag of words or n-grams, in counts or TF-IDF: count(unit, text) · idf, idf = ln((1+n)/(1+df)) + 1
/// (Salton and Buckley 1988; smoothed as scikit-learn does it). Any thread.
class Bag {
public:
    /// Learns the vocabulary and the document frequencies. Throws Error when no unit is left.
    static Bag fit(const QStringList& texts, const BagOptions& options);
    /// What fit() learnt, as `toJson` gave it. Throws Error.
    static Bag fromJson(const QJsonObject& json, const BagOptions& options);
    QJsonObject toJson() const;

    SparseRow transform(const QString& text) const;
    int columns() const;
    /// In alphabetical order (of code points); of buckets: their numbers.
    const QStringList& units() const { return m_units; }
    const std::vector<double>& inverseFrequencies() const { return m_inverse; }
    /// Column of a unit; −1 when the vocabulary has none.
    int columnOf(const QString& unit) const;
    /// Buckets that two or more different units of `texts` share.
    int collisions(const QStringList& texts) const;

private:
    void index();
    void weigh(SparseRow& row) const;

    BagOptions m_options;
    QStringList m_units;
    QHash<QString, int> m_columns;
    std::vector<double> m_inverse;
};

} // namespace triptych
