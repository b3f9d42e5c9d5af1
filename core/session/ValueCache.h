#pragma once

#include "core/values/Value.h"

#include <QHash>

#include <list>

namespace triptych {

/// Values by recipe key, the least recently used ones dropped when there are too many bytes.
class ValueCache {
public:
    explicit ValueCache(qint64 limitBytes);

    ValuePtr find(const QString& key);
    void insert(const QString& key, const ValuePtr& value);
    void clear();
    void setLimit(qint64 bytes);
    qint64 byteSize() const { return m_bytes; }

private:
    void shrink();

    struct Entry {
        QString key;
        ValuePtr value;
        qint64 bytes;
    };
    std::list<Entry> m_entries; ///< the last used first
    QHash<QString, std::list<Entry>::iterator> m_byKey;
    qint64 m_limit;
    qint64 m_bytes = 0;
};

} // namespace triptych
