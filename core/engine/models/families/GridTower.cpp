#include "core/engine/models/families/GridTower.h"

#include "core/engine/models/families/TextTower.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <cmath>

namespace triptych {

namespace {

constexpr int normGroups = 8;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

std::vector<StemStage> stemFrom(const Config& config)
{
    std::vector<StemStage> stages;
    const QJsonArray list = config.json().value(QStringLiteral("stem")).toArray();
    for (const QJsonValue& entry : list) {
        const Config given(entry.toObject(), config.where() + QStringLiteral(": stem"));
        StemStage stage;
        stage.channels = given.integer(QStringLiteral("channels"), 32, normGroups, 65536);
        const auto stride = given.sides(QStringLiteral("stride"), { 2, 2 });
        stage.strideRows = stride[0];
        stage.strideColumns = stride[1];
        stage.residual = given.integer(QStringLiteral("residual"), 0, 0, 64);
        if (stage.channels % normGroups != 0)
            given.fail(QStringLiteral("channels"), Tr::tr("this must be a multiple of 8."));
        stages.push_back(stage);
    }
    return stages;
}

void readShared(GridConfig& grid, const Config& config, int projectionDim)
{
    grid.blocks = blocksFrom(config, { .width = 768, .heads = 12, .inner = 3072, .layers = 12 });
    grid.stem = stemFrom(config);
    const int side = grid.stem.empty() ? 32 : 1;
    grid.patch = config.sides(QStringLiteral("patch_size"), { side, side });
    grid.dim = projectionDim;
    grid.mean = readsMean(config);
    const auto cells = grid.grid();
    if (cells[0] < 1 || cells[1] < 1)
        config.fail(QStringLiteral("patch_size"), Tr::tr("a patch is larger than the input."));
}

} // namespace

std::array<int, 2> GridConfig::grid() const
{
    return { ConvStem::side(input[0], stem, true) / patch[0],
        ConvStem::side(input[1], stem, false) / patch[1] };
}

GridConfig GridConfig::vision(const Config& config, int projectionDim)
{
    GridConfig grid;
    grid.model = QStringLiteral("vision_model");
    grid.projection = QStringLiteral("visual_projection");
    grid.channels = config.integer(QStringLiteral("num_channels"), 3, 1, 16);
    grid.input = config.sides(QStringLiteral("image_size"), { 224, 224 });
    readShared(grid, config, projectionDim);
    return grid;
}

GridConfig GridConfig::audio(const Config& config, int projectionDim)
{
    GridConfig grid;
    grid.modality = Modality::Audio;
    grid.model = QStringLiteral("audio_model");
    grid.projection = QStringLiteral("audio_projection");
    grid.channels = config.integer(QStringLiteral("channels"), 1, 1, 16);
    grid.input = { config.integer(QStringLiteral("num_mel_bins"), 64, 1, 1024),
        config.integer(QStringLiteral("max_frames"), 200, 1, 65536) };
    readShared(grid, config, projectionDim);
    return grid;
}

GridTower::GridTower(Weights& weights, const GridConfig& config)
    : m_config(config)
{
    const int width = config.blocks.width;
    const Scope scope { weights, config.model + QLatin1Char('.') };
    const Scope embeddings = scope.in(QStringLiteral("embeddings"));
    m_class = embeddings.take(
        QStringLiteral("class_embedding"), { width }, Init::normal(1 / std::sqrt(width)));
    int channels = config.channels;
    if (!config.stem.empty()) {
        m_stem = std::make_unique<ConvStem>(
            embeddings.in(QStringLiteral("stem")), channels, config.stem);
        channels = config.stem.back().channels;
    }
    const double fan = channels * config.patch[0] * config.patch[1];
    m_patchWeight = embeddings.take(QStringLiteral("patch_embedding.weight"),
        { width, channels, config.patch[0], config.patch[1] }, Init::normal(1 / std::sqrt(fan)));
    if (m_stem) {
        m_patchBias = embeddings.take(
            QStringLiteral("patch_embedding.bias"), { width }, Init::constant(0));
    }
    const auto [rows, columns] = config.grid();
    m_positions = embeddings.take(QStringLiteral("position_embedding.weight"),
        { 1 + rows * columns, width }, Init::normal(0.02));
    // The name is spelt so in every CLIP checkpoint.
    m_before = LayerNorm(scope.in(QStringLiteral("pre_layrnorm")), width, config.blocks.epsilon);
    m_transformer = std::make_unique<Transformer>(
        scope.in(QStringLiteral("encoder")).in(QStringLiteral("layers")), config.blocks);
    m_after = LayerNorm(scope.in(QStringLiteral("post_layernorm")), width, config.blocks.epsilon);
    if (config.projected) {
        m_projection = std::make_unique<Linear>(
            Scope { weights, config.projection + QLatin1Char('.') }, width, config.dim,
            1 / std::sqrt(width), false);
    }
    m_packedPatch = std::make_unique<PackedLinear>([weight = m_patchWeight, bias = m_patchBias] {
        return PackedLinear::Source { weight.flatten(1), bias };
    });
    m_parameters = weights.released();
}

int GridTower::dim() const
{
    return m_projection ? m_config.dim : width();
}

// A patch convolution is a matrix product over unfolded patches: the packed product is faster.
at::Tensor GridTower::patches(const at::Tensor& values, bool packed)
{
    const auto [patchRows, patchColumns] = m_config.patch;
    if (!packed) {
        return at::conv2d(values, m_patchWeight, m_patchBias, { patchRows, patchColumns })
            .flatten(2)
            .transpose(1, 2);
    }
    const int64_t batch = values.size(0);
    const int64_t channels = values.size(1);
    const int64_t rows = values.size(2) / patchRows;
    const int64_t columns = values.size(3) / patchColumns;
    const at::Tensor unfolded
        = values.slice(2, 0, rows * patchRows)
              .slice(3, 0, columns * patchColumns)
              .reshape({ batch, channels, rows, patchRows, columns, patchColumns })
              .permute({ 0, 2, 4, 1, 3, 5 })
              .reshape({ batch * rows * columns, channels * patchRows * patchColumns })
              .contiguous();
    const at::Tensor embedded = at::empty({ unfolded.size(0), width() }, values.options());
    m_packedPatch->run(m_transformer->dnn(), unfolded, embedded);
    return embedded.view({ batch, rows * columns, width() });
}

at::Tensor GridTower::embed(const at::Tensor& values, bool packed)
{
    const at::Tensor cells = patches(m_stem ? (*m_stem)(values) : values, packed);
    const at::Tensor start = m_class.view({ 1, 1, -1 }).expand({ values.size(0), 1, width() });
    return m_before(at::cat({ start, cells }, 1) + m_positions.unsqueeze(0));
}

EncoderOutput GridTower::encode(const EncoderInput& input, const Wants& wants)
{
    const auto [rows, columns] = m_config.input;
    const at::Tensor& given = input.values;
    if (!given.defined() || given.dim() != 4 || given.size(1) != m_config.channels
        || given.size(2) != rows || given.size(3) != columns) {
        throw Error(Tr::tr("This encoder reads [samples, %1, %2, %3]; the preprocessor_config.json or the "
                       "given values do not fit it.")
                        .arg(m_config.channels)
                        .arg(rows)
                        .arg(columns));
    }
    const c10::AutoGradMode mode(wants.gradients);
    const at::Tensor values
        = given.to(at::TensorOptions().dtype(at::kFloat).device(m_class.device()));
    const uint64_t version = versionOf(m_parameters);
    m_transformer->refresh(version);
    if (std::exchange(m_version, version) != version)
        m_packedPatch->forget();

    EncoderOutput output;
    const at::Tensor embedded = embed(values, Transformer::runsPacked(values, wants));
    output.last = m_transformer->run(embedded, {}, wants, output);
    // The mean after the norm, so that the embedding is the mean of project(last) over the patches.
    output.pooled = m_config.mean ? m_after(output.last.narrow(1, 1, output.last.size(1) - 1)).mean(1)
                                  : m_after(output.last.select(1, 0));
    output.embedding = m_projection ? (*m_projection)(output.pooled) : output.pooled;
    const auto grid = m_config.grid();
    const int pooledAt = m_config.mean ? -1 : 0;
    output.layout = { .special = 1, .gridRows = grid[0], .gridColumns = grid[1], .pooled = pooledAt };
    output.pooledAt = at::full({ values.size(0) }, pooledAt, values.options().dtype(at::kLong));
    return output;
}

at::Tensor GridTower::project(const at::Tensor& last)
{
    const at::Tensor normed = m_after(last);
    return m_projection ? (*m_projection)(normed) : normed;
}

} // namespace triptych
