#pragma once

#include "core/engine/models/Encoder.h"
#include "core/engine/models/Joint.h"
#include "core/engine/models/Writer.h"

#include <QJsonObject>
#include <functional>
#include <map>
#include <memory>

namespace triptych {

class Weights;
class CtcLetters;

/// What one model is made of, without its tokenizer and processors.
struct Towers {
    using NamedTensors = std::map<std::string, at::Tensor>;

    std::map<Modality, std::unique_ptr<Encoder>> encoders;
    std::unique_ptr<JointEncoder> joint; ///< reads several modalities in one sequence; null when there is none
    std::unique_ptr<Writer> writer;      ///< writes captions, transcripts, answers; null when there is none
    std::shared_ptr<const CtcLetters> letters; ///< what the "logits" of a sound tower spell; null: nothing
    at::Tensor logitScale;   ///< scalar, before exp; undefined when the model has none
    at::Tensor logitBias;    ///< scalar, added to the scaled cosine (SigLIP); undefined when there is none
    std::map<Modality, QJsonObject> facts; ///< a tower's line in `info`
    QJsonObject processor;   ///< preprocessor_config.json of a checkpoint that comes without one
    QStringList labels;      ///< of the classifier whose "logits" an encoder or the joint encoder gives
    /// How the reference names a tower's outputs where "text", "vision" and "audio" are not it:
    /// "encoder", "" …
    std::map<Modality, QString> outputNames;
    /// The reference's whole forward pass, named inputs to named outputs (input_ids, pixel_values …
    /// to logits, hidden_states.0 …), for families that are more than towers side by side. May be
    /// empty.
    std::function<NamedTensors(const NamedTensors& inputs)> forward;

    /// Throws Error that says which modalities there are.
    Encoder& encoder(Modality modality) const;
    /// Everything trainable, by its name in the checkpoint: logit_scale and every tower's. Leaf
    /// tensors: set requires_grad on them; change them in place (the packed copies follow).
    std::vector<std::pair<std::string, at::Tensor>> parameters() const;
};

} // namespace triptych
