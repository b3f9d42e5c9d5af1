#include "core/engine/representation/coordinated/Coordination.h"

#include "core/engine/alignment/Losses.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace triptych::representation {

Head::Head(Parameters& parameters, const std::string& name, int in, int hidden, int dims, bool centred)
    : mean(parameters.buffer(name + ".mean", { in }, 0))
    , scale(parameters.buffer(name + ".scale", { in }, 1))
    , isDeep(hidden > 0)
{
    if (isDeep) {
        first = learning::Dense(parameters, name + ".hidden", in, hidden);
        second = learning::Dense(parameters, name + ".head", hidden, dims);
    } else {
        first = learning::Dense(parameters, name + ".head", in, dims, !centred);
    }
}

at::Tensor Head::standardised(const at::Tensor& features) const { return (features - mean) / scale; }

at::Tensor Head::operator()(const at::Tensor& standardised) const
{
    return isDeep ? second(at::relu(first(standardised))) : first(standardised);
}

Coordination::Coordination(Parameters& parameters, Constraint held, const Sizes& sizes)
    : constraint(held)
    , x(parameters, "x", sizes.x, sizes.hidden, sizes.dims, held == Constraint::Correlation)
    , y(parameters, "y", sizes.y, sizes.hidden, sizes.dims, held == Constraint::Correlation)
{
}

at::Tensor Coordination::embed(Side side, const at::Tensor& standardised) const
{
    const at::Tensor rows = alignment::unitRows((side == Side::X ? x : y)(standardised));
    return constraint == Constraint::Order ? rows.abs() : rows;
}

at::Tensor Coordination::apply(Side side, const at::Tensor& features) const
{
    const Head& head = side == Side::X ? x : y;
    return embed(side, head.standardised(features.to(head.mean.device())));
}

at::Tensor Coordination::scores(const at::Tensor& pointsX, const at::Tensor& pointsY) const
{
    return constraint == Constraint::Order ? alignment::orderScores(pointsX, pointsY) : at::mm(pointsX, pointsY.t());
}

} // namespace triptych::representation
