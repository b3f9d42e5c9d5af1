#include "core/engine/models/families/Ast.h"

#include "core/engine/models/families/AstTower.h"
#include "core/engine/models/families/VitTower.h"
#include "core/engine/models/families/conv/ConvNet.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <cmath>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

constexpr int leading = 2;
constexpr double hopSeconds = 0.01;

} // namespace

std::array<int, 2> AstConfig::grid() const
{
    return { (bands - patch) / stride[0] + 1, (frames - patch) / stride[1] + 1 };
}

AstConfig AstConfig::from(const Config& config)
{
    AstConfig ast;
    ast.blocks = VitConfig::from(config, 1e-12).blocks;
    ast.frames = config.integer(QStringLiteral("max_length"), 1024, 1, 65536);
    ast.bands = config.integer(QStringLiteral("num_mel_bins"), 128, 1, 1024);
    ast.patch = config.integer(QStringLiteral("patch_size"), 16, 1, 1024);
    ast.stride = { config.integer(QStringLiteral("frequency_stride"), 10, 1, 1024),
        config.integer(QStringLiteral("time_stride"), 10, 1, 1024) };
    if (ast.frames < ast.patch || ast.bands < ast.patch)
        config.fail(QStringLiteral("patch_size"), Tr::tr("a patch is larger than the input."));
    return ast;
}

AstTower::AstTower(Weights& weights, const AstConfig& config)
    : m_config(config)
{
    const int width = config.blocks.width;
    const Scope scope { weights, config.prefix };
    const Scope embeddings = scope.in(QStringLiteral("embeddings"));
    const Init start = Init::normal(0.02);
    m_lead = { embeddings.take(QStringLiteral("cls_token"), { 1, 1, width }, start),
        embeddings.take(QStringLiteral("distillation_token"), { 1, 1, width }, start) };
    const Scope patch = embeddings.in(QStringLiteral("patch_embeddings")).in(QStringLiteral("projection"));
    m_patchWeight = patch.take(QStringLiteral("weight"), { width, 1, config.patch, config.patch },
        Init::normal(1.0 / config.patch));
    m_patchBias = patch.take(QStringLiteral("bias"), { width }, Init::constant(0));
    const auto [rows, columns] = config.grid();
    m_positions = embeddings.take(
        QStringLiteral("position_embeddings"), { 1, leading + int64_t(rows) * columns, width }, start);
    m_transformer = std::make_unique<Transformer>(
        scope.in(QStringLiteral("encoder")).in(QStringLiteral("layer")), config.blocks);
    m_after = LayerNorm(scope.in(QStringLiteral("layernorm")), width, config.blocks.epsilon);
    if (config.classes > 0) {
        const Scope head = Scope { weights, QStringLiteral("classifier.") };
        LayerNorm norm(head.in(QStringLiteral("layernorm")), width, config.blocks.epsilon);
        m_classifier.emplace(norm,
            Linear(head.in(QStringLiteral("dense")), width, config.classes, 1 / std::sqrt(double(width))));
    }
    m_parameters = weights.released();
}

at::Tensor AstTower::embed(const at::Tensor& values) const
{
    const at::Tensor cells = at::conv2d(values.unsqueeze(1).transpose(2, 3), m_patchWeight, m_patchBias,
        { m_config.stride[0], m_config.stride[1] })
                                 .flatten(2)
                                 .transpose(1, 2);
    const int64_t batch = values.size(0);
    return at::cat({ m_lead[0].expand({ batch, -1, -1 }), m_lead[1].expand({ batch, -1, -1 }), cells }, 1)
        + m_positions;
}

EncoderOutput AstTower::encode(const EncoderInput& input, const Wants& wants)
{
    const at::Tensor& given = input.values;
    if (!given.defined() || given.dim() != 3 || given.size(1) != m_config.frames || given.size(2) != m_config.bands) {
        throw Error(Tr::tr("This encoder reads [samples, %1, %2], frames and bands; the preprocessor_config.json "
                           "or the given values do not fit it.")
                        .arg(m_config.frames)
                        .arg(m_config.bands));
    }
    const c10::AutoGradMode mode(wants.gradients);
    const at::Tensor values = given.to(at::TensorOptions().dtype(at::kFloat).device(m_positions.device()));
    m_transformer->refresh(versionOf(m_parameters));
    EncoderOutput output;
    output.last = m_after(m_transformer->run(embed(values), {}, wants, output));
    output.pooled = output.embedding = output.last.narrow(1, 0, leading).mean(1);
    if (m_classifier)
        output.more["logits"] = m_classifier->second(m_classifier->first(output.pooled));
    const auto grid = m_config.grid();
    output.layout = { .special = leading, .gridRows = grid[0], .gridColumns = grid[1] };
    output.layout.seconds = grid[1] * m_config.stride[1] * hopSeconds;
    output.layout.pooledCount = leading;
    output.pooledAt = at::zeros({ values.size(0) }, values.options().dtype(at::kLong));
    return output;
}

Towers buildAst(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    AstConfig ast = AstConfig::from(config);
    const QString inner = QStringLiteral("audio_spectrogram_transformer.");
    if (source.weights.has(inner + QStringLiteral("embeddings.cls_token")))
        ast.prefix = inner;
    Towers towers;
    if (source.weights.has(QStringLiteral("classifier.dense.weight"))) {
        towers.labels = labelsOf(config);
        ast.classes = towers.labels.isEmpty() ? config.integer(QStringLiteral("num_labels"), 2, 1, 1 << 20)
                                              : int(towers.labels.size());
    }
    const auto grid = ast.grid();
    towers.processor = { { QStringLiteral("feature_extractor_type"), QStringLiteral("ASTFeatureExtractor") },
        { QStringLiteral("num_mel_bins"), ast.bands }, { QStringLiteral("max_length"), ast.frames } };
    towers.facts[Modality::Audio] = { { QStringLiteral("layers"), ast.blocks.layers },
        { QStringLiteral("heads"), ast.blocks.heads }, { QStringLiteral("width"), ast.blocks.width },
        { QStringLiteral("input"), QJsonArray { 1, ast.bands, ast.frames } },
        { QStringLiteral("grid"), QJsonArray { grid[0], grid[1] } } };
    towers.encoders[Modality::Audio] = std::make_unique<AstTower>(source.weights, ast);
    towers.outputNames[Modality::Audio] = QString();
    return towers;
}

} // namespace triptych
