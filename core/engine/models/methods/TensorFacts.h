#pragma once

#include "core/engine/Method.h"

#include <ATen/core/Tensor.h>
#include <QJsonArray>
#include <vector>

/// What the methods that look into checkpoints share.
namespace triptych::models {

QJsonArray shapeOf(const at::Tensor& tensor);
/// name, shape, dtype, parameters, bytes.
QJsonObject tensorRow(const QString& name, const at::Tensor& tensor);

/// Numbers over all elements of a tensor; of those that are finite, where it says so.
struct TensorStatistics {
    double mean = 0;      ///< of the finite ones, as all that follow
    double deviation = 0; ///< of the population
    double minimum = 0;
    double maximum = 0;
    double zeros = 0;     ///< share of all elements
    qint64 nan = 0;
    qint64 infinite = 0;
    std::vector<qint64> histogram; ///< equal bins from minimum to maximum
};
/// Two passes over the elements, widened one tensor at a time.
TensorStatistics statisticsOf(const at::Tensor& tensor, int bins);

} // namespace triptych::models
