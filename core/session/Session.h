#pragma once

#include "core/data/Dataset.h"
#include "core/jobs/JobQueue.h"
#include "core/session/Engine.h"
#include "core/values/EmbeddingSet.h"

#include <QDateTime>
#include <QObject>
#include <QUrl>
#include <functional>
#include <memory>
#include <optional>

class QUndoStack;

namespace triptych {

class Workspace;

/// A trained value that the workspace keeps.
struct KeptResult {
    QString key;        ///< of the recipe
    Recipe recipe;
    QString name;       ///< given by the person; empty at first
    QDateTime when;
    QJsonObject info;   ///< of the value: its facts, options, scores, rows and curves; no long lists
};

/// What is open: samples, models, values, selection. The one shared mutable object; lives on the
/// GUI thread. Every change can be undone, and is on its way into the workspace file when the call
/// returns: a thread writes them in order, so the file is always what the session was at one moment.
/// Closing waits for it.
class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(const EngineOptions& options, QObject* parent = nullptr);
    ~Session() override;

    // -- the workspace file
    /// Opens or creates `path`; with an empty path the workspace lives in a temporary file until
    /// saveAs. Throws Error. What a damaged file lost is told by `notice`.
    void open(const QString& path);
    QString path() const;
    QString name() const;
    /// Writes everything to `path` behind, with what changes meanwhile, and goes on there: `moved`
    /// follows, or `notice` when it could not be written. Throws Error where that can be told at once.
    void saveAs(const QString& path);
    bool isOpen() const;
    bool isSaved() const;                             ///< nothing is on its way into the file
    /// Calls `then` (queued) when everything changed so far is in the file.
    void whenSaved(std::function<void()> then);

    // -- the engine, opened on the device worker after the window is up
    void startEngine();
    bool isEngineReady() const;
    EngineOptions engineOptions() const;              ///< as it was or will be opened
    /// Opens the engine anew on `device` with `threads` (0 = every core) unless it runs so already;
    /// jobs under way end on the old one. `engineReady` follows.
    void reopenEngine(const QString& device, int threads);
    /// How many bytes of values stay in memory; 256 MB at first.
    void setCacheLimit(qint64 bytes);
    QJsonObject system() const;                       ///< empty until ready
    const std::vector<MethodInfo>& methods() const;   ///< empty until ready

    // -- samples
    const std::vector<Sample>& samples() const;
    const Sample* sample(const QString& id) const;    ///< null when there is none
    qsizetype indexOf(const QString& id) const;       ///< -1 when there is none; O(1)
    /// Whether the file of `modality` is where the sample says; true for texts and bytes.
    bool isMissing(const QString& id, Modality modality) const;
    /// Files and folders as dropped: media become samples, a folder a data set or a checkpoint, a
    /// workspace is announced by `workspaceDropped`. Reads on the decode pool; what cannot be read
    /// is told by `notice`, one line a file, and the rest go in. Emits `added` with the new ids. A few
    /// new samples are selected, whatever they come from; undo takes both back.
    void add(const QList<QUrl>& urls);
    void addText(const QString& text);
    /// Encoded media from the clipboard, kept in the workspace.
    void addBytes(Modality modality, const QByteArray& bytes, const QString& title);
    void addDataset(const Dataset& dataset);
    void remove(const QStringList& ids);
    void setLabel(const QStringList& ids, const QString& label);
    /// Looks for missing files under `folder` by name and content hash, on the decode pool; `notice`
    /// says how many it found.
    void relocate(const QString& folder);

    // -- models (folders), the first is the one that ships
    QStringList models() const;
    QString currentModel() const;
    void addModel(const QString& path);               ///< opens it; `notice` when it is none
    void removeModel(const QString& path);
    void setCurrentModel(const QString& path);
    QJsonObject modelInfo(const QString& path) const; ///< value of model.info, empty until known
    /// Takes it out of memory; it stays in the list and is read again when something uses it.
    void unloadModel(const QString& path);
    /// The person agreed that the program in this file runs, now and later; its facts are read anew.
    void trustModel(const QString& path);
    QJsonObject modelsInMemory() const;               ///< value of model.open, empty before the engine is

