#pragma once

#include <QStringList>
#include <map>

namespace triptych {

/// How often each word occurs, cut as BERT's tokenizer cuts a text: small letters, accents kept,
/// punctuation and Chinese characters alone.
std::map<QString, qint64> bertWordCounts(const QStringList& texts);

/// A WordPiece vocabulary (Schuster and Nakajima 2012): [PAD] [UNK] [CLS] [SEP] [MASK], every
/// character at the beginning and, with "##", inside of words, then merged pieces: each time the pair
/// whose merger makes the words likeliest, count(ab) · log(count(ab) · N / (count(a) · count(b))). Stops
/// at `size` pieces, or when no pair is seen twice and gains. Deterministic.
QStringList learnWordPieces(const std::map<QString, qint64>& words, int size);

constexpr int wordPieceSpecials = 5; ///< ids below are no pieces of words
constexpr int unknownPiece = 1;
constexpr int maskPiece = 4;

} // namespace triptych
