#include "core/engine/models/files/ZipDirectory.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QtEndian>

namespace triptych {

namespace {

// Signatures and sizes of the zip format's records (APPNOTE 6.3.10).
constexpr quint32 endSignature = 0x06054b50;
constexpr quint32 end64Signature = 0x06064b50;
constexpr quint32 locator64Signature = 0x07064b50;
constexpr quint32 entrySignature = 0x02014b50;
constexpr quint32 localSignature = 0x04034b50;
constexpr qint64 endSize = 22;
constexpr qint64 entrySize = 46;
constexpr qint64 localSize = 30;
constexpr qint64 longestComment = 65535;
constexpr quint64 in64 = 0xffffffff;

class Reader {
public:
    explicit Reader(const MappedFile& file)
        : m_file(file)
    {
    }

    template<typename T> T at(qint64 offset) const
    {
        require(offset, sizeof(T));
        return qFromLittleEndian<T>(m_file.data() + offset);
    }
    QByteArray text(qint64 offset, qint64 length) const
    {
        require(offset, length);
        return { reinterpret_cast<const char*>(m_file.data()) + offset, length };
    }
    void require(qint64 offset, qint64 length) const
    {
        if (offset < 0 || length < 0 || length > m_file.size() || offset > m_file.size() - length)
            fail(QCoreApplication::translate(
                "models", "the zip is cut short; the download is incomplete, fetch it again."));
    }
    [[noreturn]] void fail(const QString& what) const
    {
        throw Error(QStringLiteral("%1: %2").arg(m_file.path(), what));
    }
    qint64 size() const { return m_file.size(); }

private:
    const MappedFile& m_file;
};

struct Directory {
    quint64 entries = 0;
    quint64 offset = 0;
};

Directory findDirectory(const Reader& reader)
{
    for (qint64 at = reader.size() - endSize;
         at >= 0 && at >= reader.size() - endSize - longestComment; --at) {
        if (reader.at<quint32>(at) != endSignature)
            continue;
        Directory found { reader.at<quint16>(at + 10), reader.at<quint32>(at + 16) };
        if (at >= 20 && reader.at<quint32>(at - 20) == locator64Signature) {
            const auto wide = static_cast<qint64>(reader.at<quint64>(at - 20 + 8));
            if (reader.at<quint32>(wide) == end64Signature)
                found = { reader.at<quint64>(wide + 32), reader.at<quint64>(wide + 48) };
        }
        return found;
    }
    reader.fail(QCoreApplication::translate(
        "models", "the zip has no end; the download is incomplete, fetch it again."));
}

// Sizes that do not fit 32 bits stand in the extra field 1, in this order, only where needed.
void widen(const Reader& reader, qint64 extra, qint64 extraSize, quint64& size, quint64& packed,
    quint64& offset)
{
    for (qint64 at = extra; at + 4 <= extra + extraSize;) {
        const auto id = reader.at<quint16>(at);
        const qint64 length = reader.at<quint16>(at + 2);
        qint64 value = at + 4;
        const qint64 end = value + length;
        if (id == 1) {
            for (quint64* field : { &size, &packed, &offset }) {
                if (*field == in64 && value + 8 <= end) {
                    *field = reader.at<quint64>(value);
                    value += 8;
                }
            }
        }
        at = end;
    }
}

} // namespace

ZipDirectory::ZipDirectory(const MappedFile& file)
{
    const Reader reader(file);
    const Directory directory = findDirectory(reader);
    if (directory.entries > quint64(file.size() / entrySize))
        reader.fail(QCoreApplication::translate("models", "the zip names more members than it can hold."));
    auto at = static_cast<qint64>(directory.offset);
    for (quint64 i = 0; i < directory.entries; ++i) {
        if (reader.at<quint32>(at) != entrySignature)
            reader.fail(QCoreApplication::translate("models", "the list of the zip's members is damaged."));
        const auto method = reader.at<quint16>(at + 10);
        quint64 packed = reader.at<quint32>(at + 20);
        quint64 size = reader.at<quint32>(at + 24);
        const qint64 nameSize = reader.at<quint16>(at + 28);
        const qint64 extraSize = reader.at<quint16>(at + 30);
        const qint64 commentSize = reader.at<quint16>(at + 32);
        quint64 offset = reader.at<quint32>(at + 42);
        const QByteArray name = reader.text(at + entrySize, nameSize);
        reader.require(at + entrySize + nameSize, extraSize);
        widen(reader, at + entrySize + nameSize, extraSize, size, packed, offset);
        const auto local = static_cast<qint64>(offset);
        if (reader.at<quint32>(local) != localSignature)
            reader.fail(QCoreApplication::translate("models", "the list of the zip's members is damaged."));
        const qint64 data
            = local + localSize + reader.at<quint16>(local + 26) + reader.at<quint16>(local + 28);
        reader.require(data, static_cast<qint64>(packed));
        m_members[name] = { data, static_cast<qint64>(packed), method != 0 || packed != size };
        at += entrySize + nameSize + extraSize + commentSize;
    }
}

} // namespace triptych
