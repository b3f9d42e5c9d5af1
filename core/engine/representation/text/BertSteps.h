#pragma once

#include "core/engine/models/Model.h"
#include "core/values/Value.h"

namespace triptych::bert {

enum class Pooling { Mean, First, Pooler };

struct Reading {
    int layer = -1;         ///< whose states are pooled; 0 = embeddings, −1 = the last
    Pooling pooling = Pooling::Mean;
    int attentionLayer = -1; ///< shown: 1 …, −1 = the last
    int head = -1;           ///< shown: 1 …, −1 = the mean of all
    int hide = 1;            ///< piece of the text that is hidden and guessed where it has no mask: 1 …; 0 = none
};

/// The layer a reading means. Throws Error when the model has no such layer.
int layerOf(const Reading& reading, int layers);
/// [N,W] of an encoding with hidden states. Throws Error where the model has no pooler.
at::Tensor pooled(const EncoderOutput& output, const EncoderInput& input, const Reading& reading);

/// info.steps of one text: pieces, ids, embeddings, layers, attention, guesses, vector. Throws Error.
void addSteps(Value& value, Model& model, const Sample& sample, const QString& text, const Reading& reading);

} // namespace triptych::bert
