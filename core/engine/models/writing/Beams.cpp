#include "core/engine/models/writing/Beams.h"

#include <algorithm>
#include <cmath>

namespace triptych {

Hypotheses::Hypotheses(const WritingRules& rules, int limit)
    : m_rules(rules)
    , m_limit(limit)
{
}

double Hypotheses::ranked(double sum, int written) const
{
    return sum / std::pow(double(written), m_rules.lengthPenalty);
}

void Hypotheses::add(std::vector<qint64> ids, double sum, int written)
{
    const double score = ranked(sum, written);
    if (m_kept.size() >= size_t(m_rules.beams) && !(score > m_worst))
        return;
    m_kept.push_back({ score, std::move(ids) });
    const auto lower = [](const Hypothesis& a, const Hypothesis& b) { return a.score < b.score; };
    if (m_kept.size() > size_t(m_rules.beams)) {
        m_kept.erase(std::min_element(m_kept.begin(), m_kept.end(), lower)); // of equals the oldest
        m_worst = std::min_element(m_kept.begin(), m_kept.end(), lower)->score;
    } else {
        m_worst = std::min(score, m_worst);
    }
}

bool Hypotheses::isDone(double best, int written) const
{
    if (m_kept.size() < size_t(m_rules.beams))
        return false;
    if (m_rules.earlyStopping)
        return true;
    const bool longerMayWin = m_rules.patient && m_rules.lengthPenalty > 0;
    return m_worst >= ranked(best, longerMayWin ? m_limit - int(m_rules.start.size()) : written);
}

// Of equals the newest, as Python's stable sort and pop() choose.
const Hypotheses::Hypothesis& Hypotheses::winner() const
{
    const Hypothesis* best = &m_kept.front();
    for (const Hypothesis& one : m_kept) {
        if (one.score >= best->score)
            best = &one;
    }
    return *best;
}

const std::vector<qint64>& Hypotheses::best() const { return winner().ids; }

double Hypotheses::bestScore() const { return winner().score; }

} // namespace triptych
