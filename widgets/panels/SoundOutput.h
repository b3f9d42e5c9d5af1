#pragma once

#include <QAudioFormat>
#include <QBuffer>
#include <QObject>
#include <memory>
#include <vector>

class QAudioSink;
class QTimer;

namespace triptych {

/// `samples` (mono, -1…1 at `rate` Hz) as the bytes a device with `format` wants: interpolated to
/// its rate, the same on every channel.
QByteArray pcmBytes(const std::vector<float>& samples, int rate, const QAudioFormat& format);

/// Plays a decoded sound on the default audio device. GUI thread.
class SoundOutput : public QObject {
    Q_OBJECT
public:
    explicit SoundOutput(QObject* parent = nullptr);
    ~SoundOutput() override;

    /// Empty when sound can be heard; else a sentence that says why not.
    static QString unavailable();

    void setSound(std::vector<float> samples, int rate);
    double duration() const; ///< seconds
    double position() const { return m_position; }
    bool isPlaying() const;
    /// Plays from `from` seconds to `to` (0 = the end); stops what is playing.
    void play(double from = 0, double to = 0);
    void stop();

Q_SIGNALS:
    void positionChanged(double seconds);
    void playingChanged(bool playing);

private:
    void tick();

    std::vector<float> m_samples;
    int m_rate = 0;
    double m_start = 0;
    double m_position = 0;
    QBuffer m_buffer;
    std::unique_ptr<QAudioSink> m_sink;
    QTimer* m_timer;
};

} // namespace triptych
