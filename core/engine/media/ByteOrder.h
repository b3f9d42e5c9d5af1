#pragma once

#include <QByteArray>

namespace triptych {

/// Reads numbers at any place of some bytes; beyond their end everything is 0.
class BinaryView {
public:
    explicit BinaryView(QByteArrayView bytes, bool bigEndian = true)
        : m_bytes(bytes)
        , m_big(bigEndian)
    {
    }
    qsizetype size() const { return m_bytes.size(); }
    bool has(qint64 at, qint64 count) const
    {
        return at >= 0 && count >= 0 && at <= size() && count <= size() - at;
    }
    quint32 u8(qint64 at) const { return has(at, 1) ? uchar(m_bytes[qsizetype(at)]) : 0; }
    quint32 u16(qint64 at) const
    {
        return m_big ? u8(at) << 8 | u8(at + 1) : u8(at + 1) << 8 | u8(at);
    }
    quint32 u32(qint64 at) const
    {
        return m_big ? u16(at) << 16 | u16(at + 2) : u16(at + 2) << 16 | u16(at);
    }
    bool is(qint64 at, QByteArrayView tag) const
    {
        return has(at, tag.size()) && m_bytes.sliced(qsizetype(at), tag.size()) == tag;
    }
    QByteArrayView part(qint64 at, qint64 count) const
    {
        return has(at, count) ? m_bytes.sliced(qsizetype(at), qsizetype(count)) : QByteArrayView();
    }

private:
    QByteArrayView m_bytes;
    bool m_big;
};

} // namespace triptych
