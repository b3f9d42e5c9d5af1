#pragma once

#include "core/engine/learning/Parameters.h"

#include <array>

/// Layers to train, with PyTorch's names and starts (uniform in ±1/√fan-in unless said), by
/// differentiable operations. `name` is the prefix: Dense(p, "fc1", …) takes fc1.weight and fc1.bias.
namespace triptych::learning {

struct Dense {
    at::Tensor weight; ///< [out, in]
    at::Tensor bias;   ///< [out], undefined when there is none

    Dense() = default;
    Dense(Parameters& parameters, const std::string& name, int in, int out, bool hasBias = true);
    at::Tensor operator()(const at::Tensor& values) const; ///< [..., in] → [..., out]
};

struct ConvShape {
    int in = 1;
    int out = 1;
    int kernel = 3;
    int stride = 1;
    int padding = 0;
    bool bias = true;
    int groups = 1;
};

struct Conv2d {
    ConvShape shape;
    at::Tensor weight; ///< [out, in / groups, k, k]
    at::Tensor bias;

    Conv2d() = default;
    /// `he`: starts normal with deviation √(2 / fan-out), as for deep nets of ReLUs (He et al. 2015).
    Conv2d(Parameters& parameters, const std::string& name, const ConvShape& shape, bool he = false);
    at::Tensor operator()(const at::Tensor& values) const; ///< [N, in, h, w]
};

/// Over batch and places; running statistics with momentum .1 (Ioffe and Szegedy 2015).
struct BatchNorm {
    at::Tensor weight, bias, runningMean, runningVariance;
    double epsilon = 1e-5; ///< added to the variance

    BatchNorm() = default;
    BatchNorm(Parameters& parameters, const std::string& name, int channels, double start = 1);
    /// `training`: by the batch, and the running statistics follow.
    at::Tensor operator()(const at::Tensor& values, bool training) const; ///< [N, C] or [N, C, …]
};

struct LayerNorm1d {
    at::Tensor weight, bias;
    double epsilon = 1e-5; ///< added to the variance

    LayerNorm1d() = default;
    LayerNorm1d(Parameters& parameters, const std::string& name, int width);
    at::Tensor operator()(const at::Tensor& values) const; ///< over the last side
};

/// Rows of a table by index.
struct EmbeddingTable {
    at::Tensor weight; ///< [rows, width]

    EmbeddingTable() = default;
    EmbeddingTable(Parameters& parameters, const std::string& name, int rows, int width, double deviation = 1);
    at::Tensor operator()(const at::Tensor& indices) const; ///< int64 [...] → [..., width]
};

enum class RecurrentKind { Rnn, Gru, Lstm }; ///< Elman 1990, Cho et al. 2014, Hochreiter and Schmidhuber 1997
RecurrentKind recurrentKind(const QString& name); ///< "rnn", "gru", "lstm"; throws Error

struct RecurrentOutput {
    at::Tensor states; ///< [N, T, H·directions], zero past a row's end
    at::Tensor last;   ///< [N, H·directions]: the state at each row's end
    at::Tensor cells;  ///< [N, T, H] of a one-directional LSTM, when asked for
};

/// Recurrent layers over rows of unequal length.
struct Recurrent {
    RecurrentKind kind = RecurrentKind::Lstm;
    int hidden = 0;
    bool bothWays = false;
    std::vector<at::Tensor> weights;

    Recurrent() = default;
    Recurrent(Parameters& parameters, const std::string& name, RecurrentKind kind, int in, int hidden,
        int layers = 1, bool bothWays = false);
    /// `values` [N, T, in]; `lengths` int64 [N] on the CPU, undefined when all are T.
    RecurrentOutput operator()(const at::Tensor& values, const at::Tensor& lengths = {}) const;
    /// Step by step, with the cell of an LSTM at each: for looking, one layer and direction.
    RecurrentOutput steps(const at::Tensor& values) const;
};

} // namespace triptych::learning
