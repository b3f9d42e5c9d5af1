#pragma once

#include "core/engine/models/writing/Search.h"

#include <QString>

namespace triptych {
class Tokenizer;
}

namespace triptych::models {

/// What a written id, or several that make a character together, add to a text.
struct Addition {
    QString text;
    int64_t first = 0; ///< place among the written ids, from 0
    int64_t last = 0;
};

/// Those of `written`'s ids that are text: special ones and Whisper's times are left out. Any thread.
std::vector<Addition> additions(const Tokenizer& tokenizer, const Written& written);

} // namespace triptych::models
