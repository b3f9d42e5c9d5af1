#pragma once

#include "widgets/plots/Plot.h"
#include "widgets/plots/StepContent.h"

namespace triptych {

/// One step as a card: number and title, a live picture of what it holds, a sentence that explains it.
/// The value under the pointer is shown in its title line. A click asks to enlarge it.
class StepTile : public Plot {
    Q_OBJECT
public:
    StepTile(const StepData& step, int number, QWidget* parent = nullptr);

    const StepData& step() const { return m_step; }
    /// With the whole explanation, and content as large as it goes.
    void setLarge(bool large);
    void setCurrent(bool current);
    bool isCurrent() const { return m_isCurrent; }

    /// What lies under a place on the widget.
    QString readout(const QPointF& position) const;
    QRectF contentRect() const; ///< on the widget
    /// Of a card of that width.
    static double heightFor(double width, const QFont& font);

    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override;

Q_SIGNALS:
    void clicked();

protected:
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Frame {
        QRectF title;
        QRectF content;
        QRectF about;
    };
    Frame frameIn(const QRectF& area) const;
    /// In pixels, since a point is as large as 16 of them on the page of a PDF.
    QFont sized(double factor, bool bold = false) const;
    QFont smallFont() const;

    StepData m_step;
    int m_number;
    bool m_isLarge = false;
    bool m_isCurrent = false;
    QString m_readout;
    std::unique_ptr<StepContent> m_content;
};

} // namespace triptych
