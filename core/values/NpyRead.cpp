#include "core/values/Npy.h"

#include "core/jobs/Error.h"
#include "core/values/Npz.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QtEndian>

#include <bit>
#include <cstring>
#include <limits>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Header {
    QString kind; ///< numpy's descr without the byte order: "f4", "U12" …
    bool bigEndian = false;
    bool fortran = false;
    QList<qint64> shape;
    qint64 count = 1;
    qsizetype dataStart = 0;
};

[[noreturn]] void refuse(const QString& name, const QString& why)
{
    throw Error(QStringLiteral("%1: %2").arg(name, why));
}

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Npy)
};

qsizetype headerEnd(const QByteArray& bytes, const QString& name, qsizetype& start)
{
    if (!bytes.startsWith("\x93NUMPY") || bytes.size() < 10)
        refuse(name, Tr::tr("this is no NumPy array; save it with numpy.save or numpy.savez."));
    const int version = uchar(bytes[6]);
    start = version == 1 ? 10 : 12;
    if (version < 1 || version > 3 || bytes.size() < start)
        refuse(
            name, Tr::tr("the .npy version %1 is not known; save it as version 1.0.").arg(version));
    const char* length = bytes.constData() + 8;
    const qint64 size = version == 1 ? qint64(qFromLittleEndian<quint16>(length))
                                     : qint64(qFromLittleEndian<quint32>(length));
    if (size > bytes.size() - start)
        refuse(name, Tr::tr("the array is cut off inside its header; write the file again."));
    return start + qsizetype(size);
}

void readShape(const QString& text, const QString& name, Header& header)
{
    for (const QString& part : text.split(u',', Qt::SkipEmptyParts)) {
        if (part.trimmed().isEmpty())
            continue;
        bool ok = false;
        const qint64 size = part.trimmed().toLongLong(&ok);
        if (!ok || size < 0)
            refuse(name, Tr::tr("the shape (%1) cannot be read.").arg(text));
        header.shape << size;
        if (size != 0 && header.count > std::numeric_limits<qint64>::max() / 64 / size)
            refuse(name, Tr::tr("the shape (%1) is larger than any memory.").arg(text));
        header.count *= size;
    }
}

Header readHeader(const QByteArray& bytes, const QString& name)
{
    Header header;
    qsizetype start = 0;
    header.dataStart = headerEnd(bytes, name, start);
    const QString text = QString::fromLatin1(bytes.mid(start, header.dataStart - start));
    static const QRegularExpression descr(u"'descr'\\s*:\\s*'([<>|=]?)([A-Za-z])(\\d*)'"_s);
    static const QRegularExpression order(u"'fortran_order'\\s*:\\s*(True|False)"_s);
    static const QRegularExpression shape(u"'shape'\\s*:\\s*\\(([^)]*)\\)"_s);
    const auto kind = descr.match(text);
    const auto fortran = order.match(text);
    const auto sizes = shape.match(text);
    if (!kind.hasMatch() || !fortran.hasMatch() || !sizes.hasMatch())
        refuse(name,
            Tr::tr("the header is not one of a plain array (structured arrays are not read)."));
    if (kind.captured(2) == u"O"_s)
        refuse(
            name, Tr::tr("it holds Python objects, which are not read; save numbers or strings."));
    header.kind = kind.captured(2) + kind.captured(3);
    header.bigEndian = kind.captured(1) == u">"_s;
    header.fortran = fortran.captured(1) == u"True"_s;
    readShape(sizes.captured(1), name, header);
    return header;
}

template <class From, class To> QByteArray widen(const char* data, qint64 count)
{
    QByteArray result(qsizetype(count) * qsizetype(sizeof(To)), Qt::Uninitialized);
    To* to = reinterpret_cast<To*>(result.data());
    for (qint64 i = 0; i < count; ++i) {
        From value;
        std::memcpy(&value, data + i * qint64(sizeof(From)), sizeof(From));
        to[i] = To(value);
    }
    return result;
}

QByteArray widenHalf(const char* data, qint64 count)
{
    QByteArray result(qsizetype(count) * 4, Qt::Uninitialized);
    float* to = reinterpret_cast<float*>(result.data());
    for (qint64 i = 0; i < count; ++i)
        to[i] = halfToFloat(qFromLittleEndian<quint16>(data + 2 * i));
    return result;
}

/// Element type on disk → element type here, and how wide it is on disk.
struct Kind {
    QLatin1String name;
    ArrayType type;
    int size;
    QByteArray (*convert)(const char*, qint64); ///< null where the bytes stay as they are
};

const Kind kinds[] = {
    {"f4"_L1, ArrayType::Float32, 4, nullptr},
    {"f8"_L1, ArrayType::Float64, 8, nullptr},
    {"i8"_L1, ArrayType::Int64, 8, nullptr},
    {"i4"_L1, ArrayType::Int32, 4, nullptr},
    {"u1"_L1, ArrayType::UInt8, 1, nullptr},
    {"b1"_L1, ArrayType::Bool, 1, nullptr},
    {"f2"_L1, ArrayType::Float32, 2, widenHalf},
    {"i1"_L1, ArrayType::Int32, 1, widen<qint8, qint32>},
    {"i2"_L1, ArrayType::Int32, 2, widen<qint16, qint32>},
    {"u2"_L1, ArrayType::Int32, 2, widen<quint16, qint32>},
    {"u4"_L1, ArrayType::Int64, 4, widen<quint32, qint64>},
    {"u8"_L1, ArrayType::Int64, 8, widen<quint64, qint64>},
};

