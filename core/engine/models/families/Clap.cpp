#include "core/engine/models/families/Clap.h"

#include "core/engine/models/families/BertHeads.h"
#include "core/engine/models/families/HtsatTower.h"
#include "core/engine/models/families/JointParts.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonArray>
#include <cmath>

namespace triptych {

namespace {

/// linear1, activation, linear2.
struct Projection {
    Linear first;
    Linear second;
    Activation activation = Activation::Relu;

    Projection(Weights& weights, const QString& name, int in, int dim, const Config& config)
        : first(Scope { weights, name + QStringLiteral(".linear1.") }, in, dim, 1 / std::sqrt(double(in)))
        , second(Scope { weights, name + QStringLiteral(".linear2.") }, dim, dim, 1 / std::sqrt(double(dim)))
        , activation(activationFromName(config.text(QStringLiteral("projection_hidden_act"), QStringLiteral("relu"))))
    {
    }
    at::Tensor operator()(const at::Tensor& values) const { return second(activate(first(values), activation)); }
};

/// RoBERTa's shape where text_config is silent.
Config textConfig(const Config& config)
{
    QJsonObject json = config.json();
    const QJsonObject defaults { { QStringLiteral("vocab_size"), 50265 },
        { QStringLiteral("max_position_embeddings"), 514 }, { QStringLiteral("type_vocab_size"), 1 },
        { QStringLiteral("hidden_act"), QStringLiteral("gelu") }, { QStringLiteral("layer_norm_eps"), 1e-12 } };
    for (auto it = defaults.begin(); it != defaults.end(); ++it) {
        if (!json.contains(it.key()))
            json.insert(it.key(), it.value());
    }
    return { json, config.where() };
}

std::unique_ptr<BertTower> textTower(Weights& weights, const Config& config, int dim)
{
    BertConfig bert = BertConfig::from(textConfig(config));
    bert.padding = config.integer(QStringLiteral("pad_token_id"), 1, 0, 1 << 24);
    bert.prefix = QStringLiteral("text_model.");
    const int width = bert.blocks.width;
    return std::make_unique<BertTower>(weights, bert, [&](const BertEmbeddings&) {
        const Linear pooler(
            Scope { weights, QStringLiteral("text_model.pooler.dense.") }, width, width, 1 / std::sqrt(double(width)));
        const Projection projection(weights, QStringLiteral("text_projection"), width, dim, config);
        TextHead head;
        head.dim = dim;
        head.read = [pooler, projection](EncoderOutput& output, const at::Tensor&, const Wants&) {
            output.pooled = at::tanh(pooler(output.last.select(1, 0)));
            output.embedding = projection(output.pooled);
            output.pooledAt = at::zeros({ output.last.size(0) },
                at::TensorOptions().dtype(at::kLong).device(output.last.device()));
        };
        head.project = [pooler, projection](const at::Tensor& last) { return projection(at::tanh(pooler(last))); };
        return head;
    });
}

void addSounds(Towers& towers, std::unique_ptr<HtsatTower> tower)
{
    const auto grid = tower->grid();
    const HtsatConfig& config = tower->config();
    towers.facts[Modality::Audio] = { { QStringLiteral("layers"), tower->layers() },
        { QStringLiteral("heads"), tower->heads() }, { QStringLiteral("width"), tower->width() },
        { QStringLiteral("input"), QJsonArray { config.fuses ? 4 : 1, config.bands, 0 } },
        { QStringLiteral("grid"), QJsonArray { grid[0], grid[1] } } };
    towers.processor = { { QStringLiteral("feature_extractor_type"), QStringLiteral("ClapFeatureExtractor") },
        { QStringLiteral("feature_size"), config.bands }, { QStringLiteral("frequency_min"), 50 },
        { QStringLiteral("truncation"), config.fuses ? QStringLiteral("fusion") : QStringLiteral("rand_trunc") } };
    towers.encoders[Modality::Audio] = std::move(tower);
}

at::Tensor unit(const at::Tensor& rows)
{
    return rows / rows.norm(2, { 1 }, true);
}

struct Scales {
    at::Tensor audio;
    at::Tensor text;
};

Towers::NamedTensors forward(
    Encoder& texts, HtsatTower& sounds, const Scales& scales, const Towers::NamedTensors& inputs)
{
    Towers::NamedTensors named;
    at::Tensor text;
    at::Tensor audio;
    if (inputs.count("input_ids")) {
        const EncoderOutput read = texts.encode(namedText(inputs), { .hidden = true, .attention = true });
        nameOutputs(named, "text.", read);
        named["text.last_hidden_state"] = read.last;
        named["text.pooler_output"] = read.pooled;
        named["text_embeds"] = text = unit(read.embedding);
    }
    if (inputs.count("input_features") || !text.defined()) {
        EncoderInput input;
        input.values = namedInput(inputs, "input_features");
        input.longer = optionalInput(inputs, "is_longer");
        const HtsatTower::Reference heard = sounds.reference(input);
        nameLayers(named, "audio.hidden_states", heard.maps);
        nameLayers(named, "audio.attentions", heard.windows);
        named["audio.last_hidden_state"] = heard.last;
        named["audio.pooler_output"] = heard.pooled;
        named["audio_embeds"] = audio = unit(sounds.project(heard.pooled));
    }
    if (text.defined() && audio.defined()) {
        const at::Tensor cosine = at::matmul(audio, text.t());
        named["logits_per_audio"] = cosine * scales.audio.exp();
        named["logits_per_text"] = cosine.t() * scales.text.exp();
    }
    return named;
}

} // namespace

Towers buildClap(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    Weights& weights = source.weights;
    const int dim = config.integer(QStringLiteral("projection_dim"), 512, 1, 65536);
    Towers towers;
    addTower(towers, textTower(weights, config.object(QStringLiteral("text_config")), dim));
    const HtsatConfig htsat = HtsatConfig::from(config.object(QStringLiteral("audio_config")));
    const Projection projection(weights, QStringLiteral("audio_projection"), htsat.widthAt(htsat.stages() - 1), dim,
        config.object(QStringLiteral("audio_config")));
    addSounds(towers, std::make_unique<HtsatTower>(weights, QStringLiteral("audio_model.audio_encoder."), htsat,
        HtsatHead { dim, [projection](const at::Tensor& pooled) { return projection(pooled); } }));
    const Init start = Init::constant(std::log(1 / 0.07));
    const Scales scales { weights.take(QStringLiteral("logit_scale_a"), {}, start),
        weights.take(QStringLiteral("logit_scale_t"), {}, start) };
    weights.released();
    // Of a sound over texts, which is what the scale is shown and used for.
    towers.logitScale = scales.audio;
    towers.forward = [texts = towers.encoders.at(Modality::Text).get(),
                         sounds = static_cast<HtsatTower*>(towers.encoders.at(Modality::Audio).get()),
                         scales](const Towers::NamedTensors& inputs) { return forward(*texts, *sounds, scales, inputs); };
    return towers;
}

} // namespace triptych
