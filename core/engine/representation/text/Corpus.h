#pragma once

#include "core/data/Sample.h"
#include "core/session/Engine.h"

#include <QStringList>
#include <vector>

namespace triptych {

/// Which texts of samples are learned from.
struct CorpusOptions {
    QString language = QStringLiteral("en"); ///< of the columns "captions" and "keywords"; empty: each sample's own text
    bool keywords = true;                    ///< the column "keywords" too, a sample's all in one text
};

/// Options language and keywords.
QList<OptionInfo> corpusOptionLines();
CorpusOptions corpusOptionsOf(const QJsonObject& options);

/// The caption in `language` where the sample has captions, else its own text (files are read); empty
/// when it has none. Throws Error when a file cannot be read.
QString captionIn(const Sample& sample, const QString& language);

/// One entry a caption line and one a sample's keywords; `rows` choose the samples.
QStringList corpusTexts(const std::vector<Sample>& samples, const std::vector<int64_t>& rows, const CorpusOptions& options);

/// NFC, small letters, runs of letters and digits; Han characters stand alone, since nothing parts
/// words of Chinese and Japanese.
QStringList wordsIn(const QString& text);

} // namespace triptych
