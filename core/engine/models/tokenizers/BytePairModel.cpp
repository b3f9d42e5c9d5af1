#include "core/engine/models/tokenizers/WordModels.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <array>
#include <queue>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

struct Merge {
    quint32 rank = 0;
    qint64 made = 0;
};

quint64 pairKey(qint64 left, qint64 right)
{
    return (quint64(left) << 32) | quint64(right);
}

/// A token of the word while it is put together: a list in an array.
struct Symbol {
    qint64 id = 0;
    qint64 begin = 0;
    qint64 end = 0;
    int before = -1;
    int after = -1;
};

class BytePair final : public WordModel {
public:
    BytePair(TokenTable table, const TokenPairs& merges, const BytePairOptions& options, const QString& where)
        : m_options(options)
    {
        m_table = std::move(table);
        m_unknown = options.unknown.empty() ? -1 : m_table.idOf(options.unknown);
        if (!options.unknown.empty() && m_unknown < 0) {
            throw Error(Tr::tr("%1: the vocabulary has no %2, which stands for unknown words.")
                            .arg(where, QString::fromStdString(options.unknown)));
        }
        if (options.byteFallback)
            findBytes();
        m_merges.reserve(merges.size());
        for (const auto& [left, right] : merges)
            addMerge(left, right, where);
    }

    void split(const TracedText& word, TextPieces& to) const override
    {
        if (m_options.wholeFirst) {
            if (const qint64 id = m_table.idOf(utf8Of(word)); id >= 0) {
                to.push_back(piece(id, word.front().begin, word.back().end));
                return;
            }
        }
        std::vector<Symbol> symbols = symbolsOf(word);
        merge(symbols);
        for (const Symbol& symbol : symbols) {
            if (symbol.id >= 0)
                to.push_back(piece(symbol.id, symbol.begin, symbol.end));
        }
    }

private:
    void findBytes()
    {
        for (size_t byte = 0; byte < m_bytes.size(); ++byte)
            m_bytes[byte] = m_table.idOf(byteToken(uchar(byte)));
    }

    void addMerge(const std::string& left, const std::string& right, const QString& where)
    {
        const bool continued = !m_options.prefix.empty() && right.rfind(m_options.prefix, 0) == 0;
        const std::string made = left + (continued ? right.substr(m_options.prefix.size()) : right);
        const qint64 first = m_table.idOf(left);
        const qint64 second = m_table.idOf(right);
        const qint64 both = m_table.idOf(made);
        if (first < 0 || second < 0 || both < 0) {
            const std::string& missing = first < 0 ? left : second < 0 ? right : made;
            throw Error(Tr::tr("%1: merge %2 needs the token %3, which the vocabulary does not have.")
                            .arg(where)
                            .arg(m_merges.size() + 1)
                            .arg(QString::fromStdString(missing)));
        }
        m_merges.emplace(pairKey(first, second), Merge { quint32(m_merges.size()), both });
    }

    std::vector<Symbol> symbolsOf(const TracedText& word) const
    {
        std::vector<Symbol> symbols;
        bool afterUnknown = false;
        for (size_t i = 0; i < word.size(); ++i) {
            const std::string character = characterOf(word[i].code).toStdString();
            const std::string text = (i > 0 ? m_options.prefix : std::string()) + character
                + (i + 1 == word.size() ? m_options.suffix : std::string());
            const qint64 id = m_table.idOf(text);
            const bool known = id >= 0;
            if (known) {
                symbols.push_back({ id, word[i].begin, word[i].end });
            } else if (!addBytes(character, word[i], symbols) && m_unknown >= 0) {
                if (m_options.fuseUnknown && afterUnknown)
                    symbols.back().end = word[i].end;
                else
                    symbols.push_back({ m_unknown, word[i].begin, word[i].end });
                afterUnknown = true;
                continue;
            }
            afterUnknown = false;
        }
        for (size_t i = 0; i < symbols.size(); ++i) {
            symbols[i].before = int(i) - 1;
            symbols[i].after = i + 1 < symbols.size() ? int(i) + 1 : -1;
        }
        return symbols;
    }

    bool addBytes(const std::string& character, const TracedChar& from, std::vector<Symbol>& to) const
    {
        if (!m_options.byteFallback)
            return false;
        for (const char byte : character) {
            if (m_bytes[uchar(byte)] < 0)
                return false;
        }
        for (const char byte : character)
            to.push_back({ m_bytes[uchar(byte)], from.begin, from.end });
        return true;
    }

    struct Candidate {
        quint32 rank;
        int at;
        qint64 left;
        qint64 right;
        bool operator<(const Candidate& other) const // the queue gives the largest first
        {
            return rank != other.rank ? rank > other.rank : at > other.at;
        }
    };

    // The best pair first, the leftmost of equals: n log n, so that a long word is no trap.
    void merge(std::vector<Symbol>& symbols) const
    {
        std::priority_queue<Candidate> queue;
        const auto offer = [&](int at) {
            if (at < 0 || symbols[size_t(at)].after < 0)
                return;
            const qint64 left = symbols[size_t(at)].id;
            const qint64 right = symbols[size_t(symbols[size_t(at)].after)].id;
            const auto found = m_merges.find(pairKey(left, right));
            if (found != m_merges.end())
                queue.push({ found->second.rank, at, left, right });
        };
        for (size_t i = 0; i < symbols.size(); ++i)
            offer(int(i));
        while (!queue.empty()) {
            const Candidate best = queue.top();
            queue.pop();
            Symbol& left = symbols[size_t(best.at)];
            if (left.id != best.left || left.after < 0 || symbols[size_t(left.after)].id != best.right)
                continue; // one of the two has been merged since
            Symbol& right = symbols[size_t(left.after)];
            left.id = m_merges.at(pairKey(best.left, best.right)).made;
            left.end = right.end;
            left.after = right.after;
            right.id = -1;
            if (left.after >= 0)
                symbols[size_t(left.after)].before = best.at;
            offer(left.before);
            offer(best.at);
        }
    }

    BytePairOptions m_options;
    qint64 m_unknown = -1;
    std::array<qint64, 256> m_bytes {};
    std::unordered_map<quint64, Merge> m_merges;
};

} // namespace

std::shared_ptr<const WordModel> bytePairModel(
    TokenTable table, const TokenPairs& merges, const BytePairOptions& options, const QString& where)
{
    return std::make_shared<BytePair>(std::move(table), merges, options, where);
}

} // namespace triptych
