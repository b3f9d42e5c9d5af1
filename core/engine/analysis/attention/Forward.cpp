#include "core/engine/analysis/attention/Forward.h"

#include "core/engine/analysis/Support.h"
#include "core/engine/models/Tokenizer.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace triptych::analysis {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(analysis)
};

/// Which ids are special: those that a text without words still has.
QSet<qint64> specialIds(const Tokenizer& tokenizer)
{
    const std::vector<Tokens> empty = tokenizer.encode({QString()});
    return {empty.front().ids.begin(), empty.front().ids.end()};
}

void layOutText(Forward& forward, const EncoderInput& input, const Tokenizer& tokenizer)
{
    const at::Tensor ids = input.ids.select(0, 0).to(at::kCPU).contiguous();
    const at::Tensor mask = input.mask.defined() ? input.mask.select(0, 0).to(at::kCPU).contiguous()
                                                 : at::ones_like(ids);
    const QSet<qint64> special = specialIds(tokenizer);
    for (qint64 i = 0; i < ids.numel(); ++i) {
        if (mask.data_ptr<int64_t>()[i] == 0)
            continue;
        const qint64 id = ids.data_ptr<int64_t>()[i];
        forward.cells.push_back(i);
        forward.tokens.append(tokenizer.token(id));
        if (special.contains(id))
            forward.special.push_back(i);
    }
    forward.rows = 1;
    forward.columns = int(forward.cells.size());
}

void checkFrame(const Forward& forward)
{
    if (forward.frame >= forward.frames) {
        throw Error(Tr::tr("frame: the model reads %1 frames of a video, so the last is %2.")
                        .arg(forward.frames)
                        .arg(forward.frames - 1));
    }
}

void layOutGrid(Forward& forward)
{
    const TokenLayout& layout = forward.output.layout;
    forward.rows = layout.gridRows;
    forward.columns = layout.gridColumns;
    if (layout.frames > 1) { // a tower that watches a whole clip: one frame below the other
        forward.frames = layout.frames;
        forward.rows /= layout.frames;
        checkFrame(forward);
    }
    const qint64 size = qint64(forward.rows) * forward.columns;
    const qint64 first = layout.special + (layout.frames > 1 ? forward.frame * size : 0);
    for (qint64 i = 0; i < layout.special; ++i)
        forward.special.push_back(i);
    for (qint64 i = 0; i < size; ++i)
        forward.cells.push_back(first + i);
}

/// A video comes as a row a frame: only the one of option `frame` goes through the picture tower.
void chooseFrame(Forward& forward, EncoderInput& input)
{
    if (input.values.dim() > 4) // a clip, for a tower that watches all of it
        return;
    forward.frames = int(input.values.size(0));
    checkFrame(forward);
    input.values = input.values.narrow(0, forward.frame, 1);
}

} // namespace

const Sample& onlySample(const Inputs& inputs)
{
    if (inputs.samples.empty())
        throw Error(Tr::tr("sample: there is none; pick the one to look at."));
    return inputs.samples.front();
}

Modality modalityOption(const QJsonObject& options, const char* name)
{
    return modalityFromName(options.value(QLatin1String(name)).toString())
        .value_or(Modality::Image);
}

qint64 Forward::position(int query) const
{
    if (query < 0)
        return pooled;
    if (query >= int(cells.size())) {
        throw Error(
            Tr::tr("query: there are %1 cells, so the last is %2; -1 asks where the embedding is "
                   "read.")
                .arg(cells.size())
                .arg(qint64(cells.size()) - 1));
    }
    return cells[size_t(query)];
}

at::Tensor Forward::rowOf(const at::Tensor& matrix, int query) const
{
    const qint64 at = position(query);
    if (query < 0 && at >= 0 && output.layout.pooledCount > 1)
        return matrix.narrow(-2, at, output.layout.pooledCount).mean(-2);
    if (at >= 0)
        return matrix.select(-2, at);
    const int leading = output.layout.special;
    return matrix.narrow(-2, leading, matrix.size(-2) - leading).mean(-2);
}

at::Tensor Forward::atCells(const at::Tensor& sequence) const
{
    const at::Tensor index
        = at::from_blob(const_cast<qint64*>(cells.data()), {qint64(cells.size())}, at::kLong)
              .to(sequence.device());
    return sequence.index_select(-1, index);
}

