#include "core/engine/models/tokenizers/PostProcessor.h"

#include "core/engine/models/tokenizers/JsonPart.h"

#include <QCoreApplication>
#include <nlohmann/json.hpp>
#include <optional>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

/// ["[SEP]", 102]
TextPiece tokenAndId(const JsonPart& part, const char* key)
{
    const std::vector<JsonPart> both = part.list(key);
    if (both.size() != 2 || !both[0].isText() || !both[1].json().is_number_integer())
        part.fail(Tr::tr("\"%1\" must be a token and its id.").arg(QLatin1String(key)));
    return { both[1].json().get<qint64>(), QString::fromStdString(both[0].json().get<std::string>()) };
}

TextPieces specialOf(const JsonPart& specials, const QString& name)
{
    const std::string key = name.toStdString();
    if (!specials.has(key.c_str()))
        specials.fail(Tr::tr("the template uses %1, which is not among the special_tokens.").arg(name));
    const JsonPart entry = specials.object(key.c_str());
    TextPieces pieces;
    for (const JsonPart& id : entry.list("ids")) {
        if (!id.json().is_number_integer() || id.json().get<qint64>() < 0)
            id.fail(Tr::tr("an id must be a whole number."));
        pieces.push_back({ id.json().get<qint64>(), name });
    }
    if (!entry.has("tokens"))
        return pieces;
    const std::vector<JsonPart> tokens = entry.list("tokens");
    for (size_t i = 0; i < std::min(tokens.size(), pieces.size()); ++i) {
        if (tokens[i].isText())
            pieces[i].token = QString::fromStdString(tokens[i].json().get<std::string>());
    }
    return pieces;
}

PostProcessor::Parts templateOf(const JsonPart& part, const char* key)
{
    PostProcessor::Parts parts;
    for (const JsonPart& entry : part.list(key)) {
        PostProcessor::Part made;
        const bool special = entry.has("SpecialToken");
        const JsonPart what = entry.object(special ? "SpecialToken" : "Sequence");
        made.type = what.integer("type_id", 0);
        if (special)
            made.special = specialOf(part.object("special_tokens"), what.text("id"));
        else if (const QString id = what.text("id"); id == QLatin1String("A") || id == QLatin1String("B"))
            made.text = id == QLatin1String("A") ? 0 : 1;
        else
            what.fail(Tr::tr("a sequence is A or B, not %1.").arg(id));
        if (made.text == 1 && std::string_view(key) == "single")
            what.fail(Tr::tr("a single text has no sequence B."));
        parts.push_back(made);
    }
    return parts;
}

} // namespace

PostProcessor::PostProcessor()
    : PostProcessor({ { .text = 0 } }, { { .text = 0 }, { .text = 1 } })
{
}

PostProcessor::PostProcessor(Parts single, Parts pair)
    : m_single(std::move(single))
    , m_pair(std::move(pair))
{
}

PostProcessor PostProcessor::bert(const TextPiece& start, const TextPiece& end)
{
    return { { { .special = { start } }, { .text = 0 }, { .special = { end } } },
        { { .special = { start } }, { .text = 0 }, { .special = { end } }, { .text = 1, .type = 1 },
            { .type = 1, .special = { end } } } };
}

PostProcessor PostProcessor::roberta(const TextPiece& start, const TextPiece& end)
{
    return { { { .special = { start } }, { .text = 0 }, { .special = { end } } },
        { { .special = { start } }, { .text = 0 }, { .special = { end, end } }, { .text = 1 },
            { .special = { end } } } };
}

PostProcessor PostProcessor::around(const TextPieces& before, const TextPieces& behind)
{
    return { { { .special = before }, { .text = 0 }, { .special = behind } },
        { { .special = before }, { .text = 0 }, { .special = behind }, { .special = before }, { .text = 1 },
            { .special = behind } } };
}

PostProcessor PostProcessor::from(const JsonPart& part)
{
    const QString type = part.type();
    if (type == QLatin1String("BertProcessing"))
        return bert(tokenAndId(part, "cls"), tokenAndId(part, "sep"));
    if (type == QLatin1String("RobertaProcessing"))
        return roberta(tokenAndId(part, "cls"), tokenAndId(part, "sep"));
    if (type == QLatin1String("TemplateProcessing"))
        return { templateOf(part, "single"), templateOf(part, "pair") };
    if (type == QLatin1String("ByteLevel")) // trims offsets only
        return {};
    if (type == QLatin1String("Sequence")) {
        PostProcessor last;
        for (const JsonPart& step : part.list("processors")) {
            const PostProcessor next = from(step);
            if (next.specials(false) > 0 || next.specials(true) > 0)
                last = next;
        }
        return last;
    }
    part.fail(Tr::tr("the post_processor \"%1\" is not known.").arg(type));
}

int PostProcessor::specials(bool pair) const
{
    size_t count = 0;
    for (const Part& part : parts(pair))
        count += part.special.size();
    return int(count);
}

} // namespace triptych
