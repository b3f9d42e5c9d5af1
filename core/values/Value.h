#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace triptych {

/// Element types that cross the engine's door and that .npy files hold.
enum class ArrayType { Float32, Float64, Int64, Int32, UInt8, Bool };

qsizetype sizeOf(ArrayType type);

/// A dense array in C order. Copies share the bytes.
struct Array {
    ArrayType type = ArrayType::Float32;
    QList<qint64> shape;
    QByteArray bytes; ///< may view memory kept alive by `owner`
    std::shared_ptr<const void> owner; ///< a mapped file, or null

    qint64 count() const; ///< product of the shape, 1 for a scalar
    qint64 rows() const { return shape.isEmpty() ? 1 : shape.front(); }

    std::span<const float> floats() const; ///< asserts Float32
    std::span<const double> doubles() const; ///< asserts Float64
    std::span<const qint64> integers() const; ///< asserts Int64
    std::span<const uchar> octets() const; ///< asserts UInt8 or Bool

    static Array of(std::span<const float> values, QList<qint64> shape);
    static Array of(std::span<const double> values, QList<qint64> shape);
    static Array of(std::span<const qint64> values, QList<qint64> shape);
    static Array of(std::span<const uchar> values, QList<qint64> shape);

    /// Any type as float32 (shares the bytes when it is already).
    Array toFloat() const;
};

/// What a recipe yields: named arrays and facts. Written as NPZ + JSON without loss.
struct Value {
    std::map<QString, Array> arrays;
    QJsonObject info;

    bool has(const QString& name) const { return arrays.contains(name); }
    /// Throws Error that names the array when it is missing.
    const Array& array(const QString& name) const;
    /// info[name] as a list of strings.
    QStringList strings(const QString& name) const;
    qint64 byteSize() const;
};

using ValuePtr = std::shared_ptr<const Value>;

} // namespace triptych
