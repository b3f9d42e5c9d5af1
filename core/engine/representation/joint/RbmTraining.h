#pragma once

#include "core/engine/learning/Fit.h"
#include "core/engine/representation/joint/Rbm.h"

namespace triptych::representation {

/// How a Boltzmann machine is trained: stochastic gradient with momentum, no loss to differentiate.
struct MachineFit {
    int epochs = 20;
    int batch = 100;
    double rate = 0.01;
    double firstMomentum = 0.5; ///< of the first five epochs
    double momentum = 0.9;
    double decay = 2e-4;        ///< pull of weights (not biases) towards zero
    int steps = 1;              ///< Gibbs steps a gradient: the k of CD-k
    bool persistent = false;    ///< chains go on from batch to batch (Tieleman 2008)
    quint64 seed = 0;
};

/// What is told while a machine is trained, in one or several stages.
class MachineWatch {
public:
    /// `steps` of all stages together; `handOut` gets the curves after each epoch.
    MachineWatch(Progress& progress, qint64 steps, std::function<void(const Curves&)> handOut);
    void step(const QString& stage);
    /// Measures of one more epoch of a stage; names become "STAGE: NAME" unless the stage is unnamed.
    void epoch(const QString& stage, const std::map<QString, double>& measures);

    Curves curves;

private:
    Progress& m_progress;
    qint64 m_steps;
    qint64 m_done = 0;
    std::function<void(const Curves&)> m_handOut;
};

/// Rows of all modalities by index.
Batch rowsAt(const Batch& data, const std::vector<int64_t>& rows);

/// Moves tensors along gradients: v ← μv + ε(g − λθ), θ ← θ + v.
class Momentum {
public:
    Momentum(std::vector<at::Tensor> tensors, const MachineFit& options);
    void step(const std::vector<at::Tensor>& gradient, double rate, int epoch);

private:
    std::vector<at::Tensor> m_tensors;
    std::vector<at::Tensor> m_velocities;
    MachineFit m_options;
};

/// Trains one RBM by CD-k or PCD (Hinton 2002; Tieleman 2008). `up` and `down` scale the weights of
/// the two directions: 2 stands for the second layer that a deep Boltzmann machine will have there
/// (Salakhutdinov and Hinton 2009). Measures: reconstruction error (mean square a unit) of training and
/// validation rows, pseudo-likelihood, and the free-energy gap: mean F of validation minus training
/// rows, which grows when it overfits. `validation` may be empty. Throws Error when it diverges.
void trainRbm(Rbm& machine, const Batch& data, const Batch& validation, const MachineFit& options,
    const QString& stage, MachineWatch& watch, double up = 1, double down = 1);

/// Mean squared difference a unit over all modalities.
double reconstructionError(const Batch& a, const Batch& b);

} // namespace triptych::representation
