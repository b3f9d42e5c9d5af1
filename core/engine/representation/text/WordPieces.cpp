#include "core/engine/representation/text/WordPieces.h"

#include "core/engine/models/tokenizers/Normalizers.h"
#include "core/engine/models/tokenizers/PreTokenizers.h"

#include <QHash>
#include <cmath>
#include <set>
#include <unordered_map>
#include <vector>

namespace triptych {

namespace {

using Key = quint64;

Key keyOf(int a, int b) { return Key(quint32(a)) << 32 | quint32(b); }

/// Words as pieces that grow together.
class Merger {
public:
    Merger(const std::map<QString, qint64>& words, QStringList& pieces)
        : m_pieces(pieces)
    {
        std::set<QString> alphabet;
        for (const auto& [word, count] : words) {
            for (const uint code : word.toUcs4()) {
                const QString letter = characterOf(char32_t(code));
                alphabet.insert(letter);
                if (QChar::script(char32_t(code)) != QChar::Script_Han) // they always stand alone
                    alphabet.insert(QStringLiteral("##") + letter);
            }
        }
        for (const QString& letter : alphabet)
            numberOf(letter);
        for (const auto& [word, count] : words) {
            Word made { {}, count };
            for (const uint code : word.toUcs4())
                made.pieces.push_back(numberOf((made.pieces.empty() ? QString() : QStringLiteral("##")) + characterOf(char32_t(code))));
            m_words.push_back(made);
            tally(m_words.size() - 1, 1);
        }
    }

    /// Merges the best pair; false when none gains.
    bool merge()
    {
        double best = 0;
        QString bestName;
        Key chosen = 0;
        for (const auto& [key, count] : m_pairs) {
            if (count < 2)
                continue;
            const double gain = gainOf(key, count);
            if (gain < best || gain <= 0)
                continue;
            const QString name = nameOf(key); // the order of a hash table is no reason
            if (gain > best || name < bestName) {
                best = gain;
                bestName = name;
                chosen = key;
            }
        }
        if (best <= 0)
            return false;
        const int made = numberOf(bestName);
        const std::set<size_t> touched = m_where[chosen];
        for (const size_t word : touched)
            join(word, chosen, made);
        m_pairs.erase(chosen);
        m_where.erase(chosen);
        return true;
    }

private:
    struct Word {
        std::vector<int> pieces;
        qint64 count;
    };

    int numberOf(const QString& piece)
    {
        auto found = m_numbers.find(piece);
        if (found == m_numbers.end()) {
            found = m_numbers.insert(piece, int(m_pieces.size()));
            m_pieces.append(piece);
        }
        return *found;
    }

    double gainOf(Key key, qint64 count) const
    {
        const double a = double(m_counts.at(int(key >> 32)));
        const double b = double(m_counts.at(int(key & 0xffffffffU)));
        return double(count) * std::log(double(count) * double(m_total) / (a * b));
    }

    QString nameOf(Key key) const { return m_pieces[int(key >> 32)] + m_pieces[int(key & 0xffffffffU)].mid(2); }

    void tally(size_t index, qint64 sign)
    {
        const Word& word = m_words[index];
        for (size_t i = 0; i < word.pieces.size(); ++i) {
            m_counts[word.pieces[i]] += sign * word.count;
            m_total += sign * word.count;
            if (i == 0)
                continue;
            const Key key = keyOf(word.pieces[i - 1], word.pieces[i]);
            m_pairs[key] += sign * word.count;
            if (sign > 0)
                m_where[key].insert(index);
        }
    }

    void join(size_t index, Key pair, int made)
    {
        tally(index, -1);
        std::vector<int> joined;
        for (const int piece : m_words[index].pieces) {
            if (!joined.empty() && keyOf(joined.back(), piece) == pair)
                joined.back() = made;
            else
                joined.push_back(piece);
        }
        m_words[index].pieces = joined;
        tally(index, 1);
    }

    QStringList& m_pieces;
    QHash<QString, int> m_numbers;
    std::vector<Word> m_words;
    std::unordered_map<int, qint64> m_counts;
    std::unordered_map<Key, qint64> m_pairs;
    std::unordered_map<Key, std::set<size_t>> m_where;
    qint64 m_total = 0;
};

} // namespace

std::map<QString, qint64> bertWordCounts(const QStringList& texts)
{
    BertRules rules;
    rules.stripAccents = false;
    std::map<QString, qint64> counts;
    for (const QString& text : texts) {
        for (const TracedText& word : bertWords(bertNormalized(trace(text), rules)))
            ++counts[plain(word)];
    }
    return counts;
}

QStringList learnWordPieces(const std::map<QString, qint64>& words, int size)
{
    QStringList pieces { QStringLiteral("[PAD]"), QStringLiteral("[UNK]"), QStringLiteral("[CLS]"), QStringLiteral("[SEP]"),
        QStringLiteral("[MASK]") };
    Merger merger(words, pieces);
    while (pieces.size() < size && merger.merge()) { }
    return pieces;
}

} // namespace triptych
