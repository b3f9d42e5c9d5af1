#pragma once

#include "core/engine/analysis/projection/FuzzyGraph.h"

#include <functional>

namespace triptych::analysis {

struct UmapLayoutOptions {
    int dims = 2; ///< at most 64
    int epochs = 200; ///< the whole run: step size and edge schedule depend on it
    CurveShape shape;
    quint64 seed = 0;
    int threads = 1;
};

/// The optimiser of UMAP: attraction along edges, repulsion from random points.
///
/// Which edge is used in which epoch and which points repel follow from (seed, epoch, edge) alone,
/// so coordinates and epoch are the whole state: run(a) then run(b) equals run(b) bit for bit on
/// one thread. Several threads write without locks (Hogwild), and results then differ in detail.
class UmapLayout {
public:
    /// `coords` [count, dims] are the state at `epoch`.
    UmapLayout(const FuzzyGraph& graph, const UmapLayoutOptions& options, std::vector<float> coords,
        int epoch = 0);

    /// Runs up to `untilEpoch` (at most options.epochs); `afterEpoch` is called after each and may
    /// throw to stop: the state is then that of the last whole epoch.
    void run(int untilEpoch, const std::function<void()>& afterEpoch);

    int epoch() const { return m_epoch; }
    const std::vector<float>& points() const { return m_coords; }

private:
    struct Step {
        double epoch;
        float alpha;
    };
    void runEpoch();
    template <int Dims> void moveRow(qint64 row, const Step& step);
    void buildTables();
    float lookUp(const std::vector<float>& table, float squared) const;

    UmapLayoutOptions m_options;
    qint64 m_count;
    std::vector<qint64> m_starts;
    std::vector<qint64> m_columns;
    std::vector<double> m_rates; ///< share of epochs in which the edge is used
    std::vector<float> m_attract; ///< gradient factors by squared distance
    std::vector<float> m_repel;
    std::vector<float> m_coords;
    int m_epoch;
};

} // namespace triptych::analysis
