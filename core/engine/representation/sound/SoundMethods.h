#pragma once

#include "core/engine/Method.h"

#include <ATen/core/Tensor.h>

namespace triptych {

struct PitchTrack;

namespace representation {

/// The room's methods of this folder: represent.*, and train.* for what is learned.
std::vector<Method> soundMethods();
std::vector<Method> soundTrainers();

// What learns nothing.
Method spectrogramMethod();
Method melSpectrogramMethod();
Method mfccMethod();
Method chromaMethod();
Method pitchMethod();
Method soundStatisticsMethod();

// What is trained first.
Method soundDnnTrainer();
Method soundDnnMethod();
Method soundCnnTrainer();
Method soundCnnMethod();
std::vector<Method> soundRecurrentTrainers(); ///< plain, GRU, LSTM
std::vector<Method> soundRecurrentMethods();

/// float32 [6] and the names: mean, deviation, lowest, highest Hz of the voiced frames (0 without
/// any), share of voiced frames, mean aperiodicity.
at::Tensor pitchStatistics(const PitchTrack& track);
QStringList pitchColumns();

} // namespace representation

} // namespace triptych
