#include "core/engine/models/files/MappedFile.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace triptych {

namespace {

void refuseLookalikes(const QByteArray& start, const QString& path)
{
    if (start.startsWith("version https://git-lfs")) {
        throw Error(QCoreApplication::translate("models",
            "%1: this is a Git LFS pointer, not the weights; fetch them with \"git lfs pull\".")
                .arg(path));
    }
    const QByteArray text = start.trimmed().toLower();
    if (text.startsWith("<!doctype") || text.startsWith("<html") || text.startsWith("<?xml")) {
        throw Error(QCoreApplication::translate("models",
            "%1: this is a web page, not the weights; the download went wrong, fetch it again.")
                .arg(path));
    }
}

} // namespace

MappedFile::MappedFile(const QString& path)
    : m_file(path)
{
}

std::shared_ptr<MappedFile> MappedFile::open(const QString& path)
{
    // A pipe in the file's place would be waited for.
    if (const QFileInfo info(path); info.exists() && !info.isFile()) {
        throw Error(QCoreApplication::translate("models", "%1 is no file; the weights belong there.").arg(path));
    }
    std::shared_ptr<MappedFile> mapped(new MappedFile(path));
    if (!mapped->m_file.open(QIODevice::ReadOnly)) {
        throw Error(QCoreApplication::translate("models", "%1 cannot be opened: %2.")
                        .arg(path, mapped->m_file.errorString()));
    }
    mapped->m_size = mapped->m_file.size();
    if (mapped->m_size == 0) {
        throw Error(QCoreApplication::translate("models",
            "%1 is empty; the download went wrong, fetch it again.").arg(path));
    }
    constexpr qint64 enoughToTell = 512;
    refuseLookalikes(mapped->m_file.peek(enoughToTell), path);
    mapped->m_data = mapped->m_file.map(0, mapped->m_size, QFileDevice::MapPrivateOption);
    if (!mapped->m_data) {
        throw Error(QCoreApplication::translate("models", "%1 cannot be mapped into memory: %2.")
                        .arg(path, mapped->m_file.errorString()));
    }
    return mapped;
}

} // namespace triptych
