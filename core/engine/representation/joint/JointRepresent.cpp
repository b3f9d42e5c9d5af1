#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/Signals.h"
#include "core/engine/representation/joint/JointSteps.h"
#include "core/engine/representation/joint/JointTraining.h"
#include "core/engine/representation/joint/UsedModalities.h"
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

QStringList usedNames(const JointFormat& format, const at::Tensor& used)
{
    QStringList names;
    for (size_t m = 0; m < format.modalities().size(); ++m) {
        if (used.select(1, int64_t(m)).any().item<bool>())
            names.append(format.modalities()[m].name);
    }
    return names;
}

at::Tensor codesOf(const JointModel& model, const JointValues& values, Progress& progress)
{
    constexpr int64_t step = 512;
    std::vector<at::Tensor> codes;
    for (int64_t first = 0; first < values.rows(); first += step) {
        progress.report(first, values.rows(), QCoreApplication::translate("representation", "embedding"));
        std::vector<int64_t> rows;
        for (int64_t row = first; row < std::min(values.rows(), first + step); ++row)
            rows.push_back(row);
        codes.push_back(model.code(values.at(rows)));
    }
    return at::cat(codes);
}

} // namespace

Method applierOf(const JointKind& kind, RunMethod run)
{
    MethodInfo info;
    info.id = QStringLiteral("represent.") + QLatin1String(kind.name);
    info.room = QStringLiteral("representation");
    info.title = QLatin1String(kind.title);
    info.reference = QLatin1String(kind.reference);
    info.options = { option::text("from", "",
                         "Modalities that the code is made from, as \"image,audio\"; empty = all that are there but the label"),
        option::flag("steps", false, "Show the first sample's way step by step"),
        option::integer("draws", 8, 1, 64, "Draws from the prior that are shown"),
        option::integer("seed", 0, 0, 1e9, "Of the draws that are shown") };
    info.inputs = { QStringLiteral("samples"), QStringLiteral("fitted") };
    return { info, run };
}

Value representJoint(const JointKind& kind, EngineContext& context, const QJsonObject& options, const Inputs& inputs,
    Progress& progress)
{
    at::NoGradGuard noGradients;
    const Value& fitted = fittedOf(inputs, QStringLiteral("train.") + QLatin1String(kind.name));
    if (inputs.samples.empty())
        throw Error(Tr::tr("There is no sample to represent; give some."));
    progress.report(0, qint64(inputs.samples.size()), Tr::tr("reading samples"));
    const JointFormat format = JointFormat::fromJson(fitted.info[u"joint"].toObject());
    const at::Device device(context.options.device.toStdString());
    Parameters parameters(fitted, QStringLiteral("weights"), device);
    const auto model = kind.make(parameters, format.modalities(), fitted.info[u"options"].toObject());
    JointValues values = format.read(inputs.samples, progress);
    const at::Tensor used = usedModalities(format, values.present, options[u"from"].toString());
    demandUsed(used, inputs.samples);
    const JointValues first = movedTo(values.at({ 0 }), device);
    values.present = used;
    values = movedTo(values, device);
    Value value = embeddingValue(codesOf(*model, values, progress), inputs.samples,
        QStringLiteral("represent.") + QLatin1String(kind.name), drawnAs(format, used));
    value.info[QStringLiteral("from")] = QJsonArray::fromStringList(usedNames(format, used));
    if (options[u"steps"].toBool()) { // with all that the first sample has
        const JointStepOptions shown { options[u"draws"].toInt(), quint64(options[u"seed"].toInteger()) };
        jointSteps(*model, format, options[u"from"].toString().isEmpty() ? first : values.at({ 0 }), shown).writeTo(value);
    }
    return value;
}

} // namespace triptych::representation
