#include "core/engine/representation/picture/NetRepresent.h"

#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/Signals.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QJsonArray>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

} // namespace

Method applierOf(const NetKind& kind, RunMethod run)
{
    MethodInfo info;
    info.id = QStringLiteral("represent.") + QLatin1String(kind.name);
    info.room = QStringLiteral("representation");
    info.title = QLatin1String(kind.title);
    info.reference = QLatin1String(kind.reference);
    info.options = { option::choice("layer", "classifier", QStringList { QStringLiteral("classifier") } + kind.stages,
                         "Layer that the vector is taken from: the one before the classifier, or the mean over the map of a stage"),
        option::flag("steps", false, "Show the way of the first sample"),
        option::integer("maps", 16, 1, 64, "Maps and filters shown of each layer"),
        option::integer("unit", 0, 0, 100'000, "Map of the layer whose unit is looked at"),
        option::choice("place", "strongest", { QStringLiteral("strongest"), QStringLiteral("centre") },
            "Which unit of that map: where it is highest for this picture, or the one in the middle"),
        option::choice("maximise", "unit", { QStringLiteral("none"), QStringLiteral("unit"), QStringLiteral("class") },
            "Make the picture that excites the unit, or a class, most (Erhan et al. 2009)"),
        option::text("class", "", "Class that is maximised; empty = the one the net gives the first sample"),
        option::integer("iterations", 60, 1, 5000, "Steps of the gradient ascent"),
        option::real("smoothness", 0.1, 0, 0.25, "How strongly neighbouring pixels pull at each other in each step"),
        option::integer("seed", 0, 0, 1e9, "Of the noise that the ascent starts from") };
    if (kind.attends)
        info.options.append(option::integer("head", 0, 0, 47, "Head of the layer's attention that is shown"));
    info.inputs = { QStringLiteral("samples"), QStringLiteral("fitted") };
    return { info, run };
}

Value representNet(const NetKind& kind, EngineContext& context, const QJsonObject& options, const Inputs& inputs,
    Progress& progress)
{
    const Value& fitted = fittedOf(inputs, QStringLiteral("train.") + QLatin1String(kind.name));
    if (inputs.samples.empty())
        throw Error(Tr::tr("There is no sample to represent; give some."));
    const QStringList classes = fitted.strings(QStringLiteral("classes"));
    const PictureFormat format = PictureFormat::fromJson(fitted.info[u"picture"].toObject());
    const at::Device device(context.options.device.toStdString());
    Parameters parameters(fitted, QStringLiteral("weights"), device);
    const auto net = kind.make(parameters, shapeOf(fitted.info[u"options"].toObject(), int(classes.size())));
    const at::Tensor pictures = picturesOf(inputs.samples, format.side, progress);
    const QString layer = options[u"layer"].toString();
    const NetScores scores = scoresOf(
        *net, format, pictures, layer == u"classifier" ? QString() : layer, device, progress);
    const QString name = QStringLiteral("represent.") + QLatin1String(kind.name);
    Value value = embeddingValue(scores.embeddings, inputs.samples, name, Modality::Image);
    value.arrays[QStringLiteral("probabilities")] = arrayOf(scores.logits.softmax(1));
    value.info[QStringLiteral("classes")] = QJsonArray::fromStringList(classes);
    if (options[u"steps"].toBool())
        netSteps({ kind, *net, parameters, format, classes, options, device }, pictures.narrow(0, 0, 1), progress).writeTo(value);
    return value;
}

} // namespace triptych::representation
