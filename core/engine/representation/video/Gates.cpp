#include "core/engine/representation/video/Gates.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace triptych::representation {

namespace {

using learning::RecurrentKind;

/// The rows of each part, one list a part.
class Record {
public:
    void add(at::Tensor GateTrace::*part, const at::Tensor& row)
    {
        for (auto& [name, rows] : m_parts) {
            if (name == part) {
                rows.push_back(row);
                return;
            }
        }
        m_parts.push_back({ part, { row } });
    }
    GateTrace trace() const
    {
        GateTrace trace;
        for (const auto& [part, rows] : m_parts)
            trace.*part = at::stack(rows);
        return trace;
    }

private:
    std::vector<std::pair<at::Tensor GateTrace::*, std::vector<at::Tensor>>> m_parts;
};

/// PyTorch's order of the parts in a weight: input, forget, candidate, output.
void lstmStep(const at::Tensor& fromInput, const at::Tensor& fromState, at::Tensor& state, at::Tensor& cell, Record& record)
{
    const std::vector<at::Tensor> parts = (fromInput + fromState).chunk(4);
    const at::Tensor input = parts[0].sigmoid(), forget = parts[1].sigmoid();
    const at::Tensor candidate = parts[2].tanh(), output = parts[3].sigmoid();
    cell = forget * cell + input * candidate;
    state = output * cell.tanh();
    record.add(&GateTrace::input, input);
    record.add(&GateTrace::forget, forget);
    record.add(&GateTrace::candidate, candidate);
    record.add(&GateTrace::output, output);
    record.add(&GateTrace::cells, cell);
}

/// PyTorch's order: reset, update, candidate.
void gruStep(const at::Tensor& fromInput, const at::Tensor& fromState, at::Tensor& state, Record& record)
{
    const std::vector<at::Tensor> a = fromInput.chunk(3), b = fromState.chunk(3);
    const at::Tensor reset = (a[0] + b[0]).sigmoid(), update = (a[1] + b[1]).sigmoid();
    const at::Tensor candidate = (a[2] + reset * b[2]).tanh();
    state = (1 - update) * candidate + update * state;
    record.add(&GateTrace::reset, reset);
    record.add(&GateTrace::update, update);
    record.add(&GateTrace::candidate, candidate);
}

} // namespace

GateTrace gatesOf(const learning::Recurrent& layer, const at::Tensor& values)
{
    Record record;
    at::Tensor state = at::zeros({ layer.hidden }, values.options());
    at::Tensor cell = state;
    for (int64_t t = 0; t < values.size(0); ++t) {
        const at::Tensor fromInput = at::linear(values.select(0, t), layer.weights[0], layer.weights[2]);
        const at::Tensor fromState = at::linear(state, layer.weights[1], layer.weights[3]);
        if (layer.kind == RecurrentKind::Lstm)
            lstmStep(fromInput, fromState, state, cell, record);
        else if (layer.kind == RecurrentKind::Gru)
            gruStep(fromInput, fromState, state, record);
        else
            state = (fromInput + fromState).tanh();
        record.add(&GateTrace::states, state);
    }
    return record.trace();
}

} // namespace triptych::representation
