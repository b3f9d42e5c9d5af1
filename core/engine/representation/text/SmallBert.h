#pragma once

#include "core/engine/learning/Parameters.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/Tokenizer.h"
#include "core/engine/models/families/Towers.h"

#include <QTemporaryDir>

/// A small BERT (Devlin et al. 2019) whose layers are those that checkpoints are read into: the same
/// lines train it, open it, and show where it looks.
namespace triptych::bert {

/// config.json of BertForMaskedLM from the options layers, width, heads, inner, max_tokens. Throws
/// Error when the heads do not divide the width.
QJsonObject configOf(const QJsonObject& options, int vocabulary);

/// The family's tower and its head for masked words, its tensors drawn (or taken back) by `parameters`.
Towers towersOf(const QJsonObject& config, Parameters& parameters);

/// vocab.txt and what transformers wants beside it. Makes the folder. Throws Error.
void writeTokenizer(const QString& folder, const QStringList& vocabulary, int maxTokens);
/// A Hugging Face folder of a value of train.bert: config.json, model.safetensors, tokenizer. Throws Error.
void writeFolder(const QString& folder, const Value& fitted);

/// A value of train.bert, opened as any checkpoint. The folder lives as long as this.
struct Opened {
    std::unique_ptr<QTemporaryDir> folder;
    std::shared_ptr<Model> model;
};
Opened open(const Value& fitted, const QString& device);

} // namespace triptych::bert
