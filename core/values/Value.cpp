#include "core/values/Value.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace triptych {

namespace {

template <class T> std::span<const T> view(const Array& array)
{
    return {reinterpret_cast<const T*>(array.bytes.constData()), size_t(array.count())};
}

template <class T> Array make(ArrayType type, std::span<const T> values, QList<qint64> shape)
{
    Array array;
    array.type = type;
    array.shape = std::move(shape);
    array.bytes
        = QByteArray(reinterpret_cast<const char*>(values.data()), qsizetype(values.size_bytes()));
    Q_ASSERT(array.count() == qint64(values.size()));
    return array;
}

template <class T> void copyAsFloat(const Array& from, float* to)
{
    const std::span<const T> values = view<T>(from);
    std::transform(values.begin(), values.end(), to, [](T value) { return float(value); });
}

} // namespace

qsizetype sizeOf(ArrayType type)
{
    switch (type) {
    case ArrayType::Float64:
    case ArrayType::Int64:
        return 8;
    case ArrayType::Float32:
    case ArrayType::Int32:
        return 4;
    case ArrayType::UInt8:
    case ArrayType::Bool:
        break;
    }
    return 1;
}

qint64 Array::count() const
{
    qint64 product = 1;
    for (qint64 size : shape)
        product *= size;
    return product;
}

std::span<const float> Array::floats() const
{
    Q_ASSERT(type == ArrayType::Float32);
    return view<float>(*this);
}

std::span<const double> Array::doubles() const
{
    Q_ASSERT(type == ArrayType::Float64);
    return view<double>(*this);
}

std::span<const qint64> Array::integers() const
{
    Q_ASSERT(type == ArrayType::Int64);
    return view<qint64>(*this);
}

std::span<const uchar> Array::octets() const
{
    Q_ASSERT(type == ArrayType::UInt8 || type == ArrayType::Bool);
    return view<uchar>(*this);
}

Array Array::of(std::span<const float> values, QList<qint64> shape)
{
    return make(ArrayType::Float32, values, std::move(shape));
}

Array Array::of(std::span<const double> values, QList<qint64> shape)
{
    return make(ArrayType::Float64, values, std::move(shape));
}

Array Array::of(std::span<const qint64> values, QList<qint64> shape)
{
    return make(ArrayType::Int64, values, std::move(shape));
}

Array Array::of(std::span<const uchar> values, QList<qint64> shape)
{
    return make(ArrayType::UInt8, values, std::move(shape));
}

Array Array::toFloat() const
{
    if (type == ArrayType::Float32)
        return *this;
    Array result;
    result.shape = shape;
    result.bytes = QByteArray(qsizetype(count()) * 4, Qt::Uninitialized);
    float* to = reinterpret_cast<float*>(result.bytes.data());
    switch (type) {
    case ArrayType::Float64:
        copyAsFloat<double>(*this, to);
        break;
    case ArrayType::Int64:
        copyAsFloat<qint64>(*this, to);
        break;
    case ArrayType::Int32:
        copyAsFloat<qint32>(*this, to);
        break;
    case ArrayType::UInt8:
    case ArrayType::Bool:
        copyAsFloat<uchar>(*this, to);
        break;
    case ArrayType::Float32:
        break;
    }
    return result;
}

const Array& Value::array(const QString& name) const
{
    const auto found = arrays.find(name);
    if (found == arrays.end()) {
        QStringList names;
        for (const auto& [known, unused] : arrays)
            names << known;
        throw Error(
            QCoreApplication::translate("Value", "There is no array \"%1\" here; there are: %2.")
                .arg(name,
                    names.isEmpty() ? QStringLiteral("-") : names.join(QStringLiteral(", "))));
    }
    return found->second;
}

QStringList Value::strings(const QString& name) const
{
    QStringList list;
    for (const QJsonValue& item : info.value(name).toArray())
        list << item.toString();
    return list;
}

qint64 Value::byteSize() const
{
    qint64 size = QJsonDocument(info).toJson(QJsonDocument::Compact).size();
    for (const auto& [name, array] : arrays)
        size += array.count() * sizeOf(array.type);
    return size;
}

} // namespace triptych
