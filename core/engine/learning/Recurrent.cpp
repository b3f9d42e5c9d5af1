#include "core/engine/learning/Layers.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <cmath>

namespace triptych::learning {

namespace {

int gatesOf(RecurrentKind kind)
{
    return kind == RecurrentKind::Lstm ? 4 : kind == RecurrentKind::Gru ? 3 : 1;
}

/// 1 where a row still goes on, [N, T, 1].
at::Tensor insideOf(const at::Tensor& lengths, const at::Tensor& values)
{
    const at::Tensor times = at::arange(values.size(1), lengths.options());
    return times.unsqueeze(0).lt(lengths.unsqueeze(1)).unsqueeze(2).to(values.device(), values.scalar_type());
}

/// Row i turned around within its own length, so that a backward pass starts at its end.
at::Tensor turned(const at::Tensor& values, const at::Tensor& lengths)
{
    const int64_t steps = values.size(1);
    const at::Tensor times = at::arange(steps, lengths.options()).unsqueeze(0);
    const at::Tensor from = lengths.unsqueeze(1) - 1 - times;
    const at::Tensor index = at::where(from.ge(0), from, times).to(values.device());
    return values.gather(1, index.unsqueeze(2).expand({ -1, -1, values.size(2) }));
}

at::Tensor runLayer(RecurrentKind kind, const at::Tensor& values, at::TensorList weights, int hidden)
{
    const at::Tensor start = at::zeros({ 1, values.size(0), hidden }, values.options());
    if (kind == RecurrentKind::Lstm)
        return std::get<0>(at::lstm(values, { start, start }, weights, true, 1, 0, false, false, true));
    if (kind == RecurrentKind::Gru)
        return std::get<0>(at::gru(values, start, weights, true, 1, 0, false, false, true));
    return std::get<0>(at::rnn_tanh(values, start, weights, true, 1, 0, false, false, true));
}

} // namespace

RecurrentKind recurrentKind(const QString& name)
{
    if (name == u"rnn")
        return RecurrentKind::Rnn;
    if (name == u"gru")
        return RecurrentKind::Gru;
    if (name == u"lstm")
        return RecurrentKind::Lstm;
    throw Error(QCoreApplication::translate("learning", "\"%1\" is no recurrent layer; there are rnn, gru and lstm.")
                    .arg(name));
}

Recurrent::Recurrent(Parameters& parameters, const std::string& name, RecurrentKind which, int in, int width,
    int layers, bool both)
    : kind(which)
    , hidden(width)
    , bothWays(both)
{
    const int64_t rows = int64_t(gatesOf(kind)) * hidden;
    const double bound = 1 / std::sqrt(double(hidden));
    for (int layer = 0; layer < layers; ++layer) {
        const int64_t from = layer == 0 ? in : int64_t(hidden) * (bothWays ? 2 : 1);
        for (int way = 0; way < (bothWays ? 2 : 1); ++way) {
            const std::string end = "_l" + std::to_string(layer) + (way ? "_reverse" : "");
            weights.push_back(parameters.uniform(name + ".weight_ih" + end, { rows, from }, bound));
            weights.push_back(parameters.uniform(name + ".weight_hh" + end, { rows, hidden }, bound));
            weights.push_back(parameters.uniform(name + ".bias_ih" + end, { rows }, bound));
            weights.push_back(parameters.uniform(name + ".bias_hh" + end, { rows }, bound));
        }
    }
}

RecurrentOutput Recurrent::operator()(const at::Tensor& values, const at::Tensor& lengths) const
{
    const at::Tensor ends = lengths.defined()
        ? lengths
        : at::full({ values.size(0) }, values.size(1), at::TensorOptions(at::kLong));
    const at::Tensor inside = insideOf(ends, values);
    at::Tensor current = values;
    const size_t ways = bothWays ? 2 : 1;
    for (size_t at = 0; at < weights.size(); at += 4 * ways) {
        at::Tensor forward = runLayer(kind, current, at::TensorList(&weights[at], 4), hidden) * inside;
        if (bothWays) {
            const at::Tensor back = runLayer(kind, turned(current, ends), at::TensorList(&weights[at + 4], 4), hidden);
            forward = at::cat({ forward, turned(back, ends) * inside }, 2);
        }
        current = forward;
    }
    RecurrentOutput output { current, {}, {} };
    const at::Tensor last = (ends - 1).clamp_min(0).to(current.device()).view({ -1, 1, 1 });
    output.last = current.narrow(2, 0, hidden).gather(1, last.expand({ -1, 1, hidden })).squeeze(1);
    if (bothWays) // the backward pass ends at the first step
        output.last = at::cat({ output.last, current.narrow(2, hidden, hidden).select(1, 0) }, 1);
    return output;
}

RecurrentOutput Recurrent::steps(const at::Tensor& values) const
{
    RecurrentOutput output;
    std::vector<at::Tensor> states, cells;
    at::Tensor state = at::zeros({ values.size(0), hidden }, values.options());
    at::Tensor cell = state;
    for (int64_t t = 0; t < values.size(1); ++t) {
        const at::Tensor now = values.select(1, t);
        if (kind == RecurrentKind::Lstm)
            std::tie(state, cell) = at::lstm_cell(now, { state, cell }, weights[0], weights[1], weights[2], weights[3]);
        else if (kind == RecurrentKind::Gru)
            state = at::gru_cell(now, state, weights[0], weights[1], weights[2], weights[3]);
        else
            state = at::rnn_tanh_cell(now, state, weights[0], weights[1], weights[2], weights[3]);
        states.push_back(state);
        cells.push_back(cell);
    }
    output.states = at::stack(states, 1);
    output.last = state;
    if (kind == RecurrentKind::Lstm)
        output.cells = at::stack(cells, 1);
    return output;
}

} // namespace triptych::learning
