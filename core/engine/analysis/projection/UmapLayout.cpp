#include "core/engine/analysis/projection/UmapLayout.h"

#include "core/engine/analysis/CounterRandom.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>

namespace triptych::analysis {

namespace {

constexpr int negatives = 5; // repelling points for each use of an edge
constexpr float clip = 4.0F;
constexpr int mostDims = 64;

// Gradient factors are tabulated over the squared distance: 128 knots an octave, 2^-30 … 2^30.
constexpr int knotBits = 7;
constexpr int firstExponent = 127 - 30;
constexpr int octaves = 60;
constexpr int knots = octaves << knotBits;

float knotPosition(int knot)
{
    return std::bit_cast<float>(quint32((firstExponent << knotBits) + knot) << (23 - knotBits));
}

float clipped(float value)
{
    return std::clamp(value, -clip, clip);
}

float load(float& place)
{
    return std::atomic_ref<float>(place).load(std::memory_order_relaxed);
}

void store(float& place, float value)
{
    std::atomic_ref<float>(place).store(value, std::memory_order_relaxed);
}

} // namespace

UmapLayout::UmapLayout(
    const FuzzyGraph& graph, const UmapLayoutOptions& options, std::vector<float> coords, int epoch)
    : m_options(options)
    , m_count(graph.count)
    , m_coords(std::move(coords))
    , m_epoch(epoch)
{
    const float top = graph.weights.empty()
        ? 1.0F
        : *std::max_element(graph.weights.begin(), graph.weights.end());
    const float least = top / float(options.epochs); // weaker edges would never be used
    m_starts.push_back(0);
    for (qint64 row = 0; row < m_count; ++row) {
        for (qint64 e = graph.starts[size_t(row)]; e < graph.starts[size_t(row) + 1]; ++e) {
            if (graph.weights[size_t(e)] < least)
                continue;
            m_columns.push_back(graph.columns[size_t(e)]);
            m_rates.push_back(double(graph.weights[size_t(e)]) / double(top));
        }
        m_starts.push_back(qint64(m_columns.size()));
    }
    buildTables();
}

void UmapLayout::buildTables()
{
    const auto [a, b] = m_options.shape;
    m_attract.resize(knots + 2);
    m_repel.resize(knots + 2);
    for (int knot = 0; knot < knots + 2; ++knot) {
        const double squared = knotPosition(knot);
        const double power = std::pow(squared, b);
        m_attract[size_t(knot)] = float(-2 * a * b * power / squared / (1 + a * power));
        m_repel[size_t(knot)] = float(2 * b / ((0.001 + squared) * (1 + a * power)));
    }
}

float UmapLayout::lookUp(const std::vector<float>& table, float squared) const
{
    const quint32 bits = std::bit_cast<quint32>(squared);
    const int knot
        = std::clamp(int(bits >> (23 - knotBits)) - (firstExponent << knotBits), 0, knots - 1);
    constexpr quint32 below = (1U << (23 - knotBits)) - 1;
    const float between = float(bits & below) / float(below + 1);
    return table[size_t(knot)] + between * (table[size_t(knot) + 1] - table[size_t(knot)]);
}

template <int Dims> void UmapLayout::moveRow(qint64 row, const Step& step)
{
    const int dims = Dims > 0 ? Dims : m_options.dims;
    float* head = m_coords.data() + row * dims;
    constexpr size_t room = Dims == 0 ? mostDims : Dims;
    std::array<float, room> own;
    std::array<float, room> apart;
    const auto squaredTo = [&](float* other) {
        float squared = 0;
        for (int d = 0; d < dims; ++d) {
            apart[size_t(d)] = own[size_t(d)] - load(other[d]);
            squared += apart[size_t(d)] * apart[size_t(d)];
        }
        return squared;
    };
    for (qint64 e = m_starts[size_t(row)]; e < m_starts[size_t(row) + 1]; ++e) {
        const double rate = m_rates[size_t(e)];
        if (qint64(step.epoch * rate) <= qint64((step.epoch - 1) * rate))
            continue;
        for (int d = 0; d < dims; ++d)
            own[size_t(d)] = load(head[d]);
        float* tail = m_coords.data() + m_columns[size_t(e)] * dims;
        if (const float squared = squaredTo(tail); squared > 0) {
            const float factor = lookUp(m_attract, squared);
            for (int d = 0; d < dims; ++d) {
                const float move = step.alpha * clipped(factor * apart[size_t(d)]);
                own[size_t(d)] += move;
                store(tail[d], load(tail[d]) - move);
            }
        }
        CounterRandom random(m_options.seed, quint64(m_epoch), quint64(e));
        for (int n = 0; n < negatives; ++n) {
            const qint64 other = random.below(m_count);
            if (other == row)
                continue;
            if (const float squared = squaredTo(m_coords.data() + other * dims); squared > 0) {
                const float factor = lookUp(m_repel, squared);
                for (int d = 0; d < dims; ++d)
                    own[size_t(d)] += step.alpha * clipped(factor * apart[size_t(d)]);
            }
        }
        for (int d = 0; d < dims; ++d)
            store(head[d], own[size_t(d)]);
    }
}

void UmapLayout::runEpoch()
{
    const Step step {double(m_epoch), float(1.0 - double(m_epoch) / double(m_options.epochs))};
    const int dims = m_options.dims;
#pragma omp parallel for schedule(static) num_threads(m_options.threads) if (m_options.threads > 1)
    for (qint64 row = 0; row < m_count; ++row) {
        if (dims == 2)
            moveRow<2>(row, step);
        else if (dims == 3)
            moveRow<3>(row, step);
        else
            moveRow<0>(row, step);
    }
    ++m_epoch;
}

void UmapLayout::run(int untilEpoch, const std::function<void()>& afterEpoch)
{
    const int last = std::min(untilEpoch, m_options.epochs);
    while (m_epoch < last) {
        runEpoch();
        afterEpoch();
    }
}

} // namespace triptych::analysis
