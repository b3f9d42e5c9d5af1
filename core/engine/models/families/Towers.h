#pragma once

#include "core/engine/models/Encoder.h"

#include <QJsonObject>
#include <map>
#include <memory>

namespace triptych {

class Weights;

/// The encoders of one model, without its tokenizer and processors.
struct Towers {
    std::map<Modality, std::unique_ptr<Encoder>> encoders;
    at::Tensor logitScale;   ///< scalar, before exp; undefined when the model has none
    std::map<Modality, QJsonObject> facts; ///< a tower's line in `info`

    /// Throws Error that says which modalities there are.
    Encoder& encoder(Modality modality) const;
    /// Everything trainable, by its name in the checkpoint: logit_scale and every tower's. Leaf
    /// tensors: set requires_grad on them; change them in place (the packed copies follow).
    std::vector<std::pair<std::string, at::Tensor>> parameters() const;
};

} // namespace triptych
