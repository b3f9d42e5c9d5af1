#include "core/engine/analysis/attention/CrossJoint.h"

#include "core/engine/analysis/Support.h"
#include "core/engine/analysis/attention/Propagation.h"
#include "core/engine/models/methods/JointInputs.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <torch/csrc/autograd/autograd.h>

namespace triptych {

using namespace analysis;
using models::JointReading;

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(analysis)
};

Value run(
    EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return jointAttention(
        *context.models.open(options[u"model"].toString()), options, inputs, progress);
}

const AttentionStream& streamOf(const JointOutput& output, const QString& name)
{
    QStringList known;
    for (const AttentionStream& stream : output.streams) {
        if (stream.name == name || (name.isEmpty() && !stream.attention.empty()))
            return stream;
        known.append(stream.name);
    }
    throw Error(Tr::tr("stream: there is no \"%1\"; this model has %2.").arg(name, known.join(QStringLiteral(", "))));
}

QJsonArray segmentFacts(const std::vector<Segment>& segments, const JointReading& reading)
{
    QJsonArray all;
    for (const Segment& segment : segments) {
        QJsonObject facts {{QStringLiteral("modality"), modalityName(segment.modality)},
            {QStringLiteral("begin"), segment.begin}, {QStringLiteral("size"), segment.size()},
            {QStringLiteral("special"), segment.layout.special},
            {QStringLiteral("grid"), QJsonArray {segment.layout.gridRows, segment.layout.gridColumns}}};
        if (segment.modality == Modality::Text)
            facts[u"tokens"] = QJsonArray::fromStringList(reading.tokens);
        all.append(facts);
    }
    return all;
}

const Segment* segmentOf(const std::vector<Segment>& segments, Modality modality)
{
    for (const Segment& segment : segments) {
        if (segment.modality == modality)
            return &segment;
    }
    return nullptr;
}

/// The part of a matrix in which one modality looks at the other; a picture's class token is left out.
at::Tensor block(const at::Tensor& matrix, const Segment& query, const Segment& key)
{
    return matrix.narrow(0, query.begin + query.layout.special, query.size() - query.layout.special)
        .narrow(1, key.begin + key.layout.special, key.size() - key.layout.special);
}

at::Tensor rawMatrix(const AttentionStream& stream, const QJsonObject& options)
{
    const int layers = int(stream.attention.size());
    const int layer = options[u"layer"].toInt();
    if (layers == 0)
        throw Error(QCoreApplication::translate("analysis", "stream: \"%1\" has no layer in this model.").arg(stream.name));
    if (layer >= layers)
        throw Error(QCoreApplication::translate("analysis", "layer: \"%1\" has layers 0 to %2; -1 is the last.")
                        .arg(stream.name).arg(layers - 1));
    const at::Tensor heads = stream.attention[size_t(layer < 0 ? layers - 1 : layer)][0];
    const int head = options[u"head"].toInt();
    if (head >= heads.size(0))
        throw Error(QCoreApplication::translate("analysis", "head: \"%1\" has heads 0 to %2; -1 is their mean.")
                        .arg(stream.name).arg(heads.size(0) - 1));
    return head < 0 ? heads.mean(0) : heads[head];
}

/// What raised the likeliest answer (or the match), gathered over the layers of one sequence.
at::Tensor relevanceMatrix(const JointOutput& output, const AttentionStream& stream, const QString& task, double* score)
{
    if (output.streams.size() != 1 || !output.logits.defined()) {
        throw Error(QCoreApplication::translate("analysis",
            "weight: relevance is gathered in models that read both in one sequence and give an answer; "
            "choose none here."));
    }
    const at::Tensor logits = output.logits[0];
    const int64_t place = task == u"match" ? 1 : logits.argmax().item<int64_t>();
    const at::Tensor explained = task == u"match" ? logits[1] - logits[0] : logits[place];
    const auto slopes = torch::autograd::grad({explained}, stream.attention, {}, c10::nullopt, false, true);
    const c10::NoGradGuard without;
    std::vector<at::Tensor> attention;
    std::vector<at::Tensor> gradient;
    for (size_t layer = 0; layer < slopes.size(); ++layer) {
        attention.push_back(stream.attention[layer].detach()[0]);
        gradient.push_back(slopes[layer].defined() ? slopes[layer][0] : at::zeros_like(attention.back()));
    }
    *score = explained.item<double>();
    const at::Tensor gathered = relevance(attention, gradient);
    return gathered - at::eye(gathered.size(0), gathered.options());
}

