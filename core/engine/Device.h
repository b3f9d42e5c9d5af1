#pragma once

#include <QString>

namespace triptych {

/// "cpu" or "cuda:N" for what the person asked for (auto, cpu, cuda, cuda:N). Auto takes the first
/// GPU where LibTorch has one. Throws Error when the device is not there.
QString chooseDevice(const QString& wanted);

/// What to do when `device` ran out of memory, as a sentence.
QString outOfMemoryAdvice(const QString& device);

} // namespace triptych
