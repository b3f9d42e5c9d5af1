#include "core/engine/representation/video/VideoRepresent.h"

#include "core/engine/learning/Fit.h"
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

FrameOrder orderOf(const QJsonObject& options, const QJsonObject& trained)
{
    const QString order = options[u"order"].toString();
    if (order == u"reversed")
        return FrameOrder::Reversed;
    const bool shuffled = order == u"shuffled" || (order == u"trained" && trained[u"shuffle_frames"].toBool());
    return shuffled ? FrameOrder::Shuffled : FrameOrder::Forward;
}

} // namespace

Method videoApplier(const VideoMethodKind& kind, VideoRun run)
{
    MethodInfo info;
    info.id = QStringLiteral("represent.") + QLatin1String(kind.name);
    info.room = QStringLiteral("representation");
    info.title = QLatin1String(kind.title);
    info.reference = QLatin1String(kind.reference);
    info.inputs = { QStringLiteral("samples"), QStringLiteral("fitted") };
    info.options = { option::choice("order", "trained",
                         { QStringLiteral("trained"), QStringLiteral("forward"), QStringLiteral("reversed"),
                             QStringLiteral("shuffled") },
                         "Order of the frames: as in training, as filmed, backwards, or at random"),
        option::integer("seed", 0, 0, 1e9, "Of a random order"),
        option::flag("steps", false, "Show the way of the first sample"),
        option::integer("frame", 0, 0, 255, "Frame whose maps are shown; behind the last one, the last"),
        option::choice("layer", "conv1", { QStringLiteral("conv1"), QStringLiteral("conv2"), QStringLiteral("conv3") },
            "Convolution whose maps are shown"),
        option::integer("maps", 16, 1, 64, "Maps shown") };
    if (kind.kind == VideoKind::Lstm || kind.kind == VideoKind::Gru)
        info.options << option::integer("unit", -1, -1, 4095,
            "Unit of the state whose gates are drawn as lines; -1 = the one that changes most");
    return { info, run };
}

Value representVideo(const VideoMethodKind& kind, EngineContext& context, const QJsonObject& options,
    const Inputs& inputs, Progress& progress)
{
    const QString name = QLatin1String(kind.name);
    const Value& fitted = fittedOf(inputs, QStringLiteral("train.") + name);
    if (inputs.samples.empty())
        throw Error(Tr::tr("There is no sample to represent; give some."));
    const QJsonObject trained = fitted.info[u"options"].toObject();
    const QStringList classes = fitted.strings(QStringLiteral("classes"));
    const at::Device device(context.options.device.toStdString());
    Parameters parameters(fitted, QStringLiteral("weights"), device);
    const VideoNet net(parameters, VideoShape::of(kind.kind, trained, int(classes.size())));
    const std::vector<at::Tensor> clips = videosOf(inputs.samples,
        { trained[u"frames"].toInt(), net.shape().side, net.shape().channels }, progress);
    const FrameOrder order = orderOf(options, trained);
    const VideoScores scores
        = scoresOf(net, clips, order, quint64(options[u"seed"].toInteger()), device, progress);
    Value value = embeddingValue(scores.embeddings, inputs.samples, QStringLiteral("represent.") + name, Modality::Video);
    value.arrays[QStringLiteral("probabilities")] = arrayOf(scores.logits.softmax(1));
    value.info[QStringLiteral("classes")] = QJsonArray::fromStringList(classes);
    if (options[u"steps"].toBool()) {
        const VideoShown shown { net, classes, options, order, device };
        videoSteps(shown, inputs.samples.front(), clips.front()).writeTo(value);
    }
    return value;
}

} // namespace triptych::representation
