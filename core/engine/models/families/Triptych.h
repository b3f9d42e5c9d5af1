#pragma once

#include "core/engine/models/Families.h"

#include <ATen/core/Tensor.h>

namespace triptych {

/// model_type "triptych", the model that ships: CLIP's layout with text_config, vision_config and
/// audio_config, each optional. Beyond CLIP: `causal` (false: the text looks both ways), grids that
/// are not square (`image_size` [h,w]; audio: `num_mel_bins` × `max_frames`), and `stem`, a list of
/// {"channels", "stride": [rows, columns], "residual"} in place of the patch convolution.
Towers buildTriptych(const FamilySource& source);

/// The same with seeded random weights, for training. Throws Error on a bad config.
Towers makeTriptych(
    const QJsonObject& config, quint64 seed, const at::Device& device = at::kCPU);

} // namespace triptych
