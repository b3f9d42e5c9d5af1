#include "core/engine/analysis/attention/Raw.h"

#include "core/engine/analysis/Support.h"
#include "core/engine/analysis/attention/Forward.h"
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
    return rawAttention(
        *context.models.open(options[u"model"].toString()), options, inputs, progress);
}

} // namespace

Value rawAttention(
    Model& model, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    progress.report(0, 1, Tr::tr("Forward pass"));
    const Forward forward = forwardPass(model, options, inputs, {.attention = true});
    const int layer = layerOf(options, forward.layers(), forward.layers() - 1);
    const at::Tensor attention = forward.attention(layer);
    const int head = options[u"head"].toInt();
    if (head >= attention.size(0)) {
        throw Error(Tr::tr("head: this tower has heads 0 to %1; -1 is their mean.")
                        .arg(attention.size(0) - 1));
    }
    const at::Tensor rows = head < 0 ? attention.mean(0) : attention[head];
    const at::Tensor cells = forward.atCells(forward.rowOf(rows, options[u"query"].toInt()));
    return mapValue(model, forward, cells,
        {{QStringLiteral("method"), QStringLiteral("raw")}, {QStringLiteral("layer"), layer},
            {QStringLiteral("head"), head}, {QStringLiteral("query"), options[u"query"]},
            {QStringLiteral("cells_share"), cells.sum().item<double>()},
            {QStringLiteral("caption"),
                QStringLiteral(
                    "Attention probability of one query on each cell: where values are read "
                    "from in this layer, not how much they matter for the result.")}},
        Tr::tr("The query attends to special tokens only: every cell gets probability zero."));
}

Method rawAttentionMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("attend.raw");
    info.room = QStringLiteral("attention");
    info.title = QStringLiteral("Raw attention");
    info.options = lookOptions();
    info.options.append({integerOption("layer", -1, -1, 1000, "Layer from 0; -1 = the last"),
        integerOption("head", -1, -1, 1000, "Head from 0; -1 = the mean of all"),
        integerOption("query", -1, -1, 1000000,
            "Cell of the map (row by row) or token that asks; -1 = where the embedding is read")});
    info.reference = QStringLiteral("Vaswani et al. 2017");
    info.inputs = {QStringLiteral("samples")};
    return {info, run};
}

} // namespace triptych
