#include "core/engine/models/methods/Support.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>

namespace triptych::models {

namespace {

ArrayType arrayType(at::ScalarType type)
{
    switch (type) {
    case at::kDouble:
        return ArrayType::Float64;
    case at::kLong:
        return ArrayType::Int64;
    case at::kInt:
        return ArrayType::Int32;
    case at::kByte:
        return ArrayType::UInt8;
    case at::kBool:
        return ArrayType::Bool;
    default:
        return ArrayType::Float32;
    }
}

at::ScalarType scalarType(ArrayType type)
{
    switch (type) {
    case ArrayType::Float32:
        return at::kFloat;
    case ArrayType::Float64:
        return at::kDouble;
    case ArrayType::Int64:
        return at::kLong;
    case ArrayType::Int32:
        return at::kInt;
    case ArrayType::UInt8:
        return at::kByte;
    case ArrayType::Bool:
        return at::kBool;
    }
    Q_UNREACHABLE();
}

} // namespace

OptionInfo option(
    const char* name, OptionInfo::Type type, const QJsonValue& fallback, const char* about)
{
    OptionInfo made;
    made.name = QString::fromLatin1(name);
    made.type = type;
    made.defaultValue = fallback;
    made.about = QString::fromUtf8(about);
    return made;
}

OptionInfo number(const char* name, int fallback, int minimum, int maximum, const char* about)
{
    OptionInfo made = option(name, OptionInfo::Type::Integer, fallback, about);
    made.minimum = minimum;
    made.maximum = maximum;
    return made;
}

OptionInfo choice(const char* name, const QStringList& choices, const char* about)
{
    OptionInfo made = option(name, OptionInfo::Type::Choice, choices.front(), about);
    made.choices = choices;
    return made;
}

OptionInfo modelOption()
{
    return option("model", OptionInfo::Type::File, QStringLiteral("triptych-mini"),
        "Folder of the checkpoint, or triptych-mini");
}

OptionInfo modalityOption()
{
    return choice("modality",
        { QString(), QStringLiteral("image"), QStringLiteral("text"), QStringLiteral("audio"),
            QStringLiteral("video") },
        "Which source of the samples; empty: the one they have");
}

Array arrayOf(const at::Tensor& tensor)
{
    const ArrayType type = arrayType(tensor.scalar_type());
    const at::Tensor flat = tensor.detach().to(at::kCPU, scalarType(type)).contiguous();
    Array array;
    array.type = type;
    array.shape = QList<qint64>(flat.sizes().begin(), flat.sizes().end());
    array.bytes = QByteArray(
        static_cast<const char*>(flat.data_ptr()), static_cast<qsizetype>(flat.nbytes()));
    return array;
}

at::Tensor tensorOf(const Array& array)
{
    const std::vector<int64_t> shape(array.shape.begin(), array.shape.end());
    at::Tensor tensor = at::empty(shape, scalarType(array.type));
    std::copy(array.bytes.begin(), array.bytes.end(), static_cast<char*>(tensor.data_ptr()));
    return tensor;
}

QStringList strings(const QJsonValue& list)
{
    QStringList texts;
    for (const QJsonValue& entry : list.toArray())
        texts.append(entry.toString());
    return texts;
}

Modality modalityOf(const QJsonObject& options, const std::vector<Sample>& samples)
{
    const QString given = options.value(QStringLiteral("modality")).toString();
    if (const auto named = modalityFromName(given))
        return *named;
    for (const Modality modality :
        { Modality::Image, Modality::Text, Modality::Audio, Modality::Video }) {
        const bool everywhere = std::all_of(samples.begin(), samples.end(),
            [modality](const Sample& sample) { return sample.has(modality); });
        if (everywhere && !samples.empty())
            return modality;
    }
    throw Error(QCoreApplication::translate(
        "models", "modality: the samples have no source in common; say which one to use."));
}

} // namespace triptych::models
