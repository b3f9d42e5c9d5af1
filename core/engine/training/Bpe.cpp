#include "core/engine/training/Bpe.h"

#include "core/engine/models/tokenizers/TracedText.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSaveFile>
#include <algorithm>
#include <array>
#include <queue>
#include <set>

namespace triptych {

namespace {

    const QString kWordEnd = QStringLiteral("</w>");
    using Pair = std::pair<QString, QString>;

    /// The printable character that stands for each byte in GPT-2's and CLIP's vocabularies.
    const std::array<QChar, 256>& byteSymbols()
    {
        static const std::array<QChar, 256> symbols = [] {
            std::array<QChar, 256> table;
            int next = 256;
            for (int byte = 0; byte < 256; ++byte) {
                const bool printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
                table[size_t(byte)] = QChar(printable ? byte : next++);
            }
            return table;
        }();
        return symbols;
    }

    /// CLIP numbers the printable bytes first.
    std::vector<QChar> symbolsInOrder()
    {
        std::vector<QChar> order(byteSymbols().begin(), byteSymbols().end());
        std::sort(order.begin(), order.end());
        return order;
    }

    QStringList toSymbols(const QString& word)
    {
        QStringList symbols;
        for (const char byte : word.toUtf8())
            symbols << QString(byteSymbols()[uchar(byte)]);
        symbols.last() += kWordEnd;
        return symbols;
    }

    bool isIdeograph(char32_t point)
    {
        return (point >= 0x4E00 && point <= 0x9FFF) || (point >= 0x3400 && point <= 0x4DBF)
            || (point >= 0xF900 && point <= 0xFAFF) || (point >= 0x20000 && point <= 0x2FA1F);
    }

    void mergePair(QStringList& symbols, const Pair& pair)
    {
        for (qsizetype i = 0; i + 1 < symbols.size(); ++i) {
            if (symbols[i] == pair.first && symbols[i + 1] == pair.second) {
                symbols[i] += symbols[i + 1];
                symbols.removeAt(i + 1);
            }
        }
    }

