#pragma once

#include "core/engine/training/MiniData.h"

#include <random>

namespace triptych {

using Random = std::mt19937_64;

double uniform(Random& random, double low, double high);
bool chance(Random& random, double probability);

/// Pictures as the image tower is fed, normalised: float32 [N,3,96,96]. With `random`: scale,
/// rotation, shear, mirror (not letters), colour, ground, blur, noise, holes. Without: as
/// preprocessor_config.json does it, on white.
at::Tensor trainingPictures(const std::vector<const MiniConcept*>& concepts, Random& random);

/// Spectrograms as the audio tower is fed: float32 [N,1,64,200]. Tempo, vocal tract length,
/// equaliser, noise, masks (SpecAugment, Park et al. 2019).
at::Tensor trainingSounds(const std::vector<const MiniClip*>& clips, Random& random);

/// A text of the concept in `language`: its caption, or for emoji a name, a keyword or two; with
/// articles, full stops and words left out at random.
QString trainingText(const MiniConcept& item, const QString& language, Random& random);
QString variedText(const QString& text, const QString& language, Random& random);

} // namespace triptych