/// The picture's grid as it is asked for: by one token, or by the place that the answer is read from.
void putMap(Value& value, const at::Tensor& textToImage, const Segment& image, int query)
{
    if (query >= textToImage.size(0))
        throw Error(Tr::tr("query: the text has %1 tokens, so the last is %2.").arg(textToImage.size(0)).arg(textToImage.size(0) - 1));
    const at::Tensor row = textToImage[std::max(query, 0)];
    value.arrays[QStringLiteral("map")]
        = arrayOf(row.contiguous().view({image.layout.gridRows, image.layout.gridColumns}));
    value.info[u"grid"] = QJsonArray {image.layout.gridRows, image.layout.gridColumns};
}

} // namespace

Value jointAttention(
    Model& model, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const bool weighted = options[u"weight"].toString() == u"relevance";
    const JointReading reading = models::readJoint(model, options, inputs);
    progress.report(0, 2, Tr::tr("Forward pass"));
    const c10::AutoGradMode gradients(weighted);
    JointEncoder& joint = model.joint();
    const JointOutput output = joint.encode(reading.inputs, {.attention = true, .gradients = weighted});
    const AttentionStream& stream = streamOf(output, options[u"stream"].toString());
    progress.report(1, 2);
    Value value;
    double score = 0;
    const at::Tensor matrix = (weighted ? relevanceMatrix(output, stream, joint.task(), &score) : rawMatrix(stream, options))
                                  .detach().to(at::kCPU).contiguous();
    if (!matrix.isfinite().all().item<bool>())
        throw Error(Tr::tr("%1: the model gave numbers that are not finite; its weights are damaged.").arg(model.path()));
    QStringList names;
    for (const AttentionStream& one : output.streams)
        names.append(one.name);
    value.arrays[QStringLiteral("matrix")] = arrayOf(matrix);
    value.info = {{QStringLiteral("model"), model.path()}, {QStringLiteral("modelHash"), model.hash()},
        {QStringLiteral("method"), QStringLiteral("joint")}, {QStringLiteral("text"), reading.text},
        {QStringLiteral("stream"), stream.name}, {QStringLiteral("streams"), QJsonArray::fromStringList(names)},
        {QStringLiteral("layers"), int(stream.attention.size())}, {QStringLiteral("heads"), qint64(stream.attention.front().size(1))},
        {QStringLiteral("layer"), options[u"layer"]}, {QStringLiteral("head"), options[u"head"]},
        {QStringLiteral("tokens"), QJsonArray::fromStringList(reading.tokens)},
        {QStringLiteral("queries"), segmentFacts(stream.queries, reading)},
        {QStringLiteral("keys"), segmentFacts(stream.keys, reading)}};
    if (weighted)
        value.info[u"score"] = score;
    value.info[u"caption"] = weighted
        ? QStringLiteral("Attention weighted by how much it raises the likeliest answer, gathered over the layers; what "
                         "lowers it is not shown.")
        : QStringLiteral("Attention between words and patches in one layer: where values are read from, not how much they "
                         "matter for the answer.");
    const Segment* askingText = segmentOf(stream.queries, Modality::Text);
    const Segment* askingImage = segmentOf(stream.queries, Modality::Image);
    const Segment* textKeys = segmentOf(stream.keys, Modality::Text);
    const Segment* imageKeys = segmentOf(stream.keys, Modality::Image);
    if (askingText && imageKeys) {
        const at::Tensor part = block(matrix, *askingText, *imageKeys);
        value.arrays[QStringLiteral("text_to_image")] = arrayOf(part.contiguous());
        putMap(value, part, *imageKeys, options[u"query"].toInt());
    }
    if (askingImage && textKeys)
        value.arrays[QStringLiteral("image_to_text")] = arrayOf(block(matrix, *askingImage, *textKeys).contiguous());
    if (!inputs.samples.empty() && inputs.samples.front().has(Modality::Image) && joint.regionNeed().isEmpty()) {
        const auto [left, top, width, height] = model.region(inputs.samples.front());
        value.info[u"region"] = QJsonArray {left, top, width, height};
    }
    return value;
}

Method jointAttentionMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("attend.joint");
    info.room = QStringLiteral("attention");
    info.title = QStringLiteral("Attention between picture and text");
    info.options = {textOption("model", "triptych-mini", "Folder of the checkpoint"),
        textOption("text", "", "Question about the picture, or the text to match with it; empty: the sample's own text"),
        textOption("stream", "", "Which attention of a model that has several; empty: the first"),
        choiceOption("weight", "none", {QStringLiteral("none"), QStringLiteral("relevance")},
            "What the attention is weighted by"),
        integerOption("layer", -1, -1, 1000, "Layer from 0; -1 = the last"),
        integerOption("head", -1, -1, 1000, "Head from 0; -1 = the mean of all"),
        integerOption("query", -1, -1, 1000000, "Token of the text that asks; -1 = where the answer is read")};
    info.reference = QStringLiteral("Vaswani et al. 2017; relevance: Chefer, Gur, Wolf 2021 (arXiv 2103.15679)");
    info.inputs = {QStringLiteral("samples")};
    return {info, run};
}

} // namespace triptych
