#pragma once

#include <QByteArray>
#include <QString>
#include <functional>

/// Small media files that the tests make for themselves.
namespace fixtures {

/// 16-bit PCM WAV; `value(channel, index)` in -1…1.
QByteArray wav(int rate, int channels, int samples, const std::function<double(int, int)>& value);
/// A mono sine of amplitude 0.5.
QByteArray sineWav(double hz, int rate, double seconds);
/// Ogg/FLAC of a mono sine (or of silence) at 44.1 kHz through FFmpeg.
QByteArray oggFlac(double seconds);

struct VideoSpec {
    int width = 64;
    int height = 48;
    int frames = 20;
    int rate = 10;
    int rotation = 0; ///< degrees clockwise, as metadata
    bool sound = false;
    const char* format = "mp4";
};
/// MPEG-4 video; frame i is gray of brightness 10 * i (up to 200), its left half brighter by 40.
QByteArray video(const VideoSpec& spec);

void write(const QString& path, const QByteArray& bytes);

} // namespace fixtures
