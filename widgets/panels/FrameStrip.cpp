#include "widgets/panels/FrameStrip.h"

#include "widgets/Thumbnails.h"
#include "widgets/panels/PictureBox.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSlider>
#include <QVBoxLayout>
#include <algorithm>

namespace triptych {

FrameStrip::FrameStrip(QWidget* parent)
    : QWidget(parent)
    , m_picture(new PictureBox)
    , m_slider(new QSlider(Qt::Horizontal))
    , m_time(new QLabel)
{
    m_slider->setAccessibleName(tr("Frame"));
    m_slider->setPageStep(1);
    m_time->setForegroundRole(QPalette::PlaceholderText);
    auto* bar = new QHBoxLayout;
    bar->addWidget(m_slider, 1);
    bar->addWidget(m_time);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_picture);
    layout->addLayout(bar);
    connect(m_slider, &QSlider::valueChanged, this, &FrameStrip::show);
}

void FrameStrip::setFrames(const Value& frames)
{
    clear();
    m_frames = toImages(frames.array(QStringLiteral("frames")));
    if (m_frames.empty())
        return;
    const auto times = frames.array(QStringLiteral("times")).doubles();
    m_times.assign(times.begin(), times.end());
    m_slider->setRange(0, std::max(0, count() - 1));
    m_slider->setEnabled(count() > 1);
    m_slider->setValue(0);
    show(0);
}

void FrameStrip::clear()
{
    m_frames.clear();
    m_times.clear();
    m_picture->setPicture({});
    m_time->clear();
    m_slider->setEnabled(false);
}

void FrameStrip::show(int index)
{
    if (index < 0 || index >= count())
        return;
    m_picture->setPicture(m_frames[size_t(index)]);
    if (size_t(index) < m_times.size())
        m_time->setText(tr("%1 s").arg(QLocale().toString(m_times[size_t(index)], 'f', 2)));
}

} // namespace triptych
