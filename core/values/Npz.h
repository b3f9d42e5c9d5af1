#pragma once

#include "core/values/Value.h"

namespace triptych {

/// Reads a .npz (stored or deflated members, .npy 1.0 to 3.0, little endian, C or Fortran order,
/// half, float, double, ints, bool; `<U` strings go to info[name] as a list). Throws Error.
Value readNpz(const QString& path);
/// Reads one .npy as the array "data" unless `name` says otherwise.
Value readNpy(const QString& path, const QString& name = QStringLiteral("data"));

/// Writes members as .npy 1.0. Lists of strings in `info` that are named in `strings` become
/// `<U` arrays. Writes to a temporary file and renames, so a failure leaves nothing half-written.
void writeNpz(const QString& path, const Value& value, const QStringList& strings = {});
void writeNpy(const QString& path, const Array& array);

/// The bytes of one .npy file, and back.
QByteArray npyBytes(const Array& array);
Array npyFromBytes(const QByteArray& bytes, const QString& nameForErrors);

} // namespace triptych
