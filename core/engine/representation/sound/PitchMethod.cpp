#include "core/engine/features/Pitch.h"
#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/Signals.h"
#include "core/engine/representation/sound/SoundMethods.h"
#include "core/engine/representation/sound/SoundSteps.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonArray>
#include <QtGlobal>

namespace triptych::representation {

namespace {

QList<OptionInfo> optionLines()
{
    return {option::integer("sound_rate", 16'000, 1000, 192'000, "Hz that sounds are resampled to"),
        option::integer("hop", 0, 0, 1 << 16, "Samples from one frame to the next; 0 = 10 ms"),
        option::real("low_hz", 60, 10, 5000, "Lowest pitch that is looked for"),
        option::real("high_hz", 500, 20, 20'000, "Highest pitch that is looked for"),
        option::real("threshold", 0.1, 0.001, 1, "Aperiodicity under which a frame is voiced")};
}

PitchOptions pitchOptionsOf(const QJsonObject& options)
{
    PitchOptions pitch;
    pitch.rate = options[u"sound_rate"].toInt();
    const int hop = options[u"hop"].toInt();
    pitch.hop = hop > 0 ? hop : std::max(1, pitch.rate / 100);
    pitch.lowHz = options[u"low_hz"].toDouble();
    pitch.highHz = options[u"high_hz"].toDouble();
    pitch.threshold = options[u"threshold"].toDouble();
    return pitch;
}

/// The frame of YIN as the shared steps see it: unwindowed, whole frames.
SoundOptions frameOptions(const PitchOptions& pitch)
{
    SoundOptions sound;
    sound.mel.rate = pitch.rate;
    sound.mel.fftSize = pitch.frameSize();
    sound.mel.hop = pitch.hop;
    sound.mel.padding = FramePadding::None;
    sound.mel.window = WindowShape::Rectangular;
    return sound;
}

void addPeriodSteps(Steps& steps, const ShownSound& shown, const PitchOptions& options)
{
    const at::Tensor frame = framesOf(shown.sound, shown.options.mel.frames(), shown.frame, 1)[0];
    const PitchCurves curves = pitchCurves(frame, options);
    const Period period = periodOf(curves, options);
    const StepAxis lag {QT_TRANSLATE_NOOP("Step", "lag"), "s", 0, 1.0 / options.rate};
    steps.lines(QT_TRANSLATE_NOOP("Step", "Frame"), frame)
        .about(QT_TRANSLATE_NOOP(
                   "Step", "Frame %1, long enough for two periods of the lowest pitch, %2 Hz."),
            {QString::number(shown.frame), QString::number(options.lowHz)})
        .axes({QT_TRANSLATE_NOOP("Step", "time"), "s",
                  double(shown.frame * options.hop) / options.rate, 1.0 / options.rate},
            {QT_TRANSLATE_NOOP("Step", "amplitude")});
    steps.lines(QT_TRANSLATE_NOOP("Step", "Difference"), curves.difference)
        .about(QT_TRANSLATE_NOOP("Step",
            "How much the sound differs from itself a lag later. It falls to zero at the period "
            "and at its multiples, "
            "and at lag zero, where it says nothing."))
        .axes(lag);
    const at::Tensor threshold = at::full_like(curves.normalised, options.threshold);
    steps
        .lines(QT_TRANSLATE_NOOP("Step", "Normalised difference"),
            at::stack({curves.normalised, threshold}))
        .named({QStringLiteral("d′"), QStringLiteral("%1").arg(options.threshold)})
        .about(
            QT_TRANSLATE_NOOP("Step",
                "Divided by its mean over shorter lags, it starts at 1. The first dip under the "
                "threshold is the "
                "period: %1 ms, %2 Hz, aperiodicity %3. Without such a dip the frame is unvoiced."),
            {QString::number(1000 * period.samples / options.rate, 'f', 2),
                QString::number(options.rate / period.samples, 'f', 1),
                QString::number(period.aperiodicity, 'f', 3)})
        .axes(lag);
}

void addTrackSteps(
    Steps& steps, const PitchTrack& track, const PitchOptions& options, const at::Tensor& vector)
{
    const StepAxis time {QT_TRANSLATE_NOOP("Step", "time"), "s", track.startSeconds,
        double(options.hop) / options.rate};
    steps.lines(QT_TRANSLATE_NOOP("Step", "Pitch"), track.hz)
        .about(
            QT_TRANSLATE_NOOP("Step", "The pitch of every frame; 0 where the sound is unvoiced."))
        .axes(time, {QT_TRANSLATE_NOOP("Step", "pitch"), "Hz"});
    steps.lines(QT_TRANSLATE_NOOP("Step", "Aperiodicity"), track.aperiodicity)
        .about(QT_TRANSLATE_NOOP("Step", "0 repeats itself exactly, 1 does not repeat at all."))
        .axes(time);
    steps.bars(QT_TRANSLATE_NOOP("Step", "Vector"), vector, pitchColumns())
        .about(QT_TRANSLATE_NOOP("Step",
            "Mean, deviation, lowest and highest of the voiced frames, the share of frames that "
            "are voiced, and the "
            "mean aperiodicity."));
}

Value run(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const PitchOptions pitchOptions = pitchOptionsOf(options);
    Value value = representSounds(inputs, pitchOptions.rate, QStringLiteral("represent.pitch"), {},
        progress,
        [&](const at::Tensor& sound) { return pitchStatistics(pitch(sound, pitchOptions)); });
    value.info[QStringLiteral("columns")] = QJsonArray::fromStringList(pitchColumns());
    if (options[u"steps"].toBool()) {
        const ShownSound shown = shownSound(
            inputs, frameOptions(pitchOptions), options[u"frame"].toInteger(), progress);
        const at::Tensor whole
            = soundsOf({inputs.samples.front()}, pitchOptions.rate, progress).front();
        const PitchTrack track = pitch(whole, pitchOptions);
        Steps steps;
        addWaveSteps(steps, shown);
        addPeriodSteps(steps, shown, pitchOptions);
        addTrackSteps(steps, track, pitchOptions, pitchStatistics(track));
        steps.writeTo(value);
    }
    return value;
}

} // namespace

QStringList pitchColumns()
{
    return {QStringLiteral("mean Hz"), QStringLiteral("deviation Hz"), QStringLiteral("lowest Hz"),
        QStringLiteral("highest Hz"), QStringLiteral("voiced share"),
        QStringLiteral("aperiodicity")};
}

at::Tensor pitchStatistics(const PitchTrack& track)
{
    const at::Tensor voiced = track.hz.index({track.hz > 0});
    at::Tensor row = at::zeros({6}, at::kFloat);
    if (voiced.numel() > 0)
        row.narrow(0, 0, 4).copy_(
            at::stack({voiced.mean(), voiced.std(false), voiced.min(), voiced.max()}));
    row[4] = double(voiced.numel()) / double(track.hz.numel());
    row[5] = track.aperiodicity.mean();
    return row;
}

Method pitchMethod()
{
    return {soundMethodInfo(
                "represent.pitch", "Pitch (YIN)", optionLines(), "de Cheveigné and Kawahara 2002"),
        run};
}

} // namespace triptych::representation
