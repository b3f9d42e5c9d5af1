#pragma once

#include "core/engine/models/families/BertEmbeddings.h"

#include <QJsonObject>

/// LXMERT and VisualBERT read what an object detector found, not pixels.
namespace triptych {

/// What such a model needs and what would mend it, as a sentence.
QString regionSentence(int features, bool boxes);
/// Throws Error, that sentence, unless `input.values` is [N,R,features] and, where asked for,
/// `input.boxes` [N,R,4], and masks and types fit.
void checkRegions(const EncoderInput& input, int features, bool boxes);
/// A text's line for `info`.
QJsonObject regionTextFacts(const BertConfig& config);

} // namespace triptych
