#include "core/engine/models/families/HtsatPatches.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorIndexing.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

constexpr double batchNormEpsilon = 1e-5;
constexpr int partsWidth = 3; ///< a patch of the three parts is as many times wider

} // namespace

HtsatConfig HtsatConfig::from(const Config& config)
{
    HtsatConfig made;
    made.bands = config.integer(QStringLiteral("num_mel_bins"), 64, 1, 1024);
    made.side = config.integer(QStringLiteral("spec_size"), 256, 1, 8192);
    made.patch = config.integer(QStringLiteral("patch_size"), 4, 1, 256);
    made.stride = config.sides(QStringLiteral("patch_stride"), { 4, 4 });
    made.width = config.integer(QStringLiteral("patch_embeds_hidden_size"), 96, 1, 65536);
    made.depths = config.integers(QStringLiteral("depths"), { 2, 2, 6, 2 }, 1, 128);
    made.heads = config.integers(QStringLiteral("num_attention_heads"), { 4, 8, 16, 32 }, 1, 1024);
    made.window = config.integer(QStringLiteral("window_size"), 8, 1, 256);
    made.ratio = config.real(QStringLiteral("mlp_ratio"), 4);
    made.bias = config.boolean(QStringLiteral("qkv_bias"), true);
    made.fuses = config.boolean(QStringLiteral("enable_fusion"), false);
    made.patchNorm = config.boolean(QStringLiteral("enable_patch_layer_norm"), true);
    made.squeeze = config.integer(QStringLiteral("aff_block_r"), 4, 1, 1024);
    made.epsilon = config.real(QStringLiteral("layer_norm_eps"), 1e-5);
    made.activation = activationFromName(config.text(QStringLiteral("hidden_act"), QStringLiteral("gelu")));
    const int last = made.stages() - 1;
    if (made.heads.size() != made.depths.size() || last > 16)
        config.fail(QStringLiteral("depths"), Tr::tr("depths and num_attention_heads must be equally long."));
    for (int stage = 0; stage <= last; ++stage) {
        if (made.widthAt(stage) % made.heads[size_t(stage)] != 0)
            config.fail(QStringLiteral("num_attention_heads"), Tr::tr("the heads do not divide the width."));
    }
    const bool even = made.side % made.bands == 0 && made.stride[0] == made.stride[1]
        && made.side % (made.stride[0] << last) == 0 && made.grid(last) % made.folds() == 0;
    if (!even) {
        config.fail(QStringLiteral("spec_size"),
            Tr::tr("this must be a multiple of num_mel_bins, and of patch_stride doubled at every stage."));
    }
    if (made.fuses && config.text(QStringLiteral("fusion_type"), QString()) == QLatin1String("channel_map"))
        config.fail(QStringLiteral("fusion_type"), Tr::tr("this variant is not read."));
    return made;
}

