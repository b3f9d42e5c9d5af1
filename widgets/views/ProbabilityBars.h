#pragma once

#include "widgets/plots/Plot.h"

#include <QStringList>
#include <vector>

namespace triptych {

/// Labels with their probability as bars, most probable first; the right one is marked by word and
/// colour.
class ProbabilityBars : public Plot {
    Q_OBJECT
public:
    explicit ProbabilityBars(QWidget* parent = nullptr);

    /// `truth` is the right label, empty when unknown.
    void setProbabilities(
        const QStringList& labels, const std::vector<float>& probabilities, const QString& truth);
    QStringList labels() const; ///< as drawn, most probable first
    QSize sizeHint() const override;
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override;

private:
    struct Bar {
        QString label;
        double probability = 0;
    };
    double rowHeight() const;

    std::vector<Bar> m_bars;
    QString m_truth;
};

} // namespace triptych
