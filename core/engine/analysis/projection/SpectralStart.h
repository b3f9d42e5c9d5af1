#pragma once

#include "core/engine/analysis/projection/FuzzyGraph.h"

#include <ATen/core/Tensor.h>
#include <optional>

namespace triptych::analysis {

/// Eigenvectors 2 … dims+1 of the symmetric normalised Laplacian, as [N, dims] double: Lanczos
/// with full reorthogonalisation. Nothing when it does not converge (residual above 1e-3).
/// `graph` must be connected.
std::optional<at::Tensor> laplacianVectors(
    const FuzzyGraph& graph, int dims, quint64 seed, Progress& progress);

} // namespace triptych::analysis
