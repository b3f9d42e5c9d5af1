#include "core/engine/representation/picture/NetUnit.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>

namespace triptych::representation {

namespace {

/// The stage of option layer; before the classifier, the last one that still has places.
const Stage& shownStage(const NetOutput& output, const QString& layer)
{
    if (layer != u"classifier")
        return stageOf(output, layer);
    for (auto stage = output.stages.rbegin(); stage != output.stages.rend(); ++stage) {
        if (stage->values.size(2) > 1)
            return *stage;
    }
    return output.stages.back();
}

} // namespace

Unit unitOf(const NetOutput& output, const QJsonObject& options)
{
    Unit unit;
    unit.stage = &shownStage(output, options[u"layer"].toString());
    unit.map = options[u"unit"].toInt();
    const at::Tensor& values = unit.stage->values;
    if (unit.map >= values.size(1)) {
        throw Error(QCoreApplication::translate("representation", "unit: layer %1 has the maps 0 to %2.")
                        .arg(QString::fromStdString(unit.stage->name)).arg(values.size(1) - 1));
    }
    unit.row = values.size(2) / 2;
    unit.column = values.size(3) / 2;
    if (options[u"place"].toString() == u"strongest") {
        const int64_t highest = values.select(0, 0).select(0, unit.map).argmax().item<int64_t>();
        unit.row = highest / values.size(3);
        unit.column = highest % values.size(3);
    }
    return unit;
}

} // namespace triptych::representation
