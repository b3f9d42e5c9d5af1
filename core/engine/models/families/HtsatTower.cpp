#include "core/engine/models/families/HtsatTower.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <numeric>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

} // namespace

HtsatTower::HtsatTower(Weights& weights, const QString& prefix, const HtsatConfig& config, HtsatHead head)
    : m_config(config)
    , m_head(std::move(head))
{
    const Scope scope { weights, prefix };
    m_patches = std::make_unique<HtsatPatches>(scope, config);
    const Scope stages = scope.in(QStringLiteral("layers"));
    m_heads = config.heads.front();
    for (int stage = 0; stage < config.stages(); ++stage) {
        m_heads = std::gcd(m_heads, config.heads[size_t(stage)]);
        const Scope own = stages.in(QString::number(stage));
        const Scope blocks = own.in(QStringLiteral("blocks"));
        for (int block = 0; block < config.depths[size_t(stage)]; ++block)
            m_blocks.emplace_back(blocks.in(QString::number(block)), config, stage, block % 2 == 1);
        if (stage + 1 < config.stages())
            m_mergings.emplace_back(own.in(QStringLiteral("downsample")), config.widthAt(stage), config.grid(stage));
    }
    m_norm = LayerNorm(scope.in(QStringLiteral("norm")), width(), 1e-5);
    m_parameters = weights.released();
    m_order = orderOf(config.grid(config.stages() - 1));
}

std::array<int, 2> HtsatTower::grid() const
{
    const int side = m_config.grid(m_config.stages() - 1);
    return { side / m_config.folds(), side * m_config.folds() };
}

// The picture's rows are [fold, frequency], its columns time within a fold.
at::Tensor HtsatTower::orderOf(int side) const
{
    const int64_t folds = m_config.folds();
    return at::arange(int64_t(side) * side, at::kLong)
        .view({ folds, side / folds, side })
        .transpose(0, 1)
        .reshape({ -1 })
        .to(m_norm.weight.device());
}

void HtsatTower::check(const EncoderInput& input) const
{
    const at::Tensor& given = input.values;
    const bool fits = given.defined() && given.dim() == 4 && given.size(2) > 0 && given.size(3) == m_config.bands
        && (given.size(1) == 1 || (m_config.fuses && given.size(1) == 4));
    if (!fits) {
        throw Error(Tr::tr("This encoder reads [samples, %1, frames, %2]; the preprocessor_config.json or the given "
                           "values do not fit it.")
                        .arg(m_config.fuses ? 4 : 1)
                        .arg(m_config.bands));
    }
}

at::Tensor HtsatTower::run(const EncoderInput& input, const HtsatBlock::Look& look, const After& after) const
{
    check(input);
    const at::Tensor features
        = input.values.to(at::TensorOptions().dtype(at::kFloat).device(m_norm.weight.device()));
    at::Tensor values = (*m_patches)(features, input.longer);
    if (after)
        values = after(values, m_config.grid(0));
    size_t block = 0;
    for (int stage = 0; stage < m_config.stages(); ++stage) {
        for (int i = 0; i < m_config.depths[size_t(stage)]; ++i)
            values = m_blocks[block++](values, look);
        if (stage + 1 < m_config.stages())
            values = m_mergings[size_t(stage)](values);
        if (after)
            values = after(values, m_config.grid(std::min(stage + 1, m_config.stages() - 1)));
    }
    return m_norm(values);
}

/// Share of each window position in each cell of the layout: [windows,n,G], one 1 a row.
at::Tensor HtsatTower::shares(const HtsatBlock& block) const
{
    const int64_t last = m_config.grid(m_config.stages() - 1);
    const int64_t finer = block.side() / last;
    const at::Tensor row = at::div(at::div(block.places(), block.side(), "floor"), finer, "floor");
    const at::Tensor column = at::div(at::remainder(block.places(), block.side()), finer, "floor");
    const at::Tensor cell = row * last + column;
    // Where each picture cell stands in the layout.
    const at::Tensor order = m_order.to(at::kCPU);
    const at::Tensor place = at::empty_like(order).index_copy_(0, order, at::arange(order.numel(), at::kLong));
    return at::one_hot(place.index_select(0, cell.flatten()), order.numel())
        .view({ cell.size(0), cell.size(1), -1 })
        .to(at::TensorOptions().dtype(at::kFloat).device(m_norm.weight.device()));
}

