#pragma once

#include "core/engine/models/tokenizers/TextPieces.h"

#include <memory>
#include <nlohmann/json_fwd.hpp>

namespace triptych {

class JsonPart;

/// "model" of tokenizer.json: BPE, WordPiece, Unigram or WordLevel. Throws Error that says what is
/// wrong: a kind that is not known, a token without an id, a merge of tokens that are not there …
std::shared_ptr<const WordModel> wordModelFrom(const JsonPart& part);

/// Greedy longest-match-first (Schuster & Nakajima 2012), as BERT uses it.
struct WordPieceOptions {
    std::string unknown = "[UNK]";
    std::string prefix = "##";      ///< of pieces that continue a word
    size_t longest = 100;           ///< characters; a longer word is unknown
};
/// Throws Error when the vocabulary lacks `options.unknown`; `where` names the file.
std::shared_ptr<const WordModel> wordPieceModel(
    TokenTable table, const WordPieceOptions& options, const QString& where);

/// Byte pair encoding (Sennrich et al. 2016).
struct BytePairOptions {
    std::string unknown;            ///< empty: what is not known is left out
    std::string prefix;             ///< of pieces that continue a word
    std::string suffix;             ///< of the last piece of a word
    bool fuseUnknown = false;       ///< a run of unknown characters is one unknown token
    bool byteFallback = false;      ///< unknown characters as <0x00> … <0xFF>
    bool wholeFirst = false;        ///< a word in the vocabulary is not cut ("ignore_merges")
};
using TokenPairs = std::vector<std::pair<std::string, std::string>>; ///< best first
/// Throws Error when a merge names or makes a token that the vocabulary lacks.
std::shared_ptr<const WordModel> bytePairModel(
    TokenTable table, const TokenPairs& merges, const BytePairOptions& options, const QString& where);

/// The likeliest cut of a unigram language model (Kudo 2018).
struct UnigramOptions {
    qint64 unknown = -1;            ///< id; −1: what is not known is an Error
    bool byteFallback = false;
};
/// Tokens whose score is not finite are never cut out of a text.
std::shared_ptr<const WordModel> unigramModel(
    TokenTable table, std::vector<double> scores, const UnigramOptions& options, const QString& where);

/// Every word is one token, or `unknown`, or, when that is none, left out.
std::shared_ptr<const WordModel> wordLevelModel(TokenTable table, const std::string& unknown);

/// "vocab" of a JSON object to a table. Throws Error on tokens without an id.
TokenTable tokenTableFrom(const nlohmann::json& vocabulary, const QString& where);

} // namespace triptych
