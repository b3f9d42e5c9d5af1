#include "core/engine/models/families/WhisperTower.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <cmath>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

constexpr int taps = 3;
constexpr double secondsPerPosition = 0.02;

} // namespace

void nameWhisperBlocks(BlockOptions& blocks)
{
    blocks.keyBias = false;
    blocks.attention.norm = QStringLiteral("self_attn_layer_norm");
    blocks.crossAttention = { .norm = QStringLiteral("encoder_attn_layer_norm"),
        .query = QStringLiteral("encoder_attn.q_proj"), .key = QStringLiteral("encoder_attn.k_proj"),
        .value = QStringLiteral("encoder_attn.v_proj"), .out = QStringLiteral("encoder_attn.out_proj") };
    blocks.perceptron = { .norm = QStringLiteral("final_layer_norm"), .first = QStringLiteral("fc1"),
        .second = QStringLiteral("fc2") };
}

WhisperConfig WhisperConfig::from(const Config& config)
{
    WhisperConfig made;
    BlockOptions& blocks = made.blocks;
    blocks.width = config.integer(QStringLiteral("d_model"), 384, 1, 65536);
    blocks.heads = config.integer(QStringLiteral("encoder_attention_heads"), 6, 1, 1024);
    blocks.layers = config.integer(QStringLiteral("encoder_layers"), 4, 1, 512);
    blocks.inner = config.integer(QStringLiteral("encoder_ffn_dim"), 1536, 1, 262144);
    blocks.activation
        = activationFromName(config.text(QStringLiteral("activation_function"), QStringLiteral("gelu")));
    nameWhisperBlocks(blocks);
    if (blocks.width % blocks.heads != 0) {
        config.fail(QStringLiteral("encoder_attention_heads"),
            Tr::tr("%1 heads do not divide d_model %2.").arg(blocks.heads).arg(blocks.width));
    }
    if (config.boolean(QStringLiteral("scale_embedding"), false))
        config.fail(QStringLiteral("scale_embedding"), Tr::tr("this variant is not read; only false is."));
    made.bands = config.integer(QStringLiteral("num_mel_bins"), 80, 1, 1024);
    made.positions = config.integer(QStringLiteral("max_source_positions"), 1500, 1, 65536);
    made.classifierWidth = config.integer(QStringLiteral("classifier_proj_size"), 256, 1, 65536);
    return made;
}

WhisperTower::WhisperTower(Weights& weights, const WhisperConfig& config)
    : m_config(config)
{
    const int width = config.blocks.width;
    const Scope scope { weights, config.prefix };
    for (int i = 0; i < 2; ++i) {
        const int in = i == 0 ? config.bands : width;
        const Scope own = scope.in(QStringLiteral("conv%1").arg(i + 1));
        m_weights[i] = own.take(
            QStringLiteral("weight"), { width, in, taps }, Init::normal(1 / std::sqrt(double(taps) * in)));
        m_biases[i] = own.take(QStringLiteral("bias"), { width }, Init::constant(0));
    }
    m_positions = scope.take(
        QStringLiteral("embed_positions.weight"), { config.positions, width }, Init::normal(0.02));
    m_transformer = std::make_unique<Transformer>(scope.in(QStringLiteral("layers")), config.blocks);
    m_after = LayerNorm(scope.in(QStringLiteral("layer_norm")), width, config.blocks.epsilon);
    if (config.classes > 0) {
        const double deviation = 1 / std::sqrt(double(width));
        const Linear projector(
            Scope { weights, QStringLiteral("projector.") }, width, config.classifierWidth, deviation);
        m_classifier.emplace(projector,
            Linear(Scope { weights, QStringLiteral("classifier.") }, config.classifierWidth, config.classes,
                deviation));
    }
    if (config.weightedLayers)
        m_layerWeights = weights.take(QStringLiteral("layer_weights"), { layers() + 1 }, Init::constant(0));
    m_parameters = weights.released();
}

at::Tensor WhisperTower::embed(const at::Tensor& values) const
{
    const at::Tensor first = at::gelu(at::conv1d(values, m_weights[0], m_biases[0], 1, 1));
    const at::Tensor second = at::gelu(at::conv1d(first, m_weights[1], m_biases[1], 2, 1));
    return second.transpose(1, 2) + m_positions;
}

at::Tensor WhisperTower::classify(const EncoderOutput& output) const
{
    at::Tensor values = output.last;
    if (m_layerWeights.defined()) {
        const at::Tensor weights = at::softmax(m_layerWeights, -1);
        values = (at::stack(output.hidden, 1) * weights.view({ 1, -1, 1, 1 })).sum(1);
    }
    return m_classifier->second(m_classifier->first(values).mean(1));
}

void WhisperTower::pool(EncoderOutput& output, const at::Tensor& mask) const
{
    const int64_t batch = output.last.size(0);
    const at::TensorOptions index = at::TensorOptions().dtype(at::kLong).device(output.last.device());
    output.layout.gridRows = 1;
    output.layout.gridColumns = m_config.positions;
    output.layout.seconds = m_config.positions * secondsPerPosition;
    if (!mask.defined()) {
        output.pooled = output.last.mean(1);
        output.layout.pooled = -1;
        output.pooledAt = at::full({ batch }, -1, index);
    } else {
        // Two frames a position; a position that hears any sound counts, and at least one does.
        const at::Tensor frames = mask.to(index).sum(1);
        const at::Tensor count = at::clamp(at::div(frames + 1, 2, "floor"), 1, m_config.positions);
        const at::Tensor heard
            = (at::arange(m_config.positions, index).unsqueeze(0) < count.unsqueeze(1)).to(at::kFloat);
        output.pooled = (output.last * heard.unsqueeze(2)).sum(1) / count.unsqueeze(1);
        output.layout.pooledCount = int(count.max().item<int64_t>());
        output.pooledAt = at::zeros({ batch }, index);
    }
    output.embedding = output.pooled;
}

EncoderOutput WhisperTower::encode(const EncoderInput& input, const Wants& wants)
{
    const at::Tensor& given = input.values;
    const int frames = 2 * m_config.positions;
    const bool fits = given.defined() && given.dim() == 3 && given.size(1) == m_config.bands
        && given.size(2) == frames
        && (!input.mask.defined() || input.mask.sizes() == at::IntArrayRef({ given.size(0), frames }));
    if (!fits) {
        throw Error(Tr::tr("This encoder reads [samples, %1, %2], bands and frames; the preprocessor_config.json "
                           "or the given values do not fit it.")
                        .arg(m_config.bands)
                        .arg(frames));
    }
    const c10::AutoGradMode mode(wants.gradients);
    const at::Tensor values = given.to(at::TensorOptions().dtype(at::kFloat).device(m_positions.device()));
    m_transformer->refresh(versionOf(m_parameters));
    EncoderOutput output;
    Wants kept = wants;
    kept.hidden = wants.hidden || m_layerWeights.defined();
    output.last = m_after(m_transformer->run(embed(values), {}, kept, output));
    // As the reference counts them, the last one is normed.
    if (kept.hidden)
        output.hidden.back() = output.last;
    if (m_classifier)
        output.more["logits"] = classify(output);
    if (!wants.hidden)
        output.hidden.clear();
    pool(output, input.mask);
    return output;
}

} // namespace triptych
