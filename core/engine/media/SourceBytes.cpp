#include "core/engine/media/SourceBytes.h"
#include "core/engine/media/Translate.h"

#include <QFile>
#include <QFileInfo>

namespace triptych {

namespace {

} // namespace

QString sourceName(const Source& source)
{
    return source.path.isEmpty() ? translate("media", "pasted data") : source.path;
}

Error mediaError(const Source& source, const QString& sentence)
{
    return Error(sourceName(source) + QStringLiteral(": ") + sentence);
}

SourceBytes::SourceBytes(const Source& source, qint64 limit)
{
    if (source.path.isEmpty()) {
        m_bytes = source.bytes;
        if (m_bytes.isEmpty())
            throw mediaError(source, translate("media", "there is nothing in it; copy it again"));
        return;
    }
    const QFileInfo info(source.path);
    if (!info.exists())
        throw mediaError(
            source, translate("media", "there is no such file; was it moved or renamed?"));
    if (info.isDir())
        throw mediaError(source, translate("media", "is a folder; name a file in it"));
    m_file = std::make_unique<QFile>(source.path);
    if (!m_file->open(QIODevice::ReadOnly))
        throw mediaError(source,
            translate("media", "cannot be opened (%1); check its permissions")
                .arg(m_file->errorString()));
    const qint64 size = m_file->size();
    if (size == 0)
        throw mediaError(
            source, translate("media", "is empty (0 bytes); copy it again from where it came"));
    if (size > limit)
        throw mediaError(source,
            translate("media", "has %1 MB, more than the %2 MB that are read; make it smaller")
                .arg(size / 1'000'000)
                .arg(limit / 1'000'000));
    if (const uchar* data = m_file->map(0, size)) {
        m_bytes = QByteArray::fromRawData(reinterpret_cast<const char*>(data), size);
    } else {
        m_bytes = m_file->readAll(); // a pipe or a file system without mapping
        if (m_bytes.isEmpty())
            throw mediaError(source,
                translate("media", "cannot be read (%1); check the disk")
                    .arg(m_file->errorString()));
    }
}

SourceBytes::~SourceBytes() = default;

} // namespace triptych
