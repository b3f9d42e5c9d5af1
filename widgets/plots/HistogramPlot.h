#pragma once

#include "widgets/plots/Plot.h"

#include <vector>

namespace triptych {

/// How often values fall into equal bins between two ends. Hovering names a bin.
class HistogramPlot : public Plot {
    Q_OBJECT
public:
    explicit HistogramPlot(QWidget* parent = nullptr);

    /// `counts` one a bin from `low` to `high`; none empties the plot.
    void setCounts(std::vector<double> counts, double low, double high);
    void setEmptyText(const QString& text);
    /// The bin at a place on the widget, -1 for none.
    int binAt(const QPointF& position) const;
    QString binText(int bin) const;
    int bins() const { return int(m_counts.size()); }

    QSize sizeHint() const override { return { 320, 180 }; }
    QSize minimumSizeHint() const override { return { 120, 90 }; }
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override;

protected:
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRectF plotRect(const QRectF& area) const;

    std::vector<double> m_counts;
    double m_low = 0;
    double m_high = 1;
    int m_hovered = -1;
    QString m_emptyText;
};

} // namespace triptych
