#pragma once

#include <QFile>
#include <memory>

namespace triptych {

/// A file mapped into memory, copy on write: what is changed in memory never reaches the disk.
class MappedFile {
public:
    /// Throws Error when it cannot be opened, is empty, or is no weight file at all (an LFS pointer,
    /// a web page).
    static std::shared_ptr<MappedFile> open(const QString& path);

    QString path() const { return m_file.fileName(); }
    uchar* data() const { return m_data; }
    qint64 size() const { return m_size; }

private:
    explicit MappedFile(const QString& path);

    QFile m_file;
    uchar* m_data = nullptr;
    qint64 m_size = 0;
};

} // namespace triptych
