#include "core/engine/models/families/Wav2Vec2Features.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>

namespace triptych {

Wav2Vec2Features::Wav2Vec2Features(const Scope& scope, const std::vector<WaveConvolution>& layers,
    bool bias, bool layerNorm, Activation activation)
    : m_layerNorm(layerNorm)
    , m_activation(activation)
{
    int in = 1;
    for (size_t i = 0; i < layers.size(); ++i) {
        const Scope own = scope.in(QString::number(i));
        const Scope convolution = own.in(QStringLiteral("conv"));
        Layer layer { layers[i], {}, {}, {} };
        const auto [channels, kernel, stride] = layer.shape;
        layer.weight = convolution.take(QStringLiteral("weight"), { channels, in, kernel },
            Init::normal(std::sqrt(2.0 / (double(in) * kernel))));
        if (bias)
            layer.bias = convolution.take(QStringLiteral("bias"), { channels }, Init::constant(0));
        if (layerNorm || i == 0)
            layer.norm = LayerNorm(own.in(QStringLiteral("layer_norm")), channels, 1e-5);
        m_layers.push_back(std::move(layer));
        in = channels;
    }
}

at::Tensor Wav2Vec2Features::operator()(const at::Tensor& waves) const
{
    at::Tensor values = waves.unsqueeze(1);
    for (const Layer& layer : m_layers) {
        values = at::conv1d(values, layer.weight, layer.bias, layer.shape.stride);
        if (m_layerNorm)
            values = layer.norm(values.transpose(1, 2)).transpose(1, 2);
        else if (layer.norm.weight.defined())
            values = at::group_norm(
                values, layer.shape.channels, layer.norm.weight, layer.norm.bias, layer.norm.epsilon);
        values = activate(values, m_activation);
    }
    return values.transpose(1, 2);
}

int64_t Wav2Vec2Features::frames(int64_t samples) const
{
    for (const Layer& layer : m_layers) {
        if (samples < layer.shape.kernel)
            return 0;
        samples = (samples - layer.shape.kernel) / layer.shape.stride + 1;
    }
    return samples;
}

int64_t Wav2Vec2Features::fewest() const
{
    int64_t samples = 1;
    for (auto layer = m_layers.rbegin(); layer != m_layers.rend(); ++layer)
        samples = (samples - 1) * layer->shape.stride + layer->shape.kernel;
    return samples;
}

int64_t Wav2Vec2Features::hop() const
{
    int64_t samples = 1;
    for (const Layer& layer : m_layers)
        samples *= layer.shape.stride;
    return samples;
}

Wav2Vec2Positions::Wav2Vec2Positions(
    const Scope& scope, int width, int taps, int groups, Activation activation)
    : m_groups(groups)
    , m_activation(activation)
{
    const Scope own = scope.in(QStringLiteral("conv"));
    // Newer files have the names of torch's parametrizations.
    const QString newer = QStringLiteral("parametrizations.weight.original");
    const bool isNew = own.weights.has(own.prefix + newer + u'0');
    m_length = own.take(isNew ? newer + u'0' : QStringLiteral("weight_g"), { 1, 1, taps }, Init::constant(1));
    m_direction = own.take(isNew ? newer + u'1' : QStringLiteral("weight_v"), { width, width / groups, taps },
        Init::normal(2 * std::sqrt(1.0 / (double(taps) * width))));
    m_bias = own.take(QStringLiteral("bias"), { width }, Init::constant(0));
}

at::Tensor Wav2Vec2Positions::operator()(const at::Tensor& values) const
{
    const int64_t taps = m_direction.size(2);
    const at::Tensor weight = m_direction * (m_length / m_direction.norm(2, at::IntArrayRef({ 0, 1 }), true));
    const at::Tensor made
        = at::conv1d(values.transpose(1, 2), weight, m_bias, 1, taps / 2, 1, m_groups);
    // An even number of taps gives one frame too many.
    return activate(made.narrow(2, 0, values.size(1)), m_activation).transpose(1, 2);
}

} // namespace triptych
