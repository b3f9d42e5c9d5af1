#pragma once

#include <QByteArray>
#include <functional>
#include <vector>

namespace triptych {

class JsonPart;

/// Tokens, in UTF-8, on their way back to a text; what is left at the end is put together.
using TokenBytes = std::vector<QByteArray>;
using TokenDecoder = std::function<TokenBytes(const TokenBytes&)>;
/// One "decoder" of tokenizer.json. Throws Error on a kind that is not known.
TokenDecoder decoderFrom(const JsonPart& part);

/// Tokens of GPT-2's byte alphabet.
TokenBytes byteLevelDecoded(const TokenBytes& tokens);
/// ## joins what it starts to what stands before, spaces between the rest.
TokenBytes wordPieceDecoded(const TokenBytes& tokens, const QByteArray& prefix);
/// Connectionist temporal classification (Graves et al. 2006): repeats are one, blanks nothing.
TokenBytes ctcDecoded(const TokenBytes& tokens, const QByteArray& blank, const QByteArray& space);
/// transformers' clean_up_tokenization_spaces: no space before . ? ! , n't 's …
QByteArray cleanedUp(QByteArray text);

} // namespace triptych
