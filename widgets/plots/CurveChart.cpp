#include "widgets/plots/CurveChart.h"

#include "widgets/Theme.h"
#include "widgets/plots/ColorMap.h"

#include <QChart>
#include <QChartView>
#include <QCoreApplication>
#include <QEvent>
#include <QGraphicsLayout>
#include <QJsonArray>
#include <QLegend>
#include <QLegendMarker>
#include <QLineSeries>
#include <QValueAxis>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

/// Names that the engine gives its measures.
[[maybe_unused]] const char* const known[] = { QT_TRANSLATE_NOOP("Curve", "loss"), QT_TRANSLATE_NOOP("Curve", "validation loss"),
    QT_TRANSLATE_NOOP("Curve", "accuracy"), QT_TRANSLATE_NOOP("Curve", "validation accuracy"),
    QT_TRANSLATE_NOOP("Curve", "reconstruction"), QT_TRANSLATE_NOOP("Curve", "validation reconstruction"),
    QT_TRANSLATE_NOOP("Curve", "recall@1"), QT_TRANSLATE_NOOP("Curve", "validation recall@1") };

/// Accuracies, recalls: 0…1 on the right axis.
bool isShare(const QString& name)
{
    static const QStringList marks { u"accuracy"_s, u"recall"_s, u"share"_s, u"coherence"_s, u"precision"_s, u"mrr"_s };
    return std::any_of(marks.begin(), marks.end(), [&](const QString& mark) { return name.contains(mark, Qt::CaseInsensitive); });
}

}

CurveChart::CurveChart(QWidget* parent)
    : QWidget(parent)
    , m_view(new QChartView(new QChart, this))
    , m_epochs(new QValueAxis)
    , m_losses(new QValueAxis)
    , m_shares(new QValueAxis)
    , m_best(new QLineSeries)
{
    QChart* chart = this->chart();
    chart->setMargins({ 2, 2, 2, 2 });
    chart->setBackgroundRoundness(0);
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->legend()->setAlignment(Qt::AlignTop);
    chart->legend()->setMarkerShape(QLegend::MarkerShapeFromSeries);
    chart->addAxis(m_epochs, Qt::AlignBottom);
    chart->addAxis(m_losses, Qt::AlignLeft);
    chart->addAxis(m_shares, Qt::AlignRight);
    addBest();
    m_epochs->setTitleText(tr("epoch"));
    m_losses->setTitleText(tr("loss"));
    m_shares->setTitleText(tr("share right"));
    m_shares->setRange(0, 1);
    m_shares->setVisible(false);
    m_epochs->setLabelFormat(u"%d"_s);
    m_epochs->setTickAnchor(0);
    m_epochs->setTickInterval(1);
    m_epochs->setRange(1, 2);
    m_epochs->setTickType(QValueAxis::TicksDynamic);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMinimumSize(120, 90);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    setAccessibleName(tr("Curves of the training"));
    fitAxes(1);
    applyTheme();
}

QChart* CurveChart::chart() const { return m_view->chart(); }

QStringList CurveChart::names() const { return m_names; }

QList<QPointF> CurveChart::line(const QString& name) const
{
    const QLineSeries* series = m_series.value(name);
    return series ? series->points() : QList<QPointF>();
}

void CurveChart::clear()
{
    for (QLineSeries* series : std::as_const(m_series)) {
        chart()->removeSeries(series);
        delete series;
    }
    m_series.clear();
    m_names.clear();
    m_shares->setVisible(false);
    setBest(0);
    fitAxes(1);
}

QLineSeries* CurveChart::seriesOf(const QString& name)
{
    if (QLineSeries* series = m_series.value(name))
        return series;
    auto* series = new QLineSeries;
    series->setName(QCoreApplication::translate("Curve", name.toUtf8().constData()));
    chart()->addSeries(series);
    series->attachAxis(m_epochs);
    series->attachAxis(isShare(name) ? m_shares : m_losses);
    if (isShare(name))
        m_shares->setVisible(true);
    m_series.insert(name, series);
    m_names << name;
    chart()->removeSeries(m_best);
    addBest(); // the last one of the legend
    return series;
}

void CurveChart::addBest()
{
    chart()->addSeries(m_best);
    m_best->attachAxis(m_epochs);
    m_best->attachAxis(m_losses);
}

