#pragma once

#include "core/engine/learning/Parameters.h"

#include <memory>

namespace triptych {

/// What moves parameters along their gradients.
class Optimizer {
public:
    virtual ~Optimizer() = default;
    virtual void step(double rate) = 0;

    void clearGradients();
    /// Scales all gradients so that their common norm is at most `limit`; returns the norm.
    double clipGradients(double limit);

protected:
    explicit Optimizer(std::vector<at::Tensor> parameters);
    std::vector<at::Tensor> m_parameters;
};

/// Stochastic gradient descent with momentum; decay is added to the gradient, as PyTorch's SGD does.
class Sgd final : public Optimizer {
public:
    Sgd(const Parameters::Named& parameters, double momentum, double weightDecay);
    void step(double rate) override;

private:
    std::vector<at::Tensor> m_velocities;
    double m_momentum;
    double m_weightDecay;
};

/// Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019) on tensors of
/// more than one side; moments .9 and .999.
class Adam final : public Optimizer {
public:
    Adam(const Parameters::Named& parameters, double weightDecay);
    void step(double rate) override;

private:
    std::vector<at::Tensor> m_means;
    std::vector<at::Tensor> m_squares;
    double m_weightDecay;
    qint64 m_steps = 0;
};

} // namespace triptych
