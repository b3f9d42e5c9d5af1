#pragma once

#include "core/session/Recipe.h"
#include "core/values/Value.h"

#include <optional>

namespace triptych {

/// What a model folder whose name says so does besides its towers: "captions" writes, "questions" writes
/// an answer to a question, "answers" classifies picture and question, "matches" picture and text.
QJsonObject plantedSpeech(const QString& modelPath);

/// model.write: "a red boat" and an end id, 2 layers × 2 heads on a grid of 5 × 6; word w looks at row w,
/// column w. attend.joint: each word of the text looks at row and column of its place from the end.
/// model.answer: red 0.7, blue 0.2; a match of 0.83. Nothing for other methods.
std::optional<Value> plantedWords(const Recipe& recipe);

} // namespace triptych
