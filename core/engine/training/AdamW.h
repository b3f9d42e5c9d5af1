#pragma once

#include <ATen/core/Tensor.h>
#include <string>
#include <vector>

namespace triptych {

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019). Own, because its state must go
/// into the checkpoint that a stopped training resumes from, under the names of the weights.
class AdamW {
public:
    struct Group {
        std::vector<std::pair<std::string, at::Tensor>> parameters;
        double rateFactor = 1;
        double weightDecay = 0;
    };

    explicit AdamW(std::vector<Group> groups);

    void clearGradients();
    /// Scales all gradients so that their common norm is at most `limit`; returns the norm.
    double clipGradients(double limit);
    void step(double rate);

    /// Moments by "m.NAME" and "v.NAME", for the checkpoint.
    std::vector<std::pair<std::string, at::Tensor>> state() const;
    void restore(const std::vector<std::pair<std::string, at::Tensor>>& state, int64_t steps);

private:
    struct Slot {
        std::string name;
        at::Tensor parameter;
        at::Tensor mean;
        at::Tensor square;
        double rateFactor;
        double weightDecay;
    };
    std::vector<Slot> m_slots;
    int64_t m_steps = 0;
};

} // namespace triptych
