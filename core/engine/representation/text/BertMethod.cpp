#include "core/engine/learning/Fit.h"
#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/Signals.h"
#include "core/engine/representation/text/BertSteps.h"
#include "core/engine/representation/text/Corpus.h"
#include "core/engine/representation/text/SmallBert.h"
#include "core/engine/representation/text/TextInput.h"
#include "core/engine/representation/text/TextMethods.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QJsonArray>

// represent.bert: the states of a text tower, be it trained here or loaded.

namespace triptych::representation {

namespace {

constexpr size_t batchSize = 32;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

bert::Reading readingOf(const QJsonObject& options)
{
    const QString pooling = options[u"pooling"].toString();
    bert::Reading reading;
    reading.layer = options[u"layer"].toInt();
    reading.pooling = pooling == u"cls" ? bert::Pooling::First
        : pooling == u"pooler"          ? bert::Pooling::Pooler
                                        : bert::Pooling::Mean;
    reading.attentionLayer = options[u"attention_layer"].toInt();
    reading.head = options[u"head"].toInt();
    reading.hide = options[u"hide"].toInt();
    return reading;
}

/// The loaded checkpoint that the option names, or what was trained.
bert::Opened modelFor(EngineContext& context, const QJsonObject& options, const Inputs& inputs)
{
    const QString path = options[u"model"].toString();
    if (!path.isEmpty())
        return { nullptr, context.models.open(path) };
    return bert::open(fittedOf(inputs, QStringLiteral("train.bert")), context.options.device);
}

/// Samples whose text is the caption in the language that was learned, where they have it.
std::vector<Sample> samplesIn(const QString& language, const std::vector<Sample>& samples, const QStringList& texts)
{
    std::vector<Sample> made = samples;
    for (size_t i = 0; i < made.size(); ++i) {
        const QString caption = captionIn(samples[i], language);
        Source source;
        source.text = language.isEmpty() || caption.isEmpty() ? texts[qsizetype(i)] : caption;
        made[i].sources[Modality::Text] = source;
    }
    return made;
}

Value run(EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    progress.report(0, qint64(inputs.samples.size()), Tr::tr("opening the model"));
    const QStringList texts = textsOf(inputs.samples);
    const bert::Reading reading = readingOf(options);
    const bert::Opened opened = modelFor(context, options, inputs);
    Model& model = *opened.model;
    Encoder& encoder = model.encoder(Modality::Text);
    const QString language = opened.folder ? fittedOf(inputs, QStringLiteral("train.bert")).info[u"language"].toString() : QString();
    const std::vector<Sample> samples = samplesIn(language, inputs.samples, texts);
    const int layer = bert::layerOf(reading, encoder.layers());
    std::vector<at::Tensor> rows;
    QStringList cut;
    for (size_t first = 0; first < samples.size(); first += batchSize) {
        progress.report(qint64(first), qint64(samples.size()), QCoreApplication::translate("representation", "encoding"));
        const size_t end = std::min(first + batchSize, samples.size());
        const std::vector<Sample> part(samples.begin() + ptrdiff_t(first), samples.begin() + ptrdiff_t(end));
        const EncoderInput input = model.prepare(Modality::Text, part, &cut);
        rows.push_back(bert::pooled(encoder.encode(input, { .hidden = true }), input, reading).to(at::kCPU));
    }
    Value value = embeddingValue(at::cat(rows), inputs.samples, QStringLiteral("represent.bert"), Modality::Text);
    value.info[QStringLiteral("modelHash")] = model.hash();
    value.info[QStringLiteral("layer")] = layer;
    value.info[QStringLiteral("layers")] = encoder.layers();
    value.info[QStringLiteral("heads")] = encoder.heads();
    value.info[QStringLiteral("cut")] = QJsonArray::fromStringList(cut);
    if (!opened.folder)
        value.info[QStringLiteral("modelPath")] = model.path();
    if (options[u"steps"].toBool()) {
        progress.report(qint64(samples.size()), qint64(samples.size()), Tr::tr("steps"));
        bert::addSteps(value, model, samples.front(), samples.front().sources.at(Modality::Text).text, reading);
    }
    return value;
}

QList<OptionInfo> optionLines()
{
    OptionInfo model = option::text("model", "", "Any checkpoint that reads texts, in place of the one trained here; empty = the trained one");
    model.type = OptionInfo::Type::File;
    return { model, option::integer("layer", -1, -1, 1000, "Layer whose states are pooled: 0 = embeddings, -1 = the last"),
        option::choice("pooling", "mean", { QStringLiteral("mean"), QStringLiteral("cls"), QStringLiteral("pooler") },
            "Mean of all pieces, the state of [CLS] (or of the piece the model is read at), or the pooler's output"),
        option::flag("steps", false, "Also shows the first sample's way from text to vector"),
        option::integer("attention_layer", -1, -1, 1000, "Layer whose attention is shown: 1 to the last, -1 = the last"),
        option::integer("head", -1, -1, 1000, "Head whose attention is shown: 1 to the last, -1 = the mean of all"),
        option::integer("hide", 1, 0, 100'000, "Piece that is hidden and guessed where the text has no mask; 0 = none") };
}

} // namespace

Method bertMethod()
{
    return { { QStringLiteral("represent.bert"), QStringLiteral("representation"), QStringLiteral("BERT"), optionLines(),
                 QStringLiteral("Devlin et al. 2019"), { QStringLiteral("samples"), QStringLiteral("fitted") }, false },
        run };
}

} // namespace triptych::representation
