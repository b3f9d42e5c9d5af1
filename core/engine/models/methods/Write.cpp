#include "core/engine/models/methods/Support.h"
#include "core/engine/models/methods/Writing.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>

namespace triptych::models {

namespace {

/// Floats that a map of every word may have; beyond it heads, then layers, are averaged.
constexpr int64_t mostNumbers = int64_t(1) << 26;

at::Tensor bounded(const at::Tensor& cross)
{
    at::Tensor made = cross;
    if (made.numel() > mostNumbers)
        made = made.mean(2, true);
    if (made.numel() > mostNumbers)
        made = made.mean(1, true);
    return made;
}

void putMaps(Value& value, const Passage& passage)
{
    const at::Tensor cross = bounded(passage.traced.cross);
    if (!cross.defined())
        return;
    value.arrays[QStringLiteral("cross")] = arrayOf(cross);
    value.arrays[QStringLiteral("maps")] = arrayOf(overCells(passage.memory, cross));
    if (!passage.memory.looked.empty())
        value.arrays[QStringLiteral("question_cross")] = arrayOf(at::stack(passage.memory.looked).select(1, 0));
    value.info[u"layers"] = qint64(cross.size(1));
    value.info[u"heads"] = qint64(cross.size(2));
    value.info[u"caption"] = QStringLiteral(
        "Where the decoder looked when it chose each word, in every layer and head: where values are read "
        "from, not how much they matter for the word.");
}

Value run(EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const auto model = context.models.open(options.value(u"model").toString());
    if (inputs.samples.empty())
        throw Error(QCoreApplication::translate("models", "There is no sample to write about."));
    const bool single = inputs.samples.size() == 1;
    Value value;
    QJsonArray rows;
    for (const Sample& sample : inputs.samples) {
        const Passage passage = writeAbout(*model, sample, options, single, progress);
        const QJsonObject facts = passageFacts(*model, sample, passage);
        rows.append(QJsonObject { { QStringLiteral("id"), sample.id }, { QStringLiteral("text"), passage.text },
            { QStringLiteral("tokens"), facts.value(u"tokens") }, { QStringLiteral("score"), passage.written.score } });
        if (single) {
            value.info = facts;
            putMaps(value, passage);
        }
    }
    value.info[u"model"] = model->path();
    value.info[u"modelHash"] = model->hash();
    value.info[u"task"] = model->writer().task();
    value.info[u"rows"] = rows;
    return value;
}

} // namespace

Method writeMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("model.write");
    info.room = QStringLiteral("model");
    info.title = QStringLiteral("Write");
    info.options = QList<OptionInfo> { modelOption() } + writingOptions();
    info.reference = QStringLiteral("Beam search: Graves 2012; ranking: Wu et al. 2016, as Hugging Face transformers does it");
    info.inputs = { QStringLiteral("samples") };
    return { info, run };
}

} // namespace triptych::models
