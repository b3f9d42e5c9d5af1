#pragma once

#include "core/engine/learning/Layers.h"
#include "core/engine/representation/picture/PictureNet.h"

#include <optional>

/// Layers that carry the receptive field along with the values, so that both follow the same lines.
namespace triptych::representation {

struct Flow {
    at::Tensor values; ///< [N,C,h,w]
    Field field;
};

/// The pixels, with their receptive fields when looking.
Flow inputOf(const at::Tensor& pixels, const Pass& pass);
Flow operator|(const Flow& flow, const learning::Conv2d& convolution);
Flow maxPool(const Flow& flow, int kernel, int stride, int padding = 0, bool ceil = false);
Flow meanPool(const Flow& flow, int kernel, int stride);
Flow relu(const Flow& flow);
Flow tanhOf(const Flow& flow);

/// By the batch while training, unless it has one number a channel only: that has no deviation.
at::Tensor normed(const learning::BatchNorm& norm, const at::Tensor& values, const Pass& pass);

/// Convolution, batch norm, ReLU where wanted.
struct NormedConv {
    learning::Conv2d convolution;
    learning::BatchNorm norm;

    NormedConv() = default;
    NormedConv(Parameters& parameters, const std::string& conv, const std::string& norm,
        const learning::ConvShape& shape, double start = 1);
    Flow operator()(const Flow& flow, const Pass& pass, bool rectified = true) const;
};

/// Starts normal with deviation √(2 / fan-in), bias 0 (He et al. 2015).
learning::Dense heDense(Parameters& parameters, const std::string& name, int in, int out);

/// Dropout while training.
at::Tensor dropped(const at::Tensor& values, double p, const Pass& pass);
/// Keeps a stage when looking.
void keep(NetOutput& output, const Pass& pass, const char* name, const Flow& flow, const char* about);
/// A dense layer's numbers, each from all of `before`.
void keepVector(NetOutput& output, const Pass& pass, const char* name, const Flow& before, const at::Tensor& values,
    const char* about);

/// Side of a map after a window. Throws Error when nothing is left of it.
int sideAfter(int side, int kernel, int stride, int padding, bool ceil = false);

} // namespace triptych::representation
