#include "core/engine/representation/text/WordCorpus.h"

#include "core/engine/representation/text/Corpus.h"

#include <QSet>
#include <algorithm>
#include <cmath>

namespace triptych::words {

namespace {

struct Seen {
    QString word;
    qint64 count = 0;
    qint64 texts = 0;
};

std::vector<Seen> countsOf(const QList<QStringList>& texts)
{
    QHash<QString, Seen> seen;
    for (const QStringList& words : texts) {
        QSet<QString> here;
        for (const QString& word : words) {
            Seen& entry = seen[word];
            entry.word = word;
            ++entry.count;
            if (!here.contains(word)) {
                here.insert(word);
                ++entry.texts;
            }
        }
    }
    std::vector<Seen> sorted(seen.begin(), seen.end());
    std::sort(sorted.begin(), sorted.end(), [](const Seen& a, const Seen& b) {
        return a.count != b.count ? a.count > b.count : a.word.toUcs4() < b.word.toUcs4();
    });
    return sorted;
}

} // namespace

WordCorpus WordCorpus::of(const QStringList& given, int least)
{
    QList<QStringList> split;
    for (const QString& text : given)
        split.append(wordsIn(text));
    WordCorpus corpus;
    corpus.vocabulary.append(QStringLiteral("[UNK]"));
    corpus.counts.push_back(0);
    const double all = 1.0 + double(given.size());
    corpus.inverse.push_back(float(std::log(all) + 1));
    for (const Seen& seen : countsOf(split)) {
        if (seen.count < least) {
            corpus.counts[0] += seen.count;
            continue;
        }
        corpus.m_numbers.insert(seen.word, corpus.size());
        corpus.vocabulary.append(seen.word);
        corpus.counts.push_back(seen.count);
        corpus.inverse.push_back(float(std::log(all / (1.0 + double(seen.texts))) + 1));
    }
    corpus.texts = corpus.read(given);
    return corpus;
}

std::vector<std::vector<int>> WordCorpus::read(const QStringList& given) const
{
    std::vector<std::vector<int>> numbers;
    for (const QString& text : given) {
        std::vector<int> words;
        for (const QString& word : wordsIn(text))
            words.push_back(m_numbers.value(word, 0));
        if (!words.empty())
            numbers.push_back(std::move(words));
    }
    return numbers;
}

qint64 WordCorpus::tokens() const
{
    qint64 sum = 0;
    for (const std::vector<int>& text : texts)
        sum += qint64(text.size());
    return sum;
}

WordDraw::WordDraw(const std::vector<qint64>& counts, double power)
    : m_keep(counts.size(), 1)
    , m_other(counts.size(), 0)
{
    std::vector<double> share;
    double sum = 0;
    for (const qint64 count : counts) {
        share.push_back(count > 0 ? std::pow(double(count), power) : 0);
        sum += share.back();
    }
    std::vector<size_t> small;
    std::vector<size_t> large;
    for (size_t i = 0; i < share.size(); ++i) {
        share[i] *= double(share.size()) / sum;
        (share[i] < 1 ? small : large).push_back(i);
    }
    while (!small.empty() && !large.empty()) {
        const size_t less = small.back();
        const size_t more = large.back();
        small.pop_back();
        m_keep[less] = share[less];
        m_other[less] = int(more);
        share[more] -= 1 - share[less];
        if (share[more] < 1) {
            large.pop_back();
            small.push_back(more);
        }
    }
    for (const size_t rest : small) { // by rounding alone: a word that was never seen is not among them
        m_keep[rest] = counts[rest] > 0 ? 1 : 0;
        m_other[rest] = int(std::max_element(counts.begin(), counts.end()) - counts.begin());
    }
}

int WordDraw::operator()(std::mt19937_64& random) const
{
    const int place = below(random, int(m_keep.size()));
    return real(random) < m_keep[size_t(place)] ? place : m_other[size_t(place)];
}

} // namespace triptych::words
