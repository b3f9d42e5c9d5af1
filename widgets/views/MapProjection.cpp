#include "widgets/views/MapProjection.h"

#include <algorithm>
#include <utility>

namespace triptych {

namespace {

constexpr QLatin1String Linear("project.pca");
constexpr qsizetype Repeatable = 20000; // up to here one thread is quick enough, and repeatable

} // namespace

MapProjection::MapProjection(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&session, &Session::valueReady, this, &MapProjection::takeReady);
    connect(&session, &Session::valuePartial, this, &MapProjection::takePartial);
    connect(&session, &Session::valueFailed, this, &MapProjection::takeFailure);
}

void MapProjection::setMethod(const QString& method, const QJsonObject& options)
{
    m_method = method;
    m_options = options;
}

void MapProjection::setRows(MapRows rows, bool preview)
{
    const bool sameWidth = !m_base.isEmpty() && !rows.isEmpty()
        && m_base.embeddings->array(QStringLiteral("embeddings")).shape[1]
            == rows.embeddings->array(QStringLiteral("embeddings")).shape[1];
    m_all = std::move(rows);
    if (m_all.isEmpty()) {
        drop();
        m_base = {};
        m_inBase.clear();
        m_placed.clear();
        m_value.reset();
        m_quality.reset();
        refreshPoints();
        setState(State::Empty);
        Q_EMIT moved(true);
        return;
    }
    std::vector<size_t> added;
    std::vector<size_t> old;
    for (size_t i = 0; i < m_all.rows.size(); ++i) {
        const QString key = m_all.rows[i].key();
        const bool known = m_base.isEmpty() ? !m_later.contains(key) : m_inBase.contains(key);
        (known ? old : added).push_back(i);
    }
    const bool few = !old.empty() && added.size() <= std::max<size_t>(20, old.size() / 5);
    if (m_base.isEmpty() && few && !m_later.isEmpty()) { // a reopened workspace: the map as it was
        m_preview = preview;
        start(m_all.picked(old));
        return;
    }
    // The vectors of rows that are known may have changed with the model: then nothing is known.
    const bool same = sameWidth && few
        && m_all.picked(old).embeddings->array(QStringLiteral("embeddings")).bytes
            == m_base.picked([&] {
                  std::vector<size_t> at;
                  for (const size_t i : old)
                      at.push_back(size_t(m_inBase.value(m_all.rows[i].key())));
                  return at;
              }()).embeddings->array(QStringLiteral("embeddings")).bytes;
    if (!same || (m_preview && !preview) || m_state == State::Waiting) {
        m_preview = preview;
        start(m_all);
        return;
    }
    refreshPoints();
    Q_EMIT moved(false);
    place(added);
}

void MapProjection::run()
{
    m_preview = false;
    m_restored.reset();
    if (!m_all.isEmpty())
        start(m_all);
}

void MapProjection::start(MapRows base)
{
    drop();
    m_base = std::move(base);
    m_inBase.clear();
    for (size_t i = 0; i < m_base.rows.size(); ++i)
        m_inBase.insert(m_base.rows[i].key(), qsizetype(i));
    m_placed.clear();
    m_later.clear();
    m_paused.reset();
    m_quality.reset();
    m_qualityKey.clear();
    m_placeKey.clear();
    m_error.clear();
    m_epoch = 0;
    m_epochs = 0;
    if (m_base.size() < 3) {
        placeSimply();
        return;
    }
    m_value.reset(); // coordinates of other rows
    const auto restored = std::exchange(m_restored, std::nullopt);
    if (restored && restored->inputs.value(QLatin1String("embeddings")) == m_base.name) {
        if (const ValuePtr value = m_session.value(*restored)) {
            m_recipe = *restored;
            m_linearKey.clear();
            finish(value, true);
            return;
        }
    }
    if (!m_session.isEngineReady()) { // setRows follows when it is
        m_restored = restored;
        setState(State::Waiting);
        return;
    }
    startLinear();
    if (m_preview || m_method == Linear || m_base.size() < 5) {
        setState(State::Running);
        return;
    }
    runMethod({}, {});
}

/// Lets go of what runs. Asked for again, the same recipe may still be the job that is stopping:
/// runMethod then waits for its end.
void MapProjection::drop()
{
    m_pausing = false;
    if (m_job && m_recipe.method != Linear && !m_job->isOver()) { // a linear map is there in no time
        m_job->cancel();
        m_dropped = m_job;
    }
    m_job.clear();
}

/// Two points have no shape: they stand side by side.
void MapProjection::placeSimply()
{
    std::vector<float> coords;
    for (qsizetype i = 0; i < m_base.size(); ++i) {
        coords.push_back(float(i));
        coords.push_back(0);
    }
    auto value = std::make_shared<Value>();
    value->arrays[QStringLiteral("coords")] = Array::of(coords, { m_base.size(), 2 });
    m_recipe = { Linear, {}, { { QStringLiteral("embeddings"), m_base.name } } };
    takeCoords(value, true);
    setState(State::Done);
}

