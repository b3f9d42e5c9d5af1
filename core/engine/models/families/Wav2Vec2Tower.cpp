#include "core/engine/models/families/Wav2Vec2Tower.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

constexpr double rate = 16000; // of every published checkpoint

/// Mean of [N,T,W] over the frames that hear sound.
at::Tensor meanOf(const at::Tensor& values, const at::Tensor& heard)
{
    if (!heard.defined())
        return values.mean(1);
    return (values * heard.unsqueeze(2)).sum(1) / heard.sum(1, true).clamp_min(1);
}

} // namespace

Wav2Vec2Tower::Wav2Vec2Tower(Weights& weights, const Wav2Vec2Config& config)
    : m_config(config)
{
    const int width = config.blocks.width;
    const int channels = config.convolutions.back().channels;
    const Scope scope { weights, config.prefix };
    const Scope projection = scope.in(QStringLiteral("feature_projection"));
    const Scope encoder = scope.in(QStringLiteral("encoder"));
    m_features = std::make_unique<Wav2Vec2Features>(
        scope.in(QStringLiteral("feature_extractor")).in(QStringLiteral("conv_layers")), config.convolutions,
        config.convolutionBias, config.layerNorm, config.featureActivation);
    if (config.projectionNorm)
        m_projectionNorm = LayerNorm(projection.in(QStringLiteral("layer_norm")), channels, config.blocks.epsilon);
    m_projection
        = Linear(projection.in(QStringLiteral("projection")), channels, width, 1 / std::sqrt(double(channels)));
    m_positions = std::make_unique<Wav2Vec2Positions>(encoder.in(QStringLiteral("pos_conv_embed")), width,
        config.taps, config.groups, config.featureActivation);
    m_norm = LayerNorm(encoder.in(QStringLiteral("layer_norm")), width, config.blocks.epsilon);
    m_transformer = std::make_unique<Transformer>(encoder.in(QStringLiteral("layers")), config.blocks);
    takeHeads(weights);
    m_parameters = weights.released();
}

void Wav2Vec2Tower::takeHeads(Weights& weights)
{
    const int width = m_config.blocks.width;
    const double deviation = 1 / std::sqrt(double(width));
    if (m_config.vocabulary > 0)
        m_letters = Linear(Scope { weights, QStringLiteral("lm_head.") }, width, m_config.vocabulary, deviation);
    if (m_config.classes > 0) {
        const int inner = m_config.classifierWidth;
        const Linear projector(Scope { weights, QStringLiteral("projector.") }, width, inner, deviation);
        m_classifier.emplace(projector,
            Linear(Scope { weights, QStringLiteral("classifier.") }, inner, m_config.classes, deviation));
    }
    if (m_config.weightedLayers)
        m_layerWeights = weights.take(QStringLiteral("layer_weights"), { layers() + 1 }, Init::constant(0));
}

void Wav2Vec2Tower::check(const EncoderInput& input) const
{
    const at::Tensor& given = input.values;
    if (!given.defined() || given.dim() != 2 || (input.mask.defined() && input.mask.sizes() != given.sizes())) {
        throw Error(Tr::tr("This encoder reads waves [sounds, samples] and a mask of the same shape; the "
                           "preprocessor_config.json or the given values do not fit it."));
    }
    if (given.size(1) < m_features->fewest()) {
        throw Error(Tr::tr("A sound of %1 samples is too short for this encoder; it needs %2 (%3 ms).")
                        .arg(given.size(1))
                        .arg(m_features->fewest())
                        .arg(1000 * m_features->fewest() / rate, 0, 'f', 0));
    }
}

at::Tensor Wav2Vec2Tower::heard(const at::Tensor& mask, int64_t frames) const
{
    if (!mask.defined())
        return {};
    const at::Tensor samples = mask.sum(1).to(at::kCPU, at::kLong).contiguous();
    const at::Tensor made = at::zeros({ mask.size(0), frames }, at::kFloat);
    for (int64_t i = 0; i < samples.numel(); ++i)
        made[i].narrow(0, 0, m_features->frames(samples.data_ptr<int64_t>()[i])).fill_(1);
    return made.to(m_norm.weight.device());
}

at::Tensor Wav2Vec2Tower::classify(const EncoderOutput& output, const at::Tensor& heard) const
{
    at::Tensor values = output.last;
    if (m_layerWeights.defined()) {
        const at::Tensor weights = at::softmax(m_layerWeights, -1);
        values = (at::stack(output.hidden, 1) * weights.view({ 1, -1, 1, 1 })).sum(1);
    }
    return m_classifier->second(meanOf(m_classifier->first(values), heard));
}

EncoderOutput Wav2Vec2Tower::encode(const EncoderInput& input, const Wants& wants)
{
    check(input);
    const c10::AutoGradMode mode(wants.gradients);
    const at::Tensor waves
        = input.values.to(at::TensorOptions().dtype(at::kFloat).device(m_norm.weight.device()));
    m_transformer->refresh(versionOf(m_parameters));
    at::Tensor features = (*m_features)(waves);
    if (m_projectionNorm.weight.defined())
        features = m_projectionNorm(features);
    at::Tensor values = m_projection(features);
    const at::Tensor sounding = heard(input.mask, values.size(1));
    at::Tensor mask;
    if (sounding.defined()) {
        values = values * sounding.unsqueeze(2);
        mask = (1 - sounding).view({ values.size(0), 1, 1, -1 }) * double(std::numeric_limits<float>::lowest());
    }
    values = values + (*m_positions)(values);
    if (m_config.blocks.postNorm)
        values = m_norm(values);
    EncoderOutput output;
    Wants kept = wants;
    kept.hidden = wants.hidden || m_layerWeights.defined();
    output.last = m_transformer->run(values, mask, kept, output);
    if (!m_config.blocks.postNorm)
        output.last = m_norm(output.last);
    // As the reference counts them, the last one is normed.
    if (kept.hidden)
        output.hidden.back() = output.last;
    if (m_letters)
        output.more["logits"] = (*m_letters)(output.last);
    if (m_classifier)
        output.more["logits"] = classify(output, sounding);
    if (!wants.hidden)
        output.hidden.clear();
    output.more["extract_features"] = features;
    output.pooled = output.embedding = meanOf(output.last, sounding);
    output.layout = { .gridRows = 1, .gridColumns = int(values.size(1)), .pooled = -1 };
    output.layout.seconds = double(values.size(1) * m_features->hop()) / rate;
    output.pooledAt = at::full({ values.size(0) }, -1, values.options().dtype(at::kLong).requires_grad(false));
    return output;
}

} // namespace triptych
