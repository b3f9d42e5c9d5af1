#pragma once

#include <QtGlobal>

#include <cmath>
#include <numbers>

namespace triptych::analysis {

/// Random numbers that depend on (seed, stream, position) alone, so that neither the order of the
/// work nor the number of threads changes them. The mixer is SplitMix64 (Steele et al. 2014).
class CounterRandom {
public:
    CounterRandom(quint64 seed, quint64 stream, quint64 position)
        : m_state(mix(mix(seed + 0x9e3779b97f4a7c15ULL) ^ stream) ^ position)
    {
    }

    quint64 next()
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        return mix(m_state);
    }
    /// 0 … bound−1; bound < 2³².
    qint64 below(qint64 bound) { return qint64(((next() >> 32) * quint64(bound)) >> 32); }
    /// In (0, 1].
    double uniform() { return double((next() >> 11) + 1) * 0x1.0p-53; }
    /// Standard normal (Box–Muller).
    double normal()
    {
        const double radius = std::sqrt(-2 * std::log(uniform()));
        return radius * std::cos(2 * std::numbers::pi * uniform());
    }

private:
    static quint64 mix(quint64 z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }

    quint64 m_state;
};

} // namespace triptych::analysis
