#include "core/engine/representation/sound/SoundSteps.h"

#include "core/engine/media/Media.h"
#include "core/engine/representation/Signals.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QtGlobal>
#include <algorithm>

namespace triptych::representation {

namespace {

constexpr double mostSeconds = 10; ///< that are drawn
constexpr int64_t mostPoints = 16'384; ///< of a line; longer ones are drawn as their envelope

const char* const timeName = QT_TRANSLATE_NOOP("Step", "time");
const char* const frequencyName = QT_TRANSLATE_NOOP("Step", "frequency");

QString number(double value, int digits = 0)
{
    return QString::number(value, 'f', digits);
}

at::Tensor beginning(const at::Tensor& sound, int rate)
{
    return sound.narrow(0, 0, std::min(sound.numel(), int64_t(mostSeconds * rate)));
}

/// A line a sample, or the lowest and the highest of equal parts.
Steps::Step& addWave(Steps& steps, const char* title, const at::Tensor& wave, int rate)
{
    const at::Tensor plain = wave.to(at::kFloat);
    const int64_t part = (plain.numel() + mostPoints - 1) / mostPoints;
    if (part <= 1)
        return steps.lines(title, plain)
            .axes(sampleAxis(rate), {QT_TRANSLATE_NOOP("Step", "amplitude")});
    const at::Tensor parts = plain.narrow(0, 0, plain.numel() / part * part).view({-1, part});
    const at::Tensor both = at::stack({std::get<0>(parts.min(1)), std::get<0>(parts.max(1))});
    return steps.lines(title, both)
        .axes({timeName, "s", 0, double(part) / rate}, {QT_TRANSLATE_NOOP("Step", "amplitude")});
}

/// The chosen frame before and after the window, float64 [fftSize] each.
std::pair<at::Tensor, at::Tensor> frameOf(const ShownSound& shown)
{
    const at::Tensor signal = preEmphasised(shown.sound, shown.options.mel.preEmphasis);
    const at::Tensor frame = framesOf(signal, shown.options.mel.frames(), shown.frame, 1)[0];
    return {frame, frame * analysisWindow(shown.options.mel)};
}

QString frameSeconds(const ShownSound& shown)
{
    const StepAxis axis = frameAxis(shown.options);
    return number(axis.start + double(shown.frame) * axis.step, 3);
}

void addDeltas(
    Steps& steps, const ShownSound& shown, const at::Tensor& cepstra, const StepAxis& rows)
{
    const int64_t count = shown.options.coefficients;
    const QString width = number(shown.options.deltaWidth);
    if (shown.options.deltas >= 1) {
        steps.heat(QT_TRANSLATE_NOOP("Step", "Deltas"), cepstra.narrow(0, count, count))
            .about(QT_TRANSLATE_NOOP("Step",
                       "The slope of each coefficient over %1 frames: how the sound moves, which "
                       "tells a glide "
                       "from a held vowel."),
                {width})
            .axes(frameAxis(shown.options), rows)
            .aroundZero();
    }
    if (shown.options.deltas >= 2) {
        steps.heat(QT_TRANSLATE_NOOP("Step", "Delta-deltas"), cepstra.narrow(0, 2 * count, count))
            .about(QT_TRANSLATE_NOOP("Step",
                       "The curvature over %1 frames: where the movement speeds up or turns."),
                {width})
            .axes(frameAxis(shown.options), rows)
            .aroundZero();
    }
}

} // namespace

ShownSound shownSound(
    const Inputs& inputs, const SoundOptions& options, int64_t chosen, Progress& progress)
{
    const Sample& sample = inputs.samples.front();
    const at::Tensor whole
        = soundsOf({sample}, options.mel.rate, progress).front(); // says what is missing
    const Sound read = readSound(sample.sources.at(Modality::Audio));
    ShownSound shown;
    shown.originalRate = read.rate;
    shown.original = beginning(mono(read), read.rate);
    shown.options = options;
    shown.sound = atLeastOneFrame(beginning(whole, options.mel.rate), options.mel.frames());
    const int64_t frames = frameCount(shown.sound.numel(), options.mel.frames());
    const int64_t loudest
        = chosen < 0 ? powersOf(shown.sound, options).sum(0).argmax().item<int64_t>() : chosen;
    shown.frame = std::clamp<int64_t>(loudest, 0, frames - 1);
    return shown;
}

StepAxis frameAxis(const SoundOptions& options)
{
    const double rate = options.mel.rate;
    const double start
        = options.mel.padding == FramePadding::None ? options.mel.fftSize / 2 / rate : 0;
    return {timeName, "s", start, options.mel.hop / rate};
}

StepAxis sampleAxis(int rate)
{
    return {timeName, "s", 0, 1.0 / rate};
}

void addWaveSteps(Steps& steps, const ShownSound& shown)
{
    addWave(steps, QT_TRANSLATE_NOOP("Step", "Waveform"), shown.original, shown.originalRate)
        .about(QT_TRANSLATE_NOOP("Step",
                   "Air pressure as the file has it, %1 values a second, channels averaged. At "
                   "most the first %2 s "
                   "are shown."),
            {number(shown.originalRate), number(mostSeconds)});
    addWave(steps, QT_TRANSLATE_NOOP("Step", "Resampled"), shown.sound, shown.options.mel.rate)
        .about(QT_TRANSLATE_NOOP("Step",
                   "The same sound at %1 values a second: every sound then has the same time and "
                   "frequency axes. "
                   "Above %2 Hz, half that rate, nothing can remain."),
            {number(shown.options.mel.rate), number(shown.options.mel.rate / 2.0)});
}

void addSignalSteps(Steps& steps, const ShownSound& shown)
{
    addWaveSteps(steps, shown);
    const MelOptions& mel = shown.options.mel;
    if (mel.preEmphasis > 0) {
        addWave(steps, QT_TRANSLATE_NOOP("Step", "Pre-emphasised"),
            preEmphasised(shown.sound, mel.preEmphasis), mel.rate)
            .about(QT_TRANSLATE_NOOP("Step",
                       "Each value minus %1 of the one before. Voices lose about 6 dB an octave "
                       "upwards; this lifts "
                       "the high frequencies back."),
                {number(mel.preEmphasis, 2)});
    }
    const auto [frame, windowed] = frameOf(shown);
    const double start = double(firstSample(mel.frames()) + shown.frame * mel.hop) / mel.rate;
    const at::Tensor window = analysisWindow(mel) * frame.abs().max();
    steps
        .lines(QT_TRANSLATE_NOOP("Step", "One frame and the window"),
            at::stack({frame, window, windowed}))
        .named({QStringLiteral("x"), QStringLiteral("w"), QStringLiteral("x·w")})
        .about(QT_TRANSLATE_NOOP("Step",
                   "%1 samples around %2 s (frame %3), short enough that the sound hardly changes "
                   "inside. The window "
                   "fades the frame in and out, or its cut ends would sound like clicks."),
            {number(mel.windowSize > 0 ? mel.windowSize : mel.fftSize), frameSeconds(shown),
                number(double(shown.frame))})
        .axes({timeName, "s", start, 1.0 / mel.rate}, {QT_TRANSLATE_NOOP("Step", "amplitude")});
}

void addSpectrumSteps(Steps& steps, const ShownSound& shown)
{
    const MelOptions& mel = shown.options.mel;
    const double hzPerBin = double(mel.rate) / mel.fftSize;
    const at::Tensor spectrum = powerSpectrum(frameOf(shown).second).to(at::kFloat);
    steps.lines(QT_TRANSLATE_NOOP("Step", "Spectrum of the frame"), decibelsOf(spectrum))
        .about(QT_TRANSLATE_NOOP("Step",
                   "How much of each frequency is in the frame, by the Fourier transform: %1 bins, "
                   "%2 Hz apart. A "
                   "voice shows its harmonics as peaks."),
            {number(mel.fftSize / 2 + 1), number(hzPerBin, 1)})
        .axes({frequencyName, "Hz", 0, hzPerBin}, {QT_TRANSLATE_NOOP("Step", "level"), "dB"});
    steps
        .heat(QT_TRANSLATE_NOOP("Step", "Spectrogram |STFT|²"),
            decibelsOf(powersOf(shown.sound, shown.options)))
        .about(QT_TRANSLATE_NOOP("Step",
                   "The spectra of all frames, one every %1 ms, side by side. A longer frame tells "
                   "frequencies apart "
                   "better and times worse."),
            {number(1000.0 * mel.hop / mel.rate, 1)})
        .axes(frameAxis(shown.options), {frequencyName, "Hz", 0, hzPerBin});
}

void addMelSteps(Steps& steps, const ShownSound& shown)
{
    const MelOptions& mel = shown.options.mel;
    const at::Tensor filters = melFilters(mel), centres = melCentres(mel);
    const StepAxis bands {QT_TRANSLATE_NOOP("Step", "mel band"), "", 1, 1};
    steps.lines(QT_TRANSLATE_NOOP("Step", "Mel filters"), filters)
        .about(QT_TRANSLATE_NOOP("Step",
                   "%1 triangles, narrow where the ear tells frequencies apart well and wide "
                   "above. %2 of them catch "
                   "no bin and stay silent."),
            {number(mel.mels), number(emptyMelFilters(mel))})
        .axes({frequencyName, "Hz", 0, double(mel.rate) / mel.fftSize},
            {QT_TRANSLATE_NOOP("Step", "weight")});
    steps
        .heat(QT_TRANSLATE_NOOP("Step", "Mel bands"),
            at::matmul(filters, powersOf(shown.sound, shown.options)))
        .about(QT_TRANSLATE_NOOP("Step",
                   "Each band sums the power under its triangle; their centres go from %1 Hz to %2 "
                   "Hz. Loud cells "
                   "hide the rest: power spans many powers of ten."),
            {number(centres[0].item<double>()), number(centres[-1].item<double>())})
        .axes(frameAxis(shown.options), bands);
    steps.heat(QT_TRANSLATE_NOOP("Step", "Logarithm"), logMelOf(shown.sound, shown.options))
        .about(QT_TRANSLATE_NOOP("Step",
            "Loudness is heard by ratios: the logarithm makes a tenth of the power one even step "
            "down, so quiet parts "
            "count too."))
        .axes(frameAxis(shown.options), bands);
}

void addCepstrumSteps(Steps& steps, const ShownSound& shown)
{
    const int mels = shown.options.mel.mels, count = shown.options.coefficients;
    const at::Tensor cepstra = cepstraOf(shown.sound, shown.options);
    const at::Tensor order = at::arange(count, at::kDouble).unsqueeze(1);
    const at::Tensor cosines
        = at::cos(order * ((at::arange(mels, at::kDouble) + 0.5) * (M_PI / mels)));
    const StepAxis rows {QT_TRANSLATE_NOOP("Step", "coefficient"), "", 0, 1};
    steps.heat(QT_TRANSLATE_NOOP("Step", "Cosines"), cosines)
        .about(QT_TRANSLATE_NOOP("Step",
                   "The shape of a frame's %1 bands is written as a sum of %2 cosines, from flat "
                   "to wavy (DCT-II). "
                   "Few are enough for the vocal tract; the pitch is in the fast ones that are "
                   "left out."),
            {number(mels), number(count)})
        .axes({QT_TRANSLATE_NOOP("Step", "mel band"), "", 1, 1}, rows)
        .aroundZero();
    steps.heat(QT_TRANSLATE_NOOP("Step", "MFCC"), cepstra.narrow(0, 0, count))
        .about(QT_TRANSLATE_NOOP("Step",
            "How much of each cosine is in each frame: mel-frequency cepstral coefficients. "
            "Coefficient 0 is the "
            "loudness; neighbours hardly depend on each other any more."))
        .axes(frameAxis(shown.options), rows)
        .aroundZero();
    addDeltas(steps, shown, cepstra, rows);
}

void addVectorSteps(Steps& steps, const at::Tensor& features, const at::Tensor& vector)
{
    steps
        .lines(QT_TRANSLATE_NOOP("Step", "Mean and deviation over time"),
            meanAndDeviation(features).view({2, -1}))
        .named({QStringLiteral("μ"), QStringLiteral("σ")})
        .about(QT_TRANSLATE_NOOP("Step",
            "What lasted how long is forgotten: of each row only its mean and its deviation over "
            "time are kept, so "
            "that sounds of any length give vectors of one length."))
        .axes({QT_TRANSLATE_NOOP("Step", "feature"), "", 0, 1});
    steps.vector(QT_TRANSLATE_NOOP("Step", "Vector"), vector)
        .about(QT_TRANSLATE_NOOP("Step", "%1 numbers stand for the whole sound."),
            {number(double(vector.numel()))});
}

} // namespace triptych::representation
