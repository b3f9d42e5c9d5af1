#include "core/engine/representation/picture/Field.h"

#include <algorithm>

namespace triptych::representation {

Field Field::ofPixels(int64_t side)
{
    Field field;
    field.m_side = side;
    for (int64_t pixel = 0; pixel < side; ++pixel)
        field.m_spans.emplace_back(pixel, pixel);
    return field;
}

Field Field::through(int kernel, int stride, int padding, int64_t units) const
{
    if (m_side == 0 || m_whole)
        return *this;
    Field after;
    after.m_side = m_side;
    after.m_size = m_size + (kernel - 1) * m_jump;
    after.m_jump = m_jump * stride;
    const int64_t last = int64_t(m_spans.size()) - 1;
    for (int64_t unit = 0; unit < units; ++unit) {
        const int64_t first = unit * stride - padding;
        after.m_spans.emplace_back(m_spans[size_t(std::clamp<int64_t>(first, 0, last))].first,
            m_spans[size_t(std::clamp<int64_t>(first + kernel - 1, 0, last))].second);
    }
    return after;
}

Field Field::with(const Field& other) const
{
    if (m_side == 0 || m_whole || other.m_whole)
        return other.m_whole ? other : *this;
    Field joined = *this;
    joined.m_size = std::max(m_size, other.m_size);
    for (size_t i = 0; i < joined.m_spans.size(); ++i) {
        joined.m_spans[i] = { std::min(m_spans[i].first, other.m_spans[i].first),
            std::max(m_spans[i].second, other.m_spans[i].second) };
    }
    return joined;
}

Field Field::whole() const
{
    Field field = *this;
    field.m_whole = true;
    field.m_spans.clear();
    return field;
}

std::pair<int64_t, int64_t> Field::of(int64_t unit) const
{
    return m_whole ? std::pair<int64_t, int64_t> { 0, m_side - 1 } : m_spans.at(size_t(unit));
}

} // namespace triptych::representation
