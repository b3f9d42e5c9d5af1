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

const Sample& onlySample(const Inputs& inputs)
{
    if (inputs.samples.empty())
        throw Error(Tr::tr("sample: there is none; pick the one to look at."));
    return inputs.samples.front();
}

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

void layOutGrid(Forward& forward)
{
    const TokenLayout& layout = forward.output.layout;
    forward.rows = layout.gridRows;
    forward.columns = layout.gridColumns;
    for (qint64 i = 0; i < layout.special; ++i)
        forward.special.push_back(i);
    for (qint64 i = 0; i < qint64(layout.gridRows) * layout.gridColumns; ++i)
        forward.cells.push_back(layout.special + i);
}

Modality modalityOption(const QJsonObject& options, const char* name)
{
    return modalityFromName(options.value(QLatin1String(name)).toString())
        .value_or(Modality::Image);
}

at::Tensor unitEmbedding(Model& model, Modality modality, const Sample& sample)
{
    const at::Tensor embedding
        = model.encoder(modality).encode(model.prepare(modality, {sample}), {}).embedding;
    return unitRows(embedding.detach());
}

} // namespace

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
    if (!sample.has(forward.modality)) {
        throw Error(Tr::tr("modality: \"%1\" has no %2; choose one that it has, or another sample.")
                        .arg(sample.title(), modalityTitle(forward.modality)));
    }
    if (forward.modality == Modality::Image)
        forward.region = model.region(sample);
    Encoder& encoder = model.encoder(forward.modality);
    if (wants.attention && encoder.heads() == 0) {
        throw Error(Tr::tr("%1 is convolutional and has no attention; Grad-CAM shows where such a "
                           "net looks.")
                        .arg(model.path()));
    }
    QStringList cut;
    const EncoderInput input = model.prepare(forward.modality, {sample}, &cut);
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

Target targetOf(Model& model, const QJsonObject& options, const Inputs& inputs)
{
    const Sample& sample = onlySample(inputs);
    const Modality looked = modalityOption(options, "modality");
    const std::vector<Modality> known = model.modalities();
    const QString text = options[u"target_text"].toString();
    const QString label = options[u"target_label"].toString();
    if (!label.isEmpty() && model.labels().isEmpty())
        throw Error(Tr::tr("target_label: %1 has no classifier.").arg(model.path()));
    if (!label.isEmpty())
        return {{}, QStringLiteral("label"), model.labels(), label};
    if (!text.isEmpty()) {
        Sample typed;
        typed.id = QStringLiteral("target");
        typed.sources[Modality::Text].text = text;
        return {unitEmbedding(model, Modality::Text, typed), QStringLiteral("target_text")};
    }
    for (const Modality modality :
        {modalityOption(options, "target"), Modality::Text, Modality::Image, Modality::Audio}) {
        const bool towerThere = std::find(known.begin(), known.end(), modality) != known.end();
        if (modality != looked && towerThere && sample.has(modality))
            return {unitEmbedding(model, modality, sample), modalityName(modality)};
    }
    if (!model.labels().isEmpty() && model.modalities().size() == 1)
        return {{}, QStringLiteral("label"), model.labels(), {}};
    return {{}, QStringLiteral("norm")};
}

int64_t classOf(const Forward& forward, const Target& target)
{
    const auto logits = forward.output.more.find("logits");
    if (logits == forward.output.more.end())
        throw Error(Tr::tr("target_label: this tower gives no class scores."));
    if (target.label.isEmpty())
        return logits->second[0].argmax().item<int64_t>();
    const qsizetype found = target.labels.indexOf(target.label, 0, Qt::CaseInsensitive);
    if (found < 0 || found >= logits->second.size(1)) {
        throw Error(Tr::tr("target_label: the model has no class \"%1\"; it has %2 classes, the first is "
                           "\"%3\".")
                        .arg(target.label)
                        .arg(target.labels.size())
                        .arg(target.labels.first()));
    }
    return found;
}

at::Tensor scoreOf(const Forward& forward, const Target& target)
{
    if (target.name == u"label")
        return forward.output.more.at("logits")[0][classOf(forward, target)];
    const at::Tensor length = forward.output.embedding.norm();
    if (!target.direction.defined())
        return length;
    return (forward.output.embedding * target.direction).sum() / length;
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
    if (forward.modality == Modality::Image) {
        const auto& [left, top, width, height] = forward.region;
        facts[QStringLiteral("region")] = QJsonArray {left, top, width, height};
    }
    if (forward.modality == Modality::Audio) {
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
            {QStringLiteral("image"), QStringLiteral("text"), QStringLiteral("audio")},
            "Which source of the sample is looked at")};
}

QList<OptionInfo> targetOptions()
{
    return {choiceOption("target", "text",
                {QStringLiteral("text"), QStringLiteral("image"), QStringLiteral("audio")},
                "Source of the same sample whose similarity is explained"),
        textOption("target_text", "", "A text to compare with instead of the sample's own source"),
        textOption("target_label", "", "A class of the model's classifier whose score is explained")};
}

} // namespace triptych::analysis
