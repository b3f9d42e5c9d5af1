#include "core/engine/analysis/attention/Cross.h"

#include "core/engine/analysis/Support.h"
#include "core/engine/models/methods/Writing.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <torch/csrc/autograd/autograd.h>

namespace triptych {

using namespace analysis;
using models::Passage;

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(analysis)
};

Value run(
    EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return crossAttention(
        *context.models.open(options[u"model"].toString()), options, inputs, progress);
}

/// Each layer's attention [H,S] of the step that chose a word, times the positive part of the slope of
/// the word's log-probability (Chefer et al. 2021, without the propagation through the layers).
std::vector<at::Tensor> weighted(Model& model, const Passage& passage, int word)
{
    const c10::AutoGradMode gradients(true);
    std::vector<int64_t> ids(passage.written.ids.begin(), passage.written.ids.end());
    const int64_t place = passage.written.begin + word;
    const at::Tensor fed = at::tensor(std::vector<int64_t>(ids.begin(), ids.begin() + place), at::kLong)
                               .unsqueeze(0).to(passage.memory.states.device());
    const EncoderOutput output = model.writer().decoder().decode(
        fed, passage.memory, {.attention = true, .gradients = true});
    const at::Tensor score = at::log_softmax(output.more.at("logits")[0][place - 1], -1)[ids[size_t(place)]];
    const auto slopes = torch::autograd::grad({score}, output.cross, {}, c10::nullopt, false, true);
    const c10::NoGradGuard without;
    std::vector<at::Tensor> layers;
    for (size_t layer = 0; layer < slopes.size(); ++layer) {
        const at::Tensor seen = output.cross[layer].detach()[0].select(1, place - 1);
        const at::Tensor slope = slopes[layer].defined() ? slopes[layer][0].select(1, place - 1) : at::zeros_like(seen);
        layers.push_back((slope * seen).clamp_min(0));
    }
    return layers;
}

/// [S] of the layer and head that the options name; −1: the mean of all.
at::Tensor chosen(const at::Tensor& layers, const QJsonObject& options)
{
    const auto one = [&options](const at::Tensor& values, const char* name, const QString& error) {
        const int index = options[QLatin1String(name)].toInt();
        if (index >= values.size(0))
            throw Error(error.arg(values.size(0) - 1));
        return index < 0 ? values.mean(0) : values[index];
    };
    const at::Tensor heads = one(layers, "layer",
        QCoreApplication::translate("analysis", "layer: this decoder has layers 0 to %1; -1 is their mean."));
    return one(heads, "head",
        QCoreApplication::translate("analysis", "head: this decoder has heads 0 to %1; -1 is their mean."));
}

} // namespace

Value crossAttention(
    Model& model, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    if (inputs.samples.empty())
        throw Error(Tr::tr("sample: there is none; pick the one to look at."));
    const Passage passage = models::writeAbout(model, inputs.samples.front(), options, true, progress);
    const int count = int(passage.traced.probabilities.size());
    const int word = options[u"word"].toInt();
    if (word >= count)
        throw Error(Tr::tr("word: %1 tokens were written, so the last is %2.").arg(count).arg(count - 1));
    const bool gradient = options[u"weight"].toString() == u"gradient";
    const at::Tensor layers = gradient ? at::stack(weighted(model, passage, word)) : passage.traced.cross[word];
    const auto grid = models::gridOf(passage.memory);
    const at::Tensor cells = models::overCells(passage.memory, chosen(layers, options)).to(at::kCPU);
    if (!cells.isfinite().all().item<bool>())
        throw Error(Tr::tr("%1: the model gave numbers that are not finite; its weights are damaged.").arg(model.path()));
    Value value;
    value.arrays[QStringLiteral("map")] = arrayOf(cells.contiguous().view({grid[0], grid[1]}));
    value.info = models::passageFacts(model, inputs.samples.front(), passage);
    value.info[u"method"] = QStringLiteral("cross");
    value.info[u"word"] = word;
    value.info[u"layer"] = options[u"layer"];
    value.info[u"head"] = options[u"head"];
    value.info[u"caption"] = gradient
        ? QStringLiteral("Attention of the step that chose the word, weighted by how much it raises the word's "
                         "probability; what lowers it is not shown.")
        : QStringLiteral("Attention of the step that chose the word: where values are read from, not how much they "
                         "matter for the word.");
    return value;
}

Method crossAttentionMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("attend.cross");
    info.room = QStringLiteral("attention");
    info.title = QStringLiteral("Attention of a written word");
    info.options = QList<OptionInfo> {textOption("model", "triptych-mini", "Folder of the checkpoint")}
        + models::writingOptions();
    info.options.append({integerOption("word", 0, 0, 1000000, "Written token, from 0"),
        choiceOption("weight", "none", {QStringLiteral("none"), QStringLiteral("gradient")},
            "What the attention is weighted by"),
        integerOption("layer", -1, -1, 1000, "Layer from 0; -1 = the mean of all"),
        integerOption("head", -1, -1, 1000, "Head from 0; -1 = the mean of all")});
    info.reference = QStringLiteral("Xu et al. 2015; weighted: Chefer, Gur, Wolf 2021 (arXiv 2103.15679)");
    info.inputs = {QStringLiteral("samples")};
    return {info, run};
}

} // namespace triptych
