#include "core/session/Salvage.h"

#include "core/session/Database.h"
#include "core/session/Migrations.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

    struct Tr {
        Q_DECLARE_TR_FUNCTIONS(Salvage)
    };

    constexpr qint64 firstPageBytes = 4096;

    struct Table {
        QString name;
        QString columns;
        const char* title;
    };

    // Parents before children.
    const std::vector<Table>& tables()
    {
        static const std::vector<Table> all {
            { u"samples"_s, u"uid, id, removed, json"_s, QT_TRANSLATE_NOOP("Salvage", "samples") },
            { u"sources"_s, u"uid, modality, path, relative, text, bytes, language, synthetic, size, mtime, hash"_s,
                QT_TRANSLATE_NOOP("Salvage", "sources of samples") },
            { u"models"_s, u"pos, path, relative"_s, QT_TRANSLATE_NOOP("Salvage", "models") },
            { u"state"_s, u"kind, name, json"_s, QT_TRANSLATE_NOOP("Salvage", "settings") },
            { u"results"_s, u"key, recipe, info, parts, created"_s, QT_TRANSLATE_NOOP("Salvage", "results") },
            { u"arrays"_s, u"key, name, part, dtype, shape, crc, data"_s, QT_TRANSLATE_NOOP("Salvage", "arrays of results") },
            { u"embedding_sets"_s, u"model, modality, info"_s, QT_TRANSLATE_NOOP("Salvage", "embedding sets") },
            { u"embeddings"_s, u"uid, modality, model, crc, data"_s, QT_TRANSLATE_NOOP("Salvage", "embeddings") },
            { u"journal"_s, u"pos, kind, payload"_s, QT_TRANSLATE_NOOP("Salvage", "undo steps") },
        };
        return all;
    }

    /// One pass over the rows of a table, from either end, until a page cannot be read.
    class Pass {
    public:
        Pass(Database& from, Database& to, const Table& table)
            : m_from(from)
            , m_to(to)
            , m_table(table)
            , m_insert(to.prepare(u"INSERT OR IGNORE INTO %1 (%2) VALUES (%3)"_s.arg(table.name, table.columns,
                  QStringList(table.columns.count(u',') + 1, u"?"_s).join(u", "_s))))
        {
        }

        /// True when it came to the end.
        bool run(bool forward)
        {
            try {
                QSqlQuery rows = m_from.run(u"SELECT rowid, %1 FROM %2 NOT INDEXED %3 ORDER BY rowid %4"_s.arg(
                    m_table.columns, m_table.name,
                    forward || m_last == 0 ? QString() : u"WHERE rowid > %1"_s.arg(m_last),
                    forward ? u"ASC"_s : u"DESC"_s));
                const int columns = int(m_table.columns.count(u',')) + 1;
                while (m_from.next(rows)) {
                    QVariantList values;
                    for (int column = 1; column <= columns; ++column)
                        values << whole(rows.value(column));
                    if (forward)
                        m_last = rows.value(0).toLongLong();
                    put(values);
                }
            } catch (const DatabaseError&) {
                return false; // the caller tells the person
            }
            return true;
        }

        int kept() const { return m_kept; }
        int refused() const { return m_refused; }

    private:
        // Qt hands out an empty blob as null, which is another thing in the file.
        static QVariant whole(const QVariant& value)
        {
            const bool isBlob = value.typeId() == QMetaType::QByteArray;
            return isBlob && value.isNull() ? QVariant(QByteArray("")) : value;
        }

        void put(const QVariantList& values)
        {
            try {
                m_to.execute(m_insert, values);
                const bool isIn = m_insert.numRowsAffected() > 0;
                (isIn ? m_kept : m_refused) += 1;
            } catch (const DatabaseError&) {
                ++m_refused; // NULL where none may be: a row that was damaged in itself
            }
        }

        Database& m_from;
        Database& m_to;
        const Table& m_table;
        QSqlQuery m_insert;
        qint64 m_last = 0;
        int m_kept = 0;
        int m_refused = 0;
    };

    // What the first page says of every file that we write; any of it may be the damaged part.
    void mendHeader(const QString& path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadWrite) || file.size() < 512)
            return;
        QByteArray header = file.read(100);
        header.replace(0, 16, QByteArray("SQLite format 3\0", 16));
        header.replace(16, 8, QByteArray("\x10\x00\x02\x02\x00\x40\x20\x20", 8));
        header.replace(24, 4, QByteArray("\x00\x00\x00\x01", 4)); // differs from 92: count the pages yourself
        header.replace(28, 12, QByteArray(12, '\0'));              // no size, no free pages
        header.replace(44, 4, QByteArray("\x00\x00\x00\x04", 4));
        header.replace(52, 4, QByteArray(4, '\0'));
        header.replace(56, 4, QByteArray("\x00\x00\x00\x01", 4)); // UTF-8
        header.replace(64, 4, QByteArray(4, '\0'));
        header.replace(92, 4, QByteArray(4, '\0'));
        file.seek(0);
        file.write(header);
    }

    void copyWhole(const QString& from, const QString& to)
    {
        for (const QString& end : { u""_s, u"-wal"_s })
            if (QFile::exists(from + end) && !QFile::copy(from + end, to + end))
                throw Error(Tr::tr("%1: the damaged file cannot be kept as %2; make room on the disk.").arg(from, to));
    }

    QStringList copyRows(const QString& damaged, const QString& fresh)
    {
        QStringList losses;
        Database from(damaged);
        from.run(u"PRAGMA writable_schema = ON"_s); // reads a file that is shorter than it says
        Database to(fresh);
        migrate(to, fresh);
        int kept = 0;
        to.transaction([&] {
            for (const Table& table : tables()) {
                Pass pass(from, to, table);
                const bool whole = pass.run(true) || (pass.run(false), false);
                kept += pass.kept();
                if (!whole || pass.refused() > 0)
                    losses << Tr::tr("Some of the %1 were lost; %2 could be read.")
                                  .arg(Tr::tr(table.title)).arg(pass.kept());
            }
            to.run(u"DELETE FROM sources WHERE uid NOT IN (SELECT uid FROM samples)"_s);
            to.run(u"DELETE FROM embeddings WHERE uid NOT IN (SELECT uid FROM samples)"_s);
            to.run(u"DELETE FROM state WHERE kind = 'session' AND name = 'damaged'"_s);
            if (!losses.isEmpty()) // steps may speak of samples that are gone
                to.run(u"DELETE FROM journal"_s);
        });
        if (kept == 0)
            throw Error(Tr::tr("%1: the file is damaged and nothing in it can be read; it was left as it is.").arg(damaged));
        return losses;
    }

} // namespace

