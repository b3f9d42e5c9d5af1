#pragma once

#include "core/data/Sample.h"

#include <string>

namespace triptych {

/// What --image, --audio, --video and --text name, as one sample.
struct NamedSample {
    std::string image;
    std::string audio;
    std::string video;
    std::string text;

    /// Throws Error; UsageError when a file is of another kind than it is given as, or nothing was
    /// given.
    Sample read() const;
};

} // namespace triptych
