#include "core/engine/analysis/attention/Rollout.h"

#include "core/engine/analysis/Support.h"
#include "core/engine/analysis/attention/Forward.h"
#include "core/engine/analysis/attention/Propagation.h"
#include "core/jobs/Error.h"

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
    return attentionRollout(
        *context.models.open(options[u"model"].toString()), options, inputs, progress);
}

} // namespace

Value attentionRollout(
    Model& model, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    progress.report(0, 1, Tr::tr("Forward pass"));
    const Forward forward = forwardPass(model, options, inputs, {.attention = true});
    const int start = options[u"start_layer"].toInt();
    if (start >= forward.layers())
        throw Error(
            Tr::tr("start_layer: this tower has layers 0 to %1.").arg(forward.layers() - 1));
    std::vector<at::Tensor> attention;
    for (int layer = 0; layer < forward.layers(); ++layer)
        attention.push_back(forward.attention(layer));
    const at::Tensor row = forward.rowOf(rollout(attention, start), options[u"query"].toInt());
    const at::Tensor cells = forward.atCells(row);
    return mapValue(model, forward, cells,
        {{QStringLiteral("method"), QStringLiteral("rollout")}, {QStringLiteral("layer"), -1},
            {QStringLiteral("head"), -1}, {QStringLiteral("start_layer"), start},
            {QStringLiteral("query"), options[u"query"]},
            {QStringLiteral("cells_share"), cells.sum().item<double>()},
            {QStringLiteral("caption"),
                QStringLiteral(
                    "Attention followed through the layers with the skip connections, heads "
                    "averaged: how inputs can mix, whatever the result is about.")}},
        Tr::tr("Nothing flows from the cells to this query in these layers."));
}

Method attentionRolloutMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("attend.rollout");
    info.room = QStringLiteral("attention");
    info.title = QStringLiteral("Attention rollout");
    info.options = lookOptions();
    info.options.append({integerOption("start_layer", 0, 0, 1000, "First layer that counts"),
        integerOption("query", -1, -1, 1000000,
            "Cell of the map (row by row) or token that asks; -1 = where the embedding is read")});
    info.reference = QStringLiteral("Abnar and Zuidema 2020 (arXiv 2005.00928)");
    info.inputs = {QStringLiteral("samples")};
    return {info, run};
}

} // namespace triptych