    // -- one selection
    QStringList selection() const;
    QString current() const;                          ///< the last one picked, empty for none
    enum class Select { Replace, Add, Toggle };
    void select(const QStringList& ids, Select how = Select::Replace);
    QString hovered() const;
    void hover(const QString& id);                    ///< not saved, not undone

    // -- values by recipe
    /// What is in memory or in the workspace file; null when it was never computed.
    ValuePtr value(const Recipe& recipe) const;
    /// Computes it unless it is known or under way; `valueReady` follows, also when it is known
    /// (queued, never during the call). `keep` stores it in the workspace file.
    /// Returns the job; null when nothing has to run, and while the engine is still opening (the
    /// job is announced by `jobAdded` then).
    Job* request(const Recipe& recipe, const Inputs& inputs, const QString& title,
        Priority priority = Priority::Interactive, bool keep = false);
    /// The same for one sample of this session.
    Job* request(const Recipe& recipe, const QString& sampleId, const QString& title);
    /// Recipe for `method` on one sample under the current model.
    Recipe recipeFor(const QString& method, const QString& sampleId, const QJsonObject& options = {}) const;

    /// The job that computes `recipe` now; null when there is none.
    Job* jobOf(const Recipe& recipe) const;

    // -- what was trained (methods of room "training") and kept
    /// Newest first. Their values are given by `value`.
    std::vector<KeptResult> keptResults(const QString& method) const;
    void renameResult(const QString& key, const QString& name);
    /// Undo brings it back; the numbers leave the file when undo can no longer reach them.
    void removeResult(const QString& key);
    /// Ends the training under way and keeps what its last partial value holds, under a recipe that says
    /// where it stopped. Nothing when no partial value came yet.
    std::optional<Recipe> stopAndKeep(const Recipe& recipe);

    // -- embeddings of every sample under the current model
    /// Starts what is missing (all modalities that samples and model share), in bulk.
    void embedAll();
    bool isEmbedding() const;
    /// Null while nothing is embedded. Rows follow the order of samples().
    std::shared_ptr<const EmbeddingSet> embeddings(Modality modality) const;
    std::vector<Modality> embeddedModalities() const;

    // -- how the window looks, kept in the workspace (layout, view states)
    QJsonObject viewState(const QString& view) const;
    void setViewState(const QString& view, const QJsonObject& state);
    /// A step that can be undone, called `text`; `before` is what undo brings back.
    void changeViewState(const QString& view, const QJsonObject& before, const QJsonObject& state,
        const QString& text);
    QStringList layouts() const;                      ///< by name, sorted
    QJsonObject layout(const QString& name) const;    ///< empty when there is none
    void saveLayout(const QString& name, const QJsonObject& layout);
    void removeLayout(const QString& name);

    QUndoStack* undoStack() const;
    JobQueue& deviceJobs();    ///< one worker: models
    JobQueue& trainingJobs();  ///< one worker
    JobQueue& decodeJobs();    ///< a small pool

Q_SIGNALS:
    void opened();
    void moved();                                     ///< path() is another one: saveAs is done
    void engineReady();
    void engineFailed(const QString& error);
    void samplesChanged();
    void added(const QStringList& ids);
    void modelsChanged();
    void currentModelChanged();
    void selectionChanged();
    void hoverChanged();
    void embeddingsChanged();
    /// These rows are in the workspace file now.
    void embeddingsStored(triptych::Modality modality, const QStringList& ids);
    void resultsChanged();                            ///< one was kept, renamed, removed or brought back
    void layoutsChanged();
    void viewStateChanged(const QString& view);       ///< by undo or redo
    void valueReady(const QString& key, triptych::ValuePtr value);
    void valuePartial(const QString& key, triptych::ValuePtr value);
    void valueFailed(const QString& key, const QString& error);
    /// A sentence for the person: a file that could not be read, a job that failed.
    void notice(const QString& text);
    void workspaceDropped(const QString& path);
    void jobAdded(triptych::Job* job);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace triptych
