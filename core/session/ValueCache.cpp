#include "core/session/ValueCache.h"

namespace triptych {

ValueCache::ValueCache(qint64 limitBytes)
    : m_limit(limitBytes)
{
}

ValuePtr ValueCache::find(const QString& key)
{
    const auto found = m_byKey.constFind(key);
    if (found == m_byKey.constEnd())
        return nullptr;
    m_entries.splice(m_entries.begin(), m_entries, *found);
    return m_entries.front().value;
}

void ValueCache::insert(const QString& key, const ValuePtr& value)
{
    if (const auto known = m_byKey.constFind(key); known != m_byKey.constEnd()) {
        m_bytes -= (*known)->bytes;
        m_entries.erase(*known);
    }
    m_entries.push_front({ key, value, value->byteSize() + 512 });
    m_byKey[key] = m_entries.begin();
    m_bytes += m_entries.front().bytes;
    shrink();
}

void ValueCache::setLimit(qint64 bytes)
{
    m_limit = bytes;
    shrink();
}

void ValueCache::shrink()
{
    // The newest one stays however large it is: somebody is about to draw it.
    while (m_bytes > m_limit && m_entries.size() > 1) {
        m_bytes -= m_entries.back().bytes;
        m_byKey.remove(m_entries.back().key);
        m_entries.pop_back();
    }
}

void ValueCache::clear()
{
    m_entries.clear();
    m_byKey.clear();
    m_bytes = 0;
}

} // namespace triptych
