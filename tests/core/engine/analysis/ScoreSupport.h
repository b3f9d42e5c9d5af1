#pragma once

#include "AnalysisSupport.h"

#include "core/engine/analysis/Support.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include <numeric>

/// What the tests of the scores share.
namespace triptych::testing {

using analysis::CounterRandom;

/// The golden inputs of reference/methods.md, section 7: a, and b that leans on it.
inline at::Tensor goldenA(qint64 rows, qint64 columns)
{
    at::Tensor a = at::empty({rows, columns}, at::kDouble);
    auto values = a.accessor<double, 2>();
    for (qint64 i = 0; i < rows; ++i)
        for (qint64 j = 0; j < columns; ++j)
            values[i][j] = std::sin(1 + .37 * double(i * (j + 1)) + .11 * double(j));
    return a;
}

inline at::Tensor goldenB(qint64 rows, qint64 columns, double weight)
{
    at::Tensor b = goldenA(rows, columns);
    auto values = b.accessor<double, 2>();
    for (qint64 i = 0; i < rows; ++i)
        for (qint64 j = 0; j < columns; ++j)
            values[i][j] += weight * std::cos(.5 + .29 * double(i) + .53 * double(i * j));
    return b;
}

inline at::Tensor gaussian(qint64 rows, qint64 columns, quint64 seed)
{
    at::Tensor values = at::empty({rows, columns}, at::kDouble);
    for (qint64 i = 0; i < rows * columns; ++i)
        values.data_ptr<double>()[i] = CounterRandom(seed, 9, quint64(i)).normal();
    return values;
}

inline std::vector<qint64> ownGroups(qint64 n)
{
    std::vector<qint64> groups(static_cast<size_t>(n));
    std::iota(groups.begin(), groups.end(), 0);
    return groups;
}

inline bool near(double got, double wanted, double tolerance)
{
    if (std::abs(got - wanted) <= tolerance)
        return true;
    qWarning("got %.12g, wanted %.12g", got, wanted);
    return false;
}

} // namespace triptych::testing
