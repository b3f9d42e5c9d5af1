#pragma once

#include "core/engine/representation/joint/RbmTraining.h"

namespace triptych::representation {

/// A stack of RBMs a modality and a joint RBM over their highest layers: the multimodal deep belief
/// net of Srivastava and Salakhutdinov (2012). Recognition goes up by probabilities, generation down.
struct Dbn {
    /// Tensors "MODALITY.L.visible.*" of the stacks and "joint.MODALITY.*". `layers`: sizes of each
    /// modality's hidden layers from below, one or more.
    Dbn(Parameters& parameters, const std::vector<Visible>& visibles, const std::vector<int>& layers, int joint);

    /// Probabilities of every layer of one modality from below, given its values [N,D]; the values themselves where it
    /// is direct.
    std::vector<at::Tensor> up(size_t modality, const at::Tensor& values) const;
    /// Mean of the modality given its highest layer [N,H].
    at::Tensor down(size_t modality, const at::Tensor& highest, const at::Tensor& totals) const;

    std::vector<Visible> visibles;
    std::vector<std::vector<Rbm>> stacks; ///< [modality][layer]; none of a direct modality
    std::vector<Rbm> top;                 ///< the joint RBM (one)
    const Rbm& joint() const { return top.front(); }
    Rbm& joint() { return top.front(); }
};

/// Layer by layer, then the joint RBM on the probabilities of the highest layers (Hinton et al. 2006).
/// `deep`: for the start of a deep Boltzmann machine, weights of one direction count twice.
void trainDbn(Dbn& net, const Batch& data, const Batch& validation, const MachineFit& options,
    MachineWatch& watch, bool deep = false);

} // namespace triptych::representation
