#include "core/engine/features/MediaMethods.h"

#include "core/engine/features/Mel.h"
#include "core/engine/features/Resample.h"
#include "core/engine/media/Media.h"
#include "core/engine/media/Translate.h"
#include "core/jobs/Error.h"

#include <ATen/ops/empty.h>
#include <QJsonArray>
#include <QRegularExpression>
#include <cmath>

namespace triptych {

namespace {

using Type = OptionInfo::Type;

const Source& sourceOf(const Inputs& inputs, Modality modality)
{
    if (inputs.samples.size() != 1)
        throw Error(translate("media", "media.*: needs exactly one sample, %1 were given")
                        .arg(inputs.samples.size()));
    const Sample& sample = inputs.samples.front();
    const auto found = sample.sources.find(modality);
    if (found == sample.sources.end())
        throw Error(translate("media", "%1: has no %2; choose a sample that has one")
                        .arg(sample.title(), modalityTitle(modality)));
    return found->second;
}

Array bytesOf(const at::Tensor& tensor)
{
    const at::Tensor plain = tensor.contiguous();
    return Array::of(std::span<const uchar>(plain.data_ptr<uint8_t>(), size_t(plain.numel())),
        QList<qint64>(plain.sizes().begin(), plain.sizes().end()));
}

Array floatsOf(const at::Tensor& tensor)
{
    const at::Tensor plain = tensor.contiguous();
    return Array::of(std::span<const float>(plain.data_ptr<float>(), size_t(plain.numel())),
        QList<qint64>(plain.sizes().begin(), plain.sizes().end()));
}

at::Tensor opaque(const at::Tensor& rgb)
{
    at::Tensor rgba = at::empty({rgb.size(0), rgb.size(1), 4}, at::kByte);
    rgba.narrow(2, 0, 3).copy_(rgb);
    rgba.narrow(2, 3, 1).fill_(255);
    return rgba;
}

Value thumbnail(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress&)
{
    const int size = options[QLatin1String("size")].toInt();
    Value value;
    if (options[QLatin1String("modality")].toString() == QLatin1String("video")) {
        VideoOptions video;
        video.frames = 1;
        video.maxSide = size;
        const Video read = readVideo(sourceOf(inputs, Modality::Video), video);
        value.arrays[QStringLiteral("picture")] = bytesOf(opaque(read.frames[0]));
        return value;
    }
    PictureOptions picture;
    picture.maxSide = size;
    picture.svgSide = size;
    value.arrays[QStringLiteral("picture")]
        = bytesOf(readPictureAlpha(sourceOf(inputs, Modality::Image), picture));
    return value;
}

Value picture(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress&)
{
    const Source& source = sourceOf(inputs, Modality::Image);
    PictureOptions read;
    read.maxSide = options[QLatin1String("max")].toInt();
    Value value;
    value.arrays[QStringLiteral("picture")] = bytesOf(readPictureAlpha(source, read));
    value.info = describe(source, Modality::Image);
    return value;
}

/// Lowest and highest sample of `count` equal parts, float32 [count, 2].
at::Tensor peaksOf(const at::Tensor& samples, int64_t count)
{
    const int64_t n = samples.numel();
    const float* in = samples.data_ptr<float>();
    at::Tensor out = at::empty({count, 2}, at::kFloat);
    float* target = out.data_ptr<float>();
    for (int64_t i = 0; i < count; ++i) {
        const auto [low, high] = std::minmax_element(in + n * i / count, in + n * (i + 1) / count);
        *target++ = *low;
        *target++ = *high;
    }
    return out;
}

Value sound(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const Sound read
        = readSound(sourceOf(inputs, Modality::Audio), options[QLatin1String("rate")].toInt());
    progress.report(1, 2, translate("media", "Spectrogram"));
    const at::Tensor samples = mono(read).contiguous();
    const int64_t parts = options[QLatin1String("peaks")].toInt();
    // 32 ms windows every 10 ms, as speech is usually looked at.
    MelOptions mel;
    mel.rate = read.rate;
    mel.hop = std::max(1, read.rate / 100);
    mel.fftSize = 2;
    while (mel.fftSize * 1000 < read.rate * 32)
        mel.fftSize *= 2;
    mel.mels = options[QLatin1String("mels")].toInt();
    mel.log = MelLog::Db;
    Value value;
    value.arrays[QStringLiteral("samples")] = floatsOf(samples);
    value.arrays[QStringLiteral("peaks")]
        = floatsOf(peaksOf(samples, std::min(parts, samples.numel())));
    value.arrays[QStringLiteral("spectrogram")] = floatsOf(logMel(samples, mel));
    const at::Tensor centres = melCentres(mel);
    QJsonArray hz;
    for (int64_t i = 0; i < centres.numel(); ++i)
        hz.append(centres.data_ptr<double>()[i]);
    value.info = {{QStringLiteral("rate"), read.rate},
        {QStringLiteral("channels"), qint64(read.samples.size(0))},
        {QStringLiteral("seconds"), double(samples.numel()) / read.rate},
        {QStringLiteral("mel_hz"), hz},
        {QStringLiteral("hop_seconds"), double(mel.hop) / read.rate}};
    return value;
}

Value frames(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress&)
{
    VideoOptions read;
    read.frames = options[QLatin1String("count")].toInt();
    read.maxSide = options[QLatin1String("max")].toInt();
    const Video video = readVideo(sourceOf(inputs, Modality::Video), read);
    Value value;
    value.arrays[QStringLiteral("frames")] = bytesOf(video.frames);
    value.arrays[QStringLiteral("times")]
        = Array::of(std::span<const double>(video.times), {qint64(video.times.size())});
    value.info = {{QStringLiteral("seconds"), video.duration}, {QStringLiteral("rate"), video.rate},
        {QStringLiteral("hasSound"), video.hasSound}};
    return value;
}

Value text(EngineContext&, const QJsonObject&, const Inputs& inputs, Progress&)
{
    const QString read = readText(sourceOf(inputs, Modality::Text));
    static const QRegularExpression word(
        QStringLiteral("\\w+"), QRegularExpression::UseUnicodePropertiesOption);
    qint64 words = 0;
    for (auto match = word.globalMatch(read); match.hasNext(); match.next())
        ++words;
    Value value;
    value.info = {{QStringLiteral("text"), read}, {QStringLiteral("words"), words}};
    return value;
}

Value facts(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress&)
{
    const QString name = options[QLatin1String("modality")].toString();
    const Modality modality = modalityFromName(name).value_or(Modality::Features);
    Value value;
    value.info = describe(sourceOf(inputs, modality), modality);
    return value;
}

OptionInfo integer(const char* name, int value, int minimum, int maximum, const char* about)
{
    return {QString::fromLatin1(name), Type::Integer, value, double(minimum), double(maximum), {},
        QString::fromLatin1(about)};
}

OptionInfo modalityOption(const QStringList& choices, const char* about)
{
    return {QStringLiteral("modality"), Type::Choice, choices.front(), 0, 0, choices,
        QString::fromLatin1(about)};
}

MethodInfo info(const char* id, const char* title, const QList<OptionInfo>& options)
{
    return {QString::fromLatin1(id), QStringLiteral("media"), QString::fromLatin1(title), options,
        {}, {QStringLiteral("samples")}, true};
}

} // namespace

const std::vector<Method>& mediaMethods()
{
    const auto image = QStringLiteral("image");
    const auto video = QStringLiteral("video");
    static const std::vector<Method> methods = {
        {info("media.thumbnail", "Thumbnail",
             {integer("size", 128, 8, 4096, "longest side in pixels"),
                 modalityOption({image, video}, "what is shown")}),
            thumbnail},
        {info("media.picture", "Picture",
             {integer("max", 1024, 0, 16384, "longest side in pixels; 0 = as it is")}),
            picture},
        {info("media.sound", "Sound",
             {integer("rate", 0, 0, 384000, "Hz; 0 = as it is"),
                 integer("peaks", 512, 1, 65536, "parts of the waveform"),
                 integer("mels", 64, 1, 512, "rows of the spectrogram")}),
            sound},
        {info("media.frames", "Frames of a video",
             {integer("count", 8, 1, 1024, "frames, evenly spaced"),
                 integer("max", 256, 0, 8192, "longest side in pixels; 0 = as it is")}),
            frames},
        {info("media.text", "Text", {}), text},
        {info("media.describe", "Facts about a file",
             {modalityOption({image, QStringLiteral("text"), QStringLiteral("audio"), video},
                 "which source of the sample is described")}),
            facts},
    };
    return methods;
}

} // namespace triptych
