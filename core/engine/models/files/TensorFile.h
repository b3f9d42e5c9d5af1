#pragma once

#include "core/engine/models/files/MappedFile.h"

#include <ATen/core/Tensor.h>
#include <map>

namespace triptych {

/// What a weight file holds: tensors of the stored type, viewing the mapped file.
struct TensorFile {
    std::map<QString, at::Tensor> tensors;
    QByteArray header;   ///< the bytes that describe them
    QStringList notes {}; ///< sentences: what else was in the file, and what was left out
    bool program = false; ///< a TorchScript archive: its code was not looked at
};

/// Both check every length, offset and shape before they are used, and throw Error that names the
/// file and the tensor.
TensorFile readSafetensorsFile(const QString& path);
/// torch.save's zip, or its older form. Pickles are read as data (see Pickle.h).
TensorFile readTorchFile(const QString& path);

/// Bytes from `offset` as a tensor that keeps the file mapped. `strides` empty: C order. The caller
/// has checked that all of it lies in the file.
at::Tensor viewOf(const std::shared_ptr<MappedFile>& file, qint64 offset, at::ScalarType type,
    const std::vector<int64_t>& shape, const std::vector<int64_t>& strides = {});

/// Product of `shape`; nothing when it overflows or a side is negative.
std::optional<qint64> elementsOf(const std::vector<int64_t>& shape);

} // namespace triptych
