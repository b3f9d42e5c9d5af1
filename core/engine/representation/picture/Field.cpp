#include "core/engine/representation/picture/Field.h"

#include <algorithm>

namespace triptych::representation {

Field Field::through(int kernel, int stride, int padding) const
{
    Field after = *this;
    after.low = low - padding * jump;
    after.high = high + (kernel - 1 - padding) * jump;
    after.jump = jump * stride;
    return after;
}

Field Field::with(const Field& other) const
{
    return { jump, std::min(low, other.low), std::max(high, other.high), everything || other.everything };
}

Field Field::whole()
{
    Field field;
    field.everything = true;
    return field;
}

std::pair<int64_t, int64_t> Field::of(int64_t unit, int64_t pixels) const
{
    if (everything)
        return { 0, pixels - 1 };
    return { std::clamp<int64_t>(low + unit * jump, 0, pixels - 1),
        std::clamp<int64_t>(high + unit * jump, 0, pixels - 1) };
}

} // namespace triptych::representation
