#pragma once

#include "core/engine/learning/Chance.h"
#include "core/engine/models/Model.h"
#include "core/engine/representation/sound/SoundMethods.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QDataStream>
#include <QIODevice>
#include <numbers>

/// Sounds as 16-bit WAV files in memory, and methods run as the engine runs them.
namespace triptych::testing {

inline QByteArray wavOf(const at::Tensor& sound, int rate)
{
    const at::Tensor numbers = (sound.clamp(-1, 1) * 32767).round().to(at::kShort).contiguous();
    const auto bytes = quint32(numbers.nbytes());
    QByteArray wav;
    QDataStream out(&wav, QIODevice::WriteOnly);
    out.setByteOrder(QDataStream::LittleEndian);
    out.writeRawData("RIFF", 4);
    out << quint32(36 + bytes);
    out.writeRawData("WAVEfmt ", 8);
    out << quint32(16) << quint16(1) << quint16(1) << quint32(rate) << quint32(rate * 2)
        << quint16(2) << quint16(16);
    out.writeRawData("data", 4);
    out << bytes;
    out.writeRawData(static_cast<const char*>(numbers.data_ptr()), int(bytes));
    return wav;
}

inline Sample soundSample(const QString& id, const at::Tensor& sound, int rate = 8000)
{
    Sample sample;
    sample.id = id;
    sample.sources[Modality::Audio]
        = {.path = {}, .text = {}, .bytes = wavOf(sound, rate), .language = {}};
    return sample;
}

/// A tone that goes from one frequency to another, float64 [n].
inline at::Tensor glide(double fromHz, double toHz, int n = 3200, int rate = 8000)
{
    const at::Tensor t = at::arange(n, at::kDouble) / rate;
    const double seconds = double(n) / rate;
    return at::sin(
               2 * std::numbers::pi * (fromHz * t + (toHz - fromHz) / (2 * seconds) * t.square()))
        * 0.5;
}

/// `each` noisy tones of unequal length that rise, fall or stay, some for testing; half by each
/// speaker.
inline std::vector<Sample> glides(int each, quint64 seed = 1)
{
    Chance chance(seed);
    std::vector<Sample> samples;
    for (int i = 0; i < each; ++i) {
        const double base = 500 + 300 * chance.real();
        const int n = 2000 + int(chance.below(2000));
        const std::pair<QString, at::Tensor> kinds[]
            = {{QStringLiteral("fall"), glide(2 * base, base, n)},
                {QStringLiteral("rise"), glide(base, 2 * base, n)},
                {QStringLiteral("stay"), glide(1.5 * base, 1.5 * base, n)}};
        for (const auto& [label, clean] : kinds) {
            Sample sample = soundSample(QStringLiteral("%1-%2").arg(label).arg(i),
                clean + 0.02 * chance.normal({n}, at::kDouble));
            sample.label = label;
            sample.split = i % 4 == 0 ? QStringLiteral("test") : QStringLiteral("train");
            sample.columns = {
                {QStringLiteral("speaker"), i % 2 ? QStringLiteral("ann") : QStringLiteral("bob")}};
            samples.push_back(sample);
        }
    }
    return samples;
}

inline const Method& methodNamed(const QString& id)
{
    static const std::vector<Method> all = [] {
        std::vector<Method> joined = representation::soundMethods();
        for (const Method& method : representation::soundTrainers())
            joined.push_back(method);
        return joined;
    }();
    for (const Method& method : all)
        if (method.info.id == id)
            return method;
    qFatal("no method %s", qPrintable(id));
}

inline Value run(
    const QString& id, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    static ModelStore models(QStringLiteral("cpu"), QString());
    EngineContext context {
        models, {.device = QStringLiteral("cpu"), .threads = 1, .resources = {}}};
    const Method& method = methodNamed(id);
    return method.run(context, completeOptions(method.info, options), inputs, progress);
}

inline Value run(const QString& id, const QJsonObject& options, const Inputs& inputs)
{
    SilentProgress progress;
    return run(id, options, inputs, progress);
}

inline Value run(const QString& id, const QJsonObject& options, const std::vector<Sample>& samples)
{
    return run(id, options, Inputs {samples, {}});
}

inline at::Tensor tensorOf(const Value& value, const QString& name)
{
    const Array array = value.array(name).toFloat();
    const std::vector<int64_t> shape(array.shape.begin(), array.shape.end());
    return at::from_blob(const_cast<char*>(array.bytes.constData()), shape, at::kFloat).clone();
}

} // namespace triptych::testing
