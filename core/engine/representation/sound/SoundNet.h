#pragma once

#include "core/engine/learning/Chance.h"
#include "core/engine/learning/Layers.h"
#include "core/engine/learning/Steps.h"

namespace triptych::representation {

/// Sounds of unequal length as features a frame.
struct SoundBatch {
    at::Tensor values; ///< [N, T, F], zero past a row's end
    at::Tensor lengths; ///< int64 [N] on the CPU, each at least 1
};

/// Rows [T, F] as one batch, padded with zeros.
SoundBatch batchOf(const std::vector<at::Tensor>& rows, const at::Device& device);
/// 1 inside a row, 0 past its end: [N, T] of the batch's type and device.
at::Tensor insideOf(const SoundBatch& batch);

struct SoundOutput {
    at::Tensor vector; ///< [N, D]: what stands for the sound
    at::Tensor scores; ///< [N, C]: before the softmax
};

/// A net from features to classes. What a row gives does not depend on the rows beside it.
class SoundNet {
public:
    virtual ~SoundNet() = default;
    /// `chance`: training mode, with dropout; null when it is applied.
    virtual SoundOutput forward(const SoundBatch& batch, Chance* chance) const = 0;
    /// What happens inside for one sound, with `time` as the axis of its frames.
    virtual void show(Steps& steps, const SoundBatch& one, const StepAxis& time,
        const QStringList& classes) const = 0;
};

/// SpecAugment without warping (Park et al. 2019): in each row one stretch of at most `frames`
/// frames and one of at most `bands` features become 0, which is the mean of standardised features.
SoundBatch specAugmented(const SoundBatch& batch, int64_t frames, int64_t bands, Chance& chance);

} // namespace triptych::representation