    void writeFile(const QString& path, const QByteArray& bytes)
    {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
            throw Error(QCoreApplication::translate("Training", "%1 cannot be written: %2; choose another folder")
                            .arg(path, file.errorString()));
    }

}

QString lowerCase(const QString& text)
{
    return plain(lowered(trace(text.normalized(QString::NormalizationForm_C))));
}

QStringList captionWords(const QString& text)
{
    QString spaced;
    for (const char32_t point : lowerCase(text).toUcs4()) {
        const QString letter = characterOf(point);
        spaced += isIdeograph(point) ? u' ' + letter + u' ' : letter;
    }
    static const QRegularExpression word(QStringLiteral("'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+"),
        QRegularExpression::UseUnicodePropertiesOption);
    QStringList words;
    for (auto it = word.globalMatch(spaced); it.hasNext();)
        words << it.next().captured();
    return words;
}

Bpe trainBpe(const std::map<QString, qint64>& words, int merges)
{
    std::vector<std::pair<QStringList, qint64>> corpus;
    std::map<Pair, qint64> counts;
    std::map<Pair, std::set<size_t>> where;
    const auto count = [&](size_t index, qint64 sign) {
        const auto& [symbols, weight] = corpus[index];
        for (qsizetype i = 0; i + 1 < symbols.size(); ++i) {
            const Pair pair(symbols[i], symbols[i + 1]);
            counts[pair] += sign * weight;
            if (sign > 0)
                where[pair].insert(index);
        }
    };
    for (const auto& [word, weight] : words) {
        corpus.emplace_back(toSymbols(word), weight);
        count(corpus.size() - 1, 1);
    }

    // A heap with stale entries: an entry counts only while it holds the present count.
    using Entry = std::pair<qint64, Pair>;
    const auto worse = [](const Entry& a, const Entry& b) {
        return a.first != b.first ? a.first < b.first : a.second > b.second;
    };
    std::priority_queue<Entry, std::vector<Entry>, decltype(worse)> heap(worse);
    for (const auto& [pair, total] : counts)
        heap.emplace(total, pair);

    Bpe bpe;
    while (int(bpe.merges.size()) < merges && !heap.empty()) {
        const auto [total, pair] = heap.top();
        heap.pop();
        if (const qint64 now = counts[pair]; now != total) {
            if (now > 0)
                heap.emplace(now, pair);
            continue;
        }
        if (total < 2)
            break;
        bpe.merges.push_back(pair);
        std::set<Pair> touched;
        const std::set<size_t> places = where[pair];
        for (const size_t index : places) {
            count(index, -1);
            mergePair(corpus[index].first, pair);
            count(index, 1);
            const QStringList& symbols = corpus[index].first;
            for (qsizetype i = 0; i + 1 < symbols.size(); ++i)
                touched.emplace(symbols[i], symbols[i + 1]);
        }
        for (const Pair& changed : touched)
            heap.emplace(counts[changed], changed);
        counts[pair] = 0;
    }

    for (const QChar symbol : symbolsInOrder())
        bpe.tokens << QString(symbol);
    for (const QChar symbol : symbolsInOrder())
        bpe.tokens << symbol + kWordEnd;
    QSet<QString> known(bpe.tokens.begin(), bpe.tokens.end());
    for (const auto& [left, right] : bpe.merges) {
        if (!known.contains(left + right)) {
            known.insert(left + right);
            bpe.tokens << left + right;
        }
    }
    bpe.tokens << QStringLiteral("<|startoftext|>") << QStringLiteral("<|endoftext|>");
    return bpe;
}

void writeTokenizer(const Bpe& bpe, const QString& folder, int maxTokens)
{
    QJsonObject vocabulary;
    for (qsizetype id = 0; id < bpe.tokens.size(); ++id)
        vocabulary[bpe.tokens[id]] = id;
    QByteArray merges = "#version: 0.2\n";
    for (const auto& [left, right] : bpe.merges)
        merges += left.toUtf8() + ' ' + right.toUtf8() + '\n';
    const QJsonObject special {
        { QStringLiteral("bos_token"), QStringLiteral("<|startoftext|>") },
        { QStringLiteral("eos_token"), QStringLiteral("<|endoftext|>") },
        { QStringLiteral("unk_token"), QStringLiteral("<|endoftext|>") },
        { QStringLiteral("pad_token"), QStringLiteral("<|endoftext|>") },
    };
    QJsonObject config = special;
    config[QStringLiteral("tokenizer_class")] = QStringLiteral("CLIPTokenizer");
    config[QStringLiteral("do_lower_case")] = true;
    config[QStringLiteral("tokenize_chinese_chars")] = true; // as captionWords does
    config[QStringLiteral("model_max_length")] = maxTokens;
    const QDir dir(folder);
    writeFile(dir.filePath(QStringLiteral("vocab.json")), QJsonDocument(vocabulary).toJson(QJsonDocument::Compact));
    writeFile(dir.filePath(QStringLiteral("merges.txt")), merges);
    writeFile(dir.filePath(QStringLiteral("special_tokens_map.json")), QJsonDocument(special).toJson());
    writeFile(dir.filePath(QStringLiteral("tokenizer_config.json")), QJsonDocument(config).toJson());
}

BpeCoder::BpeCoder(Bpe bpe)
    : m_bpe(std::move(bpe))
{
    for (qsizetype id = 0; id < m_bpe.tokens.size(); ++id)
        m_ids.insert(m_bpe.tokens[id], id);
    for (size_t rank = 0; rank < m_bpe.merges.size(); ++rank)
        m_ranks.insert(m_bpe.merges[rank], int(rank));
}

std::vector<qint64> BpeCoder::encodeWord(const QString& word, double dropout, std::mt19937_64& random) const
{
    std::uniform_real_distribution<double> uniform;
    QStringList symbols = toSymbols(word);
    while (symbols.size() > 1) {
        int best = std::numeric_limits<int>::max();
        qsizetype at = -1;
        for (qsizetype i = 0; i + 1 < symbols.size(); ++i) {
            const auto rank = m_ranks.constFind({ symbols[i], symbols[i + 1] });
            if (rank != m_ranks.constEnd() && *rank < best && (dropout == 0 || uniform(random) >= dropout)) {
                best = *rank;
                at = i;
            }
        }
        if (at < 0)
            break;
        symbols[at] += symbols[at + 1];
        symbols.removeAt(at + 1);
    }
    std::vector<qint64> ids;
    for (const QString& symbol : symbols)
        ids.push_back(m_ids.value(symbol, m_bpe.endId()));
    return ids;
}

std::vector<qint64> BpeCoder::encode(const QString& text, int maxTokens, double dropout, std::mt19937_64& random)
{
    std::uniform_real_distribution<double> uniform;
    std::vector<qint64> ids { m_bpe.startId() };
    for (const QString& word : captionWords(text)) {
        if (dropout > 0 && uniform(random) < 0.5) {
            const auto pieces = encodeWord(word, dropout, random);
            ids.insert(ids.end(), pieces.begin(), pieces.end());
            continue;
        }
        auto known = m_known.find(word);
        if (known == m_known.end())
            known = m_known.insert(word, encodeWord(word, 0, random));
        ids.insert(ids.end(), known->begin(), known->end());
    }
    ids.resize(std::min(ids.size(), size_t(maxTokens) - 1));
    ids.push_back(m_bpe.endId());
    return ids;
}

} // namespace triptych
