#include "core/engine/models/WeightChecks.h"

#include "core/engine/models/Checkpoint.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QFile>
#include <QLocale>
#include <cmath>

namespace triptych {

qint64 memoryAvailable()
{
    QFile file(QStringLiteral("/proc/meminfo"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray name("MemAvailable:");
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith(name)) {
            constexpr qint64 kilobyte = 1024;
            return line.mid(name.size()).trimmed().split(' ').front().toLongLong() * kilobyte;
        }
    }
    return 0;
}

qint64 memoryNeeded(const Checkpoint& checkpoint)
{
    constexpr qint64 width = sizeof(float);
    qint64 bytes = 0;
    for (const auto& [name, tensor] : checkpoint.tensors()) {
        if (tensor.is_floating_point())
            bytes += tensor.numel() * width * (tensor.scalar_type() == at::kFloat ? 1 : 2);
    }
    return bytes;
}

void checkMemory(const Checkpoint& checkpoint, qint64 available)
{
    const qint64 needed = memoryNeeded(checkpoint);
    if (available <= 0 || needed <= available)
        return;
    const QLocale locale;
    throw Error(QCoreApplication::translate("models",
        "%1 needs %2 of memory when it is used, and %3 are free; unload other models, close other programs, or "
        "choose a smaller model.")
                    .arg(checkpoint.path(), locale.formattedDataSize(needed), locale.formattedDataSize(available)));
}

// A sum is NaN or infinite when any of its parts is, and costs one pass; only then is it looked at closely.
void checkFinite(const std::vector<std::pair<std::string, at::Tensor>>& tensors, const QString& where)
{
    for (const auto& [name, tensor] : tensors) {
        if (!tensor.is_floating_point() || std::isfinite(tensor.sum().item<double>())
            || at::isfinite(tensor).all().item<bool>())
            continue;
        throw Error(QCoreApplication::translate("models",
            "%1: the tensor %2 holds NaN or infinity; the file is damaged, or its training went wrong. Fetch it again.")
                        .arg(where, QString::fromStdString(name)));
    }
}

} // namespace triptych