Inputs MapProjection::baseInputs() const
{
    Inputs inputs;
    inputs.values[QStringLiteral("embeddings")] = m_base.embeddings;
    return inputs;
}

void MapProjection::startLinear()
{
    m_recipe = { Linear, {}, { { QStringLiteral("embeddings"), m_base.name } } };
    m_linearKey = m_recipe.key();
    m_job = m_session.request(m_recipe, baseInputs(), tr("Map: PCA"), Priority::Interactive, true);
}

void MapProjection::runMethod(const QJsonObject& further, const QString& stateName)
{
    QJsonObject options = m_options;
    if (m_base.size() <= Repeatable && m_method == QLatin1String("project.umap"))
        options.insert(QStringLiteral("threads"), 1);
    const QString neighbors = QStringLiteral("neighbors");
    if (options.contains(neighbors)) // a small set has fewer to offer
        options[neighbors] = std::min<qint64>(options[neighbors].toInteger(), m_base.size() - 1);
    for (auto it = further.begin(); it != further.end(); ++it)
        options.insert(it.key(), it.value());
    m_recipe = { m_method, options, { { QStringLiteral("embeddings"), m_base.name } } };
    Inputs inputs = baseInputs();
    if (m_paused) {
        m_recipe.inputs.insert(QStringLiteral("state"), stateName);
        inputs.values[QStringLiteral("state")] = m_paused;
    }
    const QString name = m_method.section(u'.', 1).toUpper();
    setState(State::Running);
    m_job = m_session.request(m_recipe, inputs, tr("Map: %1").arg(name), Priority::Bulk, true);
    if (!m_job)
        return; // known: valueReady follows
    if (m_job == m_dropped) {
        m_dropped.clear();
        connect(m_job, &Job::finished, this,
            [this, job = m_job.data(), further, stateName] {
                if (job == m_job && m_state == State::Running)
                    runMethod(further, stateName);
            }, Qt::QueuedConnection);
        return;
    }
    connect(m_job, &Job::finished, this, [this, job = m_job.data()] {
        if (job != m_job || job->state() != Job::State::Cancelled)
            return;
        setState(m_pausing && m_paused ? State::Paused : State::Done);
        m_pausing = false;
    });
}

void MapProjection::pause()
{
    if (m_state != State::Running || !m_job)
        return;
    m_pausing = true;
    m_job->cancel();
}

void MapProjection::resume()
{
    if (m_state != State::Paused || !m_paused)
        return;
    const int from = m_paused->info.value(QLatin1String("epoch")).toInt();
    runMethod({ { QStringLiteral("from"), from } }, tr("epoch %1").arg(from));
}

void MapProjection::takeReady(const QString& key, const ValuePtr& value)
{
    if (key == m_placeKey) {
        m_placeKey.clear();
        takePlaced(value);
    } else if (key == m_qualityKey) {
        m_quality = value;
        Q_EMIT qualityChanged();
    } else if (key == m_recipe.key() && m_state == State::Running) {
        finish(value, m_recipe.method == Linear || m_epoch == 0);
    } else if (key == m_linearKey && m_epoch == 0 && m_state == State::Running) {
        takeCoords(value, true); // something to look at until the method has its own
    }
}

void MapProjection::takePartial(const QString& key, const ValuePtr& value)
{
    if (key != m_recipe.key() || m_state != State::Running)
        return;
    const bool first = m_epoch == 0;
    m_epoch = value->info.value(QLatin1String("epoch")).toInt();
    m_epochs = value->info.value(QLatin1String("epochs")).toInt();
    m_paused = value;
    takeCoords(value, first);
    Q_EMIT stateChanged();
}

void MapProjection::takeFailure(const QString& key, const QString& error)
{
    const bool stopped = m_job && m_job->state() == Job::State::Cancelled;
    if ((key != m_recipe.key() && key != m_placeKey) || stopped)
        return; // a stopped run is told by its job
    m_placeKey.clear();
    m_error = error;
    setState(State::Failed);
}

void MapProjection::finish(const ValuePtr& value, bool anew)
{
    m_epochs = value->info.value(QLatin1String("epochs")).toInt();
    m_epoch = value->info.value(QLatin1String("epoch")).toInt();
    m_paused.reset();
    takeCoords(value, anew);
    setState(State::Done);
    measure();
    std::vector<size_t> missing;
    for (size_t i = 0; i < m_all.rows.size(); ++i)
        if (!m_inBase.contains(m_all.rows[i].key()))
            missing.push_back(i);
    place(missing);
}

bool MapProjection::isSettled() const
{
    const bool measured = m_quality || m_qualityKey.isEmpty();
    return m_state == State::Empty || m_state == State::Failed
        || (m_state == State::Done && measured && m_placeKey.isEmpty());
}

void MapProjection::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace triptych
