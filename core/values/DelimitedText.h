#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace triptych {

/// The rows of a CSV or TSV file: RFC 4180 quotes (also in TSV), line breaks inside quotes, CRLF,
/// a byte order mark dropped, blank lines skipped. Throws Error naming the file and line.
QList<QStringList> readDelimited(const QString& path, QChar separator);

/// Rows as UTF-8 text; a field is quoted where it needs to be.
QByteArray delimitedBytes(const QList<QStringList>& rows, QChar separator);

} // namespace triptych
