#include "core/engine/representation/joint/MachineMethods.h"

#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/joint/RbmRepresent.h"
#include "core/engine/representation/joint/RbmScores.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <array>
#include <string_view>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

struct Kind {
    const char* name;
    const char* title;
    const char* reference;
    bool deep;      ///< has layers of its own for each modality
    int steps;      ///< Gibbs steps a gradient by default
    bool persistent;
    int epochs;
};

constexpr std::array<Kind, 3> kinds { {
    { "mrbm", "Multimodal restricted Boltzmann machine",
        "Smolensky 1986; Hinton 2002 (CD), Tieleman 2008 (PCD); Ngiam et al. 2011 (multimodal)", false, 1, false, 20 },
    { "mdbn", "Multimodal deep belief net",
        "Hinton, Osindero and Teh 2006; Srivastava and Salakhutdinov 2012 (multimodal)", true, 1, false, 15 },
    { "mdbm", "Multimodal deep Boltzmann machine",
        "Salakhutdinov and Hinton 2009; Srivastava and Salakhutdinov 2012, 2014 (multimodal)", true, 5, true, 15 },
} };

QList<OptionInfo> trainOptions(const Kind& kind)
{
    QList<OptionInfo> lines = jointDataOptions("image,label");
    if (kind.deep)
        lines += option::text("hidden", "128", "Units of each modality's own hidden layers from below, as \"256,128\"");
    lines += { option::integer("joint", kind.deep ? 128 : 256, 1, 8192, "Units of the joint layer"),
        option::integer("k", kind.steps, 1, 100, "Gibbs steps a gradient (the k of CD-k)"),
        option::flag("persistent", kind.persistent, "Chains go on from batch to batch (PCD), else they start at the data (CD)"),
        option::integer("epochs", kind.epochs, 1, 100'000, "Times that every sample is seen, in each stage"),
        option::integer("batch", 100, 1, 65'536, "Samples a step, and chains"),
        option::real("rate", 0.01, 1e-7, 10, "Learning rate; falls to 0 where chains are persistent"),
        option::real("momentum", 0.9, 0, 0.999, "Of the steps; .5 in the first five epochs"),
        option::real("weight_decay", 2e-4, 0, 10, "Pull of weights towards zero") };
    if (std::string_view(kind.name) != "mdbn") { // a belief net has no Z of its own
        lines += option::integer("ais", 0, 0, 1'000'000,
            "Temperatures of annealed importance sampling that estimates log Z at the end; 0 = not");
        lines += option::integer("ais_chains", 100, 2, 100'000, "Chains of it");
    }
    lines += option::integer("seed", 0, 0, 1e9, "Of the start, the order and every draw");
    return lines;
}

MachineFit fitOf(const QJsonObject& options)
{
    MachineFit fit;
    fit.epochs = options[u"epochs"].toInt();
    fit.batch = options[u"batch"].toInt();
    fit.rate = options[u"rate"].toDouble();
    fit.momentum = options[u"momentum"].toDouble();
    fit.firstMomentum = std::min(fit.firstMomentum, fit.momentum);
    fit.decay = options[u"weight_decay"].toDouble();
    fit.steps = options[u"k"].toInt();
    fit.persistent = options[u"persistent"].toBool();
    fit.seed = quint64(options[u"seed"].toInteger());
    return fit;
}

/// log Z, and the mean log p of the rows (a bound of it, for a deep machine).
void addLikelihood(Value& value, const JointMachine& machine, const MachineData& data, const JointValues& rows,
    const at::Device& device, const QJsonObject& options, Progress& progress)
{
    const int temperatures = options[u"ais"].toInt();
    if (temperatures < 1)
        return;
    progress.report(0, 1, Tr::tr("log Z"));
    Chance chance(quint64(options[u"seed"].toInteger()) + 3);
    const auto z = machine.logPartition(data.usualTotals(device), options[u"ais_chains"].toInt(), temperatures, chance, progress);
    if (!z)
        return;
    value.info[QStringLiteral("log_z")] = z->value;
    value.info[QStringLiteral("log_z_deviation")] = z->deviation;
    if (data.hasTexts() || rows.rows() == 0)
        return; // Z differs with the number of words
    const Evidence evidence = data.evidence(rows, at::ones_like(rows.present), device);
    value.info[QStringLiteral("test_log_likelihood")] = machine.unnormalised(evidence, chance) - z->value;
}

/// A fitted value of the weights as they are.
Value toldOf(const QString& method, const QJsonObject& options, const Parameters& parameters, const FitReport& report,
    const MachineData& data)
{
    Value value = fittedValue(method, options, parameters, report);
    value.info[QStringLiteral("machine")] = data.toJson();
    return value;
}

template <size_t I>
Value train(EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    at::NoGradGuard noGradients;
    const Kind& kind = kinds[I];
    const QString method = QStringLiteral("train.") + QLatin1String(kind.name);
    const MachineFit fitting = fitOf(options);
    const at::Device device(context.options.device.toStdString());
    const JointSet set = jointSetOf(inputs.samples, options, progress);
    const JointValues training = set.values.at(set.rows.train), validation = set.values.at(set.rows.validation);
    const MachineData data(set.format, training);
    Parameters parameters(fitting.seed, device);
    const auto machine = machineOf(QLatin1String(kind.name), parameters, data, options);
    FitReport report;
    QElapsedTimer clock;
    clock.start();
    const auto tell = [&](const Curves& curves) {
        report.curves = curves;
        report.epochs = report.bestEpoch = int(curves.epochs.size());
        report.seconds = double(clock.nsecsElapsed()) / 1e9;
        auto partial = std::make_shared<Value>(toldOf(method, options, parameters, report, data));
        partial->info[QStringLiteral("partial")] = true;
        partial->info[QStringLiteral("of_epochs")] = fitting.epochs * machine->stages();
        progress.partial(partial);
    };
    MachineWatch watch(progress, machine->steps(training.rows(), fitting), tell);
    machine->train(data.batch(training, device), data.batch(validation, device), fitting, watch);
    Value value = toldOf(method, options, parameters, report, data);
    const JointValues test = set.values.at(set.rows.test);
    const JointValues& judged = test.rows() > 0 ? test : validation;
    QJsonObject scores = fillScores(*machine, data, training, judged, device, progress);
    if (validation.rows() > 0) {
        const QJsonObject held = fillScores(*machine, data, training, validation, device, progress);
        if (held.contains(u"label_accuracy")) {
            scores[QStringLiteral("validation_accuracy")] = held[u"label_accuracy"];
            if (test.rows() > 0)
                scores[QStringLiteral("test_accuracy")] = scores[u"label_accuracy"];
        }
    }
    value.info[QStringLiteral("scores")] = scores;
    addLikelihood(value, *machine, data, judged, device, options, progress);
    value.info[QStringLiteral("rows")] = QJsonObject { { QStringLiteral("train"), qint64(training.rows()) },
        { QStringLiteral("validation"), qint64(validation.rows()) }, { QStringLiteral("test"), qint64(test.rows()) } };
    value.info[QStringLiteral("split_hash")] = set.rows.hash;
    value.info[QStringLiteral("pairs_made")] = set.pairsMade;
    return value;
}

template <size_t I>
Value represent(EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return representMachine(QLatin1String(kinds[I].name), context, options, inputs, progress);
}

template <size_t I>
Method trainer()
{
    const Kind& kind = kinds[I];
    MethodInfo info;
    info.id = QStringLiteral("train.") + QLatin1String(kind.name);
    info.room = QStringLiteral("training");
    info.title = QLatin1String(kind.title);
    info.reference = QLatin1String(kind.reference);
    info.options = trainOptions(kind);
    info.inputs = { QStringLiteral("samples") };
    return { info, train<I> };
}

template <size_t I>
Method applier()
{
    const Kind& kind = kinds[I];
    MethodInfo info;
    info.id = QStringLiteral("represent.") + QLatin1String(kind.name);
    info.room = QStringLiteral("representation");
    info.title = QLatin1String(kind.title);
    info.reference = QLatin1String(kind.reference);
    info.options = representMachineOptions();
    info.inputs = { QStringLiteral("samples"), QStringLiteral("fitted") };
    return { info, represent<I> };
}

} // namespace

std::vector<Method> machineMethods() { return { applier<0>(), applier<1>(), applier<2>() }; }

std::vector<Method> machineTrainers() { return { trainer<0>(), trainer<1>(), trainer<2>() }; }

} // namespace triptych::representation
