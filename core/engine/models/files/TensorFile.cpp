#include "core/engine/models/files/TensorFile.h"

#include <ATen/Functions.h>
#include <algorithm>
#include <cstring>

namespace triptych {

at::Tensor viewOf(const std::shared_ptr<MappedFile>& file, qint64 offset, at::ScalarType type,
    const std::vector<int64_t>& shape, const std::vector<int64_t>& strides)
{
    uchar* start = file->data() + offset;
    const auto options = at::TensorOptions().dtype(type);
    const auto keep = [file](void*) { }; // the mapping lives as long as the tensor
    if (reinterpret_cast<quintptr>(start) % c10::elementSize(type) == 0) {
        return strides.empty() ? at::from_blob(start, shape, keep, options)
                               : at::from_blob(start, shape, strides, keep, options);
    }
    // Older files put tensors where the processor cannot read them in one piece.
    int64_t span = 1;
    if (strides.empty())
        span = *elementsOf(shape);
    for (size_t i = 0; i < strides.size(); ++i)
        span += (shape[i] - 1) * strides[i];
    at::Tensor copy = at::empty({ span }, options);
    std::memcpy(copy.data_ptr(), start, copy.nbytes());
    return strides.empty() ? copy.view(shape) : copy.as_strided(shape, strides);
}

// Sides beside an empty one are multiplied too: strides are made of them.
std::optional<qint64> elementsOf(const std::vector<int64_t>& shape)
{
    int64_t count = 1;
    bool empty = false;
    for (int64_t side : shape) {
        empty = empty || side == 0;
        if (side < 0 || __builtin_mul_overflow(count, std::max<int64_t>(side, 1), &count))
            return {};
    }
    return empty ? 0 : count;
}

} // namespace triptych
