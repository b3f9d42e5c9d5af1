#include "core/session/SessionPrivate.h"

#include <QUndoCommand>

#include <algorithm>

namespace triptych {

using namespace Qt::StringLiterals;

QJsonArray numbersToJson(const QList<qint64>& numbers)
{
    QJsonArray json;
    for (qint64 number : numbers)
        json << number;
    return json;
}

QList<qint64> numbersFromJson(const QJsonValue& json)
{
    QList<qint64> numbers;
    for (const QJsonValue& number : json.toArray())
        numbers << number.toInteger();
    return numbers;
}

QStringList stringsFromJson(const QJsonValue& json)
{
    QStringList strings;
    for (const QJsonValue& text : json.toArray())
        strings << text.toString();
    return strings;
}

namespace {

    QString textOf(const QString& kind, const QJsonObject& payload)
    {
        const int n = int(payload["uids"_L1].toArray().size());
        if (kind == "add"_L1)
            return Session::tr("Add %n sample(s)", nullptr, n);
        if (kind == "remove"_L1)
            return Session::tr("Remove %n sample(s)", nullptr, n);
        if (kind == "label"_L1)
            return Session::tr("Label %n sample(s)", nullptr, n);
        if (kind == "relocate"_L1)
            return Session::tr("Find %n missing file(s)", nullptr, int(payload["items"_L1].toArray().size()));
        if (kind == "add_model"_L1)
            return Session::tr("Add a model");
        if (kind == "remove_model"_L1)
            return Session::tr("Close a model");
        if (kind == "model"_L1)
            return Session::tr("Change the model");
        if (kind == "view"_L1 || kind == "kept"_L1)
            return payload["text"_L1].toString();
        if (kind == "layout"_L1) {
            const QString name = payload["name"_L1].toString();
            return payload["new"_L1].toObject().isEmpty() ? Session::tr("Delete layout %1").arg(name)
                                                          : Session::tr("Save layout %1").arg(name);
        }
        return Session::tr("Select %n sample(s)", nullptr, int(payload["new"_L1].toArray().size()));
    }

} // namespace

/// A change on the undo stack. It was made before it is pushed, so its first redo does nothing.
class Change final : public QUndoCommand {
public:
    using Step = std::function<void(bool forward)>;
    Change(const QString& text, Step step)
        : QUndoCommand(text)
        , m_step(std::move(step))
    {
    }
    void undo() override { m_step(false); }
    void redo() override
    {
        if (!std::exchange(m_isNew, false))
            m_step(true);
    }

private:
    Step m_step;
    bool m_isNew = true;
};

void Session::Private::pushCommand(qint64 pos, const QString& kind, const QJsonObject& payload)
{
    undo.push(new Change(textOf(kind, payload), [this, pos, kind, payload](bool forward) {
        if (!replaying)
            step(pos, kind, payload, forward);
    }));
}

/// `first` writes what only the first time writes, and completes the payload.
void Session::Private::perform(
    const QString& kind, const QJsonObject& given, const std::function<void(QJsonObject&)>& first)
{
    ensureOpen();
    QJsonObject payload = given;
    const qint64 pos = nextPos;
    workspace->commit([&] {
        if (first)
            first(payload);
        else
            write(kind, payload, true);
        workspace->appendJournal({ pos, kind, payload });
        workspace->setState(u"session"_s, u"undo"_s, { { u"next"_s, pos + 1 } });
        if (pos % 100 == 0)
            workspace->trimJournal(pos + 1 - undo.undoLimit());
    });
    nextPos = pos + 1;
    pushCommand(pos, kind, payload);
    show(kind, payload, true);
}

void Session::Private::step(qint64 pos, const QString& kind, const QJsonObject& payload, bool forward)
{
    nextPos = forward ? pos + 1 : pos;
    workspace->commit([&] {
        write(kind, payload, forward);
        workspace->setState(u"session"_s, u"undo"_s, { { u"next"_s, nextPos } });
    });
    show(kind, payload, forward);
    if (kind == "view"_L1) // whoever made the change looks like it already
        Q_EMIT q->viewStateChanged(payload["view"_L1].toString());
}

void Session::Private::write(const QString& kind, const QJsonObject& payload, bool forward)
{
    if (kind == "add"_L1 || kind == "remove"_L1) {
        workspace->setRemoved(numbersFromJson(payload["uids"_L1]), forward == (kind == "remove"_L1));
        if (payload.contains("new"_L1))
            writeSelection(payload, forward);
    } else if (kind == "label"_L1) {
        writeLabels(payload, forward);
    } else if (kind == "relocate"_L1) {
        for (const QJsonValue& item : payload["items"_L1].toArray())
            if (const std::optional<Modality> modality = modalityFromName(item["modality"_L1].toString()))
                workspace->setSourcePath(item["uid"_L1].toInteger(), *modality,
                    item[forward ? "new"_L1 : "old"_L1].toString());
    } else if (kind == "view"_L1) {
        workspace->setState(u"view"_s, payload["view"_L1].toString(), payload[forward ? "new"_L1 : "old"_L1].toObject());
    } else if (kind == "kept"_L1) {
        workspace->setState(u"kept"_s, payload["key"_L1].toString(), payload[forward ? "new"_L1 : "old"_L1].toObject());
    } else if (kind == "layout"_L1) {
        const QJsonObject layout = payload[forward ? "new"_L1 : "old"_L1].toObject();
        if (layout.isEmpty())
            workspace->deleteState(u"layout"_s, payload["name"_L1].toString());
        else
            workspace->setState(u"layout"_s, payload["name"_L1].toString(), layout);
    } else if (kind == "select"_L1) {
        writeSelection(payload, forward);
    } else {
        const QString path = payload["path"_L1].toString();
        if (kind != "model"_L1 && forward == (kind == "add_model"_L1))
            workspace->insertModel(path, payload["pos"_L1].toInt());
        else if (kind != "model"_L1)
            workspace->deleteModel(path);
        workspace->setState(u"session"_s, u"model"_s, { { u"path"_s, payload[forward ? "new"_L1 : "old"_L1] } });
    }
}

void Session::Private::writeSelection(const QJsonObject& payload, bool forward)
{
    workspace->setState(u"session"_s, u"selection"_s,
        { { u"ids"_s, payload[forward ? "new"_L1 : "old"_L1] },
            { u"current"_s, payload[forward ? "newCurrent"_L1 : "oldCurrent"_L1] } });
}

void Session::Private::writeLabels(const QJsonObject& payload, bool forward)
{
    const QList<qint64> numbers = numbersFromJson(payload["uids"_L1]);
    const QStringList old = stringsFromJson(payload["old"_L1]);
    QList<qint64> changed;
    std::vector<Sample> labelled;
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const auto found = std::lower_bound(uids.begin(), uids.end(), numbers[i]);
        if (found == uids.end() || *found != numbers[i])
            continue;
        const Sample& sample = samples[size_t(found - uids.begin())];
        changed << numbers[i];
        labelled.push_back({ sample.id, forward ? payload["label"_L1].toString() : old.value(i), sample.group,
            sample.split, sample.parent, sample.columns, {} }); // its sources stay as they are
    }
    workspace->setFacts(changed, std::move(labelled));
}

