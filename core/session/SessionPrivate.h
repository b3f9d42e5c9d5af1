#pragma once

#include "core/session/Session.h"

#include "core/session/ValueCache.h"
#include "core/session/Workspace.h"

#include <QPointer>
#include <QTemporaryDir>
#include <QTimer>
#include <QUndoStack>

#include <functional>
#include <map>

namespace triptych {

/// Embeddings of one modality under the current model, in the order they came.
struct ModalityRows {
    QJsonObject info;
    qsizetype dim = 0;
    std::vector<float> data;
    QHash<qint64, qsizetype> at;   ///< uid → row
    QSet<qint64> failed;           ///< not tried again by itself
    QSet<qint64> underWay;
    std::shared_ptr<const EmbeddingSet> assembled; ///< null after a change
};

struct Session::Private {
    explicit Private(Session* session, const EngineOptions& engineOptions);
    ~Private();

    // -- Session.cpp
    void use(std::unique_ptr<Workspace> opened);
    void ensureOpen();
    void load();
    void loadJournal();
    void engineOpened(std::shared_ptr<Engine> opened, const QJsonObject& facts);
    void whenEngineIsSettled(std::function<void()> work);
    void hashFiles();
    void hash(std::vector<FileToHash> files);

    // -- SessionChanges.cpp: everything that can be undone is one kind of change with a payload
    void perform(const QString& kind, const QJsonObject& payload,
        const std::function<void(QJsonObject&)>& first = {});
    void step(qint64 pos, const QString& kind, const QJsonObject& payload, bool forward);
    void write(const QString& kind, const QJsonObject& payload, bool forward);
    void writeSelection(const QJsonObject& payload, bool forward);
    void writeLabels(const QJsonObject& payload, bool forward);
    void show(const QString& kind, const QJsonObject& payload, bool forward);
    void showSamples(const QList<qint64>& numbers, bool visible);
    void showLabels(const QJsonObject& payload, bool forward);
    void showPaths(const QJsonObject& payload, bool forward);
    void showSelection(const QStringList& ids, const QString& last);
    void pushCommand(qint64 pos, const QString& kind, const QJsonObject& payload);

    // -- SessionSamples.cpp
    void rebuildIndex(qsizetype from = 0);
    QStringList addSamples(std::vector<Sample> added);
    void receiveFiles(struct IntakeResult result);
    void findMissing(const QString& folder);

    // -- SessionModels.cpp
    QString hashOf(const QString& path) const;
    void readInfo(const QString& path, std::function<void()> then = {});
    void setInfo(const QString& path, const QJsonObject& info);
    void useModel(const QString& path);

    // -- SessionValues.cpp
    Job* start(const Recipe& recipe, const Inputs& inputs, const QString& title, Priority priority);
    void receiveValue(const Recipe& recipe, const ValuePtr& value);
    void fail(const QString& key, const QString& error);
    ValuePtr known(const QString& key);

    // -- SessionKept.cpp
    void recordKept(const Recipe& recipe, const ValuePtr& value);
    void changeKept(const QString& key, const QJsonObject& now, const QString& text);
    void purgeKept(const QSet<QString>& mentioned);

    // -- SessionEmbeddings.cpp
    void loadRows();
    void rowsRead(const std::shared_ptr<const EmbeddingRows>& read, const QString& model);
    void scheduleEmbedding(Priority priority);
    void embed(Modality modality, const QList<qint64>& numbers, Priority priority);
    void receiveRows(Modality modality, const QHash<QString, qint64>& numbers, const ValuePtr& value);
    void appendRow(ModalityRows& to, qint64 uid, const float* values, qsizetype dim);
    std::shared_ptr<const EmbeddingSet> assemble(Modality modality, const ModalityRows& from) const;
    std::shared_ptr<const EmbeddingSet> assembleFeatures() const;
    void embeddingsDiffer();

    Session* q;
    EngineOptions options;

    // Before the queues: their work uses it until they are gone.
    std::shared_ptr<Engine> engine;
    enum class EngineState { Closed, Opening, Ready, Failed } engineState = EngineState::Closed;
    QString engineError;
    QJsonObject system;
    std::vector<std::function<void()>> untilEngine;
    JobQueue device { 1 };
    JobQueue training { 1 };
    JobQueue decode { 2 };

    std::unique_ptr<QTemporaryDir> temporary;
    std::shared_ptr<StoreThread> store = std::make_shared<StoreThread>();
    std::unique_ptr<Workspace> workspace;
    int generation = 0; ///< counts workspaces: what was started for another one is dropped

    QUndoStack undo;
    bool replaying = false;
    qint64 nextPos = 0; ///< journal position of the next change

    std::vector<Sample> samples;
    std::vector<qint64> uids; ///< of samples, ascending
    QHash<QString, qsizetype> index;
    QHash<qint64, Sample> removed;

    QString shipped; ///< name of the model that ships, empty when it is not installed
    QStringList models;
    QHash<QString, QJsonObject> infos;
    QString currentModel;

    QStringList selection;
    QString current;
    QString hovered;

    ValueCache cache;
    QHash<QString, QPointer<Job>> underWay; ///< by key; null while the engine opens
    QSet<QString> keep;                     ///< keys under way that go into the file
    QHash<QString, ValuePtr> unwritten;     ///< on their way into the file
    QHash<QString, ValuePtr> partials;      ///< the last one of each training under way

    std::map<Modality, ModalityRows> rows;
    QString rowsModel; ///< hash of the model whose rows these are
    bool rowsLoaded = false;
    bool embedWanted = false;
    int embedJobs = 0;
    std::shared_ptr<const EmbeddingSet> features;
    QTimer embeddingsTimer;
};

QJsonArray numbersToJson(const QList<qint64>& numbers);
QList<qint64> numbersFromJson(const QJsonValue& json);
QStringList stringsFromJson(const QJsonValue& json);

} // namespace triptych
