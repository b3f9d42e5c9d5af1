#include "core/engine/learning/Layers.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <cmath>

namespace triptych::learning {

Dense::Dense(Parameters& parameters, const std::string& name, int in, int out, bool hasBias)
{
    const double bound = 1 / std::sqrt(double(in));
    weight = parameters.uniform(name + ".weight", { out, in }, bound);
    if (hasBias)
        bias = parameters.uniform(name + ".bias", { out }, bound);
}

at::Tensor Dense::operator()(const at::Tensor& values) const { return at::linear(values, weight, bias); }

Conv2d::Conv2d(Parameters& parameters, const std::string& name, const ConvShape& s, bool he)
    : shape(s)
{
    const double fanIn = double(s.in) / s.groups * s.kernel * s.kernel;
    const double fanOut = double(s.out) / s.groups * s.kernel * s.kernel;
    const std::array<int64_t, 4> sides { s.out, s.in / s.groups, s.kernel, s.kernel };
    weight = he ? parameters.normal(name + ".weight", sides, std::sqrt(2 / fanOut))
                : parameters.uniform(name + ".weight", sides, 1 / std::sqrt(fanIn));
    if (s.bias)
        bias = parameters.uniform(name + ".bias", { s.out }, he ? 0 : 1 / std::sqrt(fanIn));
}

at::Tensor Conv2d::operator()(const at::Tensor& values) const
{
    return at::conv2d(values, weight, bias, shape.stride, shape.padding, 1, shape.groups);
}

BatchNorm::BatchNorm(Parameters& parameters, const std::string& name, int channels, double start)
    : weight(parameters.constant(name + ".weight", { channels }, start))
    , bias(parameters.constant(name + ".bias", { channels }, 0))
    , runningMean(parameters.buffer(name + ".running_mean", { channels }, 0))
    , runningVariance(parameters.buffer(name + ".running_var", { channels }, 1))
{
}

at::Tensor BatchNorm::operator()(const at::Tensor& values, bool training) const
{
    return at::batch_norm(values, weight, bias, runningMean, runningVariance, training, 0.1, epsilon, false);
}

LayerNorm1d::LayerNorm1d(Parameters& parameters, const std::string& name, int width)
    : weight(parameters.constant(name + ".weight", { width }, 1))
    , bias(parameters.constant(name + ".bias", { width }, 0))
{
}

at::Tensor LayerNorm1d::operator()(const at::Tensor& values) const
{
    return at::layer_norm(values, weight.sizes(), weight, bias, epsilon);
}

EmbeddingTable::EmbeddingTable(Parameters& parameters, const std::string& name, int rows, int width, double deviation)
    : weight(parameters.normal(name + ".weight", { rows, width }, deviation))
{
}

at::Tensor EmbeddingTable::operator()(const at::Tensor& indices) const { return at::embedding(weight, indices); }

} // namespace triptych::learning