void CurveChart::setCurves(const QJsonObject& curves, int epochs)
{
    const QJsonArray at = curves["at"_L1].toArray();
    const QJsonObject lines = curves["lines"_L1].toObject();
    const QStringList before = m_names;
    // Losses first, so that each keeps its colour whatever comes with it.
    for (const bool shares : { false, true }) {
        for (auto line = lines.begin(); line != lines.end(); ++line) {
            if (isShare(line.key()) != shares)
                continue;
            const QJsonArray values = line->toArray();
            QList<QPointF> points;
            for (qsizetype i = 0; i < std::min(at.size(), values.size()); ++i)
                if (values[i].isDouble())
                    points << QPointF(at[i].toDouble(), values[i].toDouble());
            QLineSeries* series = seriesOf(line.key());
            series->setPointsVisible(points.size() < 3); // one value alone makes no line
            series->replace(points);
        }
    }
    fitAxes(std::max(epochs, at.isEmpty() ? 1 : int(std::ceil(at.last().toDouble()))));
    if (m_names != before)
        applyTheme();
}

void CurveChart::fitAxes(int epochs)
{
    double low = 0; // a loss that falls to nothing is seen to
    double high = 0;
    double lowShare = 0;
    double highShare = 1;
    for (auto series = m_series.begin(); series != m_series.end(); ++series) {
        for (const QPointF& point : series.value()->points()) {
            double& below = isShare(series.key()) ? lowShare : low;
            double& above = isShare(series.key()) ? highShare : high;
            below = std::min(below, point.y());
            above = std::max(above, point.y());
        }
    }
    m_losses->setRange(low, high > low ? high : low + 1);
    m_losses->applyNiceNumbers();
    m_shares->setRange(lowShare, highShare);
    const int end = std::max(epochs, 2);
    const double rough = end / 6.0;
    const double power = std::pow(10, std::floor(std::log10(std::max(1.0, rough))));
    const double interval = rough <= 1 ? 1 : rough <= 2 * power ? 2 * power : rough <= 5 * power ? 5 * power : 10 * power;
    // At no moment many ticks: each is an item of the chart's scene.
    if (interval > m_epochs->tickInterval())
        m_epochs->setTickInterval(interval);
    m_epochs->setRange(1, end);
    m_epochs->setTickInterval(interval);
    setBest(m_bestEpoch);
}

void CurveChart::setBest(int epoch)
{
    m_bestEpoch = epoch;
    m_best->clear();
    if (epoch > 0)
        m_best->replace(QList<QPointF> { { double(epoch), m_losses->min() }, { double(epoch), m_losses->max() } });
    m_best->setName(tr("kept"));
    for (QLegendMarker* marker : chart()->legend()->markers(m_best))
        marker->setVisible(epoch > 0);
}

void CurveChart::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyTheme();
}

void CurveChart::applyTheme()
{
    const ThemeColors colors = themeColors(palette());
    QChart* chart = this->chart();
    chart->setBackgroundBrush(colors.ground);
    chart->setBackgroundPen(Qt::NoPen);
    m_view->setBackgroundBrush(colors.ground);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.88);
    chart->legend()->setLabelColor(colors.text);
    chart->legend()->setFont(small);
    for (QValueAxis* axis : { m_epochs, m_losses, m_shares }) {
        axis->setLabelsColor(colors.muted);
        axis->setTitleBrush(colors.muted);
        axis->setLabelsFont(small);
        axis->setTitleFont(small);
        axis->setLinePen(QPen(colors.border));
        axis->setGridLinePen(QPen(colors.grid));
    }
    m_shares->setGridLineVisible(false);
    m_best->setPen(QPen(colors.muted, 1, Qt::DashLine));
    // A measure and its validation share a colour; the training's own is dotted, never colour alone.
    QStringList kinds;
    for (const QString& name : std::as_const(m_names)) {
        const bool isValidation = name.startsWith("validation "_L1);
        const QString kind = isValidation ? name.mid(11) : name;
        if (!kinds.contains(kind))
            kinds << kind;
        m_series[name]->setPen(QPen(categoryColor(int(kinds.indexOf(kind)) == 0 ? 4 : int(kinds.indexOf(kind)) - 1, colors.dark), isValidation ? 2.2 : 1.6,
            isValidation ? Qt::SolidLine : Qt::DotLine));
    }
}

} // namespace triptych
