#pragma once

#include "core/values/Value.h"

#include <variant>

namespace triptych {

/// One .npy file: an array, or strings (`<U`, `|S`) with a shape of which only the scalar matters.
struct NpyStrings {
    QStringList list;
    bool scalar = false;
};
using NpyContent = std::variant<Array, NpyStrings>;

/// Reads .npy 1.0 to 3.0. Kinds that Array lacks are widened: half to float, small ints to int32,
/// uint32 and uint64 to int64. Fortran order is turned into C order. `owner` keeps `bytes` alive
/// when they are a view; the array then shares them where no conversion is needed. Throws Error.
NpyContent readNpyContent(const QByteArray& bytes, const QString& nameForErrors,
    std::shared_ptr<const void> owner = nullptr);

/// Strings as a one-dimensional (or scalar) `<U` array.
QByteArray npyBytes(const NpyStrings& strings);

/// IEEE half and bfloat16 to float.
float halfToFloat(quint16 bits);
float bfloatToFloat(quint16 bits);

/// `bytes` into `path` through a temporary file and a rename. Throws Error.
void writeWhole(const QString& path, const QByteArray& bytes);

} // namespace triptych
