#pragma once

#include "core/data/Sample.h"
#include "core/jobs/Error.h"

#include <memory>

// FFmpeg's headers stay in the .cpp files.
struct AVCodecContext;
struct AVFormatContext;
struct AVFrame;
struct AVIOContext;
struct AVPacket;
struct AVStream;
class QIODevice;

namespace triptych {

struct AvDeleter {
    void operator()(AVFormatContext* context) const;
    void operator()(AVCodecContext* context) const;
    void operator()(AVFrame* frame) const;
    void operator()(AVPacket* packet) const;
    void operator()(AVIOContext* io) const;
};
template <class T> using Av = std::unique_ptr<T, AvDeleter>;

/// What FFmpeg says of an error code.
QString avMessage(int code);

/// A sound or video file open for reading. FFmpeg sees only the bytes of this one source, never a
/// path or an address, so a playlist cannot reach other files. One thread at a time.
class AvInput {
public:
    /// Throws Error when the source is missing, empty, damaged or neither sound nor video.
    explicit AvInput(const Source& source);
    ~AvInput();
    AvInput(const AvInput&) = delete;
    AvInput& operator=(const AvInput&) = delete;

    AVFormatContext* context() const { return m_context.get(); }
    const Source& source() const { return m_source; }
    QIODevice& device() const { return *m_device; }
    /// The best sound track; null when there is none.
    AVStream* soundStream() const;
    /// The best moving picture, cover pictures left out; null when there is none.
    AVStream* pictureStream() const;
    /// Seconds as the file states them for the stream, else for the whole; negative when it does
    /// not.
    double seconds(const AVStream* stream) const;
    /// Throws Error when the decoder is missing.
    Av<AVCodecContext> decoder(const AVStream* stream, int threads) const;
    Error error(const QString& sentence) const;

private:
    Source m_source;
    std::unique_ptr<QIODevice> m_device;
    Av<AVIOContext> m_io;
    Av<AVFormatContext> m_context; ///< closed before the bytes it reads go away
};

/// Feeds the packets of one stream to its decoder and hands out the frames.
class AvFrames {
public:
    AvFrames(const AvInput& input, const AVStream* stream, AVCodecContext* decoder);
    /// The next frame, null at the end. Damaged packets are skipped. It is valid until the next
    /// call.
    AVFrame* next();
    /// To be called after a seek.
    void restart();
    int damaged() const { return m_damaged; } ///< packets that could not be decoded

private:
    bool feed();

    const AvInput& m_input;
    int m_stream;
    AVCodecContext* m_decoder;
    Av<AVPacket> m_packet;
    Av<AVFrame> m_frame;
    bool m_draining = false;
    int m_damaged = 0;
};

} // namespace triptych
