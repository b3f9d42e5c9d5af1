#pragma once

#include "core/engine/representation/joint/JointData.h"

namespace triptych::representation {

/// bool [N, modalities]: those of `present` that the list `from` ("image,audio") names; without a list all
/// but the label, which stands for a sample that has nothing else. Throws Error on a name that was not
/// trained.
at::Tensor usedModalities(const JointFormat& format, const at::Tensor& present, const QString& from);

/// Throws Error naming the first sample that has none of them.
void demandUsed(const at::Tensor& used, const std::vector<Sample>& samples);

/// What the map draws the points as: the first real signal that was used.
Modality drawnAs(const JointFormat& format, const at::Tensor& used);

} // namespace triptych::representation
