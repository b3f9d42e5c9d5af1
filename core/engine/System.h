#pragma once

#include <QJsonObject>

namespace triptych {

/// What the engine computes with: versions, device, BLAS and its kernel, threads, memory in bytes.
QJsonObject systemFacts(const QString& device);

} // namespace triptych
