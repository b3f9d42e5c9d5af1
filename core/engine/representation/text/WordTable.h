#pragma once

#include "core/values/Value.h"

#include <ATen/core/Tensor.h>
#include <QHash>
#include <QStringList>
#include <vector>

namespace triptych::words {

/// Learned vectors of words, from what train.skipgram, train.cbow or train.glove gave.
class WordTable {
public:
    /// Throws Error when the value lacks what belongs to it.
    static WordTable of(const Value& fitted);

    const QStringList& words() const { return m_words; }
    const at::Tensor& vectors() const { return m_vectors; } ///< [V,d] float32; row 0 is [UNK]
    double inverseFrequency(int word) const { return double(m_inverse[size_t(word)]); }
    qint64 count(int word) const { return m_counts[size_t(word)]; }
    QString language() const { return m_language; }
    int numberOf(const QString& word) const { return m_numbers.value(word, 0); } ///< 0: unknown
    std::vector<int> numbersOf(const QStringList& words) const;

    struct Near {
        int word = 0;
        double cosine = 0;
    };
    /// The words whose vectors have the largest cosine with `vector` [d], largest first; never [UNK]
    /// nor one of `without`.
    std::vector<Near> nearest(const at::Tensor& vector, int count, const std::vector<int>& without) const;

private:
    QStringList m_words;
    QHash<QString, int> m_numbers;
    at::Tensor m_vectors;
    at::Tensor m_unit; ///< rows of length 1
    std::vector<float> m_inverse;
    std::vector<qint64> m_counts;
    QString m_language;
};

/// "king - man + woman" as signed words, in small letters: +1 or −1 and the word.
std::vector<std::pair<int, QString>> signedWords(const QString& expression);

} // namespace triptych::words
