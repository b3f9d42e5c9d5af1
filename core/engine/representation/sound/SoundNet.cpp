#include "core/engine/representation/sound/SoundNet.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <algorithm>

namespace triptych::representation {

SoundBatch batchOf(const std::vector<at::Tensor>& rows, const at::Device& device)
{
    std::vector<int64_t> lengths;
    for (const at::Tensor& row : rows)
        lengths.push_back(row.size(0));
    const int64_t longest = *std::max_element(lengths.begin(), lengths.end());
    at::Tensor values
        = at::zeros({int64_t(rows.size()), longest, rows.front().size(1)}, rows.front().options());
    for (size_t i = 0; i < rows.size(); ++i)
        values[int64_t(i)].narrow(0, 0, lengths[i]).copy_(rows[i]);
    return {values.to(device), at::tensor(lengths)};
}

at::Tensor insideOf(const SoundBatch& batch)
{
    const at::Tensor times = at::arange(batch.values.size(1), batch.lengths.options());
    return times.unsqueeze(0)
        .lt(batch.lengths.unsqueeze(1))
        .to(batch.values.device(), batch.values.scalar_type());
}

SoundBatch specAugmented(const SoundBatch& batch, int64_t frames, int64_t bands, Chance& chance)
{
    SoundBatch masked {batch.values.clone(), batch.lengths};
    for (int64_t i = 0; i < batch.values.size(0); ++i) {
        const int64_t length = batch.lengths[i].item<int64_t>(), features = batch.values.size(2);
        // At most half of a short sound, or nothing of it would be left.
        const int64_t wide = chance.below(std::min(frames, length / 2) + 1);
        const int64_t high = chance.below(std::min(bands, features / 2) + 1);
        const int64_t from = chance.below(length - wide + 1),
                      lowest = chance.below(features - high + 1);
        masked.values[i].narrow(0, from, wide).zero_();
        masked.values[i].narrow(1, lowest, high).zero_();
    }
    return masked;
}

} // namespace triptych::representation
