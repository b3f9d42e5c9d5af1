#pragma once

#include "core/engine/training/Bpe.h"
#include "core/engine/training/MiniData.h"

#include <ATen/core/Tensor.h>
#include <QJsonObject>

namespace triptych {

class ModelStore;

/// Learns the vocabulary from the texts of seen concepts, English and French weighted up.
Bpe trainMiniVocabulary(const MiniData& data, int merges);

/// Writes the model folder: config.json, preprocessor_config.json, tokenizer, model.safetensors (fp16).
void writeMiniModel(const QString& folder, const QJsonObject& config, const Bpe& bpe,
    const std::vector<std::pair<std::string, at::Tensor>>& weights);

/// Opens the folder as any other model and measures retrieval on the unseen groups of the A1 split:
/// { "n", "DIRECTION": { "recall_at_1", "recall_at_5", "recall_at_10", "median_rank", "mrr" } … }.
/// Texts in English, speech in French; "speech_french_text" compares speech with its own words.
QJsonObject evaluateMini(ModelStore& store, const QString& folder, quint64 splitSeed, Progress& progress);

/// MODEL_CARD.md: data, licences, command, time, figures.
void writeModelCard(const QString& folder, const QJsonObject& run);

} // namespace triptych
