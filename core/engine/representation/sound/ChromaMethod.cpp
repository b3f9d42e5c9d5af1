#include "core/engine/features/Chroma.h"
#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/Signals.h"
#include "core/engine/representation/sound/SoundMethods.h"
#include "core/engine/representation/sound/SoundSteps.h"

#include <QtGlobal>

namespace triptych::representation {

namespace {

QList<OptionInfo> optionLines()
{
    QList<OptionInfo> lines = soundOptionLines(SoundLevel::Spectrum, {.preEmphasis = 0});
    for (OptionInfo& line : lines) {
        if (line.name == u"n_fft")
            line.about = QStringLiteral(
                "Samples of the Fourier transform; 0 = about 128 ms, to tell notes apart");
        else if (line.name == u"hop")
            line.about
                = QStringLiteral("Samples from one frame to the next; 0 = a quarter of n_fft");
    }
    return lines
        + QList<OptionInfo> {option::real("tuning", 440, 200, 900, "Hz of the A above middle C"),
            option::real("octaves", 2, 0, 10,
                "Deviation, in octaves around 880 Hz, of what counts; 0 = all alike")};
}

struct Settings {
    SoundOptions sound;
    ChromaOptions chroma;
};

Settings settingsOf(const QJsonObject& options)
{
    Settings settings {soundOptionsOf(options), {}};
    MelOptions& mel = settings.sound.mel;
    if (options[u"n_fft"].toInt() == 0)
        mel.fftSize *= 4;
    if (options[u"hop"].toInt() == 0)
        mel.hop = std::max(1, mel.fftSize / 4);
    settings.chroma.rate = mel.rate;
    settings.chroma.fftSize = mel.fftSize;
    settings.chroma.tuning = options[u"tuning"].toDouble();
    settings.chroma.octaves = options[u"octaves"].toDouble();
    return settings;
}

at::Tensor chromaOf(const at::Tensor& sound, const Settings& settings)
{
    return chroma(powersOf(sound, settings.sound), settings.chroma);
}

void addChromaSteps(Steps& steps, const ShownSound& shown, const Settings& settings)
{
    const QStringList notes {QStringLiteral("C"), QStringLiteral("C♯"), QStringLiteral("D"),
        QStringLiteral("D♯"), QStringLiteral("E"), QStringLiteral("F"), QStringLiteral("F♯"),
        QStringLiteral("G"), QStringLiteral("G♯"), QStringLiteral("A"), QStringLiteral("A♯"),
        QStringLiteral("B")};
    const StepAxis rows {QT_TRANSLATE_NOOP("Step", "pitch class"), "", 0, 1};
    const double hzPerBin = double(settings.chroma.rate) / settings.chroma.fftSize;
    steps.heat(QT_TRANSLATE_NOOP("Step", "Chroma filters"), chromaFilters(settings.chroma))
        .named(notes)
        .about(QT_TRANSLATE_NOOP("Step",
                   "Every bin is given to the notes near it, whatever the octave, with A at %1 Hz. "
                   "Middle octaves "
                   "count most."),
            {QString::number(settings.chroma.tuning)})
        .axes({QT_TRANSLATE_NOOP("Step", "frequency"), "Hz", 0, hzPerBin}, rows);
    steps.heat(QT_TRANSLATE_NOOP("Step", "Chroma"), chromaOf(shown.sound, settings))
        .named(notes)
        .about(QT_TRANSLATE_NOOP("Step",
            "How much of each of the twelve pitch classes is heard; the strongest of a frame is 1. "
            "Chords and keys are "
            "seen here, the instrument is not."))
        .axes(frameAxis(shown.options), rows);
}

Value run(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const Settings settings = settingsOf(options);
    const int rate = settings.sound.mel.rate;
    Value value = representSounds(inputs, rate, QStringLiteral("represent.chroma"), {}, progress,
        [&](const at::Tensor& sound) { return meanAndDeviation(chromaOf(sound, settings)); });
    if (options[u"steps"].toBool()) {
        const ShownSound shown
            = shownSound(inputs, settings.sound, options[u"frame"].toInteger(), progress);
        Steps steps;
        addSignalSteps(steps, shown);
        addSpectrumSteps(steps, shown);
        addChromaSteps(steps, shown, settings);
        const at::Tensor features
            = chromaOf(soundsOf({inputs.samples.front()}, rate, progress).front(), settings);
        addVectorSteps(steps, features, meanAndDeviation(features));
        steps.writeTo(value);
    }
    return value;
}

} // namespace

Method chromaMethod()
{
    return {soundMethodInfo("represent.chroma", "Chroma", optionLines(),
                "Fujishima 1999; filters after Ellis 2007, as librosa's chroma_stft"),
        run};
}

} // namespace triptych::representation
