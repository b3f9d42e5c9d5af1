#include "core/engine/alignment/Losses.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace triptych::alignment {

namespace {

/// Violations of the margin by each pair: by candidates y for an x (along rows), and the other way (columns).
std::pair<at::Tensor, at::Tensor> violations(const at::Tensor& scores, const at::Tensor& same, double margin)
{
    const at::Tensor right = scores.diagonal();
    const at::Tensor forY = at::clamp_min(scores - right.unsqueeze(1) + margin, 0).masked_fill(same, 0);
    const at::Tensor forX = at::clamp_min(scores - right.unsqueeze(0) + margin, 0).masked_fill(same, 0);
    return { forY, forX };
}

} // namespace

at::Tensor unitRows(const at::Tensor& rows) { return rows / rows.norm(2, { 1 }, true).clamp_min(1e-12); }

at::Tensor samePairs(const at::Tensor& groups) { return groups.unsqueeze(1).eq(groups.unsqueeze(0)); }

at::Tensor orderScores(const at::Tensor& x, const at::Tensor& y)
{
    return -at::clamp_min(y.unsqueeze(0) - x.unsqueeze(1), 0).square().sum(2);
}

at::Tensor hingeSumLoss(const at::Tensor& scores, const at::Tensor& same, double margin)
{
    const auto [forY, forX] = violations(scores, same, margin);
    return forY.sum() + forX.sum();
}

at::Tensor hingeMaxLoss(const at::Tensor& scores, const at::Tensor& same, double margin)
{
    const auto [forY, forX] = violations(scores, same, margin);
    return forY.amax({ 1 }).sum() + forX.amax({ 0 }).sum();
}

} // namespace triptych::alignment
