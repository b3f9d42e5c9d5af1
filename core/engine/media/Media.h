#pragma once

#include "core/data/Sample.h"

#include <ATen/core/Tensor.h>
#include <vector>

namespace triptych {

/// Limits that are checked before anything large is decoded.
struct MediaLimits {
    qint64 pixels = 200'000'000; ///< of one picture or frame
    double seconds = 4 * 3600; ///< of one sound or video
    qint64 textBytes = 64 * 1024 * 1024;
};

/// A picture as uint8 [H,W,3], EXIF orientation applied. Alpha is laid over `background`, or
/// dropped as Pillow's convert("RGB") does when `background` is empty.
struct PictureOptions {
    std::vector<uchar> background = std::vector<uchar>(3, 255);
    int maxSide = 0; ///< scale down (area) to at most this; 0 = as it is
    int svgSide = 512; ///< longer side an SVG is drawn at
};
/// PNG, JPEG, WebP, GIF (first frame), TIFF, BMP, SVG, `emoji:`. Throws Error. Any thread.
at::Tensor readPicture(const Source& source, const PictureOptions& options = {});
/// The same with its alpha channel: uint8 [H,W,4].
at::Tensor readPictureAlpha(const Source& source, const PictureOptions& options = {});

struct Sound {
    at::Tensor samples; ///< float32 [channels, n] in -1…1
    int rate = 0; ///< Hz
};
/// Any format FFmpeg reads, `speech:`; `rate` 0 keeps it. Resampled by libswresample. Throws Error.
/// Any thread.
Sound readSound(const Source& source, int rate = 0);
/// Mean over channels: float32 [n].
at::Tensor mono(const Sound& sound);

struct Video {
    at::Tensor frames; ///< uint8 [T,H,W,3]
    std::vector<double> times; ///< seconds, one a frame
    double duration = 0;
    double rate = 0; ///< frames a second of the file
    bool hasSound = false;
};
struct VideoOptions {
    int frames = 8; ///< evenly spaced over the span
    double start = 0;
    double end = -1; ///< -1 = to the end
    int maxSide = 0;
};
Video readVideo(const Source& source, const VideoOptions& options = {});

/// Text as NFC, UTF-8 (BOM dropped); another encoding is named in the Error.
QString readText(const Source& source);

/// Facts without decoding it all: kind, width, height, seconds, rate, channels, frames, format.
QJsonObject describe(const Source& source, Modality modality);

/// Encodes uint8 [H,W,3|4] as PNG.
QByteArray encodePng(const at::Tensor& picture);

} // namespace triptych
