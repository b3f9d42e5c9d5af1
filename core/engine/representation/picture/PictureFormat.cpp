#include "core/engine/representation/picture/PictureFormat.h"

#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/Signals.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <algorithm>
#include <cmath>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

QJsonArray listOf(const std::vector<double>& numbers)
{
    QJsonArray list;
    for (const double number : numbers)
        list.append(number);
    return list;
}

std::vector<double> numbersOf(const QJsonValue& list)
{
    std::vector<double> numbers;
    for (const QJsonValue& number : list.toArray())
        numbers.push_back(number.toDouble());
    return numbers;
}

/// [1,C,1,1] like `like`.
at::Tensor columns(const std::vector<double>& numbers, const at::Tensor& like)
{
    return at::tensor(at::ArrayRef<double>(numbers), at::TensorOptions(at::kDouble))
        .to(like.options().requires_grad(false)).view({ 1, -1, 1, 1 });
}

/// Each picture moved by its own step, what comes in continues the border.
at::Tensor shifted(const at::Tensor& values, int shift, Chance& chance)
{
    const int64_t n = values.size(0), side = values.size(2);
    const at::Tensor padded = at::replication_pad2d(values, { shift, shift, shift, shift });
    const at::Tensor steps = chance.integers(0, 2 * shift + 1, { n, 2 });
    std::vector<at::Tensor> moved;
    for (int64_t i = 0; i < n; ++i) {
        const int64_t* step = steps.data_ptr<int64_t>() + 2 * i;
        moved.push_back(padded.select(0, i).narrow(1, step[0], side).narrow(2, step[1], side));
    }
    return at::stack(moved);
}

} // namespace

PictureFormat PictureFormat::of(const QJsonObject& options)
{
    PictureFormat format;
    format.side = options[u"side"].toInt();
    format.channels = options[u"channels"].toString() == u"1" ? 1 : 3;
    format.inverted = options[u"invert"].toBool();
    return format;
}

void PictureFormat::measure(const at::Tensor& pictures)
{
    at::Tensor sum = at::zeros({ channels }, at::TensorOptions(at::kDouble));
    at::Tensor squares = at::zeros_like(sum);
    constexpr int64_t step = 256;
    for (int64_t first = 0; first < pictures.size(0); first += step) {
        const at::Tensor values = scaled(pictures.slice(0, first, first + step)).to(at::kDouble);
        sum += values.sum({ 0, 2, 3 });
        squares += values.square().sum({ 0, 2, 3 });
    }
    const double count = std::max(1.0, double(pictures.size(0)) * side * side);
    mean.clear();
    deviation.clear();
    for (int64_t c = 0; c < channels; ++c) {
        mean.push_back(sum[c].item<double>() / count);
        const double variance = squares[c].item<double>() / count - mean.back() * mean.back();
        deviation.push_back(std::max(0.01, std::sqrt(std::max(0.0, variance)))); // one plain colour has none
    }
}

at::Tensor PictureFormat::scaled(const at::Tensor& pictures) const
{
    return scaledPictures(pictures, channels, inverted);
}

at::Tensor PictureFormat::normalised(const at::Tensor& values) const
{
    return (values - columns(mean, values)) / columns(deviation, values);
}

at::Tensor PictureFormat::shown(const at::Tensor& normalised) const
{
    at::Tensor values = normalised.detach().to(at::kCPU);
    values = values * columns(deviation, values) + columns(mean, values);
    if (inverted)
        values = 1 - values;
    values = (values.clamp(0, 1) * 255).round().to(at::kByte).permute({ 0, 2, 3, 1 });
    return values.expand({ values.size(0), side, side, 3 }).contiguous();
}

QJsonObject PictureFormat::toJson() const
{
    return { { QStringLiteral("side"), side }, { QStringLiteral("channels"), channels },
        { QStringLiteral("inverted"), inverted }, { QStringLiteral("mean"), listOf(mean) },
        { QStringLiteral("deviation"), listOf(deviation) } };
}

PictureFormat PictureFormat::fromJson(const QJsonObject& json)
{
    PictureFormat format;
    format.side = json[u"side"].toInt();
    format.channels = json[u"channels"].toInt();
    format.inverted = json[u"inverted"].toBool();
    format.mean = numbersOf(json[u"mean"]);
    format.deviation = numbersOf(json[u"deviation"]);
    if (format.side < 1 || format.channels < 1 || int(format.mean.size()) != format.channels
        || int(format.deviation.size()) != format.channels)
        throw Error(Tr::tr("What was trained does not say how pictures are read; train it again."));
    return format;
}

Augmentation Augmentation::of(const QJsonObject& options)
{
    return { options[u"shift"].toInt(), options[u"flip"].toBool(), options[u"brightness"].toDouble() };
}

at::Tensor Augmentation::operator()(const at::Tensor& values, Chance& chance) const
{
    at::Tensor changed = shift > 0 ? shifted(values, shift, chance) : values;
    const int64_t n = values.size(0);
    if (flip) {
        const at::Tensor turned = chance.uniform({ n, 1, 1, 1 }, values.options()).lt(0.5);
        changed = at::where(turned, changed.flip({ 3 }), changed);
    }
    if (brightness > 0) {
        const at::Tensor factors = 1 + brightness * (2 * chance.uniform({ n, 1, 1, 1 }, values.options()) - 1);
        changed = (changed * factors).clamp(0, 1);
    }
    return changed;
}

QList<OptionInfo> augmentationOptions(const Augmentation& defaults)
{
    return { option::integer("shift", defaults.shift, 0, 64, "Training pictures move by up to so many pixels"),
        option::flag("flip", defaults.flip, "Half of the training pictures are mirrored, drawn anew each time"),
        option::real("brightness", defaults.brightness, 0, 0.9, "Training pictures are up to this share lighter or darker") };
}

} // namespace triptych::representation
