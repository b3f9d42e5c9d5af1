#include "widgets/views/MapView.h"

#include "widgets/Thumbnails.h"
#include "widgets/views/CommandText.h"
#include "widgets/views/MapBar.h"
#include "widgets/views/MapCard.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QScopedValueRollback>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace triptych {

View* makeMapView(Session& session)
{
    return new MapView(session);
}

MapView::MapView(Session& session)
    : View(session)
    , m_bar(new MapBar(this))
    , m_plot(new ScatterPlot(this))
    , m_caption(new QLabel(this))
    , m_card(new MapCard(session, m_plot))
    , m_projection(new MapProjection(session, this))
    , m_thumbnails(new Thumbnails(session, 72, this))
    , m_pictureTimer(new QTimer(this))
{
    m_caption->setObjectName(QStringLiteral("quiet"));
    m_caption->setContentsMargins(8, 3, 8, 3);
    m_caption->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_caption->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_plot, 1);
    layout->addWidget(m_caption);
    setFocusProxy(m_plot);
    connectSession();
    connectBar();
    connectPlot();
    m_bar->setMethods(session.methods());
    takeEmbeddings();
}

MapView::~MapView() = default;

QString MapView::title() const
{
    return tr("Map");
}

void MapView::connectSession()
{
    Session& s = session();
    connect(&s, &Session::engineReady, this, [this] {
        m_bar->setMethods(session().methods());
        takeEmbeddings();
    });
    connect(&s, &Session::embeddingsChanged, this, &MapView::takeEmbeddings);
    connect(&s, &Session::opened, this, &MapView::takeEmbeddings);
    connect(&s, &Session::samplesChanged, this, [this] {
        updateEmptyText();
        recolor();
    });
    connect(&s, &Session::added, this, [this](const QStringList& ids) {
        // A data set is no arrival: only a few samples on a map that is there stand out.
        m_arrivals.clear();
        if (m_projection->state() == MapProjection::State::Done && ids.size() <= 50)
            m_arrivals = QSet<QString>(ids.begin(), ids.end());
        showArrivals();
    });
    connect(&s, &Session::selectionChanged, this, [this] {
        showSelection();
        forgetArrivals();
    });
    connect(&s, &Session::hoverChanged, this, [this] {
        const auto points = m_pointsOf.value(session().hovered());
        const int now = m_plot->hoveredPoint();
        if (std::find(points.begin(), points.end(), now) == points.end())
            m_plot->setHovered(points.empty() ? -1 : points.front());
    });
    // One painting for the pictures of a tenth of a second.
    m_pictureTimer->setSingleShot(true);
    m_pictureTimer->setInterval(100);
    connect(m_pictureTimer, &QTimer::timeout, m_plot, &ScatterPlot::picturesChanged);
    connect(m_thumbnails, &Thumbnails::ready, this, [this] {
        if (!m_pictureTimer->isActive())
            m_pictureTimer->start();
    });
    connect(m_projection, &MapProjection::moved, this, &MapView::movePoints);
    connect(m_projection, &MapProjection::qualityChanged, this, &MapView::updateCaption);
    connect(m_projection, &MapProjection::stateChanged, this, [this] {
        m_bar->setProjectionState(m_projection->state(), m_projection->epoch(), m_projection->epochs());
        updateCaption();
        updateEmptyText();
        if (m_projection->state() == MapProjection::State::Done)
            Q_EMIT stateChanged();
    });
}

void MapView::connectBar()
{
    connect(m_bar, &MapBar::projectionChanged, this, [this] {
        applyMethod();
        m_projection->run();
        Q_EMIT stateChanged();
    });
    connect(m_bar, &MapBar::runClicked, this, [this] {
        if (m_projection->state() == MapProjection::State::Running) {
            m_projection->pause();
        } else if (m_projection->state() == MapProjection::State::Paused) {
            m_projection->resume();
        } else {
            applyMethod();
            m_projection->run();
        }
    });
    connect(m_bar, &MapBar::colorChanged, this, [this] {
        recolor();
        Q_EMIT stateChanged();
    });
    connect(m_bar, &MapBar::modalitiesChanged, this, [this] {
        showModalities();
        showPairs();
        Q_EMIT stateChanged();
    });
    connect(m_bar, &MapBar::pairsChanged, this, [this] {
        showPairs();
        Q_EMIT stateChanged();
    });
    connect(m_bar, &MapBar::picturesChanged, this, [this] {
        showPictures();
        Q_EMIT stateChanged();
    });
    connect(m_bar, &MapBar::searchChanged, this, &MapView::showSearch);
    connect(m_bar, &MapBar::matchesTaken, this, [this] {
        if (!m_matches.empty())
            session().select(idsOf(m_matches));
    });
    connect(m_bar, &MapBar::toolChanged, m_plot, &ScatterPlot::setTool);
    connect(m_bar, &MapBar::fitClicked, this, [this] {
        m_plot->fit();
        m_viewportTouched = false;
    });
}

