#pragma once

#include "core/engine/models/Tokenizer.h"
#include "core/engine/models/tokenizers/TokenizerFiles.h"

namespace triptych {

/// Whether the folder has a SentencePiece model of a class whose Python tokenizer runs on it. Of
/// others tokenizer.json is read, which says more.
bool isSentencePiece(const TokenizerFiles& files);
/// SigLIP, XLM-RoBERTa and T5 on their SentencePiece model. Throws Error on one that cannot be read.
std::shared_ptr<const Tokenizer> sentencePieceTokenizer(const TokenizerFiles& files);

} // namespace triptych
