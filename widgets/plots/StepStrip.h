#pragma once

#include "widgets/plots/StepTile.h"

#include <QScrollArea>

namespace triptych {

/// The steps from a signal to its vector as cards in reading order, joined by arrows. As large as all
/// of them fit; smaller than that they wrap and scroll. Left and right walk from step to step, Return
/// and a click enlarge one, Escape goes back.
class StepStrip : public QScrollArea {
    Q_OBJECT
public:
    explicit StepStrip(QWidget* parent = nullptr);

    /// Keeps the step that was current or enlarged where there is one at its place.
    void setSteps(const std::vector<StepData>& steps);
    const QList<StepTile*>& tiles() const { return m_tiles; }

    int current() const { return m_current; } ///< −1 for none
    void setCurrent(int step);
    int enlarged() const { return m_enlarged; } ///< −1 for none
    /// Also before there are steps.
    void enlarge(int step);

    /// All steps (or the enlarged one) in `area`.
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const;
    /// That suits all steps at a good size.
    QSizeF figureSize() const;

Q_SIGNALS:
    void currentChanged();  ///< the current or the enlarged one

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Layout {
        std::vector<QRectF> tiles;
        double height = 0;
    };
    Layout layoutIn(const QSizeF& size) const;
    void arrange();
    static void paintArrows(QPainter& painter, const std::vector<QRectF>& tiles, const ThemeColors& colors);

    QWidget* m_canvas;
    QList<StepTile*> m_tiles;
    int m_current = -1;
    int m_enlarged = -1;
};

} // namespace triptych
