#pragma once

#include <QByteArray>
#include <QList>
#include <QtEndian>
#include <cstring>
#include <initializer_list>
#include <utility>

/// Writes pickles opcode by opcode, as Python's pickle (protocol 2) and torch.save do.
class PickleFixture {
public:
    QByteArray bytes = QByteArray("\x80\x02", 2);

    PickleFixture& raw(const QByteArray& code)
    {
        bytes += code;
        return *this;
    }
    PickleFixture& global(const char* module, const char* name) { return raw(QByteArray("c") + module + '\n' + name + '\n'); }
    PickleFixture& text(const QByteArray& text)
    {
        raw("X");
        return little(quint32(text.size())).raw(text);
    }
    PickleFixture& integer(qint32 value) { return raw("J").little(quint32(value)); }
    PickleFixture& emptyDict() { return raw("}"); }
    PickleFixture& ordered() { return global("collections", "OrderedDict").raw(")R"); }
    PickleFixture& mark() { return raw("("); }
    PickleFixture& items() { return raw("u"); }
    PickleFixture& numbers(std::initializer_list<int> values)
    {
        mark();
        for (const int value : values)
            integer(value);
        return raw("t");
    }
    PickleFixture& storage(const char* type, const char* key, int elements)
    {
        mark().text("storage").global("torch", type).text(key).text("cpu").integer(elements);
        return raw("tQ");
    }
    /// A tensor of `storage`'s elements from `offset` on.
    PickleFixture& tensor(const char* type, const char* key, int elements, int offset, std::initializer_list<int> sizes,
        std::initializer_list<int> strides)
    {
        global("torch._utils", "_rebuild_tensor_v2").mark().storage(type, key, elements).integer(offset);
        numbers(sizes).numbers(strides).raw("\x89").ordered();
        return raw("tR");
    }
    QByteArray done() const { return bytes + '.'; }

    template<typename T> PickleFixture& little(T value)
    {
        QByteArray part(sizeof(T), 0);
        qToLittleEndian(value, part.data());
        return raw(part);
    }
};

using ZipMembers = QList<std::pair<QByteArray, QByteArray>>;

/// A zip with stored members, as torch.save makes them (no checksums: nobody here reads them).
inline QByteArray storedZip(const ZipMembers& members)
{
    PickleFixture zip;
    PickleFixture directory;
    zip.bytes.clear();
    directory.bytes.clear();
    for (const auto& member : members) {
        const QByteArray& name = member.first;
        const QByteArray& data = member.second;
        const auto at = quint32(zip.bytes.size());
        const auto size = quint32(data.size());
        const auto both = [&](PickleFixture& to) {
            to.little<quint16>(0).little<quint16>(0).little<quint32>(0).little<quint32>(0).little(size).little(size);
            to.little(quint16(name.size())).little<quint16>(0);
        };
        zip.raw("PK\x03\x04").little<quint16>(20);
        both(zip);
        zip.raw(name).raw(data);
        directory.raw("PK\x01\x02").little<quint16>(20).little<quint16>(20);
        both(directory);
        directory.little<quint16>(0).little<quint16>(0).little<quint16>(0).little<quint32>(0).little(at).raw(name);
    }
    const auto start = quint32(zip.bytes.size());
    const auto count = quint16(members.size());
    zip.raw(directory.bytes).raw("PK\x05\x06").little<quint16>(0).little<quint16>(0).little(count).little(count);
    return zip.little(quint32(directory.bytes.size())).little(start).little<quint16>(0).bytes;
}

/// The bytes of numbers.
template<typename T> QByteArray bytesOf(std::initializer_list<T> values)
{
    return QByteArray(reinterpret_cast<const char*>(values.begin()), qsizetype(values.size() * sizeof(T)));
}
