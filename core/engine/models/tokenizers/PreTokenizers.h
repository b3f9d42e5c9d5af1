#pragma once

#include "core/engine/models/tokenizers/TracedText.h"

#include <functional>

namespace triptych {

class JsonPart;

/// A normalised text to the words that a model cuts further.
using PreTokenizer = std::function<std::vector<TracedText>(const TracedText&)>;
/// One "pre_tokenizer" of tokenizer.json. Throws Error on a kind that is not known.
PreTokenizer preTokenizerFrom(const JsonPart& part);

/// BERT's: at spaces, every punctuation sign alone.
std::vector<TracedText> bertWords(const TracedText& text);
/// GPT-2's words in its byte alphabet; `space`: a space before the first word.
std::vector<TracedText> byteWords(const TracedText& text, bool space);

} // namespace triptych
