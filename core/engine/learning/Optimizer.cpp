#include "core/engine/learning/Optimizer.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>

namespace triptych {

namespace {

constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.999;
constexpr double kEpsilon = 1e-8;

std::vector<at::Tensor> tensorsOf(const Parameters::Named& named)
{
    std::vector<at::Tensor> tensors;
    for (const auto& [name, tensor] : named)
        tensors.push_back(tensor);
    return tensors;
}

std::vector<at::Tensor> zerosLike(const std::vector<at::Tensor>& tensors)
{
    std::vector<at::Tensor> zeros;
    for (const at::Tensor& tensor : tensors)
        zeros.push_back(at::zeros_like(tensor.detach()));
    return zeros;
}

} // namespace

Optimizer::Optimizer(std::vector<at::Tensor> parameters)
    : m_parameters(std::move(parameters))
{
}

void Optimizer::clearGradients()
{
    for (at::Tensor& parameter : m_parameters)
        parameter.mutable_grad() = at::Tensor();
}

double Optimizer::clipGradients(double limit)
{
    double sum = 0;
    for (const at::Tensor& parameter : m_parameters) {
        if (parameter.grad().defined())
            sum += parameter.grad().square().sum().item<double>();
    }
    const double norm = std::sqrt(sum);
    if (norm > limit) {
        for (const at::Tensor& parameter : m_parameters) {
            if (parameter.grad().defined())
                parameter.grad().mul_(limit / norm);
        }
    }
    return norm;
}

Sgd::Sgd(const Parameters::Named& parameters, double momentum, double weightDecay)
    : Optimizer(tensorsOf(parameters))
    , m_velocities(zerosLike(m_parameters))
    , m_momentum(momentum)
    , m_weightDecay(weightDecay)
{
}

void Sgd::step(double rate)
{
    for (size_t i = 0; i < m_parameters.size(); ++i) {
        if (!m_parameters[i].grad().defined())
            continue;
        at::Tensor weight = m_parameters[i].detach();
        m_velocities[i].mul_(m_momentum).add_(m_parameters[i].grad()).add_(weight, m_weightDecay);
        weight.add_(m_velocities[i], -rate);
    }
}

Adam::Adam(const Parameters::Named& parameters, double weightDecay)
    : Optimizer(tensorsOf(parameters))
    , m_means(zerosLike(m_parameters))
    , m_squares(zerosLike(m_parameters))
    , m_weightDecay(weightDecay)
{
}

void Adam::step(double rate)
{
    ++m_steps;
    const double correction1 = 1 - std::pow(kBeta1, double(m_steps));
    const double correction2 = 1 - std::pow(kBeta2, double(m_steps));
    for (size_t i = 0; i < m_parameters.size(); ++i) {
        const at::Tensor& gradient = m_parameters[i].grad();
        if (!gradient.defined())
            continue;
        at::Tensor weight = m_parameters[i].detach();
        if (weight.dim() > 1)
            weight.mul_(1 - rate * m_weightDecay);
        m_means[i].lerp_(gradient, 1 - kBeta1);
        m_squares[i].mul_(kBeta2).addcmul_(gradient, gradient, 1 - kBeta2);
        weight.addcdiv_(m_means[i], (m_squares[i] / correction2).sqrt_().add_(kEpsilon), -rate / correction1);
    }
}

} // namespace triptych
