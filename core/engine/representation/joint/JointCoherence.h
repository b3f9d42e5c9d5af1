#pragma once

#include "core/engine/representation/joint/JointModel.h"

namespace triptych::representation {

/// Adds info.scores, and info.coherence (a line for every subset and modality: from, to, cross, n, error,
/// error_of_mean on the same rows, coherence, coherence_of_real), measured on the test rows (else the
/// validation rows) that have what is compared:
/// - "error.A+B>C": mean squared error of modality C reconstructed from A and B; "error.mean>C": of the
///   training rows' mean in its place;
/// and, where the training rows have two labels or more, judged by small classifiers that were trained on
/// the real training rows and are then left alone:
/// - "judge.C": accuracy of C's judge on real rows;
/// - "coherence.A+B>C": how often C, reconstructed from A and B, is judged to show the row's label;
/// - "coherence.joint": how often all modalities decoded from one draw of the prior are judged alike, and
///   "coherence.joint_chance": how often they would be if they were decoded from different draws.
void addCoherence(Value& value, const JointModel& model, const JointSet& set, const at::Device& device,
    Progress& progress);

} // namespace triptych::representation
