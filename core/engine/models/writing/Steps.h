#pragma once

#include "core/engine/models/Writer.h"
#include "core/engine/models/nn/Attention.h"

namespace triptych {

/// A decoder going forward one id at a time in several rows that look at the same thing.
class Steps {
public:
    /// `memory` has one row.
    Steps(Decoder& decoder, const Memory& memory, const WritingRules& rules, int rows);

    /// Feeds `ids` [rows,T], the new ones only, and gives what may come next: logits [rows,V] with
    /// forbidden ids at minus infinity. Throws Error on numbers that are not finite.
    at::Tensor next(const at::Tensor& ids);
    /// The same as log-probabilities, as beams add them: forbidden ids keep their share.
    at::Tensor nextLogs(const at::Tensor& ids);
    /// Row i goes on from what was row `from`[i].
    void reorder(const at::Tensor& from);

private:
    at::Tensor logits(const at::Tensor& ids);
    at::Tensor restrained(const at::Tensor& scores);

    Decoder& m_decoder;
    Memory m_memory;
    const WritingRules& m_rules;
    DecoderCache m_cache;
    bool m_first = true;
};

} // namespace triptych
