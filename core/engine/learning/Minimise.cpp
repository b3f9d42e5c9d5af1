#include "core/engine/learning/Minimise.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>
#include <deque>
#include <limits>

namespace triptych {

namespace {

using Function = std::function<double(const at::Tensor&, at::Tensor&)>;

double product(const at::Tensor& a, const at::Tensor& b) { return (a * b).sum().item<double>(); }

/// The last steps and what they did to the gradient.
class Curvature {
public:
    explicit Curvature(int memory)
        : m_memory(size_t(memory))
    {
    }

    void add(const at::Tensor& step, const at::Tensor& change)
    {
        const double along = product(step, change);
        if (along <= 1e-300)
            return; // no information: the function is flat here to the last bit
        m_pairs.push_back({ step, change, 1 / along });
        if (m_pairs.size() > m_memory)
            m_pairs.pop_front();
    }
    void clear() { m_pairs.clear(); }

    /// −H·gradient by the two loops.
    at::Tensor direction(const at::Tensor& gradient) const
    {
        at::Tensor q = gradient.clone();
        std::vector<double> shares(m_pairs.size());
        for (size_t i = m_pairs.size(); i-- > 0;) {
            shares[i] = m_pairs[i].inverse * product(m_pairs[i].step, q);
            q -= shares[i] * m_pairs[i].change;
        }
        if (!m_pairs.empty())
            q *= 1 / (m_pairs.back().inverse * product(m_pairs.back().change, m_pairs.back().change));
        for (size_t i = 0; i < m_pairs.size(); ++i)
            q += (shares[i] - m_pairs[i].inverse * product(m_pairs[i].change, q)) * m_pairs[i].step;
        return -q;
    }

private:
    struct Pair {
        at::Tensor step, change;
        double inverse;
    };
    std::deque<Pair> m_pairs;
    size_t m_memory;
};

struct Point {
    at::Tensor place;
    at::Tensor gradient;
    double value = 0;
};

/// Halves and doubles a step until it falls enough and has passed the steepest part (Lewis and Overton
/// 2013). False when no step along `direction` falls any more.
bool search(const Function& function, const Point& from, const at::Tensor& direction, double step, Point& to)
{
    const double slope = product(from.gradient, direction);
    if (!(slope < 0))
        return false;
    const double rounding = 1e-14 * std::abs(from.value); // near the end values differ by less
    double low = 0;
    double high = std::numeric_limits<double>::infinity();
    bool found = false;
    for (int trial = 0; trial < 60; ++trial) {
        Point next;
        next.place = from.place + step * direction;
        next.gradient = at::empty_like(from.gradient);
        next.value = function(next.place, next.gradient);
        if (!std::isfinite(next.value) || next.value > from.value + 1e-4 * step * slope + rounding) {
            high = step;
        } else {
            found = true;
            to = next;
            if (product(next.gradient, direction) >= 0.9 * slope)
                return true;
            low = step;
        }
        step = std::isfinite(high) ? (low + high) / 2 : 2 * low;
    }
    return found;
}

double largest(const at::Tensor& gradient) { return gradient.abs().max().item<double>(); }

} // namespace

Minimum minimise(const Function& function, const at::Tensor& start, const MinimiseOptions& options,
    Progress& progress)
{
    Point here { start.clone(), at::empty_like(start), 0 };
    here.value = function(here.place, here.gradient);
    Curvature curvature(options.memory);
    Minimum minimum;
    bool fresh = true; // no curvature known: the first step is as long as the gradient is short
    while (minimum.steps < options.steps && largest(here.gradient) > options.tolerance) {
        progress.report(minimum.steps, options.steps);
        const double first = fresh ? 1 / std::max(1.0, std::sqrt(product(here.gradient, here.gradient))) : 1;
        Point next;
        if (!search(function, here, curvature.direction(here.gradient), first, next)) {
            if (fresh)
                break; // not even the steepest way falls: rounding is all that is left
            curvature.clear();
            fresh = true;
            continue;
        }
        curvature.add(next.place - here.place, next.gradient - here.gradient);
        fresh = false;
        here = next;
        ++minimum.steps;
    }
    minimum.place = here.place;
    minimum.value = here.value;
    minimum.converged = largest(here.gradient) <= options.tolerance;
    return minimum;
}

} // namespace triptych
