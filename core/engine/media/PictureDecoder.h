#pragma once

#include "core/engine/media/Media.h"
#include "core/engine/media/PictureHeader.h"

namespace cv {
class Mat;
}

namespace triptych {

/// Throws Error when the header is of no picture, cut off, or above the limits.
void checkPicture(const Source& source, const PictureHeader& header, const MediaLimits& limits);

/// Any picture as 8-bit gray, BGR or BGRA, the right way up. A JPEG may come reduced by 2, 4 or 8
/// when `maxSide` allows it. Throws Error. Any thread.
cv::Mat decodePicture(const Source& source, const PictureOptions& options);

} // namespace triptych
