#include "core/engine/features/SpeechFrames.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <algorithm>

namespace triptych {

at::Tensor trimSilence(const at::Tensor& mono)
{
    constexpr int64_t step = 160;
    constexpr int64_t margin = 4;
    const int64_t steps = mono.numel() / step;
    if (steps == 0)
        return mono;
    const at::Tensor power = mono.narrow(0, 0, steps * step).view({steps, step}).square().mean(1);
    const at::Tensor loud = at::nonzero(power > power.max() * 1e-3).flatten();
    if (loud.numel() == 0)
        return mono;
    const int64_t first = std::max<int64_t>(0, loud[0].item<int64_t>() - margin) * step;
    const int64_t last = std::min(mono.numel(), (loud[-1].item<int64_t>() + 1 + margin) * step);
    return mono.slice(0, first, last);
}

at::Tensor normalizeClip(const at::Tensor& logMel, double range, int64_t frames)
{
    at::Tensor mel = at::maximum(logMel, logMel.max() - range);
    mel = mel.narrow(1, 0, std::min(frames, mel.size(1)));
    return (mel - mel.mean()) / (mel.std(false) + 1e-3);
}

} // namespace triptych
