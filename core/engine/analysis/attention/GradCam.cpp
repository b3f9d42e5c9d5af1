#include "core/engine/analysis/attention/GradCam.h"

#include "core/engine/analysis/Support.h"
#include "core/engine/analysis/attention/Forward.h"
#include "core/engine/analysis/attention/Propagation.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>

#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>

namespace triptych {

using namespace analysis;

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(analysis)
};

QString captionFor(const Target& target)
{
    if (target.direction.defined()) {
        return QStringLiteral("Cells whose state in this layer points where the similarity with the "
                              "target rises, to first order; what lowers it is not shown.");
    }
    if (target.name == u"label") {
        return QStringLiteral("Cells whose state in this layer points where the score of the class "
                              "rises, to first order; what lowers it is not shown.");
    }
    return QStringLiteral("Cells whose state in this layer points where the embedding grows, for "
                          "want of a target; what lowers it is not shown.");
}

Value run(
    EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return gradCamMap(
        *context.models.open(options[u"model"].toString()), options, inputs, progress);
}

} // namespace

Value gradCamMap(Model& model, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    progress.report(0, 3, Tr::tr("Target"));
    const Target target = targetOf(model, options, inputs);
    progress.report(1, 3, Tr::tr("Forward pass"));
    const c10::AutoGradMode gradients(true);
    Forward forward = forwardPass(model, options, inputs, {.hidden = true, .gradients = true});
    const bool convolves = forward.output.hidden.front().dim() == 4;
    // Of a transformer the state that enters a block: after the last one, only the token that the
    // embedding is read from still has a gradient. Of a convolutional net the map that leaves a stage.
    const int layers = int(forward.output.hidden.size()) - 1;
    const int layer = layerOf(options, layers, layers - 1);
    const at::Tensor state = forward.output.hidden[size_t(convolves ? layer + 1 : layer)];
    if (!state.requires_grad()) {
        throw Error(Tr::tr(
            "layer: nothing before layer %1 can be differentiated in this model; take a later "
            "one.")
                        .arg(layer));
    }
    const at::Tensor score = scoreOf(forward, target);
    progress.report(2, 3, Tr::tr("Gradients"));
    const at::Tensor slope = torch::autograd::grad({score}, {state}).front();

    const c10::NoGradGuard without;
    if (convolves) {
        forward.rows = int(state.size(2));
        forward.columns = int(state.size(3));
    }
    const auto atCells = [&](const at::Tensor& values) {
        return convolves ? values[0].flatten(1).t() : forward.atCells(values.select(0, 0).t()).t();
    };
    QJsonObject facts {{QStringLiteral("method"), QStringLiteral("gradcam")},
        {QStringLiteral("layer"), layer}, {QStringLiteral("head"), -1},
        {QStringLiteral("score"), score.item<double>()}, {QStringLiteral("target"), target.name},
        {QStringLiteral("caption"), captionFor(target)}};
    if (target.name == u"label")
        facts[QStringLiteral("label")] = target.labels.value(classOf(forward, target));
    return mapValue(model, forward, gradCam(atCells(state.detach()), atCells(slope)), facts,
        Tr::tr("No cell's state in this layer raises the score: the weighted sum is negative "
               "everywhere."));
}

Method gradCamMapMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("attend.gradcam");
    info.room = QStringLiteral("attention");
    info.title = QStringLiteral("Grad-CAM");
    info.options = lookOptions() + targetOptions();
    info.options.append(integerOption(
        "layer", -1, -1, 1000, "Block whose input, or stage whose map, is looked at, from 0; -1 = the last"));
    info.reference
        = QStringLiteral("Selvaraju et al. 2017 (arXiv 1610.02391), on feature maps or transformer states");
    info.inputs = {QStringLiteral("samples")};
    return {info, run};
}

} // namespace triptych