QByteArray toCOrder(const QByteArray& bytes, const QList<qint64>& shape, qsizetype width)
{
    QByteArray result(bytes.size(), Qt::Uninitialized);
    QList<qint64> index(shape.size(), 0);
    const qint64 count = bytes.size() / width;
    for (qint64 to = 0; to < count; ++to) {
        qint64 from = 0;
        qint64 stride = 1;
        for (qsizetype axis = 0; axis < shape.size(); ++axis) {
            from += index[axis] * stride;
            stride *= shape[axis];
        }
        std::memcpy(result.data() + to * width, bytes.constData() + from * width, size_t(width));
        for (qsizetype axis = shape.size() - 1; axis >= 0 && ++index[axis] == shape[axis]; --axis)
            index[axis] = 0;
    }
    return result;
}

void demandBytes(const QByteArray& bytes, const Header& header, qint64 width, const QString& name)
{
    const qint64 have = bytes.size() - header.dataStart;
    if (width > 0 && header.count > have / width)
        refuse(name,
            Tr::tr("the array is cut off: %1 bytes are there, %2 are needed; write the file again.")
                .arg(have)
                .arg(header.count * width));
}

NpyStrings readStrings(const QByteArray& bytes, const Header& header, const QString& name)
{
    const bool wide = header.kind.startsWith(u'U');
    const qint64 length = QStringView(header.kind).mid(1).toLongLong();
    const qint64 width = wide ? length * 4 : length;
    if (length < 0 || length > (1 << 24))
        refuse(name, Tr::tr("strings of %1 characters are not read.").arg(length));
    demandBytes(bytes, header, width, name);
    NpyStrings strings;
    strings.scalar = header.shape.isEmpty();
    for (qint64 i = 0; i < header.count; ++i) {
        const char* data = bytes.constData() + header.dataStart + i * width;
        QString text;
        if (wide) {
            std::u32string codes(size_t(length), U'\0');
            for (qint64 c = 0; c < length; ++c)
                codes[size_t(c)] = qFromLittleEndian<quint32>(data + 4 * c);
            text = QString::fromUcs4(codes.data(), qsizetype(length));
        } else {
            text = QString::fromUtf8(data, qsizetype(length));
        }
        while (text.endsWith(QChar(0)))
            text.chop(1);
        strings.list << text;
    }
    return strings;
}

} // namespace

float halfToFloat(quint16 bits)
{
    const quint32 sign = quint32(bits & 0x8000u) << 16;
    const quint32 exponent = (bits >> 10) & 0x1fu;
    const quint32 fraction = bits & 0x3ffu;
    if (exponent == 0) {
        const float value = float(fraction) * 0x1p-24f; // zero and subnormals
        return sign ? -value : value;
    }
    const quint32 wide = exponent == 31 ? 0xffu : exponent + 112;
    return std::bit_cast<float>(sign | (wide << 23) | (fraction << 13));
}

float bfloatToFloat(quint16 bits)
{
    return std::bit_cast<float>(quint32(bits) << 16);
}

NpyContent readNpyContent(
    const QByteArray& bytes, const QString& name, std::shared_ptr<const void> owner)
{
    const Header header = readHeader(bytes, name);
    if (header.bigEndian)
        refuse(name, Tr::tr("the numbers are big endian; save them little endian."));
    if (header.kind.startsWith(u'U') || header.kind.startsWith(u'S'))
        return readStrings(bytes, header, name);
    for (const Kind& kind : kinds) {
        if (header.kind != kind.name)
            continue;
        demandBytes(bytes, header, kind.size, name);
        const char* data = bytes.constData() + header.dataStart;
        const qsizetype size = qsizetype(header.count) * kind.size;
        Array array;
        array.type = kind.type;
        array.shape = header.shape;
        if (kind.convert) {
            array.bytes = kind.convert(data, header.count);
        } else if (owner) {
            array.bytes = QByteArray::fromRawData(data, size);
            array.owner = std::move(owner);
        } else {
            array.bytes = QByteArray(data, size);
        }
        if (header.fortran && header.shape.size() > 1) {
            array.bytes = toCOrder(array.bytes, array.shape, sizeOf(array.type));
            array.owner = nullptr;
        }
        return array;
    }
    refuse(name,
        Tr::tr("the element type \"%1\" is not read; save floats, ints, bools or strings.")
            .arg(header.kind));
}

Array npyFromBytes(const QByteArray& bytes, const QString& nameForErrors)
{
    NpyContent content = readNpyContent(bytes, nameForErrors);
    if (auto* array = std::get_if<Array>(&content))
        return std::move(*array);
    refuse(nameForErrors, Tr::tr("it holds strings where numbers are needed."));
}

} // namespace triptych
