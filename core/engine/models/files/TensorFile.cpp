#include "core/engine/models/files/TensorFile.h"

#include <ATen/Functions.h>
#include <cstring>

namespace triptych {

at::Tensor viewOf(const std::shared_ptr<MappedFile>& file, qint64 offset, at::ScalarType type,
    const std::vector<int64_t>& shape, const std::vector<int64_t>& strides)
{
    uchar* start = file->data() + offset;
    const auto options = at::TensorOptions().dtype(type);
    const bool aligned = reinterpret_cast<quintptr>(start) % c10::elementSize(type) == 0;
    if (!aligned && strides.empty()) {
        at::Tensor copy = at::empty(shape, options);
        std::memcpy(copy.data_ptr(), start, copy.nbytes());
        return copy;
    }
    const auto keep = [file](void*) { }; // the mapping lives as long as the tensor
    return strides.empty() ? at::from_blob(start, shape, keep, options)
                           : at::from_blob(start, shape, strides, keep, options);
}

std::optional<qint64> elementsOf(const std::vector<int64_t>& shape)
{
    int64_t count = 1;
    for (int64_t side : shape) {
        if (side < 0 || __builtin_mul_overflow(count, side, &count))
            return {};
    }
    return count;
}

} // namespace triptych
