#pragma once

#include "core/engine/learning/Chance.h"
#include "core/engine/models/Encoder.h"

#include <vector>

namespace triptych::bert {

using Pieces = std::vector<int64_t>; ///< a text's ids, [CLS] and [SEP] included

struct MaskRules {
    double share = 0.15;     ///< of a text's pieces that are to be guessed; one at least
    double hidden = 0.8;     ///< of those that become [MASK]
    double swapped = 0.1;    ///< … another piece; the rest stay as they are
    int vocabulary = 0;
};

/// Texts with holes, padded to the longest.
struct MaskedBatch {
    EncoderInput input;
    at::Tensor places;  ///< int64 [K]: of the pieces to be guessed, in the flattened [N·T]
    at::Tensor targets; ///< int64 [K]: what they were
};

/// Whether any piece of the text can be hidden: special and unknown ones cannot.
bool canBeMasked(const Pieces& text);
/// As BERT does it (Devlin et al. 2019, 3.1). Every text must have something to hide.
MaskedBatch masked(const std::vector<const Pieces*>& texts, const MaskRules& rules, Chance& chance);

} // namespace triptych::bert
