#pragma once

#include "core/values/Value.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace triptych {

class SoundOutput;
class SpectrogramPlot;
class Waveform;

/// A sound: play button, waveform and spectrogram with the place it plays at. A click plays from
/// there. Without an audio device the button says why.
class SoundPlayer : public QWidget {
    Q_OBJECT
public:
    explicit SoundPlayer(QWidget* parent = nullptr);

    /// The value of media.sound.
    void setSound(const Value& sound);
    void clear();
    QToolButton* playButton() const { return m_play; }
    SoundOutput* output() const { return m_output; }

private:
    void toggle();
    void showPosition(double seconds);

    SoundOutput* m_output;
    QToolButton* m_play;
    QLabel* m_time;
    QLabel* m_reason;
    Waveform* m_waveform;
    SpectrogramPlot* m_spectrogram;
};

} // namespace triptych