Forward forwardPass(
    Model& model, const QJsonObject& options, const Inputs& inputs, const Wants& wants)
{
    const Sample& sample = onlySample(inputs);
    Forward forward;
    forward.modality = modalityOption(options, "modality");
    forward.frame = forward.modality == Modality::Video ? options.value(u"frame").toInt() : 0;
    if (!sample.has(forward.modality)) {
        throw Error(Tr::tr("modality: \"%1\" has no %2; choose one that it has, or another sample.")
                        .arg(sample.title(), modalityTitle(forward.modality)));
    }
    if (forward.modality == Modality::Image || forward.modality == Modality::Video)
        forward.region = model.region(sample, forward.modality);
    if (forward.modality == Modality::Audio)
        forward.start = model.soundStart(sample);
    Encoder& encoder = model.encoder(forward.modality);
    if (wants.attention && encoder.heads() == 0) {
        throw Error(Tr::tr("%1 is convolutional and has no attention; Grad-CAM shows where such a "
                           "net looks.")
                        .arg(model.path()));
    }
    QStringList cut;
    EncoderInput input = model.prepare(forward.modality, {sample}, &cut);
    if (forward.modality == Modality::Video)
        chooseFrame(forward, input);
    forward.cut = !cut.isEmpty();
    forward.output = encoder.encode(input, wants);
    forward.pooled = forward.output.pooledAt.defined() ? forward.output.pooledAt[0].item<int64_t>()
                                                       : forward.output.layout.pooled;
    if (forward.modality == Modality::Text)
        layOutText(forward, input, model.tokenizer());
    else
        layOutGrid(forward);
    return forward;
}

QJsonObject commonFacts(Model& model, const Forward& forward)
{
    QJsonArray special;
    for (const qint64 position : forward.special) {
        const auto cell = std::find(forward.cells.begin(), forward.cells.end(), position);
        if (cell != forward.cells.end())
            special.append(qint64(cell - forward.cells.begin()));
    }
    QJsonObject facts {{QStringLiteral("modelHash"), model.hash()},
        {QStringLiteral("model"), model.path()},
        {QStringLiteral("modality"), modalityName(forward.modality)},
        {QStringLiteral("grid"), QJsonArray {forward.rows, forward.columns}},
        {QStringLiteral("tokens"), QJsonArray::fromStringList(forward.tokens)},
        {QStringLiteral("special"), special}, {QStringLiteral("cut"), forward.cut}};
    if (forward.modality == Modality::Image || forward.modality == Modality::Video) {
        const auto& [left, top, width, height] = forward.region;
        facts[QStringLiteral("region")] = QJsonArray {left, top, width, height};
    }
    if (forward.modality == Modality::Video) {
        facts[QStringLiteral("frame")] = forward.frame;
        facts[QStringLiteral("frames")] = forward.frames;
    }
    if (forward.modality == Modality::Audio) {
        facts[QStringLiteral("start")] = forward.start;
        const QJsonObject tower
            = model.info().value(u"towers").toObject().value(u"audio").toObject();
        for (const char* name : {"seconds", "hz"}) {
            const QJsonValue fact = tower.value(QLatin1String(name));
            if (!fact.isUndefined())
                facts[QLatin1String(name)] = fact;
        }
        if (forward.output.layout.seconds > 0)
            facts[QStringLiteral("seconds")] = forward.output.layout.seconds;
    }
    return facts;
}

Value mapValue(Model& model, const Forward& forward, const at::Tensor& cells,
    const QJsonObject& facts, const QString& reason)
{
    const at::Tensor map
        = cells.detach().to(at::kCPU, at::kFloat).reshape({forward.rows, forward.columns});
    Value value;
    value.arrays[QStringLiteral("map")] = arrayOf(map);
    value.info = commonFacts(model, forward);
    for (auto it = facts.begin(); it != facts.end(); ++it)
        value.info[it.key()] = it.value();
    if (!map.isfinite().all().item<bool>())
        throw Error(
            Tr::tr("%1: the model gave numbers that are not finite; its weights are damaged.")
                .arg(model.path()));
    if (!map.any().item<bool>())
        value.info[QStringLiteral("note")] = reason;
    return value;
}

int layerOf(const QJsonObject& options, int layers, int last)
{
    const int layer = options[u"layer"].toInt();
    if (layer >= layers) {
        throw Error(
            Tr::tr("layer: this tower has layers 0 to %1; -1 is the last.").arg(layers - 1));
    }
    return layer < 0 ? last : layer;
}

QList<OptionInfo> lookOptions()
{
    return {textOption("model", "triptych-mini", "Folder of the checkpoint"),
        choiceOption("modality", "image",
            {QStringLiteral("image"), QStringLiteral("text"), QStringLiteral("audio"), QStringLiteral("video")},
            "Which source of the sample is looked at"),
        integerOption("frame", 0, 0, 1000, "Of a video: which of the frames that the model reads, from 0")};
}

} // namespace triptych::analysis
