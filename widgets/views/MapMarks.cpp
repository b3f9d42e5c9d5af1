#include "widgets/views/MapBar.h"
#include "widgets/views/MapView.h"

#include "widgets/Thumbnails.h"

#include <QRegularExpression>
#include <algorithm>
#include <utility>

namespace triptych {

namespace {

/// Plain words match anywhere; between slashes it is a regular expression. A broken one is taken
/// as plain words, since it is being typed.
QRegularExpression patternOf(const QString& search)
{
    const bool regex = search.size() > 2 && search.startsWith(u'/') && search.endsWith(u'/');
    const auto options = QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption;
    QRegularExpression pattern(regex ? search.mid(1, search.size() - 2) : QRegularExpression::escape(search), options);
    if (!pattern.isValid())
        pattern = QRegularExpression(QRegularExpression::escape(search), options);
    return pattern;
}

bool matches(const Sample& sample, const QRegularExpression& pattern)
{
    if (pattern.match(sample.title()).hasMatch() || pattern.match(sample.label).hasMatch()
        || pattern.match(sample.id).hasMatch())
        return true;
    return std::any_of(sample.sources.begin(), sample.sources.end(),
        [&pattern](const auto& source) { return pattern.match(source.second.text).hasMatch(); });
}

} // namespace

void MapView::recolor()
{
    MapColoring coloring = colorBy(m_bar->color(), session(), m_projection->rows().rows);
    m_plot->setColors(std::move(coloring.colorOf), std::move(coloring.palette));
    m_plot->setLegend(std::move(coloring.legend));
}

bool MapView::isHidden(size_t row) const
{
    const auto& hidden = m_bar->hiddenModalities();
    return std::find(hidden.begin(), hidden.end(), m_projection->rows().rows[row].modality) != hidden.end();
}

void MapView::showModalities()
{
    if (m_bar->hiddenModalities().empty()) {
        m_plot->setVisiblePoints({});
        return;
    }
    std::vector<bool> visible(m_projection->rows().rows.size());
    for (size_t i = 0; i < visible.size(); ++i)
        visible[i] = !isHidden(i);
    m_plot->setVisiblePoints(std::move(visible));
}

std::vector<ScatterPlot::Pair> MapView::pairsOf(const QStringList& ids) const
{
    std::vector<ScatterPlot::Pair> pairs;
    for (const QString& id : ids) {
        const auto points = m_pointsOf.value(id);
        for (size_t a = 0; a < points.size(); ++a)
            for (size_t b = a + 1; b < points.size(); ++b)
                if (!isHidden(size_t(points[a])) && !isHidden(size_t(points[b])))
                    pairs.push_back({ points[a], points[b] });
    }
    return pairs;
}

void MapView::showPairs()
{
    std::vector<ScatterPlot::Pair> pairs = pairsOf(m_pointsOf.keys());
    m_bar->setPairCount(qsizetype(pairs.size()));
    if (!m_bar->pairsShown())
        pairs.clear();
    m_plot->setPairs(std::move(pairs));
    m_plot->setLitPairs(pairsOf(session().selection()));
}

void MapView::showPictures()
{
    if (!m_bar->picturesShown()) {
        m_plot->setPictures({}, {});
        return;
    }
    std::vector<bool> has;
    for (const MapRow& row : m_projection->rows().rows)
        has.push_back(row.modality == Modality::Image || row.modality == Modality::Video);
    m_plot->setPictures(std::move(has), [this](int point) { return pictureOf(point); });
}

QImage MapView::pictureOf(int point)
{
    const auto& rows = m_projection->rows().rows;
    if (point < 0 || size_t(point) >= rows.size())
        return {};
    const QString& id = rows[size_t(point)].id;
    if (const QImage known = m_thumbnails->known(id); !known.isNull())
        return known;
    // Asked for after the painting: a request tells the jobs panel.
    if (m_wantedPictures.isEmpty())
        QMetaObject::invokeMethod(this, [this] {
            for (const QString& wanted : std::exchange(m_wantedPictures, {}))
                m_thumbnails->get(wanted);
        }, Qt::QueuedConnection);
    m_wantedPictures.insert(id);
    return {};
}

void MapView::showSelection()
{
    std::vector<int> points;
    const QStringList ids = session().selection();
    for (const QString& id : ids) {
        const auto of = m_pointsOf.value(id);
        points.insert(points.end(), of.begin(), of.end());
    }
    m_plot->setSelected(std::move(points));
    m_plot->setLitPairs(ids.size() <= 200 ? pairsOf(ids) : std::vector<ScatterPlot::Pair> {});
}

void MapView::forgetArrivals()
{
    const QStringList ids = session().selection();
    const bool stays = std::any_of(
        ids.begin(), ids.end(), [this](const QString& id) { return m_arrivals.contains(id); });
    if (stays || ids.isEmpty() || m_arrivals.isEmpty())
        return;
    m_arrivals.clear(); // seen: the person has gone on to something else
    showArrivals();
}

void MapView::showArrivals()
{
    std::vector<int> points;
    for (const QString& id : m_arrivals) {
        const auto of = m_pointsOf.value(id);
        points.insert(points.end(), of.begin(), of.end());
    }
    m_plot->setRinged(std::move(points));
}

void MapView::showSearch()
{
    m_matches.clear();
    if (m_bar->search().isEmpty()) {
        m_plot->setFaded({});
        m_bar->setMatches(-1);
        return;
    }
    const QRegularExpression pattern = patternOf(m_bar->search());
    std::vector<bool> faded(m_projection->rows().rows.size(), true);
    qsizetype count = 0;
    for (auto it = m_pointsOf.cbegin(); it != m_pointsOf.cend(); ++it) {
        const Sample* sample = session().sample(it.key());
        if (!sample || !matches(*sample, pattern))
            continue;
        ++count;
        for (const int point : it.value()) {
            faded[size_t(point)] = false;
            m_matches.push_back(point);
        }
    }
    std::sort(m_matches.begin(), m_matches.end());
    m_plot->setFaded(std::move(faded));
    m_bar->setMatches(count);
}

QStringList MapView::idsOf(const std::vector<int>& points) const
{
    QStringList ids;
    QSet<QString> seen;
    for (const int point : points) {
        const QString& id = m_projection->rows().rows[size_t(point)].id;
        if (seen.contains(id))
            continue;
        seen.insert(id);
        ids << id;
    }
    return ids;
}

} // namespace triptych
