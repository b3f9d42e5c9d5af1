#include "core/engine/analysis/projection/FuzzyGraph.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace triptych::analysis {

namespace {

constexpr double smallestScale = 1e-3; // of the mean distance, so that no bandwidth vanishes

/// Bisection for the bandwidth of one row.
double bandwidth(const float* distances, int k, double rho, double target)
{
    double low = 0;
    double high = std::numeric_limits<double>::infinity();
    double middle = 1;
    for (int step = 0; step < 64; ++step) {
        double sum = 0;
        for (int j = 0; j < k; ++j) {
            const double d = distances[j] - rho;
            sum += d > 0 ? std::exp(-d / middle) : 1.0;
        }
        if (std::abs(sum - target) < 1e-5)
            break;
        if (sum > target) {
            high = middle;
            middle = (low + high) / 2;
        } else {
            low = middle;
            middle = std::isinf(high) ? middle * 2 : (low + high) / 2;
        }
    }
    return middle;
}

qint64 findRoot(std::vector<qint64>& parents, qint64 node)
{
    while (parents[size_t(node)] != node) {
        parents[size_t(node)] = parents[size_t(parents[size_t(node)])];
        node = parents[size_t(node)];
    }
    return node;
}

struct Edge {
    qint64 row;
    qint64 column;
    float weight;
};

} // namespace

qint64 FuzzyGraph::components() const
{
    std::vector<qint64> parents(static_cast<size_t>(count));
    std::iota(parents.begin(), parents.end(), 0);
    qint64 parts = count;
    for (qint64 row = 0; row < count; ++row) {
        for (qint64 e = starts[size_t(row)]; e < starts[size_t(row) + 1]; ++e) {
            const qint64 a = findRoot(parents, row);
            const qint64 b = findRoot(parents, columns[size_t(e)]);
            if (a != b) {
                parents[size_t(std::max(a, b))] = std::min(a, b);
                --parts;
            }
        }
    }
    return parts;
}

Bandwidths smoothDistances(const Neighbors& neighbors)
{
    const int k = neighbors.k;
    // The reference counts the point itself among its k + 1 neighbours.
    const double target = std::log2(double(k + 1));
    const double meanOfAll
        = std::accumulate(neighbors.distances.begin(), neighbors.distances.end(), 0.0)
        / std::max<double>(1, double(neighbors.count) * (k + 1));
    Bandwidths result {
        std::vector<double>(size_t(neighbors.count)), std::vector<double>(size_t(neighbors.count))};
#pragma omp parallel for schedule(static)
    for (qint64 i = 0; i < neighbors.count; ++i) {
        const float* distances = neighbors.distances.data() + i * k;
        const float* first = std::find_if(distances, distances + k, [](float d) { return d > 0; });
        const double rho = first == distances + k ? 0.0 : double(*first);
        const double mean = std::accumulate(distances, distances + k, 0.0) / (k + 1);
        double sigma = bandwidth(distances, k, rho, target);
        sigma = std::max(sigma, smallestScale * (rho > 0 ? mean : meanOfAll));
        result.rho[size_t(i)] = rho;
        result.sigma[size_t(i)] = sigma;
    }
    return result;
}

FuzzyGraph fuzzyUnion(const Neighbors& neighbors, const Bandwidths& bandwidths)
{
    const int k = neighbors.k;
    std::vector<Edge> edges;
    edges.reserve(neighbors.indices.size() * 2);
    for (qint64 i = 0; i < neighbors.count; ++i) {
        for (int j = 0; j < k; ++j) {
            const double d = neighbors.distances[size_t(i * k + j)] - bandwidths.rho[size_t(i)];
            const double sigma = bandwidths.sigma[size_t(i)];
            const auto weight = float(d <= 0 || sigma == 0 ? 1.0 : std::exp(-d / sigma));
            const qint64 other = neighbors.indices[size_t(i * k + j)];
            edges.push_back({i, other, weight});
            edges.push_back({other, i, -weight}); // a negative weight marks the reverse
        }
    }
    std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) {
        return a.row != b.row      ? a.row < b.row
            : a.column != b.column ? a.column < b.column
                                   : a.weight < b.weight;
    });
    FuzzyGraph graph;
    graph.count = neighbors.count;
    graph.starts.assign(size_t(graph.count) + 1, 0);
    for (size_t e = 0; e < edges.size();) {
        float forward = 0;
        float backward = 0;
        size_t end = e;
        for (; end < edges.size() && edges[end].row == edges[e].row
             && edges[end].column == edges[e].column;
             ++end)
            (edges[end].weight < 0 ? backward : forward) = std::abs(edges[end].weight);
        const float weight = forward + backward - forward * backward;
        if (weight > 0) {
            graph.columns.push_back(edges[e].column);
            graph.weights.push_back(weight);
            graph.starts[size_t(edges[e].row) + 1] += 1;
        }
        e = end;
    }
    std::partial_sum(graph.starts.begin(), graph.starts.end(), graph.starts.begin());
    return graph;
}

CurveShape fitCurve(double spread, double minDist)
{
    constexpr int points = 300;
    double a = 1;
    double b = 1;
    double damping = 1e-3;
    const auto evaluate = [&](double pa, double pb, double h[3], double g[2]) {
        double error = 0;
        for (int i = 0; i < points; ++i) {
            const double x = 3 * spread * i / (points - 1);
            const double wanted = x < minDist ? 1.0 : std::exp(-(x - minDist) / spread);
            const double power = x > 0 ? std::pow(x, 2 * pb) : 0.0;
            const double value = 1 / (1 + pa * power);
            const double residual = wanted - value;
            error += residual * residual;
            const double da = -power * value * value;
            const double db = x > 0 ? -2 * pa * power * std::log(x) * value * value : 0.0;
            h[0] += da * da;
            h[1] += da * db;
            h[2] += db * db;
            g[0] += da * residual;
            g[1] += db * residual;
        }
        return error;
    };
    for (int step = 0; step < 200; ++step) {
        double h[3] = {};
        double g[2] = {};
        const double error = evaluate(a, b, h, g);
        const double p = h[0] * (1 + damping);
        const double q = h[2] * (1 + damping);
        const double determinant = p * q - h[1] * h[1];
        if (determinant <= 0)
            break;
        const double stepA = (q * g[0] - h[1] * g[1]) / determinant;
        const double stepB = (p * g[1] - h[1] * g[0]) / determinant;
        double unusedH[3] = {};
        double unusedG[2] = {};
        const bool valid = a + stepA > 0 && b + stepB > 0;
        if (valid && evaluate(a + stepA, b + stepB, unusedH, unusedG) < error) {
            a += stepA;
            b += stepB;
            damping *= 0.3;
            if (std::abs(stepA) + std::abs(stepB) < 1e-12)
                break;
        } else if ((damping *= 4) > 1e12) {
            break;
        }
    }
    return {a, b};
}

} // namespace triptych::analysis
