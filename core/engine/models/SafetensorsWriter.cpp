#include "core/engine/models/SafetensorsWriter.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QSaveFile>
#include <QtEndian>
#include <nlohmann/json.hpp>

namespace triptych {

namespace {

const char* typeName(at::ScalarType type)
{
    switch (type) {
    case at::kHalf:
        return "F16";
    case at::kFloat:
        return "F32";
    case at::kDouble:
        return "F64";
    case at::kLong:
        return "I64";
    case at::kInt:
        return "I32";
    case at::kByte:
        return "U8";
    default:
        return nullptr;
    }
}

} // namespace

void writeSafetensors(const QString& path,
    const std::vector<std::pair<std::string, at::Tensor>>& tensors, at::ScalarType type,
    const std::map<std::string, std::string>& metadata)
{
    const auto fail = [&path](const QString& why) -> void {
        throw Error(QCoreApplication::translate("models", "%1 could not be written: %2")
                        .arg(path, why));
    };
    nlohmann::json header = nlohmann::json::object();
    std::vector<at::Tensor> stored;
    qint64 offset = 0;
    for (const auto& [name, tensor] : tensors) {
        const at::ScalarType as = tensor.is_floating_point() ? type : tensor.scalar_type();
        if (!typeName(as))
            fail(QCoreApplication::translate("models", "the type of %1 has no place in safetensors.")
                     .arg(QString::fromStdString(name)));
        at::Tensor flat = tensor.detach().to(at::TensorOptions().dtype(as).device(at::kCPU)).contiguous();
        const auto bytes = static_cast<qint64>(flat.nbytes());
        header[name] = { { "dtype", typeName(as) }, { "shape", flat.sizes().vec() },
            { "data_offsets", { offset, offset + bytes } } };
        offset += bytes;
        stored.push_back(std::move(flat));
    }
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' '); // the data starts aligned
    const quint64 length = qToLittleEndian<quint64>(text.size());

    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        fail(file.errorString());
    file.write(reinterpret_cast<const char*>(&length), sizeof length);
    file.write(text.data(), static_cast<qint64>(text.size()));
    for (const at::Tensor& tensor : stored)
        file.write(static_cast<const char*>(tensor.data_ptr()), static_cast<qint64>(tensor.nbytes()));
    if (!file.commit())
        fail(file.errorString());
}

} // namespace triptych
