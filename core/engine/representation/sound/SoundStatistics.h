#pragma once

#include "core/engine/representation/sound/SoundSteps.h"

namespace triptych::representation {

/// Options of the statistics of a sound: those of MFCC, and `shape`.
QList<OptionInfo> statisticsOptionLines();

struct StatisticsOptions {
    SoundOptions sound;
    bool shape = false; ///< energy, crossings, centroid, bandwidth, roll-off and length too
};
StatisticsOptions statisticsOptionsOf(const QJsonObject& options);

/// Energy in dB, zero-crossing rate, centroid, bandwidth and roll-off in kHz of every frame:
/// float32 [5, T].
at::Tensor shapeOf(const at::Tensor& sound, const SoundOptions& options);
/// float32 [D]: mean and deviation over time of MFCC and deltas, then of shapeOf() and the seconds.
at::Tensor statisticsOf(const at::Tensor& sound, const StatisticsOptions& options);
/// Names of the D numbers.
QStringList statisticsColumns(const StatisticsOptions& options);

/// Energy, crossings and spectral shape over time where wanted, then mean, deviation and the vector
/// of `whole`, the sound that `shown` begins.
void addStatisticsSteps(Steps& steps, const ShownSound& shown, const at::Tensor& whole,
    const StatisticsOptions& options);

} // namespace triptych::representation
