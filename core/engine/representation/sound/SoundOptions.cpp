#include "core/engine/representation/sound/SoundOptions.h"

#include "core/engine/learning/OptionLines.h"

#include <QCoreApplication>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

QList<OptionInfo> spectrumLines(const SoundDefaults& defaults)
{
    return {option::integer("sound_rate", 16'000, 1000, 192'000, "Hz that sounds are resampled to"),
        option::real("pre_emphasis", defaults.preEmphasis, 0, 1,
            "Share of the sample before that is taken away; 0 = none"),
        option::integer(
            "n_fft", 0, 0, 1 << 16, "Samples of the Fourier transform; 0 = about 32 ms"),
        option::integer("window", 0, 0, 1 << 16, "Samples of the window; 0 = n_fft"),
        option::choice("window_shape", "hann",
            {QStringLiteral("hann"), QStringLiteral("hamming"), QStringLiteral("rectangular")},
            "How a frame fades in and out"),
        option::integer("hop", 0, 0, 1 << 16, "Samples from one frame to the next; 0 = 10 ms"),
        option::choice("pad", "reflect",
            {QStringLiteral("reflect"), QStringLiteral("constant"), QStringLiteral("none")},
            "Beyond the ends: mirrored, silent, or only whole frames")};
}

QList<OptionInfo> melLines(const SoundDefaults& defaults)
{
    return {option::integer("mels", defaults.mels, 1, 512, "Mel bands"),
        option::choice("scale", "htk", {QStringLiteral("htk"), QStringLiteral("slaney")},
            "Mel scale: HTK's logarithm, or Slaney's that is linear up to 1 kHz"),
        option::choice("norm", "none", {QStringLiteral("none"), QStringLiteral("slaney")},
            "Triangles of height 1, or of area 1"),
        option::real("low_hz", 0, 0, 96'000, "Where the lowest triangle begins"),
        option::real("high_hz", 0, 0, 96'000, "Where the highest triangle ends; 0 = half the rate"),
        option::real(
            "top_db", 80, 0, 300, "Quietest that is kept below the loudest, in dB; 0 = all")};
}

QList<OptionInfo> cepstrumLines(const SoundDefaults& defaults)
{
    return {option::integer("coefficients", defaults.coefficients, 1, 128, "Cepstral coefficients"),
        option::integer("deltas", defaults.deltas, 0, 2, "0 = none, 1 = slopes, 2 = curvature too"),
        option::integer(
            "delta_width", 9, 3, 99, "Frames that a slope is fitted to, an odd number")};
}

int powerOfTwo(double samples)
{
    int size = 2;
    while (size < samples)
        size *= 2;
    return size;
}

WindowShape shapeOf(const QString& name)
{
    return name == u"hamming"    ? WindowShape::Hamming
        : name == u"rectangular" ? WindowShape::Rectangular
                                 : WindowShape::Hann;
}

FramePadding paddingOf(const QString& name)
{
    return name == u"constant" ? FramePadding::Constant
        : name == u"none"      ? FramePadding::None
                               : FramePadding::Reflect;
}

} // namespace

QList<OptionInfo> soundOptionLines(SoundLevel level, const SoundDefaults& defaults)
{
    QList<OptionInfo> lines = spectrumLines(defaults);
    if (level != SoundLevel::Spectrum)
        lines += melLines(defaults);
    if (level == SoundLevel::Mel)
        lines += option::choice("log", "db",
            {QStringLiteral("db"), QStringLiteral("ln"), QStringLiteral("log10")},
            "Logarithm of the mel bands; top_db holds for dB");
    if (level == SoundLevel::Cepstrum)
        lines += cepstrumLines(defaults);
    return lines;
}

SoundOptions soundOptionsOf(const QJsonObject& options)
{
    SoundOptions sound;
    MelOptions& mel = sound.mel;
    mel.rate = options[u"sound_rate"].toInt(mel.rate);
    const int size = options[u"n_fft"].toInt();
    mel.fftSize = size > 0 ? size : powerOfTwo(0.032 * mel.rate);
    mel.windowSize = options[u"window"].toInt();
    mel.window = shapeOf(options[u"window_shape"].toString());
    const int hop = options[u"hop"].toInt();
    mel.hop = hop > 0 ? hop : std::max(1, mel.rate / 100);
    mel.padding = paddingOf(options[u"pad"].toString());
    mel.preEmphasis = options[u"pre_emphasis"].toDouble();
    mel.mels = options[u"mels"].toInt(40);
    mel.scale = options[u"scale"].toString() == u"slaney" ? MelScale::Slaney : MelScale::Htk;
    mel.norm = options[u"norm"].toString() == u"slaney" ? MelNorm::Slaney : MelNorm::None;
    mel.lowHz = options[u"low_hz"].toDouble();
    mel.highHz = options[u"high_hz"].toDouble();
    const QString log = options[u"log"].toString();
    mel.log = log == u"ln" ? MelLog::Ln : log == u"log10" ? MelLog::Log10 : MelLog::Db;
    const double top = options[u"top_db"].toDouble(80);
    mel.topDb = top > 0 ? std::optional(top) : std::nullopt;
    sound.coefficients = options[u"coefficients"].toInt(sound.coefficients);
    sound.deltas = options[u"deltas"].toInt(sound.deltas);
    sound.deltaWidth = options[u"delta_width"].toInt(sound.deltaWidth);
    return sound;
}

QStringList soundWarnings(const SoundOptions& options)
{
    const int empty = emptyMelFilters(options.mel);
    if (empty == 0)
        return {};
    return {
        Tr::tr("%1 of %2 mel bands are narrower than the distance of two FFT bins and stay silent; "
               "take fewer mels or a larger n_fft.")
            .arg(empty)
            .arg(options.mel.mels)};
}

QList<OptionInfo> soundStepLines()
{
    return {
        option::flag("steps", false, "The way from the first sound to its vector, step by step"),
        option::integer("frame", -1, -1, 1e6, "Frame that the steps look at; -1 = the loudest")};
}

} // namespace triptych::representation
