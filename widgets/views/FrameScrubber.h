#pragma once

#include "widgets/plots/Plot.h"

#include <QImage>
#include <vector>

namespace triptych {

/// The frames of a video side by side with their times; one is chosen by click, drag or arrow keys.
class FrameScrubber : public Plot {
    Q_OBJECT
public:
    explicit FrameScrubber(QWidget* parent = nullptr);

    /// `times` in seconds, one a frame. Keeps the chosen frame where there is one of its number.
    void setFrames(std::vector<QImage> frames, std::vector<double> times);
    void setCurrent(int frame); ///< tells no `picked`
    int count() const { return int(m_frames.size()); }
    int current() const { return m_current; }
    QImage frame(int index) const; ///< null beyond the last
    QRectF frameRect(int index) const; ///< on the widget

    QSize sizeHint() const override { return {480, 84}; }
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override;

Q_SIGNALS:
    void picked(int frame);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF frameIn(const QRectF& area, int index) const;
    void pick(int frame);
    int frameAt(double x) const;
    QString timeText(int index) const;

    std::vector<QImage> m_frames;
    std::vector<double> m_times;
    int m_current = 0;
};

} // namespace triptych
