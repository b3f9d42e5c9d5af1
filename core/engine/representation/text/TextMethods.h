#pragma once

#include "core/engine/Method.h"

/// One function a method. All take samples with text and, to apply what was fitted before, a value
/// `fitted` (an earlier result of the same method); give `embeddings` [N,V] float32, and in info the
/// ids, what was fitted, and the units behind the columns.
namespace triptych::representation {

Method oneHotMethod();
Method bagMethod();
Method tfidfMethod();
Method wordGramsMethod();
Method charGramsMethod();
/// The mean of learned vectors of words; `fitted` is what the trainer of the same name gave.
Method skipGramMethod();
Method cbowMethod();
Method gloveMethod();

/// States of a text tower; `fitted` is what train.bert gave, unless the option `model` names a checkpoint.
Method bertMethod();

Method skipGramTrainer();
Method cbowTrainer();
Method gloveTrainer();
Method bertTrainer();

std::vector<Method> textMethods();  ///< represent.* of texts
std::vector<Method> textTrainers(); ///< train.* of those that are learned

} // namespace triptych::representation
