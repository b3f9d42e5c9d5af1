#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <map>
#include <random>
#include <vector>

namespace triptych {

/// Byte-level byte-pair encoding in CLIP's layout (Sennrich et al. 2016; Radford et al. 2021):
/// 256 byte symbols, the same with "</w>", the merges, start and end of text.
struct Bpe {
    std::vector<std::pair<QString, QString>> merges; ///< best first
    QStringList tokens;                              ///< id → token

    int startId() const { return int(tokens.size()) - 2; }
    int endId() const { return int(tokens.size()) - 1; }
};

/// NFC in lower case as the tokenizers do it, with the Greek final sigma.
QString lowerCase(const QString& text);

/// Lower-cased words, digits one by one, ideographs one by one, runs of other signs: CLIP's split.
QStringList captionWords(const QString& text);

/// Learns at most `merges` merges from words with their weights; deterministic.
Bpe trainBpe(const std::map<QString, qint64>& words, int merges);

/// Writes vocab.json, merges.txt, tokenizer_config.json and special_tokens_map.json into `folder`.
void writeTokenizer(const Bpe& bpe, const QString& folder, int maxTokens);

/// Encodes for training: with `dropout`, merges are left out at random (Provilkov et al. 2020), so
/// that words share their parts. Not for use on several threads.
class BpeCoder {
public:
    explicit BpeCoder(Bpe bpe);
    const Bpe& bpe() const { return m_bpe; }
    /// Start, at most `maxTokens - 2` pieces, end.
    std::vector<qint64> encode(const QString& text, int maxTokens, double dropout, std::mt19937_64& random);

private:
    std::vector<qint64> encodeWord(const QString& word, double dropout, std::mt19937_64& random) const;

    Bpe m_bpe;
    QHash<QString, qint64> m_ids;
    QHash<std::pair<QString, QString>, int> m_ranks;
    QHash<QString, std::vector<qint64>> m_known;
};

} // namespace triptych
