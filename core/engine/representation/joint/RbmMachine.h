#pragma once

#include "core/engine/representation/joint/Dbn.h"

#include <functional>
#include <memory>

namespace triptych::representation {

/// What is known of some samples.
struct Evidence {
    Batch values;
    Batch known;  ///< 1 where it is, else 0: [N,1], or [N,D] for parts of a modality
    Batch totals; ///< words [N,1] of count modalities, also of those to be filled in

    /// The values where they are known, `others` elsewhere.
    Batch mixed(const Batch& others) const;
};

/// Expectations (or a draw) of every unit.
struct MachineState {
    Batch visibles;
    std::vector<std::vector<at::Tensor>> layers; ///< [modality][layer from below]
    at::Tensor joint;
};

struct FillOptions {
    bool gibbs = false; ///< draws, averaged over the second half of the sweeps; else mean field
    int sweeps = 30;
};

/// What the methods need of any of the three machines. Any one thread.
class JointMachine {
public:
    using Watch = std::function<void(const MachineState&)>; ///< after each sweep

    virtual ~JointMachine() = default;
    virtual const std::vector<Visible>& visibles() const = 0;
    /// Fills in what is not known and gives the probabilities of every layer.
    virtual MachineState infer(
        const Evidence& evidence, const FillOptions& options, Chance& chance, const Watch& watch = {}) const = 0;
    /// Energy [N] of what the state shows: lower is likelier.
    virtual at::Tensor energy(const MachineState& state) const = 0;
    /// Weights [H,D] between a modality and the first hidden layer above it.
    virtual at::Tensor filters(size_t modality) const = 0;
    /// From the start to the end, in one or more stages of `epochs` each.
    virtual void train(const Batch& data, const Batch& validation, const MachineFit& options, MachineWatch& watch) = 0;
    virtual int stages() const = 0;
    /// Steps of progress that `train` will report.
    qint64 steps(int64_t rows, const MachineFit& options) const
    {
        return ((rows + options.batch - 1) / options.batch) * options.epochs * stages();
    }
    /// log Z; nothing when this machine has none of its own (a belief net).
    virtual std::optional<LogPartition> logPartition(
        const Batch& totals, int chains, int temperatures, Chance& chance, Progress& progress) const = 0;
    /// Mean log p of the rows, or a bound on it, without − log Z.
    virtual double unnormalised(const Evidence& evidence, Chance& chance) const = 0;
};

/// "mrbm", "mdbn", "mdbm". `layers`: sizes of each modality's own hidden layers from below.
std::unique_ptr<JointMachine> jointMachine(const QString& kind, Parameters& parameters,
    const std::vector<Visible>& visibles, const std::vector<int>& layers, int joint);

/// Mean of the states that were added.
class MeanState {
public:
    void add(const MachineState& state);
    MachineState mean() const;

private:
    MachineState m_sum;
    int m_count = 0;
};

} // namespace triptych::representation
