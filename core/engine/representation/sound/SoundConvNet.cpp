#include "core/engine/representation/sound/SoundConvNet.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QtGlobal>

namespace triptych::representation {

using namespace learning;

namespace {

/// Batch normalisation over the frames inside their rows; what is past an end becomes 0.
at::Tensor normalised(
    const BatchNorm& norm, const at::Tensor& values, const at::Tensor& lengths, bool training)
{
    const int64_t rows = values.size(0), frames = values.size(3);
    const at::Tensor times = at::arange(frames, lengths.options());
    const at::Tensor inside = times.unsqueeze(0).lt(lengths.unsqueeze(1)).flatten();
    const at::Tensor which = inside.nonzero().flatten().to(values.device());
    const at::Tensor flat
        = values.permute({0, 3, 1, 2}).reshape({rows * frames, values.size(1), values.size(2)});
    if (which.numel() == flat.size(0))
        return norm(values, training);
    const at::Tensor normed = norm(flat.index_select(0, which), training);
    return at::zeros_like(flat)
        .index_copy(0, which, normed)
        .view({rows, frames, values.size(1), values.size(2)})
        .permute({0, 2, 3, 1});
}

} // namespace

at::Tensor partMeans(const at::Tensor& values, const at::Tensor& lengths, int parts)
{
    const int64_t frames = values.size(-1);
    const at::Tensor length = lengths.to(at::kDouble).view({-1, 1, 1});
    const at::Tensor frame = at::arange(frames, at::kDouble).view({1, -1, 1});
    const at::Tensor part = at::arange(parts, at::kDouble).view({1, 1, -1});
    const at::Tensor start = part * length / parts, end = (part + 1) * length / parts;
    const at::Tensor shared
        = (at::minimum(frame + 1, end) - at::maximum(frame, start)).clamp_min(0);
    const at::Tensor weights
        = (shared * parts / length).to(values.device(), values.scalar_type()); // [N, T, parts]
    const at::Tensor flat = values.reshape({values.size(0), -1, frames});
    std::vector<int64_t> shape = values.sizes().vec();
    shape.back() = parts;
    return at::bmm(flat, weights).view(shape);
}

SoundConvNet::SoundConvNet(
    Parameters& parameters, const SoundConvShape& shape, int features, int classes)
    : m_shape(shape)
{
    int in = 1, out = shape.channels, bands = features;
    for (int i = 0; i < shape.blocks; ++i) {
        const std::string name = "block." + std::to_string(i);
        m_blocks.push_back(
            {Conv2d(parameters, name + ".conv",
                 {.in = in, .out = out, .kernel = 3, .padding = 1, .bias = false}, true),
                BatchNorm(parameters, name + ".norm", out)});
        in = out;
        out *= 2;
        bands = (bands + 1) / 2;
    }
    m_dense = Dense(parameters, "dense", in * bands * shape.parts, shape.width);
    m_classes = Dense(parameters, "classes", shape.width, classes);
}

SoundConvNet::Maps SoundConvNet::after(const Block& block, const Maps& maps, bool training) const
{
    const at::Tensor convolved = block.convolution(maps.values);
    const at::Tensor positive = normalised(block.norm, convolved, maps.lengths, training).relu();
    // Rounded up, so that what lies past an end (zeros, never the maximum) does not count.
    const at::Tensor halved = at::max_pool2d(positive, {2, 2}, {2, 2}, {0, 0}, {1, 1}, true);
    return {halved, at::floor_divide(maps.lengths + 1, 2)};
}

at::Tensor SoundConvNet::headOf(const at::Tensor& pooled, Chance* chance) const
{
    at::Tensor values = pooled.flatten(1);
    if (chance)
        values = chance->dropout(values, m_shape.dropout);
    return m_dense(values).relu();
}

SoundOutput SoundConvNet::forward(const SoundBatch& batch, Chance* chance) const
{
    Maps maps {batch.values.transpose(1, 2).unsqueeze(1), batch.lengths};
    for (const Block& block : m_blocks)
        maps = after(block, maps, chance != nullptr);
    const at::Tensor vector = headOf(partMeans(maps.values, maps.lengths, m_shape.parts), chance);
    return {vector, m_classes(chance ? chance->dropout(vector, m_shape.dropout) : vector)};
}

void SoundConvNet::show(
    Steps& steps, const SoundBatch& one, const StepAxis& time, const QStringList&) const
{
    Maps maps {one.values.transpose(1, 2).unsqueeze(1), one.lengths};
    StepAxis frames = time;
    steps.heat(QT_TRANSLATE_NOOP("Step", "What the net reads"), maps.values[0][0])
        .about(QT_TRANSLATE_NOOP("Step",
            "The features of every frame, standardised by the training sounds. The net treats them "
            "as a picture."))
        .axes(frames, {QT_TRANSLATE_NOOP("Step", "feature"), "", 0, 1})
        .aroundZero();
    steps
        .maps(QT_TRANSLATE_NOOP("Step", "First filters"),
            m_blocks.front().convolution.weight.squeeze(1))
        .about(QT_TRANSLATE_NOOP("Step",
            "3 bands by 3 frames each, learned: some answer to onsets, some to rising or falling "
            "or steady bands."))
        .aroundZero();
    for (size_t i = 0; i < m_blocks.size(); ++i) {
        maps = after(m_blocks[i], maps, false);
        frames.start += frames.step / 2;
        frames.step *= 2;
        steps.maps(QT_TRANSLATE_NOOP("Step", "Maps of block %1"), maps.values[0])
            .about(QT_TRANSLATE_NOOP("Step",
                       "Block %1: where each of %2 filters found what it looks for; then of 2 × 2 "
                       "places the strongest is "
                       "kept, so the next block sees twice as far."),
                {QString::number(i + 1), QString::number(maps.values.size(1))})
            .axes(frames, {QT_TRANSLATE_NOOP("Step", "band"), "", 0, 1});
    }
    const at::Tensor pooled = partMeans(maps.values, maps.lengths, m_shape.parts);
    steps.maps(QT_TRANSLATE_NOOP("Step", "Parts of the sound"), pooled[0])
        .about(QT_TRANSLATE_NOOP("Step",
                   "The mean of each map over %1 equal parts, from beginning to end: any length "
                   "becomes one size, and "
                   "the order is kept."),
            {QString::number(m_shape.parts)});
    steps.lines(QT_TRANSLATE_NOOP("Step", "Dense layer"), headOf(pooled, nullptr))
        .about(QT_TRANSLATE_NOOP(
            "Step", "Weighted sums of all parts, cut off below zero (ReLU): the vector."))
        .axes({QT_TRANSLATE_NOOP("Step", "unit"), "", 0, 1});
}

} // namespace triptych::representation
