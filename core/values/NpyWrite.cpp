#include "core/values/Npy.h"
#include "core/values/Npz.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QSaveFile>
#include <QtEndian>

#include <algorithm>

namespace triptych {

namespace {

const char* descrOf(ArrayType type)
{
    switch (type) {
    case ArrayType::Float32:
        return "<f4";
    case ArrayType::Float64:
        return "<f8";
    case ArrayType::Int64:
        return "<i8";
    case ArrayType::Int32:
        return "<i4";
    case ArrayType::UInt8:
        return "|u1";
    case ArrayType::Bool:
        break;
    }
    return "|b1";
}

/// Magic, length and dictionary, padded so that the data starts at a multiple of 64 bytes.
QByteArray headerBytes(const QByteArray& descr, const QList<qint64>& shape)
{
    QByteArray sizes;
    for (qint64 size : shape)
        sizes += QByteArray::number(size) + (shape.size() == 1 ? "," : ", ");
    if (shape.size() > 1)
        sizes.chop(2);
    QByteArray dictionary
        = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + sizes + "), }";
    const qsizetype total = (10 + dictionary.size() + 1 + 63) / 64 * 64;
    dictionary += QByteArray(total - 10 - dictionary.size() - 1, ' ') + '\n';
    QByteArray header("\x93NUMPY\x01\x00", 8);
    const quint16 length = qToLittleEndian(quint16(dictionary.size()));
    header.append(reinterpret_cast<const char*>(&length), 2);
    return header + dictionary;
}

} // namespace

QByteArray npyBytes(const Array& array)
{
    QByteArray bytes = headerBytes(descrOf(array.type), array.shape);
    return bytes.append(array.bytes.constData(), qsizetype(array.count()) * sizeOf(array.type));
}

QByteArray npyBytes(const NpyStrings& strings)
{
    QList<QList<uint>> codes;
    qsizetype width = 1;
    for (const QString& text : strings.list) {
        codes << text.toUcs4();
        width = std::max(width, codes.last().size());
    }
    const QList<qint64> shape = strings.scalar ? QList<qint64> {} : QList<qint64> {codes.size()};
    QByteArray bytes = headerBytes("<U" + QByteArray::number(width), shape);
    for (const QList<uint>& text : codes) {
        for (qsizetype i = 0; i < width; ++i) {
            const quint32 code = qToLittleEndian(i < text.size() ? quint32(text[i]) : 0u);
            bytes.append(reinterpret_cast<const char*>(&code), 4);
        }
    }
    return bytes;
}

void writeWhole(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        throw Error(QCoreApplication::translate("Npz", "%1: cannot be written: %2.")
                        .arg(path, file.errorString()));
}

void writeNpy(const QString& path, const Array& array)
{
    writeWhole(path, npyBytes(array));
}

} // namespace triptych