void MapView::connectPlot()
{
    connect(m_plot, &ScatterPlot::hovered, this, [this](int point) {
        if (point < 0) {
            m_card->hideNow();
            session().hover({});
            return;
        }
        const MapRow& row = m_projection->rows().rows[size_t(point)];
        m_card->showLater(row.id, row.modality, m_plot->position(point));
        session().hover(row.id);
    });
    connect(m_plot, &ScatterPlot::clicked, this, [this](int point, Qt::KeyboardModifiers modifiers) {
        const bool toggle = modifiers & Qt::ControlModifier;
        const bool add = modifiers & Qt::ShiftModifier;
        if (point >= 0)
            session().select({ m_projection->rows().rows[size_t(point)].id },
                toggle    ? Session::Select::Toggle
                    : add ? Session::Select::Add
                          : Session::Select::Replace);
        else if (!toggle && !add)
            session().select({});
    });
    connect(m_plot, &ScatterPlot::areaSelected, this, [this](const std::vector<int>& points, bool add) {
        session().select(idsOf(points), add ? Session::Select::Add : Session::Select::Replace);
    });
    connect(m_plot, &ScatterPlot::viewportChanged, this, [this] {
        m_card->hideNow();
        if (m_fitting)
            return;
        m_viewportTouched = true;
        Q_EMIT stateChanged();
    });
}

void MapView::applyMethod()
{
    m_projection->setMethod(m_bar->method(), m_bar->options());
}

void MapView::takeEmbeddings()
{
    updateEmptyText();
    if (!session().isEngineReady() && !session().isOpen())
        return;
    applyMethod();
    m_bar->setModalities(session().embeddedModalities());
    m_projection->setRows(MapRows::of(session()), session().isEmbedding());
}

void MapView::movePoints(bool anew)
{
    const auto& rows = m_projection->rows().rows;
    const bool same = m_plot->count() == int(rows.size());
    {
        const QScopedValueRollback<bool> guard(m_fitting, true);
        m_plot->setPoints(m_projection->x(), m_projection->y());
        if (!m_wantedViewport.isEmpty() && m_projection->state() != MapProjection::State::Empty) {
            m_plot->setViewport(m_wantedViewport);
            m_viewportTouched = true;
            if (m_projection->method() != QLatin1String("project.pca") || m_bar->method() == m_projection->method())
                m_wantedViewport = {};
        } else if (anew || !m_viewportTouched) {
            m_plot->fit();
            m_viewportTouched = false;
        }
    }
    const bool pca = m_projection->method() == QLatin1String("project.pca") && m_projection->value()
        && m_projection->value()->has(QStringLiteral("variance"));
    QStringList axes { {}, {} };
    if (pca) {
        const Array variance = m_projection->value()->array(QStringLiteral("variance")).toFloat();
        for (int i = 0; i < 2 && i < variance.count(); ++i)
            axes[i] = tr("Component %1 (%2 % of the variance)")
                          .arg(i + 1)
                          .arg(double(variance.floats()[size_t(i)]) * 100, 0, 'f', 1);
    }
    m_plot->setAxisTitles(axes[0], axes[1]);
    if (same && !anew && m_projection->state() == MapProjection::State::Running)
        return; // only places changed
    m_pointsOf.clear();
    for (size_t i = 0; i < rows.size(); ++i)
        m_pointsOf[rows[i].id].push_back(int(i));
    std::vector<MarkerShape> shapes;
    for (const MapRow& row : rows)
        shapes.push_back(shapeOf(row.modality));
    m_plot->setShapes(std::move(shapes));
    m_bar->setColorChoices(colorChoices(session()));
    recolor();
    showModalities();
    showPairs();
    showPictures();
    showSelection();
    showSearch();
    showArrivals();
    updateCaption();
}

void MapView::changeEvent(QEvent* event)
{
    View::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_card->hideNow();
}

} // namespace triptych
