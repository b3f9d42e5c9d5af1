#pragma once

#include <QJsonObject>
#include <QWidget>

class QChart;
class QChartView;
class QLineSeries;
class QValueAxis;

namespace triptych {

/// Measures over the epochs of a training, by Qt Charts: losses on the left axis, accuracies and other
/// shares on the right one. Grows while it is trained; follows the theme.
class CurveChart : public QWidget {
    Q_OBJECT
public:
    explicit CurveChart(QWidget* parent = nullptr);

    /// {"x": "epoch", "at": […], "lines": {name: […]}} as info.curves of a trained value has it; null
    /// is not measured. `epochs` = where the axis ends at least.
    void setCurves(const QJsonObject& curves, int epochs = 0);
    /// A mark at the epoch whose weights are kept; 0 = none.
    void setBest(int epoch);
    void clear();

    QChart* chart() const;
    QStringList names() const; ///< of the lines, as in the value
    QList<QPointF> line(const QString& name) const;

    QSize sizeHint() const override { return { 420, 240 }; }

protected:
    void changeEvent(QEvent* event) override;

private:
    QLineSeries* seriesOf(const QString& name);
    void addBest();
    void fitAxes(int epochs);
    void applyTheme();

    QChartView* m_view;
    QValueAxis* m_epochs;
    QValueAxis* m_losses;
    QValueAxis* m_shares;
    QLineSeries* m_best;
    QHash<QString, QLineSeries*> m_series;
    QStringList m_names; ///< in the order they came
    int m_bestEpoch = 0;
};

} // namespace triptych
