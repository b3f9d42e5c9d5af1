#pragma once

#include "core/engine/representation/joint/JointData.h"
#include "core/engine/representation/joint/RbmMachine.h"

namespace triptych::representation {

/// A joint format as the visible units of a machine, and the way back. Gaussian units have deviation 1,
/// so their modality is brought to mean 0 and deviation 1 over the training rows.
class MachineData {
public:
    /// Learns means and deviations, and how many words a text usually has.
    MachineData(JointFormat format, const JointValues& training);
    /// What toJson() kept. Throws Error.
    explicit MachineData(const QJsonObject& json);
    QJsonObject toJson() const;

    const JointFormat& format() const { return m_format; }
    std::vector<Visible> visibles() const;
    /// Values of all modalities on a device.
    Batch batch(const JointValues& values, const at::Device& device) const;
    /// What is known: the modalities `used` (bool [N,modalities]).
    Evidence evidence(const JointValues& values, const at::Tensor& used, const at::Device& device) const;
    /// Expected values of a modality as JointShow wants them: brightness, probabilities, energies.
    at::Tensor shown(size_t modality, const at::Tensor& values) const;
    /// Words of each count modality for a machine by itself [1,1].
    Batch usualTotals(const at::Device& device) const;
    bool hasTexts() const; ///< whose number of words differs

private:
    JointFormat m_format;
    std::vector<double> m_means;
    std::vector<double> m_deviations;
    std::vector<double> m_totals;
};

} // namespace triptych::representation