void Session::Private::show(const QString& kind, const QJsonObject& payload, bool forward)
{
    if (kind == "add"_L1) {
        showSamples(numbersFromJson(payload["uids"_L1]), forward);
    } else if (kind == "remove"_L1) {
        showSamples(numbersFromJson(payload["uids"_L1]), !forward);
    } else if (kind == "label"_L1) {
        showLabels(payload, forward);
    } else if (kind == "relocate"_L1) {
        showPaths(payload, forward);
    } else if (kind == "add_model"_L1 || kind == "remove_model"_L1) {
        const QString path = payload["path"_L1].toString();
        models.removeAll(path);
        if (forward == (kind == "add_model"_L1))
            models.insert(std::min<qsizetype>(payload["pos"_L1].toInt() + !shipped.isEmpty(), models.size()), path);
        Q_EMIT q->modelsChanged();
    }
    if (kind == "layout"_L1)
        Q_EMIT q->layoutsChanged();
    if (kind == "kept"_L1)
        Q_EMIT q->resultsChanged();
    if (kind == "select"_L1 || ((kind == "add"_L1 || kind == "remove"_L1) && payload.contains("new"_L1)))
        showSelection(stringsFromJson(payload[forward ? "new"_L1 : "old"_L1]),
            payload[forward ? "newCurrent"_L1 : "oldCurrent"_L1].toString());
    if (kind.endsWith("model"_L1))
        useModel(payload[forward ? "new"_L1 : "old"_L1].toString());
}

