#include "core/engine/models/tokenizers/WordModels.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>

namespace triptych {

namespace {

class WordPiece final : public WordModel {
public:
    WordPiece(TokenTable table, const WordPieceOptions& options)
        : m_options(options)
    {
        m_table = std::move(table);
        m_unknown = m_table.idOf(options.unknown);
        for (const auto& [token, id] : m_table.ids())
            m_longest = std::max(m_longest, token.size());
    }
    qint64 unknown() const { return m_unknown; }

    void split(const TracedText& word, TextPieces& to) const override
    {
        TextPieces pieces;
        if (word.size() <= m_options.longest && cut(word, pieces))
            to.insert(to.end(), pieces.begin(), pieces.end());
        else
            to.push_back(piece(m_unknown, word.front().begin, word.back().end));
    }

private:
    bool cut(const TracedText& word, TextPieces& to) const
    {
        std::string bytes;
        std::vector<size_t> starts;
        for (const TracedChar& part : word) {
            starts.push_back(bytes.size());
            bytes += characterOf(part.code).toStdString();
        }
        starts.push_back(bytes.size());
        for (size_t begin = 0; begin < word.size();) {
            const std::string lead = begin > 0 ? m_options.prefix : std::string();
            size_t end = word.size();
            qint64 id = -1;
            for (; end > begin; --end) {
                const size_t size = starts[end] - starts[begin];
                if (lead.size() + size > m_longest)
                    continue;
                id = m_table.idOf(lead + bytes.substr(starts[begin], size));
                if (id >= 0)
                    break;
            }
            if (id < 0)
                return false;
            to.push_back(piece(id, word[begin].begin, word[end - 1].end));
            begin = end;
        }
        return true;
    }

    WordPieceOptions m_options;
    qint64 m_unknown = -1;
    size_t m_longest = 0;
};

} // namespace

std::shared_ptr<const WordModel> wordPieceModel(
    TokenTable table, const WordPieceOptions& options, const QString& where)
{
    auto model = std::make_shared<WordPiece>(std::move(table), options);
    if (model->unknown() < 0) {
        throw Error(QCoreApplication::translate("models", "%1: the vocabulary has no %2, which stands for unknown words.")
                        .arg(where, QString::fromStdString(options.unknown)));
    }
    return model;
}

} // namespace triptych
