#pragma once

#include "core/engine/media/AvInput.h"
#include "core/engine/media/Media.h"

namespace triptych {

/// A sound for one encoder of FFmpeg: resampled to a rate and a format that it takes, cut into
/// frames of its length. One thread at a time.
class SoundEncoder {
public:
    /// The first of `encoders` that opens. Throws Error when none does, or the sound has more than
    /// two channels.
    SoundEncoder(const Sound& sound, const std::vector<const char*>& encoders, bool globalHeader);
    ~SoundEncoder();
    SoundEncoder(const SoundEncoder&) = delete;
    SoundEncoder& operator=(const SoundEncoder&) = delete;

    AVCodecContext* coder() const { return m_coder.get(); }
    /// The next frame, null at the end. Valid until the next call.
    const AVFrame* next();

private:
    void open(const std::vector<const char*>& encoders, bool globalHeader);
    void convert(const Sound& sound);

    int m_channels;
    int m_from; ///< Hz of the sound
    Av<AVCodecContext> m_coder;
    Av<AVFrame> m_whole; ///< everything, as the encoder wants it
    Av<AVFrame> m_frame;
    int m_done = 0; ///< samples handed out
};

} // namespace triptych
