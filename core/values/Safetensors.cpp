#include "core/values/Safetensors.h"

#include "core/jobs/Error.h"
#include "core/values/Npy.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QtEndian>

#include <limits>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Safetensors)
};

struct Kind {
    QLatin1String name;
    ArrayType type;
    int size;
    float (*widen)(quint16);
};

const Kind kinds[] = {
    {"F32"_L1, ArrayType::Float32, 4, nullptr},
    {"F64"_L1, ArrayType::Float64, 8, nullptr},
    {"I64"_L1, ArrayType::Int64, 8, nullptr},
    {"I32"_L1, ArrayType::Int32, 4, nullptr},
    {"U8"_L1, ArrayType::UInt8, 1, nullptr},
    {"BOOL"_L1, ArrayType::Bool, 1, nullptr},
    {"F16"_L1, ArrayType::Float32, 2, halfToFloat},
    {"BF16"_L1, ArrayType::Float32, 2, bfloatToFloat},
};

Array readTensor(const QJsonObject& entry, const QByteArray& data, const QString& where)
{
    const QString name = entry.value("dtype"_L1).toString();
    const auto kind = std::find_if(
        std::begin(kinds), std::end(kinds), [&](const Kind& known) { return known.name == name; });
    if (kind == std::end(kinds))
        throw Error(
            Tr::tr("%1: the element type \"%2\" is not read; save it as F32.").arg(where, name));
    Array array;
    array.type = kind->type;
    qint64 count = 1;
    for (const QJsonValue& item : entry.value("shape"_L1).toArray()) {
        const qint64 size = item.toInteger(-1);
        if (size < 0 || (size > 0 && count > std::numeric_limits<qint64>::max() / 8 / size))
            throw Error(Tr::tr("%1: the shape makes no sense; the file is damaged.").arg(where));
        array.shape << size;
        count *= size;
    }
    const QJsonArray offsets = entry.value("data_offsets"_L1).toArray();
    const qint64 begin = offsets.at(0).toInteger(-1);
    const qint64 end = offsets.at(1).toInteger(-1);
    if (begin < 0 || end > data.size() || begin > end || end - begin != count * kind->size)
        throw Error(
            Tr::tr("%1: the tensor reaches beyond the file; write the file again.").arg(where));
    if (!kind->widen) {
        array.bytes = data.mid(begin, end - begin);
        return array;
    }
    array.bytes = QByteArray(count * 4, Qt::Uninitialized);
    float* to = reinterpret_cast<float*>(array.bytes.data());
    for (qint64 i = 0; i < count; ++i)
        to[i] = kind->widen(qFromLittleEndian<quint16>(data.constData() + begin + 2 * i));
    return array;
}

QString dtypeOf(ArrayType type)
{
    for (const Kind& kind : kinds)
        if (kind.type == type)
            return kind.name;
    Q_UNREACHABLE();
}

} // namespace

Value readSafetensors(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Tr::tr("%1: cannot be read: %2.").arg(path, file.errorString()));
    const QByteArray bytes = file.readAll();
    const quint64 length = bytes.size() < 8 ? 0 : qFromLittleEndian<quint64>(bytes.constData());
    if (length == 0 || length > quint64(bytes.size() - 8))
        throw Error(Tr::tr("%1: this is no whole safetensors file; write it again.").arg(path));
    QJsonParseError error;
    const QJsonObject header
        = QJsonDocument::fromJson(bytes.mid(8, qsizetype(length)), &error).object();
    if (error.error != QJsonParseError::NoError)
        throw Error(Tr::tr("%1: the header cannot be read: %2.").arg(path, error.errorString()));
    const QByteArray data = QByteArray::fromRawData(
        bytes.constData() + 8 + length, bytes.size() - 8 - qsizetype(length));
    Value value;
    for (auto entry = header.begin(); entry != header.end(); ++entry) {
        if (entry.key() != "__metadata__"_L1) {
            value.arrays[entry.key()]
                = readTensor(entry->toObject(), data, u"%1 (%2)"_s.arg(path, entry.key()));
            continue;
        }
        const QJsonObject facts = entry->toObject();
        for (auto fact = facts.begin(); fact != facts.end(); ++fact) {
            const QJsonDocument list = QJsonDocument::fromJson(fact->toString().toUtf8());
            value.info[fact.key()] = list.isArray() ? QJsonValue(list.array()) : *fact;
        }
    }
    return value;
}

void writeSafetensors(const QString& path, const Value& value)
{
    QJsonObject header;
    QJsonObject metadata;
    for (auto fact = value.info.begin(); fact != value.info.end(); ++fact) {
        if (fact->isString())
            metadata[fact.key()] = *fact;
        else if (fact->isArray())
            metadata[fact.key()]
                = QString::fromUtf8(QJsonDocument(fact->toArray()).toJson(QJsonDocument::Compact));
    }
    header["__metadata__"_L1] = metadata;
    QByteArray data;
    for (const auto& [name, array] : value.arrays) {
        const qint64 begin = data.size();
        data.append(array.bytes.constData(), qsizetype(array.count()) * sizeOf(array.type));
        QJsonArray shape;
        for (qint64 size : array.shape)
            shape << size;
        header[name] = QJsonObject {{u"dtype"_s, dtypeOf(array.type)}, {u"shape"_s, shape},
            {u"data_offsets"_s, QJsonArray {begin, qint64(data.size())}}};
    }
    QByteArray text = QJsonDocument(header).toJson(QJsonDocument::Compact);
    text.append((8 - text.size() % 8) % 8, ' '); // keeps the data aligned
    QByteArray bytes(8, '\0');
    qToLittleEndian(quint64(text.size()), bytes.data());
    writeWhole(path, bytes + text + data);
}

} // namespace triptych
