#include "core/values/DelimitedText.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringDecoder>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(DelimitedText)
};

QString readUtf8(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Tr::tr("%1: cannot be read: %2.").arg(path, file.errorString()));
    QStringDecoder decoder(QStringDecoder::Utf8); // drops a byte order mark
    const QString text = decoder(file.readAll());
    if (decoder.hasError())
        throw Error(Tr::tr("%1: the text is not UTF-8; save it as UTF-8.").arg(path));
    return text;
}

/// One pass over the characters; a field that starts with a quote ends at its closing quote.
class Reader {
public:
    Reader(const QString& text, QChar separator)
        : m_text(text)
        , m_separator(separator)
    {
    }

    QList<QStringList> read(const QString& path)
    {
        while (m_at < m_text.size()) {
            const QChar c = m_text[m_at++];
            if (c == u'"' && m_field.isEmpty() && !m_quoted)
                readQuoted(path);
            else if (c == m_separator)
                endField();
            else if (c == u'\n')
                endRow();
            else if (c != u'\r' || (m_at < m_text.size() && m_text[m_at] != u'\n'))
                m_field += c;
        }
        endRow();
        return m_rows;
    }

private:
    void readQuoted(const QString& path)
    {
        m_quoted = true;
        while (m_at < m_text.size()) {
            const QChar c = m_text[m_at++];
            if (c != u'"') {
                m_field += c;
            } else if (m_at < m_text.size() && m_text[m_at] == u'"') {
                m_field += c;
                ++m_at;
            } else {
                return;
            }
        }
        throw Error(Tr::tr("%1: row %2: a quoted field is never closed; add the closing quote.")
                        .arg(path)
                        .arg(m_rows.size() + 1));
    }

    void endField()
    {
        m_row << m_field;
        m_field.clear();
        m_quoted = false;
    }

    void endRow()
    {
        const bool blank = m_row.isEmpty() && m_field.isEmpty() && !m_quoted;
        endField();
        if (!blank)
            m_rows << m_row;
        m_row.clear();
    }

    const QString& m_text;
    const QChar m_separator;
    qsizetype m_at = 0;
    QString m_field;
    bool m_quoted = false;
    QStringList m_row;
    QList<QStringList> m_rows;
};

} // namespace

QList<QStringList> readDelimited(const QString& path, QChar separator)
{
    const QString text = readUtf8(path);
    return Reader(text, separator).read(path);
}

QByteArray delimitedBytes(const QList<QStringList>& rows, QChar separator)
{
    QString text;
    for (const QStringList& row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            QString field = row[i];
            if (field.contains(separator) || field.contains(u'"') || field.contains(u'\n')
                || field.contains(u'\r'))
                field = u'"' + field.replace(QStringLiteral("\""), QStringLiteral("\"\"")) + u'"';
            text += (i > 0 ? QString(separator) : QString()) + field;
        }
        text += u'\n';
    }
    return text.toUtf8();
}

} // namespace triptych
