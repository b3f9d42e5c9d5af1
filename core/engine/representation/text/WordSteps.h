#pragma once

#include "core/engine/representation/text/WordTable.h"

namespace triptych::words {

enum class WordPooling { Mean, Sum, Inverse };

/// How words become the vector of a text.
struct WordPoolingOptions {
    WordPooling pooling = WordPooling::Mean;
    bool skipsUnknown = false;
};

/// The weight of each word in the text's vector; without any (no word, or all are skipped) the text
/// is one [UNK].
struct WeighedWords {
    std::vector<int> words;
    std::vector<double> weights;
};
WeighedWords weighedWords(const WordTable& table, const std::vector<int>& words, const WordPoolingOptions& options);
/// Their weighted sum [d].
at::Tensor textVector(const WordTable& table, const WeighedWords& weighed);

struct WordStepOptions {
    WordPoolingOptions pooling;
    QString word;     ///< whose neighbours are shown; empty: the text's rarest known word
    int near = 8;     ///< neighbours
    QString analogy;  ///< "king - man + woman"; empty: none
};

/// info.steps: words, one-hot, the learned matrix, rows, neighbours, analogy, vector.
void addWordSteps(Value& value, const WordTable& table, const QString& text, const WordStepOptions& options);

} // namespace triptych::words
