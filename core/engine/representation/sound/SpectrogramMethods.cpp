#include "core/engine/representation/Signals.h"
#include "core/engine/representation/sound/SoundMethods.h"
#include "core/engine/representation/sound/SoundSteps.h"

namespace triptych::representation {

namespace {

/// One of the three levels: its features of a sound, and their mean and deviation as the vector.
struct Level {
    const char* id;
    at::Tensor (*features)(const at::Tensor& sound, const SoundOptions& options);
    std::vector<void (*)(Steps&, const ShownSound&)> shown;
    bool bands;
};

at::Tensor logPowers(const at::Tensor& sound, const SoundOptions& options)
{
    return decibelsOf(powersOf(sound, options));
}

Value represented(
    const Level& level, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const SoundOptions sound = soundOptionsOf(options);
    const QStringList warnings = level.bands ? soundWarnings(sound) : QStringList();
    Value value = representSounds(inputs, sound.mel.rate, QLatin1String(level.id), warnings,
        progress, [&](const at::Tensor& samples) {
            return meanAndDeviation(level.features(samples, sound));
        });
    if (options[u"steps"].toBool()) {
        const ShownSound shown = shownSound(inputs, sound, options[u"frame"].toInteger(), progress);
        Steps steps;
        addSignalSteps(steps, shown);
        for (const auto add : level.shown)
            add(steps, shown);
        const at::Tensor whole
            = soundsOf({inputs.samples.front()}, sound.mel.rate, progress).front();
        const at::Tensor features = level.features(whole, sound);
        addVectorSteps(steps, features, meanAndDeviation(features));
        steps.writeTo(value);
    }
    return value;
}

Value runSpectrogram(
    EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return represented(
        {"represent.spectrogram", logPowers, {addSpectrumSteps}, false}, options, inputs, progress);
}

Value runMel(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return represented(
        {"represent.melspectrogram", logMelOf, {addSpectrumSteps, addMelSteps}, true}, options,
        inputs, progress);
}

Value runMfcc(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return represented(
        {"represent.mfcc", cepstraOf, {addSpectrumSteps, addMelSteps, addCepstrumSteps}, true},
        options, inputs, progress);
}

} // namespace

Method spectrogramMethod()
{
    return {soundMethodInfo("represent.spectrogram", "Spectrogram",
                soundOptionLines(SoundLevel::Spectrum),
                "Allen and Rabiner 1977 (short-time Fourier transform)"),
        runSpectrogram};
}

Method melSpectrogramMethod()
{
    return {soundMethodInfo("represent.melspectrogram", "Mel spectrogram",
                soundOptionLines(SoundLevel::Mel),
                "Stevens, Volkmann and Newman 1937; triangles as HTK's or Slaney's (1998)"),
        runMel};
}

Method mfccMethod()
{
    return {soundMethodInfo("represent.mfcc", "MFCC", soundOptionLines(SoundLevel::Cepstrum),
                "Davis and Mermelstein 1980; deltas after Furui 1986"),
        runMfcc};
}

} // namespace triptych::representation