void checkHeader(const QString& path)
{
    QFile file(path);
    if (!file.exists() || file.size() == 0)
        return;
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Tr::tr("%1: it cannot be read (%2).").arg(path, file.errorString()));
    const QByteArray header = file.read(firstPageBytes);
    const QByteArray magic("SQLite format 3\0", 16);
    int same = 0;
    for (qsizetype i = 0; i < std::min(header.size(), magic.size()); ++i)
        same += header[i] == magic[i];
    // A few wrong bytes are damage, and so are more where the rest of the page is ours.
    if (same < 12 && !header.contains("CREATE TABLE samples"))
        throw Error(Tr::tr("%1: it is no workspace of Triptych; drop it on the window if it is media or data.").arg(path));
    if (same < 16)
        throw DatabaseError(Tr::tr("%1: the file is damaged.").arg(path), 26);
}

QStringList salvage(const QString& path)
{
    const QFileInfo file(path);
    const QString kept = file.absolutePath() + u'/' + file.completeBaseName() + u".damaged-"_s
        + QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss-zzz"_s) + u'.' + file.suffix();
    const QString fresh = path + u".salvaged"_s;
    QFile::remove(fresh);
    QTemporaryDir folder(file.absolutePath() + u"/.triptych-XXXXXX"_s);
    if (!folder.isValid())
        throw Error(Tr::tr("%1: the file is damaged, and its folder cannot be written to save what can be read.").arg(path));
    const QString copy = folder.filePath(file.fileName());
    copyWhole(path, copy);
    mendHeader(copy);
    QStringList losses;
    try {
        losses = copyRows(copy, fresh);
    } catch (const Error&) {
        QFile::remove(fresh);
        throw Error(Tr::tr("%1: the file is damaged and nothing in it can be read; it was left as it is.").arg(path));
    }
    copyWhole(path, kept);
    for (const QString& end : { u""_s, u"-wal"_s, u"-shm"_s })
        QFile::remove(path + end);
    if (!QFile::rename(fresh, path))
        throw Error(Tr::tr("%1: what could be read is in %2, but it cannot be renamed.").arg(path, fresh));
    losses.prepend(Tr::tr("%1 is damaged. What could be read is open now; the damaged file is kept as %2.")
                       .arg(file.fileName(), kept));
    return losses;
}

} // namespace triptych
