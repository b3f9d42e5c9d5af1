#include "widgets/panels/SoundPlayer.h"

#include "widgets/panels/SoundOutput.h"
#include "widgets/plots/TimePlots.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QLocale>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace triptych {

namespace {

std::vector<float> floatsOf(const Value& value, const QString& name)
{
    const Array array = value.array(name).toFloat();
    const auto values = array.floats();
    return {values.begin(), values.end()};
}

}

SoundPlayer::SoundPlayer(QWidget* parent)
    : QWidget(parent)
    , m_output(new SoundOutput(this))
    , m_play(new QToolButton)
    , m_time(new QLabel)
    , m_reason(new QLabel)
    , m_waveform(new Waveform)
    , m_spectrogram(new SpectrogramPlot)
{
    m_play->setIcon(style()->standardIcon(QStyle::SP_MediaPlay));
    m_play->setText(tr("Play"));
    m_play->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_play->setAccessibleName(tr("Play the sound"));
    m_time->setForegroundRole(QPalette::PlaceholderText);
    m_reason->setForegroundRole(QPalette::PlaceholderText);
    m_reason->setWordWrap(true);
    m_reason->hide();
    m_waveform->setAxisVisible(false);
    m_waveform->setFixedHeight(56);
    m_spectrogram->setFixedHeight(130);
    m_waveform->setAccessibleName(tr("Waveform"));
    m_spectrogram->setAccessibleName(tr("Spectrogram"));

    auto* bar = new QHBoxLayout;
    bar->addWidget(m_play);
    bar->addWidget(m_time);
    bar->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_waveform);
    layout->addWidget(m_spectrogram);
    layout->addLayout(bar);
    layout->addWidget(m_reason);

    connect(m_play, &QToolButton::clicked, this, &SoundPlayer::toggle);
    connect(
        m_waveform, &TimePlot::clicked, this, [this](double seconds) { m_output->play(seconds); });
    connect(m_spectrogram, &TimePlot::clicked, this,
        [this](double seconds) { m_output->play(seconds); });
    connect(m_output, &SoundOutput::positionChanged, this, &SoundPlayer::showPosition);
    connect(m_output, &SoundOutput::playingChanged, this, [this](bool playing) {
        m_play->setText(playing ? tr("Stop") : tr("Play"));
        m_play->setIcon(
            style()->standardIcon(playing ? QStyle::SP_MediaStop : QStyle::SP_MediaPlay));
        if (!playing)
            showPosition(0);
    });
}

void SoundPlayer::setSound(const Value& sound)
{
    const Array& picture = sound.array(QStringLiteral("spectrogram"));
    const int rate = sound.info.value(QLatin1String("rate")).toInt();
    std::vector<float> hz;
    for (const QJsonValue& value : sound.info.value(QLatin1String("mel_hz")).toArray())
        hz.push_back(float(value.toDouble()));
    if (sound.has(QStringLiteral("mel_hz")))
        hz = floatsOf(sound, QStringLiteral("mel_hz"));
    m_output->setSound(floatsOf(sound, QStringLiteral("samples")), rate);
    m_waveform->setPeaks(floatsOf(sound, QStringLiteral("peaks")), m_output->duration());
    m_spectrogram->setSpectrogram(floatsOf(sound, QStringLiteral("spectrogram")),
        int(picture.shape.value(0)), int(picture.shape.value(1)), std::move(hz),
        sound.info.value(QLatin1String("hop_seconds")).toDouble());
    const QString reason = SoundOutput::unavailable();
    m_play->setEnabled(reason.isEmpty());
    m_play->setToolTip(reason);
    m_play->setAccessibleDescription(reason);
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
    showPosition(0);
}

void SoundPlayer::clear()
{
    m_output->setSound({}, 0);
    m_waveform->setPeaks({}, 0);
    m_spectrogram->setSpectrogram({}, 0, 0, {}, 0);
    m_reason->hide();
    showPosition(0);
}

void SoundPlayer::toggle()
{
    if (m_output->isPlaying())
        m_output->stop();
    else
        m_output->play();
}

void SoundPlayer::showPosition(double seconds)
{
    const bool at = m_output->isPlaying();
    m_waveform->setPosition(at ? std::optional(seconds) : std::nullopt);
    m_spectrogram->setPosition(at ? std::optional(seconds) : std::nullopt);
    const QLocale locale;
    m_time->setText(
        tr("%1 / %2 s")
            .arg(locale.toString(seconds, 'f', 1), locale.toString(m_output->duration(), 'f', 1)));
}

} // namespace triptych
