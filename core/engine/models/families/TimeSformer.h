#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "timesformer" with divided attention (Bertasius et al. 2021): Hugging Face's config.json
/// and names. A tower for clips of num_frames frames; each layer looks along time, then over each
/// frame. Unlike the reference's, the sequence is frame after frame. `attention` is the look over the
/// frames, as one matrix over the sequence; `more["temporal_attentions.L"]` [N·patches,H,F,F] the other.
Towers buildTimeSformer(const FamilySource& source);

} // namespace triptych
