#include "core/engine/Device.h"

#include "core/jobs/Error.h"

#include <torch/csrc/api/include/torch/cuda.h>

#include <QCoreApplication>

namespace triptych {

namespace {

    struct Tr {
        Q_DECLARE_TR_FUNCTIONS(Device)
    };

} // namespace

QString chooseDevice(const QString& wanted)
{
    const QString cuda = QStringLiteral("cuda");
    const int gpus = torch::cuda::is_available() ? int(torch::cuda::device_count()) : 0;
    if (wanted == QLatin1String("cpu"))
        return wanted;
    if (wanted.isEmpty() || wanted == QLatin1String("auto"))
        return gpus > 0 ? cuda + QStringLiteral(":0") : QStringLiteral("cpu");
    bool isNumber = wanted == cuda;
    const int index = isNumber ? 0 : wanted.mid(cuda.size() + 1).toInt(&isNumber);
    if (!isNumber || !(wanted == cuda || wanted.startsWith(cuda + u':')))
        throw Error(Tr::tr("--device: \"%1\" is no device; give auto, cpu, cuda or cuda:N.").arg(wanted));
    if (gpus == 0)
        throw Error(Tr::tr("--device: this LibTorch finds no GPU; give cpu, or build with a LibTorch "
                       "that has CUDA."));
    if (index < 0 || index >= gpus)
        throw Error(Tr::tr("--device: there is no %1; the last one is cuda:%2.").arg(wanted).arg(gpus - 1));
    return cuda + u':' + QString::number(index);
}

QString outOfMemoryAdvice(const QString& device)
{
    if (device == QLatin1String("cpu"))
        return Tr::tr("There is not enough memory for this; take a smaller batch, fewer samples or a "
                  "smaller model, or close other programs.");
    return Tr::tr("There is not enough memory on %1; take a smaller batch or a smaller model, or use "
              "--device cpu.")
        .arg(device);
}

} // namespace triptych
