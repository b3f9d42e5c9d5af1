#include "tests/core/engine/representation/ContractFixture.h"

#include "core/engine/media/VideoWriter.h"
#include "core/engine/models/Model.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QBuffer>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPainter>
#include <QtEndian>

#include <cmath>
#include <cstring>
#include <numbers>

namespace triptych::contract {

namespace {

using namespace Qt::StringLiterals;

/// A disc or a square somewhere on white.
QByteArray picture(bool round, int number)
{
    QImage image(32, 32, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setBrush(round ? QColor(200, 30, 30) : QColor(30, 30, 200));
    const QRect place(4 + number % 7, 4 + number % 5, 16, 16);
    if (round)
        painter.drawEllipse(place);
    else
        painter.drawRect(place);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

/// A third of a second of a high or a low tone, mono, 16 bit, 8 kHz.
QByteArray sound(bool high, int number)
{
    constexpr int rate = 8000, count = 2600;
    QByteArray data(count * 2, 0);
    const double hertz = (high ? 880 : 220) + 3 * number;
    for (int i = 0; i < count; ++i) {
        const double value = 0.4 * std::sin(2 * std::numbers::pi * hertz * i / rate);
        qToLittleEndian(qint16(32767 * value), data.data() + 2 * i);
    }
    QByteArray wav("RIFF\0\0\0\0WAVEfmt \20\0\0\0\1\0\1\0", 24);
    const auto number32 = [&wav](quint32 value) {
        value = qToLittleEndian(value);
        wav.append(reinterpret_cast<const char*>(&value), 4);
    };
    number32(rate);
    number32(rate * 2);
    wav.append("\2\0\20\0data", 8);
    number32(quint32(data.size()));
    wav += data;
    qToLittleEndian(quint32(wav.size() - 8), wav.data() + 4);
    return wav;
}

/// Sixteen frames in which a bright square goes right or left.
QByteArray clip(bool right, int number)
{
    at::Tensor frames = at::full({ 16, 64, 64, 3 }, 20, at::TensorOptions(at::kByte));
    for (int t = 0; t < 16; ++t) {
        const int x = right ? 3 * t : 45 - 3 * t;
        frames[t].narrow(0, 10 + number % 20, 14).narrow(1, x, 14).fill_(230);
    }
    return encodeVideo(frames, u"mp4"_s);
}

QString wrongStep(const QJsonObject& step, const Value& value)
{
    static const QStringList kinds { u"picture"_s, u"pictures"_s, u"maps"_s, u"heat"_s, u"lines"_s, u"bars"_s, u"vector"_s,
        u"tokens"_s, u"points"_s, u"text"_s };
    const QString kind = step[u"kind"].toString();
    const QString title = step[u"title"].toString();
    if (!kinds.contains(kind))
        return u"step of unknown kind \"%1\""_s.arg(kind);
    if (title.isEmpty() || step[u"about"].toString().isEmpty())
        return u"a step of kind %1 without title or explanation: \"%2\""_s.arg(kind, title);
    const QString name = step[u"array"].toString();
    if (!name.isEmpty() && !value.has(name))
        return u"%1: its array %2 is missing"_s.arg(title, name);
    if (name.isEmpty() && kind != u"text" && kind != u"tokens")
        return u"%1: it has no array"_s.arg(title);
    if (kind == u"bars" && step[u"labels"].toArray().size() != value.array(name).rows())
        return u"%1: %2 labels for %3 bars"_s.arg(title).arg(step[u"labels"].toArray().size()).arg(value.array(name).rows());
    static const std::map<QString, qsizetype> sides { { u"pictures"_s, 4 }, { u"maps"_s, 3 }, { u"heat"_s, 2 }, { u"lines"_s, 2 },
        { u"vector"_s, 1 }, { u"bars"_s, 1 }, { u"points"_s, 2 }, { u"picture"_s, 3 } };
    if (const auto found = sides.find(kind); found != sides.end() && value.array(name).shape.size() != found->second)
        return u"%1: an array of %2 sides for kind %3"_s.arg(title).arg(value.array(name).shape.size()).arg(kind);
    for (int i = 1; i <= 9; ++i) {
        const QString place = u"%"_s + QString::number(i);
        const bool asked = title.contains(place) || step[u"about"].toString().contains(place);
        if (asked && step[u"args"].toArray().size() < i)
            return u"%1: %2 is not filled in"_s.arg(title, place);
    }
    return {};
}

} // namespace

std::vector<Sample> things()
{
    static const std::vector<Sample> made = [] {
        std::vector<Sample> samples;
        for (int i = 0; i < 24; ++i) {
            const bool first = i % 2 == 0;
            Sample sample;
            sample.id = u"thing-%1"_s.arg(i);
            sample.label = first ? u"disc"_s : u"square"_s;
            sample.group = u"kind %1"_s.arg(i / 2);
            Source& text = sample.sources[Modality::Text];
            text.text = u"a %1 %2 number %3"_s.arg(first ? u"red round"_s : u"blue square"_s,
                first ? u"disc rolls on the table"_s : u"box stands on the shelf"_s).arg(i);
            text.language = u"en"_s;
            sample.sources[Modality::Image].bytes = picture(first, i);
            sample.sources[Modality::Audio].bytes = sound(first, i);
            sample.sources[Modality::Video].bytes = clip(first, i);
            samples.push_back(sample);
        }
        return samples;
    }();
    return made;
}

Value run(const Method& method, const QJsonObject& given, const Inputs& inputs, Progress& progress)
{
    ModelStore store(u"cpu"_s, QStringLiteral(TRIPTYCH_SOURCE_DIR "/resources"));
    EngineOptions engine;
    engine.device = u"cpu"_s;
    EngineContext context { store, engine };
    const at::AutoGradMode off(false);
    return method.run(context, completeOptions(method.info, given), inputs, progress);
}

Value run(const Method& method, const QJsonObject& given, const Inputs& inputs)
{
    SilentProgress progress;
    return run(method, given, inputs, progress);
}

Inputs inputsOf(std::vector<Sample> samples, const ValuePtr& fitted)
{
    Inputs inputs;
    inputs.samples = std::move(samples);
    if (fitted)
        inputs.values[u"fitted"_s] = fitted;
    return inputs;
}

QString refusal(const Method& method, const QJsonObject& given, const Inputs& inputs)
{
    try {
        run(method, given, inputs);
    } catch (const Error& error) {
        return error.message();
    } catch (const std::exception& other) { // c10::Error and the like are no sentence for a person
        qWarning("%s", other.what());
    }
    return {};
}

bool hasOption(const Method& method, const QString& name)
{
    return std::any_of(method.info.options.begin(), method.info.options.end(),
        [&](const OptionInfo& option) { return option.name == name; });
}

QJsonObject smallOptions(const Method& method, int epochs)
{
    QJsonObject given;
    const std::map<QString, QJsonValue> small { { u"epochs"_s, epochs }, { u"batch"_s, 8 }, { u"warmup"_s, 0 }, { u"pieces"_s, 200 },
        { u"layers"_s, 1 }, { u"iterations"_s, 4 }, { u"max_seconds"_s, 0.4 } };
    for (const OptionInfo& option : method.info.options)
        if (const auto found = small.find(option.name); found != small.end())
            given[option.name] = found->second;
    return given;
}

QString wrongIn(const MethodInfo& info)
{
    if (info.title.isEmpty() || info.reference.isEmpty())
        return info.id + u": title or reference is missing"_s;
    if (!info.inputs.contains(u"samples"_s))
        return info.id + u": it does not take samples"_s;
    QStringList names;
    for (const OptionInfo& option : info.options) {
        if (option.name.isEmpty() || option.about.isEmpty() || names.contains(option.name))
            return info.id + u": option \""_s + option.name + u"\" has no name or text, or is there twice"_s;
        names << option.name;
        const double number = option.defaultValue.toDouble();
        const bool isNumber = option.type == OptionInfo::Type::Integer || option.type == OptionInfo::Type::Real;
        if (isNumber && option.minimum != option.maximum && (number < option.minimum || number > option.maximum))
            return info.id + u' ' + option.name + u": its default is out of its range"_s;
        if (option.type == OptionInfo::Type::Choice && !option.choices.contains(option.defaultValue.toString()))
            return info.id + u' ' + option.name + u": its default is no choice"_s;
    }
    return {};
}

QString brokenArray(const Value& value)
{
    for (const auto& [name, array] : value.arrays) {
        if (array.bytes.size() != array.count() * sizeOf(array.type))
            return name + u" (size)"_s;
        const Array floats = array.toFloat();
        for (const float number : floats.floats())
            if (!std::isfinite(number))
                return name + u" (not finite)"_s;
    }
    return {};
}

bool sameBits(const Value& a, const Value& b, const QString& prefix)
{
    const auto chosen = [&](const Value& value) {
        std::map<QString, QByteArray> arrays;
        for (const auto& [name, array] : value.arrays)
            if (name.startsWith(prefix))
                arrays[name] = array.bytes;
        return arrays;
    };
    return chosen(a) == chosen(b);
}

QString wrongRows(const Value& value, const std::vector<Sample>& samples)
{
    if (!value.has(u"embeddings"_s))
        return u"there is no array \"embeddings\""_s;
    const Array& rows = value.array(u"embeddings"_s);
    if (rows.type != ArrayType::Float32 || rows.shape.size() != 2 || rows.shape[0] != qint64(samples.size()) || rows.shape[1] < 1)
        return u"embeddings are no float32 table of one row a sample"_s;
    const QStringList ids = value.strings(u"ids"_s);
    for (size_t i = 0; i < samples.size(); ++i)
        if (ids.value(qsizetype(i)) != samples[i].id)
            return u"ids are not those of the samples"_s;
    for (const QString& fact : { u"modality"_s, u"model"_s, u"normalized"_s })
        if (!value.info.contains(fact))
            return u"info.%1 is missing"_s.arg(fact);
    if (value.has(u"probabilities"_s)) {
        const Array& shares = value.array(u"probabilities"_s);
        if (shares.shape != QList<qint64>({ rows.shape[0], value.strings(u"classes"_s).size() }))
            return u"probabilities are no table of samples by classes"_s;
        const Array floats = shares.toFloat();
        for (qint64 i = 0; i < shares.shape[0]; ++i) {
            double sum = 0;
            for (qint64 c = 0; c < shares.shape[1]; ++c)
                sum += double(floats.floats()[size_t(i * shares.shape[1] + c)]);
            if (std::abs(sum - 1) > 1e-4)
                return u"probabilities of row %1 sum to %2"_s.arg(i).arg(sum);
        }
    }
    return brokenArray(value);
}

QString wrongSteps(const Value& value)
{
    const QJsonArray steps = value.info[u"steps"].toArray();
    if (steps.size() < 2)
        return u"%1 steps are no way from a signal to a vector"_s.arg(steps.size());
    for (const QJsonValue step : steps)
        if (const QString wrong = wrongStep(step.toObject(), value); !wrong.isEmpty())
            return wrong;
    return {};
}

ValuePtr kept(const Value& value)
{
    auto back = std::make_shared<Value>();
    back->arrays = value.arrays;
    back->info = QJsonDocument::fromJson(QJsonDocument(value.info).toJson()).object();
    return back;
}

} // namespace triptych::contract
