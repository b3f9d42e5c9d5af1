#pragma once

#include "core/data/Sample.h"
#include "core/jobs/Error.h"

#include <QByteArray>
#include <memory>

class QFile;

namespace triptych {

/// What an Error calls the source: its path, or what kind of thing was pasted.
QString sourceName(const Source& source);

/// An Error that reads "NAME: what is wrong; what would mend it".
Error mediaError(const Source& source, const QString& sentence);

/// The encoded bytes of a file or of a pasted source; a file is mapped, not read.
class SourceBytes {
public:
    /// Throws Error when the file is missing, unreadable, a folder, empty, or above `limit` bytes.
    SourceBytes(const Source& source, qint64 limit);
    ~SourceBytes();
    SourceBytes(const SourceBytes&) = delete;
    SourceBytes& operator=(const SourceBytes&) = delete;

    /// Valid while this lives.
    const QByteArray& bytes() const { return m_bytes; }

private:
    std::unique_ptr<QFile> m_file;
    QByteArray m_bytes;
};

} // namespace triptych
