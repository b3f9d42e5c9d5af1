#include "core/engine/features/SoundShape.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <algorithm>

namespace triptych {

at::Tensor zeroCrossingRate(const at::Tensor& frames)
{
    const at::Tensor negative = frames < 0;
    const int64_t size = frames.size(1);
    if (size < 2)
        return at::zeros({frames.size(0)}, at::kFloat);
    const at::Tensor changes = negative.narrow(1, 1, size - 1).ne(negative.narrow(1, 0, size - 1));
    return changes.to(at::kDouble).sum(1).div(double(size)).to(at::kFloat);
}

at::Tensor rootMeanSquare(const at::Tensor& frames)
{
    return frames.to(at::kDouble).square().mean(1).sqrt().to(at::kFloat);
}

SpectralShape spectralShape(const at::Tensor& magnitudes, int rate, double rollOffShare)
{
    const at::Tensor wide = magnitudes.to(at::kDouble);
    const int64_t bins = wide.size(0), frames = wide.size(1);
    const at::Tensor hz
        = at::arange(bins, at::kDouble) * (rate / 2.0 / double(std::max<int64_t>(1, bins - 1)));
    if (frames == 0) {
        const at::Tensor none = at::zeros({0}, at::kFloat);
        return {none, none, none};
    }
    const at::Tensor total = wide.sum(0);
    const at::Tensor sounds = total > 1e-20;
    const at::Tensor share = at::where(sounds, wide / total.clamp_min(1e-20), at::zeros_like(wide));
    const at::Tensor centroid = at::matmul(hz, share);
    const at::Tensor apart = hz.unsqueeze(1) - centroid.unsqueeze(0);
    const at::Tensor bandwidth = (share * apart.square()).sum(0).sqrt();
    // The first bin where the sum from below reaches the share.
    const at::Tensor below
        = share.cumsum(0).lt(rollOffShare).to(at::kLong).sum(0).clamp_max(bins - 1);
    const at::Tensor rollOff
        = at::where(sounds, hz.index_select(0, below), at::zeros_like(centroid));
    return {centroid.to(at::kFloat), bandwidth.to(at::kFloat), rollOff.to(at::kFloat)};
}

} // namespace triptych
