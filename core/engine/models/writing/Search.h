#pragma once

#include "core/engine/models/Writer.h"
#include "core/jobs/Progress.h"

namespace triptych {

/// A text as ids, for one row of a memory.
struct Written {
    std::vector<qint64> ids;  ///< the start, what was written, and the end id when one was
    int begin = 0;            ///< place of the first written id
    double score = 0;         ///< sum of the log-probabilities / length^penalty; greedy: the plain sum
};

/// Writes after `rules.start` until an end id or the longest length: the likeliest id at every step
/// (rules.beams 1), or beam search as Hugging Face's BeamSearchScorer keeps and ranks hypotheses, so
/// that the ids are the same. `memory` has one row. Device worker. Throws Error, Cancelled.
Written write(Decoder& decoder, const Memory& memory, const WritingRules& rules, Progress& progress);

/// What every written id looked at.
struct WritingTrace {
    std::vector<double> probabilities; ///< of each written id, given all before it
    at::Tensor cross;                  ///< [T,L,H,S]: the step that chose the id, over the memory
};

/// One pass over a finished text; the same probabilities as its steps had.
WritingTrace trace(Decoder& decoder, const Memory& memory, const Written& written);

/// Row `index` of a memory of several samples.
Memory rowOf(const Memory& memory, int64_t index);
/// Most ids a text may have: the rules' or the decoder's. Throws Error when the start leaves no room.
int longest(const Decoder& decoder, const WritingRules& rules);

} // namespace triptych
