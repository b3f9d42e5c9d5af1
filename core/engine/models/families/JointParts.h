#pragma once

#include "core/engine/models/families/Towers.h"
#include "core/engine/models/nn/Layers.h"

/// What the families that read two modalities together share.
namespace triptych {

/// The pictures (or their regions) and the texts among `inputs`. Throw Error when there are none.
const EncoderInput& pictureInput(const std::map<Modality, EncoderInput>& inputs);
const EncoderInput& textInput(const std::map<Modality, EncoderInput>& inputs);
/// Throws Error when there are not as many texts as pictures.
void checkPairs(const std::map<Modality, EncoderInput>& inputs);

/// A text of `length` tokens as a segment that begins at `begin`.
Segment textSegment(int64_t length, int begin = 0);
Segment pictureSegment(const TokenLayout& layout, int begin = 0);
/// Regions of a detector: no grid, one after the other.
Segment regionSegment(int64_t count, int begin = 0);

/// The two-layer classifier of ViLT and LXMERT: linear, norm, GELU (in the family's order), linear.
struct AnswerHead {
    Linear first;
    LayerNorm norm;
    Linear second;
    bool normFirst = true; ///< ViLT: norm, then GELU; LXMERT: GELU, then norm

    at::Tensor operator()(const at::Tensor& pooled) const;
};

/// Puts a forward pass under the reference's names: PREFIXhidden_states.N, PREFIXattentions.N,
/// PREFIXcross_attentions.N.
void nameOutputs(Towers::NamedTensors& named, const std::string& prefix, const EncoderOutput& output);
/// `layers` as NAME.0, NAME.1 …
void nameLayers(Towers::NamedTensors& named, const std::string& name, const std::vector<at::Tensor>& layers);
/// The input `name`; throws Error that lists what was given.
const at::Tensor& namedInput(const Towers::NamedTensors& inputs, const std::string& name);
/// The same, or undefined when absent.
at::Tensor optionalInput(const Towers::NamedTensors& inputs, const std::string& name);
/// input_ids, attention_mask and token_type_ids.
EncoderInput namedText(const Towers::NamedTensors& inputs);

/// What a model of one joint sequence gives, by the reference's names.
Towers::NamedTensors namedSequence(const JointOutput& read);

} // namespace triptych
