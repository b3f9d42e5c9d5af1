#include "widgets/views/MapProjection.h"

#include <limits>

namespace triptych {

void MapProjection::takeCoords(const ValuePtr& value, bool anew)
{
    m_value = value;
    refreshPoints();
    Q_EMIT moved(anew);
}

void MapProjection::refreshPoints()
{
    const float unknown = std::numeric_limits<float>::quiet_NaN();
    m_x.assign(m_all.rows.size(), unknown);
    m_y.assign(m_all.rows.size(), unknown);
    if (!m_value)
        return;
    const Array coords = m_value->array(QStringLiteral("coords")).toFloat();
    const auto values = coords.floats();
    const qint64 dims = coords.shape.value(1, 1);
    for (size_t i = 0; i < m_all.rows.size(); ++i) {
        const QString key = m_all.rows[i].key();
        if (const auto at = m_inBase.constFind(key); at != m_inBase.constEnd() && *at < coords.rows()) {
            m_x[i] = values[size_t(*at * dims)];
            m_y[i] = dims > 1 ? values[size_t(*at * dims) + 1] : 0;
        } else if (const auto point = m_placed.constFind(key); point != m_placed.constEnd()) {
            m_x[i] = float(point->x());
            m_y[i] = float(point->y());
        }
    }
}

void MapProjection::place(const std::vector<size_t>& rows)
{
    std::vector<size_t> missing;
    for (const size_t row : rows)
        if (!m_placed.contains(m_all.rows[row].key()))
            missing.push_back(row);
    if (missing.empty() || m_state != State::Done || !m_value)
        return;
    if (m_base.size() < 3) { // no shape to place anything on
        start(m_all);
        return;
    }
    const MapRows query = m_all.picked(missing);
    Inputs inputs = baseInputs();
    inputs.values[QStringLiteral("coords")] = m_value;
    inputs.values[QStringLiteral("query")] = query.embeddings;
    const Recipe recipe { QStringLiteral("project.place"), {},
        { { QStringLiteral("embeddings"), m_base.name }, { QStringLiteral("coords"), m_recipe.key() },
            { QStringLiteral("query"), query.name } } };
    m_placing = query.rows;
    m_placeKey = recipe.key();
    m_session.request(recipe, inputs, tr("Map: new samples"), Priority::Interactive, false);
}

void MapProjection::takePlaced(const ValuePtr& value)
{
    const Array coords = value->array(QStringLiteral("coords")).toFloat();
    const auto dims = size_t(coords.shape.value(1, 1));
    for (size_t i = 0; i < m_placing.size() && i < size_t(coords.rows()); ++i)
        m_placed.insert(m_placing[i].key(),
            QPointF(double(coords.floats()[i * dims]), dims > 1 ? double(coords.floats()[i * dims + 1]) : 0));
    m_placing.clear();
    refreshPoints();
    Q_EMIT moved(false);
    Q_EMIT stateChanged();
}

void MapProjection::measure()
{
    if (m_base.size() < 8)
        return;
    Inputs inputs = baseInputs();
    inputs.values[QStringLiteral("coords")] = m_value;
    const Recipe recipe { QStringLiteral("project.quality"), {},
        { { QStringLiteral("embeddings"), m_base.name }, { QStringLiteral("coords"), m_recipe.key() } } };
    if (m_qualityJob && m_qualityKey != recipe.key())
        m_qualityJob->cancel(); // of a map that is no longer shown
    m_qualityKey = recipe.key();
    m_qualityJob = m_session.request(recipe, inputs, tr("Map: quality"), Priority::Bulk, true);
}

QJsonObject MapProjection::toJson() const
{
    QJsonObject json;
    if (m_state != State::Done || m_preview)
        return json;
    json[QStringLiteral("recipe")] = m_recipe.toJson();
    json[QStringLiteral("placed")] = QJsonArray::fromStringList(m_placed.keys());
    return json;
}

void MapProjection::restore(const QJsonObject& json)
{
    m_restored.reset();
    m_later.clear();
    if (json.contains(QLatin1String("recipe")))
        m_restored = Recipe::fromJson(json.value(QLatin1String("recipe")).toObject());
    for (const QJsonValue& key : json.value(QLatin1String("placed")).toArray())
        m_later.insert(key.toString());
}

} // namespace triptych
