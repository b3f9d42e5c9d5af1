#include "core/engine/models/tokenizers/ProtocolBuffer.h"

#include <QtEndian>

namespace triptych {

float ProtocolBuffer::Field::asFloat() const
{
    return bytes.size() == qsizetype(sizeof(float)) ? qFromLittleEndian<float>(bytes.data()) : 0;
}

ProtocolBuffer::ProtocolBuffer(QByteArrayView bytes)
    : m_bytes(bytes)
{
}

std::optional<ProtocolBuffer::Field> ProtocolBuffer::next()
{
    if (m_bytes.isEmpty() || m_damaged)
        return {};
    const quint64 tag = varint();
    Field field { .number = tag >> 3 };
    switch (tag & 7) {
    case 0:
        field.value = varint();
        break;
    case 1:
        field.bytes = take(8);
        break;
    case 2:
        field.bytes = take(varint());
        break;
    case 5:
        field.bytes = take(4);
        break;
    default: // groups, and what is no kind of field
        m_damaged = true;
    }
    return m_damaged ? std::nullopt : std::optional(field);
}

quint64 ProtocolBuffer::varint()
{
    quint64 value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        const QByteArrayView byte = take(1);
        if (m_damaged)
            return 0;
        value |= quint64(uchar(byte.front()) & 0x7F) << shift;
        if (uchar(byte.front()) < 0x80)
            return value;
    }
    m_damaged = true;
    return 0;
}

QByteArrayView ProtocolBuffer::take(quint64 size)
{
    if (size > quint64(m_bytes.size())) {
        m_damaged = true;
        return {};
    }
    const QByteArrayView taken = m_bytes.first(qsizetype(size));
    m_bytes = m_bytes.sliced(qsizetype(size));
    return taken;
}

} // namespace triptych
