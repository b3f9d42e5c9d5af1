#include "core/engine/representation/joint/RbmRepresent.h"
#include "core/engine/representation/joint/UsedModalities.h"

#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/Signals.h"
#include "core/engine/representation/joint/RbmSteps.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>
#include <QCoreApplication>
#include <QJsonArray>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

/// "256,128" → {256, 128}.
std::vector<int> layersOf(const QString& list)
{
    std::vector<int> sizes;
    for (const QString& part : list.split(u',', Qt::SkipEmptyParts)) {
        bool isNumber = false;
        sizes.push_back(part.trimmed().toInt(&isNumber));
        if (!isNumber || sizes.back() < 1 || sizes.back() > 8192)
            throw Error(Tr::tr("hidden: \"%1\" is no number of units; give 1 to 8192 a layer, as \"256,128\".").arg(part.trimmed()));
    }
    if (sizes.empty() || sizes.size() > 5)
        throw Error(Tr::tr("hidden: give one to five layers, as \"256,128\"."));
    return sizes;
}

} // namespace

std::unique_ptr<JointMachine> machineOf(
    const QString& kind, Parameters& parameters, const MachineData& data, const QJsonObject& options)
{
    std::vector<int> layers;
    if (kind != u"mrbm")
        layers = layersOf(options[u"hidden"].toString());
    return jointMachine(kind, parameters, data.visibles(), layers, options[u"joint"].toInt());
}

QList<OptionInfo> representMachineOptions()
{
    return { option::text("from", "",
                 "Modalities that it is made from, as \"image,audio\"; empty = all that are there but the label"),
        option::choice("fill", "mean field", { QStringLiteral("mean field"), QStringLiteral("gibbs") },
            "How missing modalities are filled in: expectations that settle, or draws that are averaged"),
        option::integer("sweeps", 30, 1, 10'000, "Updates of all units"),
        option::integer("seed", 0, 0, 1e9, "Of Gibbs sampling"),
        option::flag("steps", false, "Show the first sample's way step by step"),
        option::integer("filters", 36, 1, 400, "Hidden units whose weights are shown") };
}

Value representMachine(const QString& kind, EngineContext& context, const QJsonObject& options, const Inputs& inputs,
    Progress& progress)
{
    at::NoGradGuard noGradients;
    constexpr int64_t block = 500;
    const Value& fitted = fittedOf(inputs, QStringLiteral("train.") + kind);
    if (inputs.samples.empty())
        throw Error(Tr::tr("There is no sample to represent; give some."));
    const at::Device device(context.options.device.toStdString());
    const MachineData data(fitted.info[u"machine"].toObject());
    Parameters parameters(fitted, QStringLiteral("weights"), device);
    const auto machine = machineOf(kind, parameters, data, fitted.info[u"options"].toObject());
    const JointValues values = data.format().read(inputs.samples, progress);
    const at::Tensor used = usedModalities(data.format(), values.present, options[u"from"].toString());
    demandUsed(used, inputs.samples);
    const FillOptions filling { options[u"fill"].toString() == u"gibbs", options[u"sweeps"].toInt() };
    Chance chance(quint64(options[u"seed"].toInteger()));
    const int label = data.format().indexOf(QStringLiteral("label"));
    std::vector<at::Tensor> joint, labels;
    for (int64_t first = 0; first < values.rows(); first += block) {
        progress.report(first, values.rows(), QCoreApplication::translate("representation", "embedding"));
        std::vector<int64_t> rows;
        for (int64_t row = first; row < std::min(values.rows(), first + block); ++row)
            rows.push_back(row);
        const Evidence evidence = data.evidence(values.at(rows), used.narrow(0, first, int64_t(rows.size())), device);
        const MachineState state = machine->infer(evidence, filling, chance);
        joint.push_back(state.joint.to(at::kCPU));
        if (label >= 0)
            labels.push_back(state.visibles[size_t(label)].to(at::kCPU));
    }
    Value value = embeddingValue(at::cat(joint), inputs.samples, QStringLiteral("represent.") + kind, drawnAs(data.format(), used));
    if (label >= 0 && !used.select(1, label).any().item<bool>()) {
        value.arrays[QStringLiteral("probabilities")] = arrayOf(at::cat(labels));
        value.info[QStringLiteral("classes")] = QJsonArray::fromStringList(data.format().modalities()[size_t(label)].words);
    }
    if (options[u"steps"].toBool()) {
        const JointValues row = values.at({ 0 });
        const at::Tensor shown = options[u"from"].toString().isEmpty() ? row.present : used.narrow(0, 0, 1);
        const MachineStepOptions shownOptions { filling.sweeps, options[u"filters"].toInt(), quint64(options[u"seed"].toInteger()) };
        machineSteps(*machine, data, row, shown, device, shownOptions).writeTo(value);
    }
    return value;
}

} // namespace triptych::representation
