#pragma once

#include "core/engine/models/tokenizers/TracedText.h"

#include <functional>

namespace triptych {

class JsonPart;

/// Text to text before it is cut into words.
using Normalizer = std::function<TracedText(const TracedText&)>;
/// One "normalizer" of tokenizer.json. Throws Error on a kind that is not known.
Normalizer normalizerFrom(const JsonPart& part);

/// BERT's basic tokenizer, before words: control characters gone, spaces plain, Chinese characters
/// apart, NFC, lower case, accents off.
struct BertRules {
    bool clean = true;
    bool chineseApart = true;
    bool lower = true;
    bool stripAccents = true;
};
TracedText bertNormalized(const TracedText& text, const BertRules& rules);

/// A byte (0…255) as GPT-2 writes it.
char32_t byteCharacter(uchar byte);
/// Back; −1 for a character that stands for no byte.
int byteOf(char32_t code);
/// Every byte of the text as a character of its own, traced to the character it is of.
TracedText asBytes(const TracedText& text);

} // namespace triptych
