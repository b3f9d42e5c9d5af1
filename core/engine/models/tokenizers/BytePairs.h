#pragma once

#include "core/engine/models/tokenizers/TracedText.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace triptych {

/// Byte pair encoding over bytes (Sennrich et al. 2016; the byte alphabet of GPT-2).
class BytePairs {
public:
    struct Symbol {
        std::string text;   ///< in the byte alphabet, as in the vocabulary
        qint64 begin = 0;   ///< bytes of the original text
        qint64 end = 0;
    };
    /// `merges` are "left right", best first; `ending` is put after the last byte of a word.
    BytePairs(const std::vector<std::string>& merges, std::string ending);
    std::vector<Symbol> split(const TracedText& word) const;

private:
    std::unordered_map<std::string, size_t> m_ranks;
    std::string m_ending;
};

} // namespace triptych