void Session::Private::showSamples(const QList<qint64>& numbers, bool visible)
{
    const QSet<qint64> these(numbers.begin(), numbers.end());
    if (visible) {
        std::vector<Sample> merged;
        std::vector<qint64> order = uids;
        QHash<qint64, size_t> old;
        for (size_t i = 0; i < uids.size(); ++i)
            old.insert(uids[i], i);
        for (qint64 uid : these)
            if (removed.contains(uid))
                order.push_back(uid);
        std::sort(order.begin(), order.end());
        merged.reserve(order.size());
        for (qint64 uid : order)
            merged.push_back(old.contains(uid) ? std::move(samples[old[uid]]) : removed.take(uid));
        samples = std::move(merged);
        uids = std::move(order);
    } else {
        size_t kept = 0;
        for (size_t i = 0; i < samples.size(); ++i) {
            if (these.contains(uids[i])) {
                removed.insert(uids[i], std::move(samples[i]));
                continue;
            }
            if (kept != i) {
                samples[kept] = std::move(samples[i]);
                uids[kept] = uids[i];
            }
            ++kept;
        }
        samples.resize(kept);
        uids.resize(kept);
    }
    rebuildIndex();
    Q_EMIT q->samplesChanged();
    embeddingsDiffer();
    if (selection.removeIf([this](const QString& id) { return !index.contains(id); }) > 0)
        showSelection(selection, current);
}

void Session::Private::showLabels(const QJsonObject& payload, bool forward)
{
    const QList<qint64> numbers = numbersFromJson(payload["uids"_L1]);
    const QStringList old = stringsFromJson(payload["old"_L1]);
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const auto found = std::lower_bound(uids.begin(), uids.end(), numbers[i]);
        if (found != uids.end() && *found == numbers[i])
            samples[size_t(found - uids.begin())].label = forward ? payload["label"_L1].toString() : old.value(i);
    }
    Q_EMIT q->samplesChanged();
}

void Session::Private::showPaths(const QJsonObject& payload, bool forward)
{
    for (const QJsonValue& item : payload["items"_L1].toArray()) {
        const qint64 uid = item["uid"_L1].toInteger();
        const auto found = std::lower_bound(uids.begin(), uids.end(), uid);
        const std::optional<Modality> modality = modalityFromName(item["modality"_L1].toString());
        if (found != uids.end() && *found == uid && modality)
            samples[size_t(found - uids.begin())].sources[*modality].path = item[forward ? "new"_L1 : "old"_L1].toString();
    }
    for (auto& [modality, state] : rows)
        state.failed.clear();
    Q_EMIT q->samplesChanged();
}

void Session::Private::showSelection(const QStringList& ids, const QString& last)
{
    selection = ids;
    selection.removeIf([this](const QString& id) { return !index.contains(id); });
    current = index.contains(last) ? last : QString();
    Q_EMIT q->selectionChanged();
}

} // namespace triptych
