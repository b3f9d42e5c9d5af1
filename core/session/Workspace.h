#pragma once

#include "core/data/Sample.h"
#include "core/session/Database.h"
#include "core/session/Recipe.h"
#include "core/session/StoreThread.h"
#include "core/values/Value.h"

#include <QDir>
#include <QHash>
#include <QLockFile>
#include <QObject>
#include <QSet>

#include <memory>
#include <vector>

namespace triptych {

/// A sample with its number in the file, which is never used again for another one.
struct StoredSample {
    qint64 uid = 0;
    bool removed = false; ///< kept because the undo journal may bring it back
    Sample sample;        ///< file paths are absolute
};

/// One step that can be undone.
struct JournalEntry {
    qint64 pos = 0;
    QString kind;
    QJsonObject payload;
};

/// A media file whose content hash is not known yet.
struct FileToHash {
    qint64 uid = 0;
    Modality modality = Modality::Image;
    QString path;
    QByteArray hash;      ///< SHA-256, hex; empty when the file could not be read
};

/// Rows of one modality under one model.
struct EmbeddingRows {
    Modality modality = Modality::Image;
    QString model;        ///< hash
    QJsonObject info;
    QList<qint64> uids;
    qsizetype dim = 0;
    std::vector<float> data; ///< [uids, dim]
};

/// The workspace file: one SQLite database. What is small is written on the GUI thread when the
/// call returns; arrays and embeddings are written behind, in order. Throws Error.
class Workspace : public QObject {
    Q_OBJECT
public:
    /// Opens or creates `path`. A damaged file is copied aside and what can be read goes on.
    explicit Workspace(const QString& path);
    ~Workspace() override;

    QString path() const { return m_path; }
    /// What was lost of a damaged file, a sentence each; empty for a sound one.
    const QStringList& losses() const { return m_losses; }
    /// Writes everything to `path`, with paths relative to its new place.
    void copyTo(const QString& path);
    /// Waits for what is written behind.
    void flush() { m_store->flush(); }
    /// Writes what `changes` writes as a whole or not at all. May be nested.
    void commit(const std::function<void()>& changes);

    // -- samples
    std::vector<StoredSample> takeSamples() { return std::move(m_samples); } ///< as read, by uid
    QList<qint64> insertSamples(const std::vector<Sample>& samples);
    void setRemoved(const QList<qint64>& uids, bool removed);
    /// All but the sources, one sample a uid.
    void setFacts(const QList<qint64>& uids, const std::vector<Sample>& samples);
    void setSourcePath(qint64 uid, Modality modality, const QString& path);
    void deleteSamples(const QList<qint64>& uids);
    std::vector<FileToHash> filesToHash(int atMost);
    void setHashes(const std::vector<FileToHash>& files);
    /// Content hash and size of a source as last seen; empty and -1 when unknown.
    std::pair<QByteArray, qint64> fingerprint(qint64 uid, Modality modality);

    // -- models
    QStringList takeModels() { return std::move(m_models); }
    void insertModel(const QString& path, int pos);
    void deleteModel(const QString& path);

    // -- small things by kind and name: "session", "view", "layout"
    QJsonObject state(const QString& kind, const QString& name) const;
    void setState(const QString& kind, const QString& name, const QJsonObject& state);
    void deleteState(const QString& kind, const QString& name);
    QStringList stateNames(const QString& kind) const;

    // -- the undo journal
    QList<JournalEntry> takeJournal() { return std::move(m_journal); }
    /// Writes `entry` and forgets every later one.
    void appendJournal(const JournalEntry& entry);
    void trimJournal(qint64 firstPos);

    // -- values by recipe
    bool hasResult(const QString& key) const { return m_resultKeys.contains(key); }
    QStringList resultKeys() const { return m_resultKeys.values(); }
    /// Null when there is none or it cannot be read whole.
    ValuePtr readResult(const QString& key);
    Recipe readRecipe(const QString& key);
    void storeResult(const Recipe& recipe, ValuePtr value);
    /// Forgets what was computed with the model at `path`.
    void dropResultsOf(const QString& path);

    // -- embeddings by sample
    void storeEmbeddings(const EmbeddingRows& rows);
    /// `embeddingsRead` follows, once a modality and once with no rows at the end.
    void readEmbeddings(const QString& modelHash);

Q_SIGNALS:
    void failed(const QString& sentence);
    void resultStored(const QString& key);
    void embeddingsStored(triptych::Modality modality, const QList<qint64>& uids);
    void embeddingsRead(std::shared_ptr<const triptych::EmbeddingRows> rows, const QString& modelHash);

private:
    /// Moves what is in the journal of changes into the file, while others read and write. It waits
    /// for the disk, so it is the store's work and nobody's turn.
    static void checkpoint(Database& database);
    static void writeRelativePaths(Database& database, const QString& table, const QDir& folder);
    void openDatabase();
    void check();
    void readEverything();
    void readSamples();
    void readSources(QHash<qint64, size_t>& rows);
    void readSmallTables();
    QString resolved(const QString& path, const QString& relative) const;
    QVariant relative(const QString& path) const;
    void writeParts(Database& database, const Recipe& recipe, const Value& value);

    QString m_path;
    QString m_folder;      ///< of the file
    QString m_oldFolder;   ///< where it was when it was last open
    std::unique_ptr<QLockFile> m_lock;
    WriteTurn m_turn;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<StoreThread> m_store;
    int m_depth = 0;
    int m_commits = 0; ///< since the last checkpoint
    QStringList m_losses;
    std::vector<StoredSample> m_samples;
    QStringList m_models;
    QList<JournalEntry> m_journal;
    QHash<QPair<QString, QString>, QJsonObject> m_state;
    QSet<QString> m_resultKeys;
};

} // namespace triptych
