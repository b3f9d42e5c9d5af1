#include "core/engine/training/AdamW.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>
#include <map>

namespace triptych {

namespace {

    constexpr double kBeta1 = 0.9;
    constexpr double kBeta2 = 0.98;
    constexpr double kEpsilon = 1e-6;

}

AdamW::AdamW(std::vector<Group> groups)
{
    for (Group& group : groups) {
        for (auto& [name, parameter] : group.parameters)
            m_slots.push_back({ name, parameter, at::zeros_like(parameter), at::zeros_like(parameter),
                group.rateFactor, group.weightDecay });
    }
}

void AdamW::clearGradients()
{
    for (Slot& slot : m_slots)
        slot.parameter.mutable_grad() = at::Tensor();
}

double AdamW::clipGradients(double limit)
{
    double sum = 0;
    for (const Slot& slot : m_slots) {
        if (slot.parameter.grad().defined())
            sum += slot.parameter.grad().square().sum().item<double>();
    }
    const double norm = std::sqrt(sum);
    if (norm > limit) {
        for (const Slot& slot : m_slots) {
            if (slot.parameter.grad().defined())
                slot.parameter.grad().mul_(limit / norm);
        }
    }
    return norm;
}

void AdamW::step(double rate)
{
    ++m_steps;
    const double correction1 = 1 - std::pow(kBeta1, double(m_steps));
    const double correction2 = 1 - std::pow(kBeta2, double(m_steps));
    for (Slot& slot : m_slots) {
        const at::Tensor& gradient = slot.parameter.grad();
        if (!gradient.defined())
            continue;
        const double own = rate * slot.rateFactor;
        at::Tensor weight = slot.parameter.detach();
        weight.mul_(1 - own * slot.weightDecay);
        slot.mean.lerp_(gradient, 1 - kBeta1);
        slot.square.mul_(kBeta2).addcmul_(gradient, gradient, 1 - kBeta2);
        weight.addcdiv_(slot.mean, (slot.square / correction2).sqrt_().add_(kEpsilon), -own / correction1);
    }
}

std::vector<std::pair<std::string, at::Tensor>> AdamW::state() const
{
    std::vector<std::pair<std::string, at::Tensor>> state;
    for (const Slot& slot : m_slots) {
        state.emplace_back("m." + slot.name, slot.mean);
        state.emplace_back("v." + slot.name, slot.square);
    }
    return state;
}

void AdamW::restore(const std::vector<std::pair<std::string, at::Tensor>>& state, int64_t steps)
{
    const std::map<std::string, at::Tensor> byName(state.begin(), state.end());
    for (Slot& slot : m_slots) {
        slot.mean.copy_(byName.at("m." + slot.name));
        slot.square.copy_(byName.at("v." + slot.name));
    }
    m_steps = steps;
}

} // namespace triptych
