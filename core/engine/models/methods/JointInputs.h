#pragma once

#include "core/engine/Method.h"
#include "core/engine/models/Model.h"

/// What methods on joint encoders read.
namespace triptych::models {

/// One sample as a joint encoder reads it, with what its text's positions say.
struct JointReading {
    std::map<Modality, EncoderInput> inputs;
    QString text;
    QStringList tokens;
};

/// The text is option `text`, else the sample's own; the picture is the sample's, or, where the model
/// reads a detector's regions, visual_feats and visual_pos (LXMERT) or visual_embeds (VisualBERT) of
/// the value "inputs". Throws Error that says what is missing and what would mend it.
JointReading readJoint(Model& model, const QJsonObject& options, const Inputs& inputs);

} // namespace triptych::models
