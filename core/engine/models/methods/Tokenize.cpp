#include "core/engine/models/Model.h"
#include "core/engine/models/Tokenizer.h"
#include "core/engine/models/methods/Support.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QDir>
#include <algorithm>

namespace triptych::models {

namespace {

QJsonArray numbers(const std::vector<qint64>& list)
{
    QJsonArray array;
    for (const qint64 entry : list)
        array.append(entry);
    return array;
}

QJsonObject row(const QString& text, const Tokens& tokens)
{
    QJsonArray offsets;
    for (const auto& [begin, end] : tokens.offsets)
        offsets.append(QJsonArray { begin, end });
    return { { QStringLiteral("text"), text }, { QStringLiteral("ids"), numbers(tokens.ids) },
        { QStringLiteral("attention_mask"), numbers(tokens.mask) },
        { QStringLiteral("token_type_ids"), numbers(tokens.types) },
        { QStringLiteral("tokens"), QJsonArray::fromStringList(tokens.tokens) },
        { QStringLiteral("offsets"), offsets } };
}

TokenizeOptions tokenizeOptions(const QJsonObject& options)
{
    TokenizeOptions made;
    const QString padding = options.value(QStringLiteral("padding")).toString();
    made.padding = padding == QLatin1String("none") ? Padding::None
        : padding == QLatin1String("max_length")    ? Padding::MaxLength
                                                    : Padding::Longest;
    made.maxLength = options.value(QStringLiteral("max_length")).toInt();
    made.truncation = options.value(QStringLiteral("truncation")).toBool();
    return made;
}

Value run(EngineContext& context, const QJsonObject& options, const Inputs&, Progress&)
{
    const QString path = options.value(QStringLiteral("model")).toString();
    const QStringList texts = strings(options.value(QStringLiteral("texts")));
    const QStringList pairs = strings(options.value(QStringLiteral("pairs")));
    if (texts.isEmpty())
        throw Error(QCoreApplication::translate("models", "texts: there is no text to tokenize."));
    TokenizeOptions how = tokenizeOptions(options);
    const QString folder = context.models.folderOf(path);
    std::shared_ptr<const Tokenizer> alone;
    std::shared_ptr<Model> model;
    if (QFile::exists(QDir(folder).filePath(QStringLiteral("config.json")))) {
        model = context.models.open(path);
        if (how.maxLength == 0) {
            how.maxLength = model->info().value(QStringLiteral("towers")).toObject()
                                .value(QStringLiteral("text")).toObject()
                                .value(QStringLiteral("max_tokens")).toInt();
            if (const int own = model->tokenizer().maxLength(); own > 0)
                how.maxLength = std::min(own, how.maxLength);
        }
    } else {
        alone = Tokenizer::open(folder);
    }
    const Tokenizer& tokenizer = model ? model->tokenizer() : *alone;
    const std::vector<Tokens> encoded = tokenizer.encode(texts, pairs, how);
    QJsonArray rows;
    for (size_t i = 0; i < encoded.size(); ++i)
        rows.append(row(texts[static_cast<qsizetype>(i)], encoded[i]));
    Value value;
    value.info = { { QStringLiteral("rows"), rows },
        { QStringLiteral("tokenizer"), tokenizer.name() } };
    return value;
}

} // namespace

Method tokenizeMethod()
{
    using Type = OptionInfo::Type;
    return { { QStringLiteral("model.tokenize"), QStringLiteral("model"), QStringLiteral("Tokens"),
                 { modelOption(), option("texts", Type::List, QJsonArray(), "Texts to tokenize"),
                     option("pairs", Type::List, QJsonArray(), "Second text of each, or none"),
                     choice("padding",
                         { QStringLiteral("longest"), QStringLiteral("max_length"),
                             QStringLiteral("none") },
                         "Fill up to the longest text, to max_length, or not at all"),
                     number("max_length", 0, 0, 1'000'000, "Tokens; 0: as many as the model reads"),
                     option("truncation", Type::Boolean, true, "Cut longer texts") },
                 QString(), {}, false },
        run };
}

} // namespace triptych::models
