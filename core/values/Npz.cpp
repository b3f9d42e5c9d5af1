#include "core/values/Npz.h"

#include "core/jobs/Error.h"
#include "core/values/Npy.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

#include <zip.h>

#include <algorithm>
#include <filesystem>

namespace triptych {

namespace {

constexpr qint64 mapFrom
    = 16 << 20; ///< smaller files are read: a mapping is not worth its page faults

struct CloseZip {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Zip = std::unique_ptr<zip_t, CloseZip>;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Npz)
};

void demandFile(const QString& path)
{
    const QFileInfo file(path);
    if (!file.exists())
        throw Error(Tr::tr("%1: there is no such file; check the path.").arg(path));
    if (!file.isFile() || !file.isReadable())
        throw Error(Tr::tr("%1: it cannot be read; it must be a file you may read.").arg(path));
    if (file.size() == 0)
        throw Error(Tr::tr("%1: the file is empty; write it again.").arg(path));
}

Zip openZip(const QString& path)
{
    int code = 0;
    Zip archive(zip_open(QFile::encodeName(path).constData(), ZIP_RDONLY, &code));
    if (!archive) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const QString why = QString::fromUtf8(zip_error_strerror(&error));
        zip_error_fini(&error);
        throw Error(
            Tr::tr("%1: this is no whole NPZ archive (%2); write it again with numpy.savez.")
                .arg(path, why));
    }
    return archive;
}

QByteArray readMember(zip_t* archive, zip_uint64_t index, const QString& name)
{
    zip_stat_t stat;
    zip_stat_init(&stat);
    zip_file_t* file = zip_stat_index(archive, index, 0, &stat) == 0
        ? zip_fopen_index(archive, index, 0)
        : nullptr;
    if (!file)
        throw Error(Tr::tr("%1: the member cannot be opened: %2.")
                        .arg(name, QString::fromUtf8(zip_strerror(archive))));
    // The size in the directory is a claim: grow with what really comes out.
    QByteArray bytes;
    constexpr qsizetype step = 1 << 20;
    bytes.reserve(qsizetype(std::min<zip_uint64_t>(stat.size, 1u << 30)));
    zip_int64_t got = 0;
    do {
        const qsizetype before = bytes.size();
        bytes.resize(before + step);
        got = zip_fread(file, bytes.data() + before, zip_uint64_t(step));
        bytes.resize(before + qsizetype(std::max<zip_int64_t>(got, 0)));
    } while (
        got > 0 && zip_uint64_t(bytes.size()) <= stat.size); // the checksum is compared at the end
    const QString why = QString::fromUtf8(zip_file_strerror(file));
    zip_fclose(file);
    if (got < 0 || zip_uint64_t(bytes.size()) != stat.size)
        throw Error(Tr::tr("%1: the member is damaged (%2); write the file again.").arg(name, why));
    return bytes;
}

void addMember(zip_t* archive, const QString& name, const QByteArray& bytes, const QString& path)
{
    // The source does not own the bytes: the caller keeps them until the archive is closed.
    zip_source_t* source
        = zip_source_buffer(archive, bytes.constData(), zip_uint64_t(bytes.size()), 0);
    const zip_int64_t index = source
        ? zip_file_add(
            archive, (name + QStringLiteral(".npy")).toUtf8().constData(), source, ZIP_FL_ENC_UTF_8)
        : -1;
    if (index < 0) {
        zip_source_free(source);
        throw Error(Tr::tr("%1: cannot be written: %2.")
                        .arg(path, QString::fromUtf8(zip_strerror(archive))));
    }
    zip_set_file_compression(archive, zip_uint64_t(index), ZIP_CM_STORE, 0);
}

NpyStrings stringsOf(const QJsonValue& value)
{
    NpyStrings strings;
    strings.scalar = !value.isArray();
    if (strings.scalar) {
        strings.list << value.toString();
        return strings;
    }
    for (const QJsonValue& item : value.toArray())
        strings.list << item.toString();
    return strings;
}

} // namespace

Value readNpz(const QString& path)
{
    demandFile(path);
    const Zip archive = openZip(path);
    Value value;
    const zip_int64_t members = zip_get_num_entries(archive.get(), 0);
    for (zip_int64_t i = 0; i < members; ++i) {
        QString name
            = QString::fromUtf8(zip_get_name(archive.get(), zip_uint64_t(i), ZIP_FL_ENC_GUESS));
        if (!name.endsWith(QLatin1String(".npy")))
            continue;
        const QString where = QStringLiteral("%1 (%2)").arg(path, name);
        name.chop(4);
        NpyContent content
            = readNpyContent(readMember(archive.get(), zip_uint64_t(i), where), where);
        if (auto* array = std::get_if<Array>(&content)) {
            value.arrays[name] = std::move(*array);
            continue;
        }
        const NpyStrings& strings = std::get<NpyStrings>(content);
        value.info[name] = strings.scalar ? QJsonValue(strings.list.value(0))
                                          : QJsonValue(QJsonArray::fromStringList(strings.list));
    }
    if (value.arrays.empty() && value.info.isEmpty())
        throw Error(
            Tr::tr("%1: the archive holds no .npy member; write it with numpy.savez.").arg(path));
    return value;
}

Value readNpy(const QString& path, const QString& name)
{
    demandFile(path);
    auto file = std::make_shared<QFile>(path);
    if (!file->open(QIODevice::ReadOnly))
        throw Error(Tr::tr("%1: cannot be read: %2.").arg(path, file->errorString()));
    Value value;
    uchar* mapped = file->size() >= mapFrom ? file->map(0, file->size()) : nullptr;
    NpyContent content = mapped
        ? readNpyContent(
            QByteArray::fromRawData(reinterpret_cast<const char*>(mapped), file->size()), path,
            file)
        : readNpyContent(file->readAll(), path);
    if (auto* array = std::get_if<Array>(&content))
        value.arrays[name] = std::move(*array);
    else
        value.info[name] = QJsonArray::fromStringList(std::get<NpyStrings>(content).list);
    return value;
}

void writeNpz(const QString& path, const Value& value, const QStringList& strings)
{
    // Built beside the target and renamed, so that a failure leaves nothing half-written.
    const QString temporary = path + QStringLiteral(".part");
    QFile::remove(temporary);
    int code = 0;
    Zip archive(
        zip_open(QFile::encodeName(temporary).constData(), ZIP_CREATE | ZIP_TRUNCATE, &code));
    if (!archive)
        throw Error(Tr::tr("%1: cannot be written; is its folder there, and may you write to it?")
                        .arg(path));
    std::vector<std::pair<QString, QByteArray>> members;
    for (const auto& [name, array] : value.arrays)
        members.emplace_back(name, npyBytes(array));
    for (const QString& name : strings)
        if (value.info.contains(name))
            members.emplace_back(name, npyBytes(stringsOf(value.info.value(name))));
    for (const auto& [name, bytes] : members)
        addMember(archive.get(), name, bytes, path);
    if (zip_close(archive.get()) != 0) {
        const QString why = QString::fromUtf8(zip_strerror(archive.get()));
        archive.reset();
        QFile::remove(temporary);
        throw Error(Tr::tr("%1: cannot be written: %2.").arg(path, why));
    }
    (void)archive.release();
    std::error_code failed; // std::filesystem replaces atomically, QFile::rename does not replace
    std::filesystem::rename(temporary.toStdString(), path.toStdString(), failed);
    if (failed) {
        QFile::remove(temporary);
        throw Error(
            Tr::tr("%1: cannot be written; the file that is there cannot be replaced.").arg(path));
    }
}

} // namespace triptych
