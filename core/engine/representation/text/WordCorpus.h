#pragma once

#include "core/jobs/Progress.h"

#include <QHash>
#include <QStringList>
#include <random>
#include <vector>

namespace triptych::words {

/// A corpus in numbers. Word 0 stands for all that the vocabulary does not have.
struct WordCorpus {
    QStringList vocabulary;      ///< "[UNK]", then by falling count, equal ones by code point
    std::vector<qint64> counts;  ///< times each was seen
    std::vector<float> inverse;  ///< ln((1 + n)/(1 + df)) + 1 over the texts
    std::vector<std::vector<int>> texts;

    /// Words seen less than `least` times become [UNK].
    static WordCorpus of(const QStringList& texts, int least);
    /// Further texts in the same numbers.
    std::vector<std::vector<int>> read(const QStringList& texts) const;
    qint64 tokens() const;
    int size() const { return int(vocabulary.size()); }

private:
    QHash<QString, int> m_numbers;
};

/// Draws words in proportion to count^power, in constant time (alias method, Walker 1977).
class WordDraw {
public:
    WordDraw(const std::vector<qint64>& counts, double power);
    int operator()(std::mt19937_64& random) const;

private:
    std::vector<double> m_keep;
    std::vector<int> m_other;
};

/// Uniform in [0, 1), the same on every platform.
inline double real(std::mt19937_64& random) { return double(random() >> 11) * 0x1p-53; }
/// Uniform in 0 … n − 1.
inline int below(std::mt19937_64& random, int n) { return int(real(random) * n); }

} // namespace triptych::words
