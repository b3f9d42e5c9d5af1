#include "core/engine/models/Tokenizer.h"
#include "core/engine/models/families/CtcLetters.h"
#include "core/engine/models/methods/Additions.h"
#include "core/engine/models/methods/Support.h"
#include "core/engine/models/methods/WordTimes.h"
#include "core/engine/models/methods/Writing.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace triptych::models {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

/// A word and where it is heard.
struct Word {
    QString text;
    double begin = 0; ///< seconds of the sound
    double end = 0;
};

QJsonArray jsonOf(const std::vector<Word>& words)
{
    QJsonArray made;
    for (const Word& word : words) {
        made.append(QJsonObject { { QStringLiteral("text"), word.text }, { QStringLiteral("begin"), word.begin },
            { QStringLiteral("end"), word.end } });
    }
    return made;
}

QString textOf(const std::vector<Word>& words)
{
    QStringList texts;
    for (const Word& word : words)
        texts.append(word.text);
    return texts.join(u' ');
}

/// A CTC head's letters.
std::vector<Word> spelled(Model& model, const Model::Part& part)
{
    const EncoderOutput output = model.encoder(Modality::Audio).encode(part.input, {});
    const at::Tensor logits = output.more.at("logits")[0];
    const double step = output.layout.seconds / double(std::max<int64_t>(1, logits.size(0)));
    std::vector<Word> made;
    for (const CtcLetters::Word& word : model.letters()->words(logits))
        made.push_back({ word.text, part.begin + double(word.begin) * step, part.begin + double(word.end) * step });
    return made;
}

/// A decoder's words, each where it looked most: the mean of all layers' and heads' cross-attention
/// over the frames that have sound, in the order in which they are said.
std::vector<Word> written(
    Model& model, const Model::Part& part, const QJsonObject& options, Progress& progress, QString& text)
{
    Passage passage;
    passage.source = Modality::Audio;
    passage = writeOver(model, { { Modality::Audio, part.input } }, std::move(passage), options, true, progress);
    const std::vector<Addition> said = additions(model.tokenizer(), passage.written);
    if (said.empty() || !passage.traced.cross.defined())
        return {};
    at::Tensor looked = overCells(passage.memory, passage.traced.cross).mean(at::IntArrayRef { 1, 2 }); // [T,columns]
    const double step = passage.memory.layout.seconds / double(std::max<int64_t>(1, looked.size(1)));
    const int64_t heard = step > 0 ? std::llround(std::ceil((part.end - part.begin) / step)) : looked.size(1);
    looked = looked.narrow(1, 0, std::clamp<int64_t>(heard, 1, looked.size(1)));
    const std::vector<int64_t> places = risingPlaces(looked);
    std::vector<Word> made;
    for (const Addition& one : said) {
        text += one.text;
        const double end = std::min(part.begin + double(places[size_t(one.last)] + 1) * step, part.end);
        if (made.empty() || one.text.startsWith(u' '))
            made.push_back({ QString(), part.begin + double(places[size_t(one.first)]) * step, end });
        made.back().text += one.text;
        made.back().end = end;
    }
    text = text.trimmed();
    for (Word& word : made)
        word.text = word.text.trimmed();
    std::erase_if(made, [](const Word& word) { return word.text.isEmpty(); });
    return made;
}

QJsonObject transcribed(Model& model, const Sample& sample, const QJsonObject& options, Progress& progress)
{
    const std::vector<Model::Part> parts = model.soundParts(sample);
    std::vector<Word> words;
    QStringList texts;
    QJsonArray pieces;
    for (const Model::Part& part : parts) {
        progress.report(pieces.size(), qint64(parts.size()), Tr::tr("Transcribing"));
        QString text;
        const std::vector<Word> heard
            = model.letters() ? spelled(model, part) : written(model, part, options, progress, text);
        if (model.letters())
            text = textOf(heard);
        words.insert(words.end(), heard.begin(), heard.end());
        if (!text.isEmpty())
            texts.append(text);
        pieces.append(QJsonObject { { QStringLiteral("begin"), part.begin }, { QStringLiteral("end"), part.end },
            { QStringLiteral("text"), text } });
    }
    return { { QStringLiteral("id"), sample.id }, { QStringLiteral("text"), texts.join(u' ') },
        { QStringLiteral("words"), jsonOf(words) }, { QStringLiteral("parts"), pieces } };
}

Value run(EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const auto model = context.models.open(options.value(u"model").toString());
    if (inputs.samples.empty())
        throw Error(Tr::tr("There is no sound to transcribe."));
    const bool writes = model->hasWriter() && model->writer().source() == Modality::Audio;
    if (!model->letters() && !writes) {
        throw Error(Tr::tr("%1 does not transcribe: it has neither a decoder for sounds nor a CTC head with its "
                           "vocab.json.").arg(model->path()));
    }
    QJsonArray rows;
    for (const Sample& sample : inputs.samples) {
        if (!sample.has(Modality::Audio))
            throw Error(Tr::tr("\"%1\" has no sound to transcribe.").arg(sample.title()));
        rows.append(transcribed(*model, sample, options, progress));
    }
    Value value;
    if (rows.size() == 1)
        value.info = rows.first().toObject();
    value.info[u"rows"] = rows;
    value.info[u"model"] = model->path();
    value.info[u"modelHash"] = model->hash();
    value.info[u"task"] = QStringLiteral("transcribe");
    value.info[u"caption"] = model->letters()
        ? QStringLiteral("The likeliest letter of each frame; words last from their first frame to their last.")
        : QStringLiteral("Words stand where the decoder looked most when it wrote them, which is near where they are "
                         "said and not measured.");
    return value;
}

} // namespace

Method transcribeMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("model.transcribe");
    info.room = QStringLiteral("model");
    info.title = QStringLiteral("Transcribe");
    info.options = QList<OptionInfo> { modelOption() } + writingOptions();
    info.reference = QStringLiteral("CTC: Graves et al. 2006; Whisper: Radford et al. 2022");
    info.inputs = { QStringLiteral("samples") };
    return { info, run };
}

} // namespace triptych::models
