#include "core/engine/models/Model.h"
#include "core/engine/models/methods/Support.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

namespace triptych::models {

namespace {

/// How transformers names what belongs to a modality.
struct Names {
    Modality modality;
    const char* tower;   ///< before every name, where the model has several towers
    const char* embeds;  ///< image_embeds …
    const char* input;
    const char* otherInput; ///< as some families call it
};
constexpr std::array<Names, 4> names { { { Modality::Text, "text", "text", "input_ids", "input_ids" },
    { Modality::Image, "vision", "image", "pixel_values", "pixel_values" },
    { Modality::Audio, "audio", "audio", "input_features", "input_values" },
    { Modality::Video, "video", "video", "pixel_values", "pixel_values_videos" } } };

at::Tensor unit(const at::Tensor& rows)
{
    return rows / rows.norm(2, { 1 }, true);
}

std::map<Modality, EncoderInput> givenInputs(const Value& given)
{
    std::map<Modality, EncoderInput> inputs;
    for (const Names& line : names) {
        const QString name = QLatin1String(given.has(QLatin1String(line.input)) ? line.input : line.otherInput);
        if (!given.has(name))
            continue;
        const at::Tensor tensor = tensorOf(given.array(name));
        constexpr int clipDims = 5;
        if (name == u"pixel_values" && (tensor.dim() == clipDims) != (line.modality == Modality::Video))
            continue; // pictures and clips go by the same name
        EncoderInput& input = inputs[line.modality];
        if (line.modality != Modality::Text) {
            input.values = tensor.to(at::kFloat);
            if (line.modality == Modality::Image && given.has(QStringLiteral("spatial_shapes"))) {
                input.shapes = tensorOf(given.array(QStringLiteral("spatial_shapes"))).to(at::kLong);
                input.mask = tensorOf(given.array(QStringLiteral("pixel_attention_mask"))).to(at::kLong);
            }
            continue;
        }
        input.ids = tensor.to(at::kLong);
        if (given.has(QStringLiteral("attention_mask")))
            input.mask = tensorOf(given.array(QStringLiteral("attention_mask"))).to(at::kLong);
        if (given.has(QStringLiteral("token_type_ids")))
            input.types = tensorOf(given.array(QStringLiteral("token_type_ids"))).to(at::kLong);
    }
    return inputs;
}

std::map<Modality, EncoderInput> inputsOf(const Model& model, const Inputs& given)
{
    const auto ready = given.values.find(QStringLiteral("inputs"));
    if (ready != given.values.end() && ready->second)
        return givenInputs(*ready->second);
    std::map<Modality, EncoderInput> inputs;
    for (const Modality modality : model.modalities()) {
        std::vector<Sample> having;
        for (const Sample& sample : given.samples) {
            if (sample.has(modality))
                having.push_back(sample);
        }
        if (!having.empty())
            inputs[modality] = model.prepare(modality, having);
    }
    return inputs;
}

void put(Value& value, const QString& prefix, const EncoderOutput& output)
{
    const auto add = [&value, &prefix](const QString& name, const at::Tensor& tensor) {
        value.arrays[prefix + name] = arrayOf(tensor);
    };
    add(QStringLiteral("last_hidden_state"), output.last);
    add(QStringLiteral("pooler_output"), output.pooled);
    for (size_t i = 0; i < output.hidden.size(); ++i)
        add(QStringLiteral("hidden_states.%1").arg(i), output.hidden[i]);
    for (size_t i = 0; i < output.attention.size(); ++i)
        add(QStringLiteral("attentions.%1").arg(i), output.attention[i]);
    for (const auto& [name, tensor] : output.more)
        add(QString::fromStdString(name), tensor);
}

/// A family that is more than towers side by side names its own inputs and outputs.
Value wholeForward(const Model& model, const Value& given)
{
    std::map<std::string, at::Tensor> inputs;
    for (const auto& [name, array] : given.arrays)
        inputs[name.toStdString()] = tensorOf(array);
    Value value;
    for (const auto& [name, tensor] : model.forward(inputs))
        value.arrays[QString::fromStdString(name)] = arrayOf(tensor);
    return value;
}

void putLogits(Value& value, const Model& model, const std::map<Modality, at::Tensor>& rows)
{
    const auto text = rows.find(Modality::Text);
    for (const Names& line : names) {
        const auto other = rows.find(line.modality);
        if (text == rows.end() || other == rows.end() || line.modality == Modality::Text)
            continue;
        const at::Tensor logits
            = at::matmul(unit(other->second), unit(text->second).t()) * model.logitScale() + model.logitBias();
        value.arrays[QStringLiteral("logits_per_") + QLatin1String(line.embeds)] = arrayOf(logits);
        value.arrays[QStringLiteral("logits_per_text")] = arrayOf(logits.t());
        if (model.logitBias() != 0) // SigLIP: each pair on its own
            value.arrays[QStringLiteral("probs_sigmoid")] = arrayOf(at::sigmoid(logits));
    }
}

QJsonObject facts(const Model& model)
{
    return { { QStringLiteral("model"), model.path() }, { QStringLiteral("modelHash"), model.hash() } };
}

Value run(EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const auto model = context.models.open(options.value(QStringLiteral("model")).toString());
    const auto ready = inputs.values.find(QStringLiteral("inputs"));
    if (model->hasForward() && ready != inputs.values.end() && ready->second) {
        Value value = wholeForward(*model, *ready->second);
        value.info = facts(*model);
        return value;
    }
    const auto given = inputsOf(*model, inputs);
    if (given.empty()) {
        throw Error(QCoreApplication::translate("models",
            "There is nothing this model reads; give samples or inputs (pixel_values, input_ids, "
            "input_features)."));
    }
    const bool several = model->modalities().size() > 1;
    Value value;
    std::map<Modality, at::Tensor> rows;
    qint64 done = 0;
    for (const Names& line : names) {
        const auto input = given.find(line.modality);
        if (input == given.end())
            continue;
        progress.report(done++, qint64(given.size()));
        const EncoderOutput output = model->encoder(line.modality)
                                         .encode(input->second, { .hidden = true, .attention = true });
        QString prefix = model->outputName(line.modality).value_or(several ? QLatin1String(line.tower) : QString());
        put(value, prefix.isEmpty() ? prefix : prefix + u'.', output);
        const QString embeds = QLatin1String(line.embeds);
        // The whole model gives unit rows, a tower alone gives them as they are.
        value.arrays[embeds + QStringLiteral("_embeds")]
            = arrayOf(several ? unit(output.embedding) : output.embedding);
        if (several)
            value.arrays[embeds + QStringLiteral("_features_unnormalized")] = arrayOf(output.embedding);
        rows[line.modality] = output.embedding.to(at::kCPU);
    }
    putLogits(value, *model, rows);
    value.info = facts(*model);
    return value;
}

} // namespace

Method hiddenMethod()
{
    return { { QStringLiteral("model.hidden"), QStringLiteral("model"),
                 QStringLiteral("Hidden states"), { modelOption() }, QString(), {}, false },
        run };
}

} // namespace triptych::models
