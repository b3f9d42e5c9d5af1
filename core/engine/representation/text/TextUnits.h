#pragma once

#include <QStringList>

namespace triptych {

/// What a text is counted in.
struct UnitOptions {
    enum class Kind {
        Word,      ///< runs of letters, digits and underscores of `shortestWord` or more
        Char,      ///< any characters in a row, white space counting as one blank
        CharInWord ///< the same within words that are padded with a blank on both sides
    };
    Kind kind = Kind::Word;
    int low = 1;  ///< shortest n-gram
    int high = 1; ///< longest n-gram
    int shortestWord = 1;
    bool lower = true;
};

/// The n-grams of a text in order of length, then place, as scikit-learn's analyzers "word", "char"
/// and "char_wb" give them. Characters are code points, so Chinese and emoji count as one each.
QStringList textUnits(const QString& text, const UnitOptions& options);

} // namespace triptych
