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

/// The workspace file: one SQLite database. It is read on the GUI thread and written behind, on the
/// store's thread, in the order of the calls: `whenSaved` tells when. What cannot be written is told
/// by `failed`. Opening throws Error.
class Workspace : public QObject {
    Q_OBJECT
public:
    /// Opens or creates `path`. A damaged file is copied aside and what can be read goes on.
    /// With Later it is read only, until startWriting.
    enum class Writing { Now, Later };
    explicit Workspace(const QString& path, Writing writing = Writing::Now);
    /// Waits until everything is written.
    ~Workspace() override;

    /// `store` writes this file from now on; it must not be at work for another one.
    void startWriting(std::shared_ptr<StoreThread> store);

    QString path() const { return m_path; }
    /// What was lost of a damaged file, a sentence each; empty for a sound one.
    const QStringList& losses() const { return m_losses; }
    /// Writes everything to `path`, with paths relative to its new place, and goes on there: `moved`
    /// follows, or `failed`. Throws Error when that place cannot be written at all.
    void moveTo(const QString& path);
    /// Waits for what is written behind.
    void flush() { m_store->flush(); }
    bool isSaved() const { return m_store->isIdle(); }
    /// Calls `then` on this thread when everything asked for so far is in the file.
    void whenSaved(std::function<void()> then);
    /// What `changes` asks for is written as a whole or not at all. May be nested.
    void commit(const std::function<void()>& changes);

    // -- samples
    std::vector<StoredSample> takeSamples() { return std::move(m_samples); } ///< as read, by uid
    QList<qint64> insertSamples(const std::vector<Sample>& samples);
    void setRemoved(const QList<qint64>& uids, bool removed);
    /// All but the sources, one sample a uid.
    void setFacts(const QList<qint64>& uids, std::vector<Sample> samples);
    void setSourcePath(qint64 uid, Modality modality, const QString& path);
    void deleteSamples(const QList<qint64>& uids);
    /// Reads behind, then calls `then` on this thread.
    void filesToHash(int atMost, std::function<void(std::vector<FileToHash>)> then);
    void setHashes(const std::vector<FileToHash>& files);
    /// Content hash and size of a source as last seen; empty and -1 when unknown.
    static std::pair<QByteArray, qint64> fingerprint(const Database& database, qint64 uid, Modality modality);

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
    void deleteResults(const QStringList& keys);
    /// Forgets what was computed with the model at `path`.
    void dropResultsOf(const QString& path);

    // -- embeddings by sample
    void storeEmbeddings(const EmbeddingRows& rows);
    /// `embeddingsRead` follows, once a modality and once with no rows at the end.
    void readEmbeddings(const QString& modelHash);

Q_SIGNALS:
    void failed(const QString& sentence);
    /// path() is another one now.
    void moved();
    void resultStored(const QString& key);
    void embeddingsStored(triptych::Modality modality, const QList<qint64>& uids);
    void embeddingsRead(std::shared_ptr<const triptych::EmbeddingRows> rows, const QString& modelHash);

private:
    using Change = StoreThread::Task;

    /// Asks for `change` to be written, with the others of the commit around it.
    void write(Change change);
    void send(std::vector<Change> changes);
    void copy(Database& database, const QString& target);
    void goOnIn(const QString& target, std::unique_ptr<QLockFile> lock);
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
    static QVariant relative(const QDir& folder, const QString& path);

    QString m_path;
    QString m_folder;      ///< of the file
    QString m_oldFolder;   ///< where it was when it was last open
    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<Database> m_database; ///< reads; writes until there is a store
    std::shared_ptr<StoreThread> m_store;
    int m_depth = 0;              ///< of commits
    std::vector<Change> m_batch;  ///< of the commit under way
    qint64 m_nextUid = 1;
    // Used in changes alone.
    QDir m_storeFolder; ///< of the file that is written
    int m_commits = 0;  ///< since the last checkpoint
    QStringList m_losses;
    std::vector<StoredSample> m_samples;
    QStringList m_models;
    QList<JournalEntry> m_journal;
    QHash<QPair<QString, QString>, QJsonObject> m_state;
    QSet<QString> m_resultKeys;
};

} // namespace triptych
