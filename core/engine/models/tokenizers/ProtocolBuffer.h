#pragma once

#include <QByteArrayView>
#include <optional>

namespace triptych {

/// Goes through the fields of a protocol buffer message, within its bytes: nothing more comes when it
/// ends or is damaged. The bytes must outlive it.
class ProtocolBuffer {
public:
    struct Field {
        quint64 number = 0;
        quint64 value = 0;      ///< of a varint
        QByteArrayView bytes {}; ///< of a text, a message or a fixed number

        float asFloat() const;  ///< of four bytes; 0 otherwise
    };

    explicit ProtocolBuffer(QByteArrayView bytes);
    std::optional<Field> next();
    bool damaged() const { return m_damaged; }

private:
    quint64 varint();
    QByteArrayView take(quint64 size);

    QByteArrayView m_bytes;
    bool m_damaged = false;
};

} // namespace triptych
