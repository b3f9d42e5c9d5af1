#include "core/engine/models/Trust.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

namespace triptych {

namespace {

[[noreturn]] void fail(const QFile& file)
{
    throw Error(QCoreApplication::translate("models", "%1 cannot be opened: %2.").arg(file.fileName(), file.errorString()));
}

} // namespace

Trust::Trust(QString list)
    : m_list(std::move(list))
{
    QFile file(m_list);
    if (!file.open(QIODevice::ReadOnly))
        return; // nothing was ever agreed to
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray& line : lines)
        m_hashes.insert(QString::fromLatin1(line.trimmed()));
    m_hashes.remove(QString());
}

void Trust::add(const QString& hash, bool keep)
{
    const bool known = m_hashes.contains(hash);
    m_hashes.insert(hash);
    if (!keep || known)
        return;
    QDir().mkpath(QFileInfo(m_list).absolutePath());
    QFile file(m_list);
    if (!file.open(QIODevice::Append) || file.write(hash.toLatin1() + '\n') < 0)
        fail(file);
}

QString Trust::hashOf(const QStringList& files)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString& path : files) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
            fail(file);
    }
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace triptych
