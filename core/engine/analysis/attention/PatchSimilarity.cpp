#include "core/engine/analysis/attention/PatchSimilarity.h"

#include "core/engine/analysis/Support.h"
#include "core/engine/analysis/attention/Forward.h"

#include <ATen/Functions.h>
#include <QCoreApplication>

namespace triptych {

using namespace analysis;

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(analysis)
};

Value run(
    EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return patchSimilarity(
        *context.models.open(options[u"model"].toString()), options, inputs, progress);
}

} // namespace

Value patchSimilarity(
    Model& model, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    progress.report(0, 2, Tr::tr("Target"));
    const Target target = targetOf(model, options, inputs);
    progress.report(1, 2, Tr::tr("Forward pass"));
    const Forward forward = forwardPass(model, options, inputs, {});
    const at::Tensor own = unitRows(forward.output.embedding);
    const at::Tensor direction = target.direction.defined() ? target.direction : own;
    const at::Tensor projected
        = model.encoder(forward.modality).project(forward.output.last).select(0, 0);
    const at::Tensor cosines = at::mv(unitRows(projected), direction.select(0, 0));
    Value value = mapValue(model, forward, forward.atCells(cosines),
        {{QStringLiteral("method"), QStringLiteral("similarity")}, {QStringLiteral("layer"), -1},
            {QStringLiteral("head"), -1},
            {QStringLiteral("score"), at::mm(own, direction.t()).item<double>()},
            {QStringLiteral("target"),
                target.direction.defined() ? target.name : QStringLiteral("own")},
            {QStringLiteral("caption"),
                QStringLiteral(
                    "Cosine of each cell's last state, projected as if the embedding were read "
                    "there, with the target; the model was not trained to make cells "
                    "comparable.")}},
        Tr::tr("Every projected cell stands at right angles to the target."));
    if (!target.direction.defined()) {
        value.info[QStringLiteral("note")] = Tr::tr(
            "The sample has nothing else to compare with: cells are compared with the embedding of "
            "the whole. Give a target text.");
    }
    return value;
}

Method patchSimilarityMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("attend.similarity");
    info.room = QStringLiteral("attention");
    info.title = QStringLiteral("Patch–text similarity");
    info.options = lookOptions() + targetOptions();
    info.reference = QStringLiteral("Radford et al. 2021 (CLIP), its projection on every token");
    info.inputs = {QStringLiteral("samples")};
    return {info, run};
}

} // namespace triptych