/// Windows' probabilities [N·windows,H,n,n] summed up between cells of the layout: [N,heads(),G,G].
at::Tensor HtsatTower::summed(
    const at::Tensor& probabilities, const HtsatBlock& block, const at::Tensor& share) const
{
    const int64_t windows = block.windows();
    const int64_t n = probabilities.size(2);
    const int64_t cells = share.size(2);
    const at::Tensor grouped
        = probabilities.view({ -1, windows, m_heads, probabilities.size(1) / m_heads, n, n }).mean(3);
    const at::Tensor read = at::matmul(grouped, share.view({ 1, windows, 1, n, cells })); // [N,windows,heads,n,G]
    const at::Tensor rows = read.permute({ 0, 2, 1, 3, 4 }).reshape({ read.size(0), m_heads, windows * n, cells });
    const at::Tensor flat = share.view({ windows * n, cells });
    return at::matmul(flat.t(), rows) / flat.sum(0).view({ 1, 1, cells, 1 });
}

at::Tensor HtsatTower::keepMap(EncoderOutput& output, const at::Tensor& values, int side, bool gradients) const
{
    const at::Tensor order = orderOf(side);
    at::Tensor map = values.index_select(1, order)
                         .transpose(1, 2)
                         .reshape({ values.size(0), values.size(2), side / m_config.folds(), side * m_config.folds() });
    if (gradients && !map.requires_grad())
        map.requires_grad_(true);
    output.hidden.push_back(map);
    // What goes on is made of the map, so that its gradient can be asked for.
    return gradients ? map.flatten(2).transpose(1, 2).index_select(1, at::argsort(order)) : values;
}

HtsatBlock::Look HtsatTower::sumsInto(EncoderOutput& output, bool gradients) const
{
    return [this, &output, gradients](const at::Tensor& probabilities, const HtsatBlock& block) {
        const at::Tensor share = shares(block);
        at::Tensor sums = summed(probabilities.detach(), block, share);
        if (gradients)
            sums.requires_grad_(true);
        output.attention.push_back(sums);
        if (!gradients)
            return probabilities;
        // Nought that carries the gradient: a change of a sum is one of all that it sums up.
        const at::Tensor nought = (sums - sums.detach()).unsqueeze(1);
        const at::Tensor window = share.unsqueeze(0).unsqueeze(2);
        const at::Tensor spread = at::matmul(at::matmul(window, nought), window.transpose(3, 4));
        return probabilities + spread.repeat_interleave(block.heads() / m_heads, 2).flatten(0, 1);
    };
}

EncoderOutput HtsatTower::encode(const EncoderInput& input, const Wants& wants)
{
    const c10::AutoGradMode mode(wants.gradients);
    EncoderOutput output;
    After after;
    if (wants.hidden) {
        after = [&](const at::Tensor& values, int side) { return keepMap(output, values, side, wants.gradients); };
    }
    const auto look = wants.attention ? sumsInto(output, wants.gradients) : HtsatBlock::Look();
    output.last = run(input, look, after).index_select(1, m_order);
    output.pooled = output.last.mean(1);
    output.embedding = m_head.project(output.pooled);
    const auto cells = grid();
    output.layout = { .gridRows = cells[0], .gridColumns = cells[1], .pooled = -1 };
    output.pooledAt = at::full({ output.last.size(0) }, -1,
        at::TensorOptions().dtype(at::kLong).device(output.last.device()));
    return output;
}

HtsatTower::Reference HtsatTower::reference(const EncoderInput& input)
{
    const c10::AutoGradMode mode(false);
    Reference made;
    std::vector<at::Tensor> all;
    const auto look = [&](const at::Tensor& probabilities, const HtsatBlock&) {
        all.push_back(probabilities);
        return probabilities;
    };
    const auto after = [&](const at::Tensor& values, int side) {
        made.maps.push_back(values.view({ values.size(0), side, side, -1 }).permute({ 0, 3, 1, 2 }));
        return values;
    };
    const auto [bands, times] = grid();
    made.last = run(input, look, after).index_select(1, m_order).transpose(1, 2).reshape({ input.values.size(0), -1, bands, times });
    made.pooled = made.last.flatten(2).mean(2);
    int end = 0;
    for (const int depth : m_config.depths)
        made.windows.push_back(all[size_t((end += depth) - 1)]);
    return made;
}

} // namespace triptych
