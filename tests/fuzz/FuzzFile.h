#pragma once

#include <QFile>
#include <QString>
#include <QTemporaryDir>

/// Where a fuzz target puts its bytes: the readers take files. In memory (/dev/shm) where there is such.
class FuzzFolder {
public:
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QString folder() const { return m_folder.path(); }
    void write(const char* name, const char* bytes, size_t size) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes, qint64(size)) != qint64(size))
            qFatal("the fuzz folder cannot be written");
    }

private:
    QTemporaryDir m_folder { QStringLiteral("/dev/shm/triptych-fuzz-XXXXXX") };
};
