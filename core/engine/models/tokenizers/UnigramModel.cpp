#include "core/engine/models/tokenizers/WordModels.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

/// The best way to reach a place in the word.
struct Step {
    float score = -std::numeric_limits<float>::infinity(); // as SentencePiece adds them up
    size_t from = 0;
    qint64 id = -1; ///< −1: unknown
};

class Unigram final : public WordModel {
public:
    Unigram(TokenTable table, std::vector<double> scores, const UnigramOptions& options)
        : m_scores(std::move(scores))
        , m_options(options)
    {
        constexpr double penalty = 10; // SentencePiece's, below the least likely token
        m_table = std::move(table);
        double least = 0;
        for (const double score : m_scores)
            least = std::isfinite(score) ? std::min(least, score) : least;
        m_unknownScore = least - penalty;
        for (const auto& [token, id] : m_table.ids())
            m_longest = std::max(m_longest, token.size());
    }

    void split(const TracedText& word, TextPieces& to) const override
    {
        std::string bytes;
        std::vector<size_t> starts;
        for (const TracedChar& part : word) {
            starts.push_back(bytes.size());
            bytes += characterOf(part.code).toStdString();
        }
        starts.push_back(bytes.size());
        const std::vector<Step> best = bestSteps(bytes, starts);
        std::vector<std::pair<size_t, size_t>> cuts; // backwards
        for (size_t end = word.size(); end > 0; end = best[end].from) {
            if (!cuts.empty() && best[end].id < 0 && best[cuts.back().second].id < 0 && cuts.back().first == end)
                cuts.back().first = best[end].from; // a run of unknown characters is one token
            else
                cuts.emplace_back(best[end].from, end);
        }
        for (auto cut = cuts.rbegin(); cut != cuts.rend(); ++cut) {
            const qint64 begin = word[cut->first].begin;
            const qint64 end = word[cut->second - 1].end;
            if (best[cut->second].id >= 0)
                to.push_back(piece(best[cut->second].id, begin, end));
            else
                addUnknown(bytes.substr(starts[cut->first], starts[cut->second] - starts[cut->first]), begin, end, to);
        }
    }

private:
    std::vector<Step> bestSteps(const std::string& bytes, const std::vector<size_t>& starts) const
    {
        const size_t count = starts.size() - 1;
        std::vector<Step> best(count + 1);
        best[0].score = 0;
        for (size_t begin = 0; begin < count; ++begin) {
            bool single = false; // a token of this character alone
            for (size_t end = begin + 1; end <= count && starts[end] - starts[begin] <= m_longest; ++end) {
                const qint64 id = m_table.idOf(bytes.substr(starts[begin], starts[end] - starts[begin]));
                if (id < 0 || !std::isfinite(m_scores[size_t(id)]))
                    continue;
                single = single || end == begin + 1;
                reach(best, begin, end, m_scores[size_t(id)], id);
            }
            if (!single)
                reach(best, begin, begin + 1, m_unknownScore, -1);
        }
        return best;
    }

    static void reach(std::vector<Step>& best, size_t begin, size_t end, double score, qint64 id)
    {
        const float total = best[begin].score + float(score);
        if (total > best[end].score)
            best[end] = { total, begin, id };
    }

    void addUnknown(const std::string& bytes, qint64 begin, qint64 end, TextPieces& to) const
    {
        TextPieces made;
        for (const char byte : bytes) {
            const qint64 id = m_options.byteFallback ? m_table.idOf(byteToken(uchar(byte))) : -1;
            if (id < 0) {
                made.clear();
                break;
            }
            made.push_back(piece(id, begin, end));
        }
        if (!made.empty())
            to.insert(to.end(), made.begin(), made.end());
        else if (m_options.unknown >= 0)
            to.push_back(piece(m_options.unknown, begin, end));
        else
            throw Error(Tr::tr("The text holds a character that is not in the tokenizer's vocabulary, and it has no "
                               "token for unknown ones."));
    }

    std::vector<double> m_scores;
    UnigramOptions m_options;
    double m_unknownScore = 0;
    size_t m_longest = 0;
};

} // namespace

std::shared_ptr<const WordModel> unigramModel(
    TokenTable table, std::vector<double> scores, const UnigramOptions& options, const QString& where)
{
    if (scores.empty())
        throw Error(Tr::tr("%1 holds no tokens.").arg(where));
    if (options.unknown >= qint64(scores.size()))
        throw Error(Tr::tr("%1: unk_id %2 is none of the %3 tokens.").arg(where).arg(options.unknown).arg(scores.size()));
    return std::make_shared<Unigram>(std::move(table), std::move(scores), options);
}

} // namespace triptych
