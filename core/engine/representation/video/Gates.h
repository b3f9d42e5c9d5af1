#pragma once

#include "core/engine/learning/Layers.h"

namespace triptych::representation {

/// What goes on inside a recurrent layer of one direction while it reads one row, each [T,H]: the
/// parts by the equations, so that they can be looked at.
struct GateTrace {
    at::Tensor states;    ///< h
    at::Tensor cells;     ///< c of an LSTM
    at::Tensor input;     ///< LSTM, 0…1: what is written
    at::Tensor forget;    ///< LSTM, 0…1: what is kept
    at::Tensor output;    ///< LSTM, 0…1: what is shown
    at::Tensor reset;     ///< GRU, 0…1: how much of the state the candidate sees
    at::Tensor update;    ///< GRU, 0…1: how much of the state is kept
    at::Tensor candidate; ///< LSTM and GRU, −1…1: what could be written
};

/// `values` [T,in], on the layer's device and of its type.
GateTrace gatesOf(const learning::Recurrent& layer, const at::Tensor& values);

} // namespace triptych::representation