HtsatPatches::HtsatPatches(const Scope& scope, const HtsatConfig& config)
    : m_config(config)
{
    const Scope norm = scope.in(QStringLiteral("batch_norm"));
    const auto take = [&](const char* name) { return norm.take(QLatin1String(name), { config.bands }, {}); };
    const at::Tensor scale = take("weight").to(at::kDouble)
        / at::sqrt(take("running_var").to(at::kDouble) + batchNormEpsilon);
    m_shift = (take("bias").to(at::kDouble) - take("running_mean").to(at::kDouble) * scale).to(at::kFloat);
    m_scale = scale.to(at::kFloat);
    const Scope patch = scope.in(QStringLiteral("patch_embed"));
    const int64_t padding = (config.patch - config.stride[0]) / 2;
    ConvolutionOptions options { .in = 1, .out = config.width, .kernel = { config.patch, config.patch },
        .stride = { config.stride[0], config.stride[1] }, .padding = { padding, padding }, .bias = true };
    m_patch = Convolution(patch, QStringLiteral("proj"), {}, options);
    if (config.fuses) {
        options.kernel[1] *= partsWidth;
        options.stride[1] *= partsWidth;
        Fusion& fusion = m_fusion.emplace();
        fusion.parts = Convolution(patch, QStringLiteral("mel_conv2d"), {}, options);
        const int inner = config.width / config.squeeze;
        const ConvolutionOptions down { .in = config.width, .out = inner, .bias = true, .activation = Activation::Relu };
        const ConvolutionOptions up { .in = inner, .out = config.width, .bias = true };
        const Scope model = patch.in(QStringLiteral("fusion_model"));
        const Scope local = model.in(QStringLiteral("local_att"));
        const Scope global = model.in(QStringLiteral("global_att")); // its first is a pooling
        fusion.local.emplace_back(local, QStringLiteral("0"), QStringLiteral("1"), down);
        fusion.local.emplace_back(local, QStringLiteral("3"), QStringLiteral("4"), up);
        fusion.global.emplace_back(global, QStringLiteral("1"), QStringLiteral("2"), down);
        fusion.global.emplace_back(global, QStringLiteral("4"), QStringLiteral("5"), up);
    }
    if (config.patchNorm)
        m_norm = LayerNorm(patch.in(QStringLiteral("norm")), config.width, batchNormEpsilon);
}

/// Stretched to the whole width in time, then cut into stretches that stand one below the other.
at::Tensor HtsatPatches::folded(const at::Tensor& features) const
{
    const int64_t folds = m_config.folds();
    const int64_t length = m_config.side * folds;
    if (features.size(2) > length || features.size(3) > m_config.bands) {
        throw Error(Tr::tr("This encoder reads at most %1 frames of %2 bands; the preprocessor_config.json or the "
                           "given values do not fit it.")
                        .arg(length)
                        .arg(m_config.bands));
    }
    at::Tensor made = features;
    if (made.size(2) < length)
        made = at::upsample_bicubic2d(made, { length, made.size(3) }, true);
    const int64_t batch = made.size(0);
    const int64_t channels = made.size(1);
    return made.reshape({ batch, channels, folds, length / folds, m_config.bands })
        .transpose(3, 4)
        .reshape({ batch, channels, folds * m_config.bands, length / folds });
}

at::Tensor HtsatPatches::fused(const at::Tensor& whole, const at::Tensor& parts) const
{
    const int64_t count = parts.size(0);
    at::Tensor local = m_fusion->parts(parts.reshape({ count * parts.size(1), 1, parts.size(2), parts.size(3) }), nullptr);
    local = local.view({ count, parts.size(1), local.size(1), local.size(2), local.size(3) })
                .permute({ 0, 2, 3, 1, 4 })
                .flatten(3);
    local = at::constant_pad_nd(local, { 0, whole.size(3) - local.size(3) });
    const auto through = [](const std::vector<Convolution>& layers, const at::Tensor& values) {
        return layers[1](layers[0](values, nullptr), nullptr);
    };
    const at::Tensor both = whole + local;
    const at::Tensor share = at::sigmoid(through(m_fusion->local, both)
        + through(m_fusion->global, at::adaptive_avg_pool2d(both, { 1, 1 })));
    return whole * share * 2 + local * (1 - share) * 2;
}

at::Tensor HtsatPatches::operator()(const at::Tensor& features, const at::Tensor& longer) const
{
    const at::Tensor picture = folded(features * m_scale + m_shift);
    at::Tensor cells = m_patch(m_config.fuses ? picture.narrow(1, 0, 1) : picture, nullptr);
    if (m_fusion && longer.defined() && picture.size(1) > 1) {
        const at::Tensor which = at::nonzero(longer.flatten()).flatten().to(cells.device());
        if (which.numel() > 0) {
            const at::Tensor parts = picture.index_select(0, which).narrow(1, 1, picture.size(1) - 1);
            cells = cells.index_copy(0, which, fused(cells.index_select(0, which), parts));
        }
    }
    cells = cells.flatten(2).transpose(1, 2);
    return m_norm.weight.defined() ? m_norm(cells) : cells;
}

} // namespace triptych
