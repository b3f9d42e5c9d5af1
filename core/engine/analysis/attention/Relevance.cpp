#include "core/engine/analysis/attention/Relevance.h"

#include "core/engine/analysis/Support.h"
#include "core/engine/analysis/attention/Forward.h"
#include "core/engine/analysis/attention/Propagation.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>

namespace triptych {

using namespace analysis;

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(analysis)
};

Value run(
    EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return attentionRelevance(
        *context.models.open(options[u"model"].toString()), options, inputs, progress);
}

} // namespace

Value attentionRelevance(
    Model& model, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    progress.report(0, 3, Tr::tr("Target"));
    const Target target = targetOf(model, options, inputs);
    progress.report(1, 3, Tr::tr("Forward pass"));
    const c10::AutoGradMode gradients(true);
    const Forward forward
        = forwardPass(model, options, inputs, {.attention = true, .gradients = true});
    const int start = options[u"start_layer"].toInt();
    if (start >= forward.layers())
        throw Error(
            Tr::tr("start_layer: this tower has layers 0 to %1.").arg(forward.layers() - 1));
    const at::Tensor score = scoreOf(forward, target);
    progress.report(2, 3, Tr::tr("Gradients"));
    const auto slopes
        = torch::autograd::grad({score}, forward.output.attention, {}, c10::nullopt, false, true);

    const c10::NoGradGuard without;
    std::vector<at::Tensor> attention;
    std::vector<at::Tensor> gradient;
    for (int layer = 0; layer < forward.layers(); ++layer) {
        attention.push_back(forward.attention(layer).detach());
        const at::Tensor& slope = slopes[size_t(layer)];
        gradient.push_back(slope.defined() ? slope.select(0, 0) : at::zeros_like(attention.back()));
    }
    // What the query is to itself says nothing about where it looks.
    const at::Tensor relevances = relevance(attention, gradient, start);
    const at::Tensor row
        = forward.rowOf(relevances - at::eye(relevances.size(0), relevances.options()), -1);
    return mapValue(model, forward, forward.atCells(row),
        {{QStringLiteral("method"), QStringLiteral("relevance")}, {QStringLiteral("layer"), -1},
            {QStringLiteral("head"), -1}, {QStringLiteral("start_layer"), start},
            {QStringLiteral("score"), score.item<double>()},
            {QStringLiteral("target"), target.name},
            {QStringLiteral("caption"),
                target.direction.defined()
                    ? QStringLiteral(
                        "Attention weighted by how much it raises the similarity with the "
                        "target, gathered over the layers; what lowers it is not shown.")
                    : QStringLiteral(
                        "Attention weighted by how much it raises the length of the "
                        "embedding, for want of a target; what lowers it is not shown.")}},
        Tr::tr("No attention from the cells raises the score in these layers: every product of "
               "gradient "
               "and attention is zero or negative."));
}

Method attentionRelevanceMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("attend.relevance");
    info.room = QStringLiteral("attention");
    info.title = QStringLiteral("Relevance");
    info.options = lookOptions() + targetOptions();
    info.options.append(integerOption("start_layer", 0, 0, 1000, "First layer that counts"));
    info.reference = QStringLiteral("Chefer, Gur, Wolf 2021 (arXiv 2103.15679)");
    info.inputs = {QStringLiteral("samples")};
    return {info, run};
}

} // namespace triptych
