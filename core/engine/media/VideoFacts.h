#pragma once

#include "core/engine/media/AvInput.h"
#include "core/engine/media/Media.h"

namespace triptych {

/// What a video's header says.
struct VideoFacts {
    int width = 0; ///< as shown: pixel shape and rotation applied
    int height = 0;
    int quarterTurns = 0; ///< clockwise, to bring a decoded frame upright
    double seconds = 0;
    bool stated = true; ///< false: measured by reading every packet
    double rate = 0; ///< frames a second, 0 when unknown
    qint64 frames = 0; ///< 0 when the file does not say
    bool hasSound = false;
};

/// Throws Error when there is no moving picture in it.
AVStream* videoStream(const AvInput& input);
/// Throws Error above the limits. Rewinds the input when it had to read it.
VideoFacts videoFacts(const AvInput& input, const AVStream* stream, const MediaLimits& limits);

} // namespace triptych
