#pragma once

#include "core/engine/features/Mel.h"

#include <QJsonObject>

namespace triptych {

constexpr int kMiniRate = 16000;      ///< Hz
constexpr int kMiniMels = 64;
constexpr int kMiniFrames = 200;      ///< two seconds
constexpr int kMiniPicture = 96;      ///< pixels a side
constexpr int kMiniTokens = 32;
constexpr double kMiniMean = 0.6;      ///< of a channel in 0…1
constexpr double kMiniDeviation = 0.25;

/// How the mini model hears: HTK mel bands from 40 to 7,800 Hz, natural log.
MelOptions miniMelOptions();

/// config.json of the model that ships.
QJsonObject miniConfig(int vocabularySize);
/// preprocessor_config.json that feeds it.
QJsonObject miniPreprocessor();

} // namespace triptych
