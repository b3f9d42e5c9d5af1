#include "core/engine/representation/sound/SoundFeatures.h"

#include "core/engine/features/Deltas.h"
#include "core/engine/representation/Signals.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

} // namespace

at::Tensor atLeastOneFrame(const at::Tensor& sound, const FrameOptions& frames)
{
    const int64_t least = frames.padding == FramePadding::None ? frames.size : 1;
    if (sound.numel() >= least)
        return sound;
    return at::cat({sound, at::zeros({least - sound.numel()}, sound.options())});
}

at::Tensor powersOf(const at::Tensor& sound, const SoundOptions& options)
{
    return spectrogram(atLeastOneFrame(sound, options.mel.frames()), options.mel);
}

at::Tensor decibelsOf(const at::Tensor& powers, double depth)
{
    const at::Tensor decibels = powers.clamp_min(1e-10).log10() * 10;
    return (decibels - decibels.max()).clamp_min(-depth);
}

at::Tensor logMelOf(const at::Tensor& sound, const SoundOptions& options)
{
    return logMel(atLeastOneFrame(sound, options.mel.frames()), options.mel);
}

at::Tensor cepstraOf(const at::Tensor& sound, const SoundOptions& options)
{
    const at::Tensor cepstrum
        = mfcc(atLeastOneFrame(sound, options.mel.frames()), options.mel, options.coefficients);
    std::vector<at::Tensor> parts {cepstrum};
    for (int order = 1; order <= options.deltas; ++order)
        parts.push_back(deltas(cepstrum, options.deltaWidth, order));
    return at::cat(parts);
}

at::Tensor meanAndDeviation(const at::Tensor& features)
{
    const at::Tensor wide = features.to(at::kDouble);
    return at::cat({wide.mean(1), wide.std(1, false)}).to(at::kFloat);
}

Value representSounds(const Inputs& inputs, int rate, const QString& method,
    const QStringList& warnings, Progress& progress,
    const std::function<at::Tensor(const at::Tensor& sound)>& vectorOf)
{
    if (inputs.samples.empty())
        throw Error(Tr::tr("No samples were given; choose samples that have a sound."));
    const std::vector<at::Tensor> sounds = soundsOf(inputs.samples, rate, progress);
    std::vector<at::Tensor> rows;
    for (const at::Tensor& sound : sounds) {
        progress.report(qint64(rows.size()), qint64(sounds.size()), Tr::tr("features"));
        rows.push_back(vectorOf(sound));
    }
    Value value = embeddingValue(at::stack(rows), inputs.samples, method, Modality::Audio);
    value.info[QStringLiteral("rate")] = rate;
    value.info[QStringLiteral("warnings")] = QJsonArray::fromStringList(warnings);
    return value;
}

MethodInfo soundMethodInfo(
    const char* id, const char* title, const QList<OptionInfo>& options, const char* reference)
{
    MethodInfo info;
    info.id = QLatin1String(id);
    info.room = QStringLiteral("representation");
    info.title = QLatin1String(title);
    info.options = options + soundStepLines();
    info.reference = QLatin1String(reference);
    info.inputs = {QStringLiteral("samples")};
    return info;
}

} // namespace triptych::representation
