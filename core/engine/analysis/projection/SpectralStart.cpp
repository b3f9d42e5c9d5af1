#include "core/engine/analysis/projection/SpectralStart.h"

#include "core/engine/analysis/CounterRandom.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

#include <cmath>

namespace triptych::analysis {

namespace {

constexpr int mostSteps = 300;
constexpr int checkEvery = 25;
constexpr double tolerance = 1e-3;

/// y = D^-½ W D^-½ x, whose largest eigenvalues are the Laplacian's smallest.
class NormalizedAdjacency {
public:
    explicit NormalizedAdjacency(const FuzzyGraph& graph)
        : m_graph(graph)
        , m_root(size_t(graph.count))
    {
        for (size_t i = 0; i < m_root.size(); ++i) {
            double degree = 0;
            for (qint64 e = graph.starts[i]; e < graph.starts[i + 1]; ++e)
                degree += double(graph.weights[size_t(e)]);
            m_root[i] = std::sqrt(degree);
        }
    }

    at::Tensor apply(const at::Tensor& x) const
    {
        at::Tensor y = at::empty_like(x);
        const double* in = x.data_ptr<double>();
        double* out = y.data_ptr<double>();
#pragma omp parallel for schedule(static)
        for (qint64 i = 0; i < m_graph.count; ++i) {
            double sum = 0;
            for (qint64 e = m_graph.starts[size_t(i)]; e < m_graph.starts[size_t(i) + 1]; ++e) {
                const qint64 j = m_graph.columns[size_t(e)];
                sum += double(m_graph.weights[size_t(e)]) * in[j] / m_root[size_t(j)];
            }
            out[i] = sum / m_root[size_t(i)];
        }
        return y;
    }

    /// The eigenvector of eigenvalue 1, which says nothing about the shape.
    at::Tensor trivial() const
    {
        at::Tensor vector = at::empty({m_graph.count}, at::kDouble);
        std::copy(m_root.begin(), m_root.end(), vector.data_ptr<double>());
        return vector / vector.norm();
    }

private:
    const FuzzyGraph& m_graph;
    std::vector<double> m_root;
};

at::Tensor randomVector(qint64 count, quint64 seed)
{
    at::Tensor vector = at::empty({count}, at::kDouble);
    double* values = vector.data_ptr<double>();
    for (qint64 i = 0; i < count; ++i)
        values[i] = CounterRandom(seed, 1, quint64(i)).normal();
    return vector;
}

/// The best `dims` Ritz vectors of the steps so far, when every residual is small enough.
std::optional<at::Tensor> ritzVectors(const at::Tensor& basis, const std::vector<double>& diagonal,
    const std::vector<double>& off, int dims)
{
    const auto steps = qint64(diagonal.size());
    if (steps < dims)
        return std::nullopt;
    at::Tensor small = at::zeros({steps, steps}, at::kDouble);
    auto entries = small.accessor<double, 2>();
    for (qint64 i = 0; i < steps; ++i) {
        entries[i][i] = diagonal[size_t(i)];
        if (i + 1 < steps)
            entries[i][i + 1] = entries[i + 1][i] = off[size_t(i)];
    }
    auto [values, vectors] = at::linalg_eigh(small);
    const at::Tensor top = vectors.narrow(1, steps - dims, dims).flip({1});
    const double residual = (top[steps - 1].abs().max() * off.back()).item<double>();
    if (residual > tolerance)
        return std::nullopt;
    return at::mm(basis.narrow(0, 1, steps).t(), top);
}

} // namespace

std::optional<at::Tensor> laplacianVectors(
    const FuzzyGraph& graph, int dims, quint64 seed, Progress& progress)
{
    if (graph.count <= dims + 1)
        return std::nullopt;
    const NormalizedAdjacency adjacency(graph);
    const qint64 steps = std::min<qint64>(graph.count - 1, mostSteps);
    // Row 0 is the trivial eigenvector, so that every later vector stands at right angles to it.
    at::Tensor basis = at::zeros({steps + 2, graph.count}, at::kDouble);
    basis[0].copy_(adjacency.trivial());
    at::Tensor start = randomVector(graph.count, seed);
    start.sub_(basis[0] * basis[0].dot(start));
    basis[1].copy_(start / start.norm());

    std::vector<double> diagonal;
    std::vector<double> off;
    for (qint64 j = 1; j <= steps; ++j) {
        progress.report(j, steps, QCoreApplication::translate("analysis", "Spectral start"));
        at::Tensor next = adjacency.apply(basis[j]);
        diagonal.push_back(basis[j].dot(next).item<double>());
        const at::Tensor known = basis.narrow(0, 0, j + 1);
        next.sub_(at::mv(known.t(), at::mv(known, next)));
        next.sub_(at::mv(known.t(), at::mv(known, next)));
        off.push_back(next.norm().item<double>());
        const bool complete = off.back() < 1e-12; // an invariant subspace: nothing is left to add
        if (complete || j == steps || j % checkEvery == 0) {
            if (auto vectors = ritzVectors(basis, diagonal, off, dims))
                return vectors;
            if (complete)
                return std::nullopt;
        }
        basis[j + 1].copy_(next / off.back());
    }
    return std::nullopt;
}

} // namespace triptych::analysis
