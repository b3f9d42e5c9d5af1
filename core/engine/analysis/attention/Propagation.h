#pragma once

#include <ATen/core/Tensor.h>
#include <vector>

/// The rules behind the maps, on attention alone: layers in order, probabilities [H, T, T] with
/// queries in rows.
namespace triptych::analysis {

/// Attention rollout (Abnar and Zuidema 2020): product of the row-normalised (A + I)/2 of the
/// layers from `startLayer` on, heads averaged. [T, T]; rows sum to 1.
at::Tensor rollout(const std::vector<at::Tensor>& attention, int startLayer = 0);

/// Self-attention relevance (Chefer et al. 2021): R = I, then R += Ā R for the layers from
/// `startLayer` on, where Ā is the head mean of the positive part of gradient × attention. [T, T]
at::Tensor relevance(const std::vector<at::Tensor>& attention,
    const std::vector<at::Tensor>& gradients, int startLayer = 0);

/// Grad-CAM (Selvaraju et al. 2017) of cells [G, W]: positive part of the channels' sum, each
/// weighted by its mean gradient over the cells. [G]
at::Tensor gradCam(const at::Tensor& cells, const at::Tensor& gradients);

/// Mean entropy in nats of the rows of [H, T, T]: one a head. [H]
at::Tensor rowEntropy(const at::Tensor& attention);

} // namespace triptych::analysis
