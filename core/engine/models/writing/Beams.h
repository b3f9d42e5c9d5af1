#pragma once

#include "core/engine/models/Writer.h"

namespace triptych {

/// Finished texts of a beam search, the best `beams` of them (the BeamHypotheses of Hugging Face
/// transformers 4.46, itself after Wu et al. 2016 without coverage).
class Hypotheses {
public:
    /// `limit`: most ids a text may have; `written` counts exclude the start.
    Hypotheses(const WritingRules& rules, int limit);

    /// `sum` of the log-probabilities of `written` ids.
    void add(std::vector<qint64> ids, double sum, int written);
    /// Whether no text that is still growing can do better; `best` is the largest running sum.
    bool isDone(double best, int written) const;
    const std::vector<qint64>& best() const;
    double bestScore() const;

private:
    struct Hypothesis {
        double score;
        std::vector<qint64> ids;
    };
    const Hypothesis& winner() const;
    double ranked(double sum, int written) const;

    const WritingRules& m_rules;
    int m_limit;
    double m_worst = 1e9;
    std::vector<Hypothesis> m_kept;
};

} // namespace triptych
