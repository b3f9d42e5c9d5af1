#pragma once

#include "core/engine/representation/sound/SoundNet.h"

namespace triptych::representation {

struct SoundRecurrentShape {
    learning::RecurrentKind kind = learning::RecurrentKind::Lstm;
    int hidden = 64;
    int layers = 1;
    bool bothWays = true; ///< a second one reads from the end
    bool lastState = false; ///< the vector is the last state, else the mean of all
    double dropout = 0.3;
};

/// Recurrent layers over frames; the vector is the mean of their states, or the last.
class SoundRecurrentNet final : public SoundNet {
public:
    SoundRecurrentNet(
        Parameters& parameters, const SoundRecurrentShape& shape, int features, int classes);
    SoundOutput forward(const SoundBatch& batch, Chance* chance) const override;
    void show(Steps& steps, const SoundBatch& one, const StepAxis& time,
        const QStringList& classes) const override;

    /// The gates of the first layer's way forward, [T, hidden] each: input, forget, output of an
    /// LSTM; reset, update of a GRU; none of a plain one. `values` [T, F], `states` [T, hidden].
    std::vector<at::Tensor> gates(const at::Tensor& values, const at::Tensor& states) const;

private:
    at::Tensor vectorOf(const learning::RecurrentOutput& output, const SoundBatch& batch) const;
    void showGates(Steps& steps, const SoundBatch& one, const StepAxis& time) const;

    learning::Recurrent m_layer;
    learning::Dense m_classes;
    SoundRecurrentShape m_shape;
};

} // namespace triptych::representation
