#pragma once

#include "core/engine/learning/Parameters.h"
#include "core/engine/representation/sound/SoundTraining.h"

namespace triptych::representation {

/// Lines `features`, mels … of nets that read frames, with `max_seconds` and `own_mean`.
QList<OptionInfo> frameInputLines(const char* features);

/// What a net is fed of one sound: [T, F], T = 1 for statistics; not standardised.
at::Tensor inputOf(const at::Tensor& sound, SoundInput input, const QJsonObject& options);
/// The steps up to that.
void addInputSteps(Steps& steps, const ShownSound& shown, const at::Tensor& whole, SoundInput input,
    const QJsonObject& options);

/// Mean and deviation of each feature over the training frames, kept with the weights.
class InputScale {
public:
    InputScale(Parameters& parameters, int features);
    void measure(const std::vector<at::Tensor>& rows); ///< [T, F] each
    at::Tensor operator()(const at::Tensor& row) const;

private:
    at::Tensor m_mean, m_deviation;
};

} // namespace triptych::representation
