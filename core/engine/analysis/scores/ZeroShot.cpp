#include "core/engine/analysis/scores/ZeroShot.h"

#include "core/engine/analysis/Support.h"
#include "core/engine/models/Model.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

namespace triptych {

namespace analysis {

at::Tensor zeroShotProbabilities(
    const at::Tensor& embeddings, const at::Tensor& classes, double scale)
{
    return at::softmax(at::mm(unitRows(embeddings), classes.t()) * scale, 1);
}

QString filledTemplate(const QString& pattern, const QString& label)
{
    QString text = pattern;
    return text.replace(QLatin1String("{}"), label);
}

} // namespace analysis

namespace {

using namespace analysis;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(analysis)
};

/// One unit row a label: the mean direction of its templates.
at::Tensor classRows(
    Model& model, const QStringList& labels, const QStringList& templates, Progress& progress)
{
    Encoder& encoder = model.encoder(Modality::Text);
    std::vector<at::Tensor> rows;
    for (qsizetype i = 0; i < labels.size(); ++i) {
        progress.report(
            i, labels.size(), QCoreApplication::translate("analysis", "Embedding labels"));
        std::vector<Sample> samples;
        for (const QString& pattern : templates) {
            Sample sample;
            sample.id = QString::number(samples.size());
            sample.sources[Modality::Text].text = filledTemplate(pattern, labels[i]);
            samples.push_back(sample);
        }
        const EncoderOutput out = encoder.encode(model.prepare(Modality::Text, samples), {});
        rows.push_back(unitRows(out.embedding.to(at::kCPU, at::kFloat)).mean(0));
    }
    return unitRows(at::stack(rows));
}

Value run(
    EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const at::Tensor embeddings
        = matrixOf(inputs, QStringLiteral("embeddings"), QStringLiteral("embeddings"));
    const QStringList labels = stringsOf(options[u"labels"]);
    const QStringList templates = stringsOf(options[u"templates"]);
    if (labels.isEmpty())
        throw Error(Tr::tr("labels: there are none; give at least one, better two."));
    if (templates.isEmpty())
        throw Error(Tr::tr("templates: there are none; give at least \"{}\"."));
    for (const QString& pattern : templates) {
        if (!pattern.contains(QLatin1String("{}")))
            throw Error(Tr::tr("templates: \"%1\" has no {} for the label; add it.").arg(pattern));
    }
    const std::shared_ptr<Model> model = context.models.open(options[u"model"].toString());
    const QString hash
        = inputs.value(QStringLiteral("embeddings")).info.value(u"modelHash").toString();
    if (!hash.isEmpty() && hash != model->hash()) {
        throw Error(
            Tr::tr("embeddings: they come from another model (%1) than the labels (%2); embed them "
                   "with this model.")
                .arg(hash, model->hash()));
    }
    const at::Tensor classes = classRows(*model, labels, templates, progress);
    if (classes.size(1) != embeddings.size(1)) {
        throw Error(
            Tr::tr("embeddings: rows of %1 numbers, but the model's texts have %2; embed them with "
                   "this model.")
                .arg(embeddings.size(1))
                .arg(classes.size(1)));
    }
    Value value;
    value.arrays[QStringLiteral("probabilities")]
        = arrayOf(zeroShotProbabilities(embeddings, classes, model->logitScale()));
    value.arrays[QStringLiteral("similarity")] = arrayOf(at::mm(unitRows(embeddings), classes.t()));
    value.info = {{QStringLiteral("labels"), QJsonArray::fromStringList(labels)},
        {QStringLiteral("templates"), QJsonArray::fromStringList(templates)},
        {QStringLiteral("ids"), inputs.value(QStringLiteral("embeddings")).info.value(u"ids")},
        {QStringLiteral("logit_scale"), model->logitScale()},
        {QStringLiteral("modelHash"), model->hash()}};
    return value;
}

} // namespace

Method zeroShotMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("score.zeroshot");
    info.room = QStringLiteral("score");
    info.title = QStringLiteral("Zero-shot classification");
    info.options = {
        textOption("model", "triptych-mini", "Folder of the checkpoint"),
        listOption("labels", {}, "One class a label"),
        listOption("templates",
            {QStringLiteral("{}"), QStringLiteral("a photo of a {}."),
                QStringLiteral("a picture of a {}."), QStringLiteral("a drawing of a {}."),
                QStringLiteral("this is a {}.")},
            "Sentences around a label, {} stands for it; their mean is taken"),
    };
    info.reference = QStringLiteral("Radford et al. 2021 (CLIP)");
    info.inputs = {QStringLiteral("embeddings")};
    return {info, run};
}

} // namespace triptych
