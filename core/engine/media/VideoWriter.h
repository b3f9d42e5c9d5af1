#pragma once

#include "core/engine/media/Media.h"

namespace triptych {

/// How a video is written.
struct VideoWriting {
    double rate = 12; ///< frames a second
    Sound sound {}; ///< a track beside the pictures where `samples` is defined
};

/// Frames uint8 [T,H,W,3] as the bytes of a video file: "mp4" (H.264, else MPEG-4), "mkv" (FFV1,
/// which loses nothing, else H.264) or "webm" (VP9, else VP8), frame i at i/rate seconds. Sound is
/// AAC, FLAC or Opus. The same frames give the same bytes. Throws Error when the format is another
/// one, or FFmpeg here has none of its encoders. Any thread.
QByteArray encodeVideo(
    const at::Tensor& frames, const QString& format, const VideoWriting& writing = {});
/// The same into a file, by its ending, through a temporary file and a rename. Throws Error.
void writeVideo(
    const QString& path, const at::Tensor& frames, const VideoWriting& writing = {});

} // namespace triptych
