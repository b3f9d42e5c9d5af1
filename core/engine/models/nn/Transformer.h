#pragma once

#include "core/engine/models/Encoder.h"
#include "core/engine/models/nn/TransformerBlock.h"

namespace triptych {

/// A stack of blocks that keeps what is asked for. Chooses the packed path by itself: no
/// gradients wanted, on a CPU.
class Transformer {
public:
    Transformer(const Scope& scope, const BlockOptions& options);

    /// `values` [N,T,W] is the embedding output; fills hidden and attention of `output` and returns
    /// the last layer's output.
    at::Tensor run(
        at::Tensor values, const at::Tensor& mask, const Wants& wants, EncoderOutput& output);
    /// What a decoder's layers look at beside themselves.
    struct Beside {
        at::Tensor memory {};     ///< [N,S,M]
        at::Tensor memoryMask {}; ///< added to the scores, [1|N,1,1|T,S]
        std::vector<KeyValues>* cache = nullptr; ///< one a layer; made when empty
    };
    /// The same over a memory; fills `output.cross` too.
    at::Tensor run(at::Tensor values, const at::Tensor& mask, const Beside& beside, const Wants& wants,
        EncoderOutput& output);
    /// Whether `run` would take the packed path.
    static bool runsPacked(const at::Tensor& values, const Wants& wants);
    OneDnn& dnn() { return *m_dnn; }
    /// To be called when `version` (the sum of the weights' versions) has moved on.
    void refresh(uint64_t version);

private:
    BlockOptions m_options;
    std::vector<TransformerBlock> m_blocks;
    std::unique_ptr<OneDnn> m_dnn;
    uint64_t m_version = 0;
};

/// Counts the in-place changes of all `tensors`: differs after a training step.
uint64_t versionOf(const std::vector<std::pair<std::string, at::Tensor>>& tensors);

} // namespace triptych
