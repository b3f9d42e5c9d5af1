#include "core/engine/models/tokenizers/SentencePieceFile.h"

#include "core/engine/models/tokenizers/ProtocolBuffer.h"
#include "core/engine/models/tokenizers/WordModels.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QFile>
#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

constexpr char32_t underline = 0x2581; // stands for a space

[[noreturn]] void fail(const QString& path, const QString& why)
{
    throw Error(Tr::tr("%1 is no SentencePiece model that can be read: %2.").arg(path, why));
}

enum PieceType { Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6 };

} // namespace

/// The tokens of a file while it is read (sentencepiece_model.proto).
struct SentencePieceFile::Reading {
    QString path;
    TokenTable table;
    std::vector<double> scores;
    std::vector<int> types;
    UnigramOptions options;
    bool pairs = false; ///< cut by merging pairs, the best token first

    /// Every way to make a token of two others, best token first: what training merged, as the file
    /// itself only keeps the tokens and their scores.
    TokenPairs merges() const
    {
        constexpr size_t longest = 1000; // bytes; training stops at 16 characters, a hostile file does not
        std::vector<std::pair<double, std::string>> made;
        for (const auto& [token, id] : table.ids()) {
            if (token.size() > longest)
                fail(path, Tr::tr("token %1 is damaged").arg(id));
            if (types[size_t(id)] == Normal)
                made.emplace_back(-scores[size_t(id)], token);
        }
        std::sort(made.begin(), made.end());
        const auto known = [this](const std::string& token) {
            const qint64 id = table.idOf(token);
            return id >= 0 && types[size_t(id)] == Normal;
        };
        TokenPairs all;
        for (const auto& [score, token] : made) {
            for (size_t cut = 1; cut < token.size(); ++cut) {
                if (known(token.substr(0, cut)) && known(token.substr(cut)))
                    all.emplace_back(token.substr(0, cut), token.substr(cut));
            }
        }
        return all;
    }

    std::shared_ptr<const WordModel> model()
    {
        if (!pairs)
            return unigramModel(std::move(table), std::move(scores), options, path);
        BytePairOptions rules;
        rules.unknown = table.tokenOf(options.unknown).toStdString();
        rules.fuseUnknown = true;
        rules.byteFallback = options.byteFallback;
        const TokenPairs best = merges();
        return bytePairModel(std::move(table), best, rules, path);
    }

    void addPiece(QByteArrayView bytes)
    {
        ProtocolBuffer piece(bytes);
        std::string text;
        float score = 0;
        int type = Normal;
        while (const auto field = piece.next()) {
            if (field->number == 1)
                text.assign(field->bytes.begin(), field->bytes.end());
            else if (field->number == 2)
                score = field->asFloat();
            else if (field->number == 3)
                type = int(field->value);
        }
        if (piece.damaged() || text.empty() || !std::isfinite(score))
            fail(path, Tr::tr("token %1 is damaged").arg(scores.size()));
        table.add(text, qint64(scores.size()));
        scores.push_back(score);
        types.push_back(type);
    }

    void readTrainer(QByteArrayView bytes)
    {
        ProtocolBuffer spec(bytes);
        while (const auto field = spec.next()) {
            constexpr quint64 unigram = 1;
            constexpr quint64 bytePair = 2;
            if (field->number == 3 && field->value != unigram && field->value != bytePair)
                fail(path, Tr::tr("it is of another kind than unigram or byte pairs; a tokenizer.json beside it would do"));
            if (field->number == 3)
                pairs = field->value == bytePair;
            if (field->number == 35)
                options.byteFallback = field->value != 0;
        }
        if (spec.damaged())
            fail(path, Tr::tr("it is cut off or damaged"));
    }

    /// Tokens that a text is not cut into never win.
    void weigh()
    {
        double best = -std::numeric_limits<double>::infinity();
        for (size_t i = 0; i < scores.size(); ++i) {
            if (types[i] == Normal)
                best = std::max(best, scores[i]);
        }
        for (size_t i = 0; i < scores.size(); ++i) {
            if (types[i] == Unknown)
                options.unknown = qint64(i);
            if (types[i] == UserDefined)
                scores[i] = double(table.tokenOf(qint64(i)).toUtf8().size()) * best - 0.1;
            else if (types[i] != Normal)
                scores[i] = -std::numeric_limits<double>::infinity();
        }
        if (!std::isfinite(best))
            fail(path, Tr::tr("it holds no tokens"));
    }
};

SentencePieceFile::SentencePieceFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Tr::tr("%1 cannot be opened: %2.").arg(path, file.errorString()));
    const QByteArray bytes = file.readAll();
    Reading reading;
    reading.path = path;
    ProtocolBuffer model(bytes);
    while (const auto field = model.next()) {
        if (field->number == 1)
            reading.addPiece(field->bytes);
        else if (field->number == 2)
            reading.readTrainer(field->bytes);
        else if (field->number == 3)
            readNormalizer(field->bytes, path);
    }
    if (model.damaged())
        fail(path, Tr::tr("it is cut off or damaged"));
    reading.weigh();
    m_unknown = reading.options.unknown;
    m_model = reading.model();
}

void SentencePieceFile::readNormalizer(QByteArrayView bytes, const QString& path)
{
    ProtocolBuffer spec(bytes);
    while (const auto field = spec.next()) {
        if (field->number == 2)
            m_rules = CharsMap(field->bytes.toByteArray(), path);
        else if (field->number == 3)
            m_prefix = field->value != 0;
        else if (field->number == 4)
            m_single = field->value != 0;
        else if (field->number == 5)
            m_escape = field->value != 0;
    }
    if (spec.damaged())
        fail(path, Tr::tr("it is cut off or damaged"));
}

TracedText SentencePieceFile::normalized(const TracedText& text, bool prefix) const
{
    TracedText made;
    bool drop = m_single; // a space that follows another, or comes first
    for (TracedChar part : m_rules.normalized(text)) {
        const bool space = part.code == ' ';
        if (space && drop)
            continue;
        if (made.empty() && prefix && m_prefix)
            made.push_back({ m_escape ? underline : U' ', part.begin, part.begin });
        if (space && m_escape)
            part.code = underline;
        drop = space && m_single;
        made.push_back(part);
    }
    while (m_single && !made.empty() && made.back().code == (m_escape ? underline : U' '))
        made.pop_back();
    return made;
}

} // namespace triptych
