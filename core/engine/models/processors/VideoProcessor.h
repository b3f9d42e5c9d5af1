#pragma once

#include "core/engine/models/processors/PictureProcessor.h"

namespace triptych {

/// What a video tower reads: a number of frames, evenly spaced, each prepared as a picture. Any thread.
class VideoProcessor {
public:
    /// `config`: preprocessor_config.json (or video_preprocessor_config.json), may be empty; `facts`: the
    /// tower's "frames" and "input" [channels, rows, columns]. Throws Error.
    static VideoProcessor from(const Config& config, const QJsonObject& facts);
    VideoProcessor(PictureProcessor pictures, int frames);
    /// uint8 [n,H,W,3], n > 0 → float32 [F,3,h,w]. Of more frames every n/F-th is taken; of fewer the last
    /// is repeated.
    at::Tensor operator()(const at::Tensor& frames) const;
    int frames() const { return m_frames; }
    const PictureProcessor& pictures() const { return m_pictures; }

private:
    PictureProcessor m_pictures;
    int m_frames;
};

} // namespace triptych
