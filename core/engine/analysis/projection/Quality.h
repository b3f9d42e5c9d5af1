#pragma once

#include "core/engine/Method.h"

#include <ATen/core/Tensor.h>

namespace triptych::analysis {

/// How well a map keeps neighbourhoods.
struct MapQuality {
    double trustworthiness = 0;
    double continuity = 0;
    double preservation = 0; ///< mean share of the k nearest kept
    int k = 0;
    std::vector<qint64> rows; ///< points looked at: all, or a sample
    std::vector<float> distortion; ///< a row: its loss of trustworthiness; their mean is 1 − T
};

/// Trustworthiness and continuity (Venna and Kaski 2001) as scikit-learn defines them, Euclidean in
/// both spaces; all points up to 20,000, else 5,000 evenly spread ones. rows [N, D], coords [N, d]
/// float32; k < N/2, else it is lowered. Memory grows with N, not N².
MapQuality mapQuality(const at::Tensor& rows, const at::Tensor& coords, int k, Progress& progress);

/// Puts the quality (k = 12) of value's `coords` into its info.
void addQuality(Value& value, const at::Tensor& rows, Progress& progress);

} // namespace triptych::analysis

namespace triptych {

/// project.quality
Method qualityMethod();

} // namespace triptych
