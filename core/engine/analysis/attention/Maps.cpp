#include "core/engine/analysis/attention/Maps.h"

#include "core/engine/analysis/Support.h"
#include "core/engine/analysis/attention/Forward.h"
#include "core/engine/analysis/attention/Propagation.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

namespace triptych {

using namespace analysis;

namespace {

/// How far apart two cells stand, in cells: [G, G].
at::Tensor cellDistances(const Forward& forward)
{
    const at::Tensor index = at::arange(int64_t(forward.cells.size()), at::kLong);
    const at::Tensor row = at::div(index, forward.columns, "floor").to(at::kFloat);
    const at::Tensor column = at::remainder(index, forward.columns).to(at::kFloat);
    const at::Tensor down = row.unsqueeze(1) - row.unsqueeze(0);
    const at::Tensor across = column.unsqueeze(1) - column.unsqueeze(0);
    return (down.square() + across.square()).sqrt();
}

/// Mean distance between a cell and what it attends to among the cells, one a head.
at::Tensor attendedDistance(const Forward& forward, const at::Tensor& attention)
{
    const at::Tensor among
        = forward.atCells(forward.atCells(attention).transpose(1, 2)).transpose(1, 2);
    const at::Tensor far = (among * cellDistances(forward).to(among.device())).sum(2);
    return (far / among.sum(2).clamp_min(1e-12)).mean(1);
}

at::Tensor atSpecial(const Forward& forward, const at::Tensor& sequence)
{
    const at::Tensor index = at::from_blob(
        const_cast<qint64*>(forward.special.data()), {qint64(forward.special.size())}, at::kLong)
                                 .to(sequence.device());
    return sequence.index_select(-1, index);
}

Value run(
    EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return attentionMaps(
        *context.models.open(options[u"model"].toString()), options, inputs, progress);
}

} // namespace

Value attentionMaps(
    Model& model, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    progress.report(0, 2, QCoreApplication::translate("analysis", "Forward pass"));
    const Forward forward = forwardPass(model, options, inputs, {.attention = true});
    const int query = options[u"query"].toInt();
    std::vector<at::Tensor> maps;
    std::vector<at::Tensor> special;
    std::vector<at::Tensor> entropy;
    std::vector<at::Tensor> distance;
    for (int layer = 0; layer < forward.layers(); ++layer) {
        const at::Tensor attention = forward.attention(layer);
        const at::Tensor row = forward.rowOf(attention, query);
        maps.push_back(forward.atCells(row));
        special.push_back(atSpecial(forward, row));
        entropy.push_back(rowEntropy(attention));
        distance.push_back(attendedDistance(forward, attention));
    }
    progress.report(1, 2);

    Value value;
    value.arrays[QStringLiteral("maps")] = arrayOf(at::stack(maps));
    value.arrays[QStringLiteral("special")] = arrayOf(at::stack(special));
    value.arrays[QStringLiteral("entropy")] = arrayOf(at::stack(entropy));
    value.arrays[QStringLiteral("distance")] = arrayOf(at::stack(distance));
    value.info = commonFacts(model, forward);
    value.info[QStringLiteral("method")] = QStringLiteral("raw");
    value.info[QStringLiteral("layers")] = forward.layers();
    value.info[QStringLiteral("heads")] = qint64(forward.attention(0).size(0));
    value.info[QStringLiteral("query")] = options[u"query"];
    value.info[QStringLiteral("caption")] = QStringLiteral(
        "Attention probabilities of one query in every layer and head: where values are read from, "
        "not how much they matter for the result.");
    return value;
}

Method attentionMapsMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("attend.maps");
    info.room = QStringLiteral("attention");
    info.title = QStringLiteral("Attention of every layer and head");
    info.options = lookOptions();
    info.options.append(integerOption("query", -1, -1, 1000000,
        "Cell of the map (row by row) or token that asks; -1 = where the embedding is read"));
    info.reference = QStringLiteral("Vaswani et al. 2017; distance: Dosovitskiy et al. 2021");
    info.inputs = {QStringLiteral("samples")};
    return {info, run};
}

} // namespace triptych
