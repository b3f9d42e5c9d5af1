#include "core/engine/models/methods/JointInputs.h"
#include "core/engine/models/methods/Support.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>

namespace triptych::models {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

QString labelOf(const QStringList& labels, int64_t index)
{
    return index < labels.size() ? labels[index] : Tr::tr("answer %1").arg(index);
}

QJsonArray best(const at::Tensor& probabilities, const QStringList& labels, int count)
{
    const auto [values, places] = at::topk(probabilities, std::min<int64_t>(count, probabilities.numel()));
    QJsonArray answers;
    for (int64_t i = 0; i < values.numel(); ++i) {
        const int64_t place = places[i].item<int64_t>();
        answers.append(QJsonObject { { QStringLiteral("label"), labelOf(labels, place) },
            { QStringLiteral("index"), qint64(place) }, { QStringLiteral("probability"), values[i].item<double>() } });
    }
    return answers;
}

Value run(EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const auto model = context.models.open(options.value(u"model").toString());
    JointEncoder& joint = model->joint();
    const QString task = joint.task();
    if (task.isEmpty()) {
        throw Error(model->hasWriter()
                ? Tr::tr("%1 answers in its own words: use model.write with a question.").arg(model->path())
                : Tr::tr("%1 has no classifier: it gives states and attention, but no answers.").arg(model->path()));
    }
    const JointReading reading = readJoint(*model, options, inputs);
    progress.report(0, 1, Tr::tr("Reading both"));
    const at::Tensor logits = joint.encode(reading.inputs, {}).logits[0].to(at::kCPU);
    if (!logits.isfinite().all().item<bool>()) {
        throw Error(Tr::tr("%1: the model gave numbers that are not finite; its weights are damaged.").arg(model->path()));
    }
    const at::Tensor probabilities = joint.severalMayHold() ? at::sigmoid(logits) : at::softmax(logits, -1);
    Value value;
    value.arrays[QStringLiteral("logits")] = arrayOf(logits);
    value.arrays[QStringLiteral("probabilities")] = arrayOf(probabilities);
    value.info = { { QStringLiteral("model"), model->path() }, { QStringLiteral("modelHash"), model->hash() },
        { QStringLiteral("task"), task }, { QStringLiteral("text"), reading.text } };
    if (task == QLatin1String("match"))
        value.info[u"match"] = probabilities[1].item<double>();
    else
        value.info[u"answers"] = best(probabilities, model->labels(), options.value(u"top").toInt());
    return value;
}

} // namespace

Method answerMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("model.answer");
    info.room = QStringLiteral("model");
    info.title = QStringLiteral("Answer or match");
    info.options = { modelOption(),
        option("text", OptionInfo::Type::Text, QString(),
            "Question about the picture, or the text to match with it; empty: the sample's own text"),
        number("top", 5, 1, 100000, "How many answers, the likeliest first") };
    info.reference = QStringLiteral("Kim et al. 2021 (ViLT); Tan and Bansal 2019 (LXMERT); Li et al. 2022 (BLIP)");
    info.inputs = { QStringLiteral("samples") };
    return { info, run };
}

} // namespace triptych::models
