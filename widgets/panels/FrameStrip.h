#pragma once

#include "core/values/Value.h"

#include <QImage>
#include <QWidget>
#include <vector>

class QLabel;
class QSlider;

namespace triptych {

class PictureBox;

/// A video as a few of its frames: one large, a slider to go through them, and their time.
class FrameStrip : public QWidget {
    Q_OBJECT
public:
    explicit FrameStrip(QWidget* parent = nullptr);

    /// The value of media.frames.
    void setFrames(const Value& frames);
    void clear();
    int count() const { return int(m_frames.size()); }
    QSlider* slider() const { return m_slider; }

private:
    void show(int index);

    PictureBox* m_picture;
    QSlider* m_slider;
    QLabel* m_time;
    std::vector<QImage> m_frames;
    std::vector<double> m_times;
};

} // namespace triptych
