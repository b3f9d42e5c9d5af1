#include "core/engine/representation/sound/SoundInputs.h"

#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/sound/SoundStatistics.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QtGlobal>
#include <algorithm>

namespace triptych::representation {

QList<OptionInfo> frameInputLines(const char* features)
{
    QList<OptionInfo> lines {option::choice("features", features,
        {QStringLiteral("logmel"), QStringLiteral("mfcc")}, "What a frame is described by")};
    lines += soundOptionLines(SoundLevel::Cepstrum, {.coefficients = 13, .deltas = 1});
    lines += option::real("max_seconds", 2, 0.05, 60, "Beginning of a sound that is used");
    lines += option::flag(
        "own_mean", true, "Each sound's own mean over time is taken away: rooms and microphones");
    return lines;
}

at::Tensor inputOf(const at::Tensor& sound, SoundInput input, const QJsonObject& options)
{
    if (input == SoundInput::Statistics)
        return statisticsOf(sound, statisticsOptionsOf(options)).unsqueeze(0);
    const SoundOptions settings = soundOptionsOf(options);
    const auto most = int64_t(options[u"max_seconds"].toDouble() * settings.mel.rate);
    const at::Tensor beginning
        = sound.narrow(0, 0, std::min(sound.numel(), std::max<int64_t>(1, most)));
    at::Tensor features = options[u"features"].toString() == u"mfcc"
        ? cepstraOf(beginning, settings)
        : logMelOf(beginning, settings);
    if (options[u"own_mean"].toBool())
        features = features - features.mean(1, true);
    return features.t().contiguous();
}

void addInputSteps(Steps& steps, const ShownSound& shown, const at::Tensor& whole, SoundInput input,
    const QJsonObject& options)
{
    addSignalSteps(steps, shown);
    addSpectrumSteps(steps, shown);
    addMelSteps(steps, shown);
    if (input == SoundInput::Statistics) {
        addCepstrumSteps(steps, shown);
        addStatisticsSteps(steps, shown, whole, statisticsOptionsOf(options));
    } else if (options[u"features"].toString() == u"mfcc") {
        addCepstrumSteps(steps, shown);
    }
}

InputScale::InputScale(Parameters& parameters, int features)
    : m_mean(parameters.buffer("input.mean", {features}, 0))
    , m_deviation(parameters.buffer("input.deviation", {features}, 1))
{
}

void InputScale::measure(const std::vector<at::Tensor>& rows)
{
    const at::Tensor all = at::cat(rows).to(at::kDouble);
    m_mean.copy_(all.mean(0));
    m_deviation.copy_(all.std(0, false).clamp_min(1e-3)); // a silent band stays 0
}

at::Tensor InputScale::operator()(const at::Tensor& row) const
{
    return (row - m_mean.to(row.device())) / m_deviation.to(row.device());
}

} // namespace triptych::representation
