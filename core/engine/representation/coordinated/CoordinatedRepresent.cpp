#include "core/engine/alignment/Losses.h"
#include "core/engine/learning/Fit.h"
#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/Signals.h"
#include "core/engine/representation/coordinated/CoordinatedSteps.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QCoreApplication>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

/// Points of the samples that have this side (zeros elsewhere), and 1 where they do [N,1].
std::pair<at::Tensor, at::Tensor> pointsOf(const FittedCoordination& fitted, Side side, const std::vector<Sample>& samples,
    EngineContext& context, Progress& progress)
{
    const SideFeatures& features = side == Side::X ? fitted.x : fitted.y;
    const Head& head = side == Side::X ? fitted.heads.x : fitted.heads.y;
    const auto count = int64_t(samples.size());
    std::vector<Sample> those;
    std::vector<int64_t> places;
    for (int64_t i = 0; i < count; ++i) {
        if (samples[size_t(i)].has(features.modality())) {
            those.push_back(samples[size_t(i)]);
            places.push_back(i);
        }
    }
    const int64_t dims = (head.isDeep ? head.second : head.first).weight.size(0);
    at::Tensor points = at::zeros({ count, dims }, at::TensorOptions(at::kFloat));
    at::Tensor there = at::zeros({ count, 1 }, at::TensorOptions(at::kFloat));
    if (those.empty())
        return { points, there };
    const at::Tensor index = at::tensor(at::ArrayRef<int64_t>(places), at::TensorOptions(at::kLong));
    points.index_copy_(0, index, fitted.heads.apply(side, features.read(those, context, progress)).to(at::kCPU));
    there.index_fill_(0, index, 1);
    return { points, there };
}

} // namespace

FittedCoordination::FittedCoordination(const CoordinatedKind& kind, const Value& fitted, const at::Device& device)
    : x(SideFeatures::fromJson(fitted.info[u"x"].toObject()))
    , y(SideFeatures::fromJson(fitted.info[u"y"].toObject()))
    , parameters(fitted, QStringLiteral("weights"), device)
    , heads(parameters, kind.constraint,
          { fitted.info[u"columns"][0].toInt(), fitted.info[u"columns"][1].toInt(), fitted.info[u"options"][u"hidden"].toInt(),
              fitted.info[u"options"][u"dims"].toInt() })
    , margin(fitted.info[u"options"][u"margin"].toDouble())
{
}

QList<OptionInfo> coordinatedOptions()
{
    return { option::choice("side", "joint", { QStringLiteral("joint"), QStringLiteral("x"), QStringLiteral("y") },
                 "Whose vector: the mean of both sides that are there, or one side's"),
        option::flag("steps", false, "Show the first sample's way step by step") };
}

Value representCoordinated(const CoordinatedKind& kind, EngineContext& context, const QJsonObject& options,
    const Inputs& inputs, Progress& progress)
{
    at::NoGradGuard noGradients;
    const Value& kept = fittedOf(inputs, QStringLiteral("train.") + QLatin1String(kind.name));
    const std::vector<Sample>& samples = inputs.samples;
    if (samples.empty())
        throw Error(Tr::tr("There is no sample to represent; give some."));
    progress.report(0, qint64(samples.size()), Tr::tr("reading samples"));
    const FittedCoordination fitted(kind, kept, at::Device(context.options.device.toStdString()));
    const QString side = options[u"side"].toString();
    at::Tensor sum, there;
    for (const Side which : { Side::X, Side::Y }) {
        if ((side == u"x" && which == Side::Y) || (side == u"y" && which == Side::X))
            continue;
        const auto [points, has] = pointsOf(fitted, which, samples, context, progress);
        sum = sum.defined() ? sum + points : points;
        there = there.defined() ? there + has : has;
    }
    for (size_t i = 0; i < samples.size(); ++i) {
        if (there[int64_t(i)].item<float>() == 0)
            throw Error(Tr::tr("%1 has none of the modalities that it is to be represented from; choose other samples, or another "
                               "side.").arg(samples[i].title()));
    }
    const Modality modality = side == u"y" || (side == u"joint" && !samples.front().has(fitted.x.modality()))
        ? fitted.y.modality() : fitted.x.modality();
    const bool unit = kind.constraint != Constraint::Order;
    at::Tensor rows = sum / there;
    if (unit)
        rows = alignment::unitRows(rows);
    Value value = embeddingValue(rows, samples, QStringLiteral("represent.") + QLatin1String(kind.name), modality, unit || side != u"joint");
    value.info[QStringLiteral("side")] = side;
    if (options[u"steps"].toBool())
        coordinatedSteps(fitted, kept, samples.front(), context, progress).writeTo(value);
    return value;
}

} // namespace triptych::representation
