#include "core/engine/models/families/Blip.h"

#include "core/engine/models/families/BlipAnswerer.h"
#include "core/engine/models/families/BlipMatcher.h"
#include "core/engine/models/families/BlipParts.h"
#include "core/engine/models/families/JointParts.h"
#include "core/engine/models/families/PictureWriter.h"
#include "core/engine/models/families/WordTower.h"
#include "core/engine/models/writing/Rules.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <cmath>

namespace triptych {

namespace {

const QString encoderPrefix = QStringLiteral("text_encoder.");
const QString decoderPrefix = QStringLiteral("text_decoder.");
const QString firstWords = QStringLiteral("embeddings.word_embeddings.weight");

/// Both kinds of text start at bos and end at sep, whatever generation_config.json says.
WritingRules rulesFor(const FamilySource& source, const Config& text)
{
    WritingRules rules = rulesOf(source.folder, source.config);
    const auto id = [&text](const char* key, int fallback) {
        return qint64(text.integer(QLatin1String(key), fallback, 0, 10'000'000));
    };
    rules.start = { id("bos_token_id", 30522) };
    rules.ends = { id("sep_token_id", 102) };
    rules.padding = id("pad_token_id", 0);
    return rules;
}

Towers captioner(const FamilySource& source, const Config& vision, const Config& text)
{
    Towers towers;
    auto tower = blip::pictures(source.weights, vision);
    auto writer = std::make_unique<PictureWriter>(*tower, std::nullopt,
        blip::decoder(source.weights, text, tower->width(), decoderPrefix), rulesFor(source, text));
    towers.forward = [&made = *writer](const Towers::NamedTensors& inputs) {
        const Wants wants { .hidden = true, .attention = true };
        const EncoderOutput seen = made.pictures().encode({ .values = namedInput(inputs, "pixel_values") }, wants);
        Towers::NamedTensors named { { "vision.last_hidden_state", seen.last },
            { "vision.pooler_output", seen.pooled } };
        nameOutputs(named, "vision.", seen);
        if (const at::Tensor ids = optionalInput(inputs, "decoder_input_ids"); ids.defined()) {
            const EncoderOutput said = made.decoder().decode(ids, made.memoryOf(seen), wants);
            named["decoder.logits"] = said.more.at("logits");
            nameOutputs(named, "decoder.", said);
        }
        return named;
    };
    towers.facts[Modality::Text] = blip::factsOf(writer->decoder());
    towers.writer = std::move(writer);
    addTower(towers, std::move(tower));
    return towers;
}

Towers answerer(const FamilySource& source, const Config& vision, const Config& text)
{
    Towers towers;
    auto tower = blip::pictures(source.weights, vision);
    const auto question = blip::reader(source.weights, text, tower->width(), encoderPrefix);
    auto writer = std::make_unique<BlipAnswerer>(*tower, question,
        blip::decoder(source.weights, text, question->config().blocks.width, decoderPrefix), rulesFor(source, text));
    towers.forward = [&made = *writer](const Towers::NamedTensors& inputs) { return made.forward(inputs); };
    towers.facts[Modality::Text] = blip::factsOf(*question);
    towers.writer = std::move(writer);
    towers.joint = std::make_unique<BlipMatcher>(*tower, question, std::nullopt);
    addTower(towers, std::move(tower));
    return towers;
}

at::Tensor unit(const at::Tensor& rows)
{
    return rows / rows.norm(2, { 1 }, true).clamp_min(1e-12);
}

Towers matcher(const FamilySource& source, const Config& config, const Config& vision, const Config& text)
{
    Weights& weights = source.weights;
    const auto linear = [&weights](const char* name, int in, int out) {
        return Linear(Scope { weights, QLatin1String(name) + u'.' }, in, out, 1 / std::sqrt(double(in)));
    };
    const int seen = vision.integer(QStringLiteral("hidden_size"), 768, 1, 65536);
    const int width = text.integer(QStringLiteral("hidden_size"), 768, 1, 65536);
    const int shared = config.integer(QStringLiteral("image_text_hidden_size"), 256, 1, 65536);
    Towers towers;
    auto tower = blip::pictures(weights, vision, linear("vision_proj", seen, shared));
    const Linear projection = linear("text_proj", width, shared);
    const Linear head = linear("itm_head", width, 2);
    const auto words = blip::reader(weights, text, tower->width(), encoderPrefix);
    auto both = std::make_unique<BlipMatcher>(*tower, words, head);
    auto texts = std::make_unique<WordTower>(words, WordTower::Reads::First, projection);
    towers.forward = [&joint = *both, &pictures = *tower, &alone = *texts](const Towers::NamedTensors& inputs) {
        const EncoderInput pixels { .values = namedInput(inputs, "pixel_values") };
        const EncoderInput ids { .ids = namedInput(inputs, "input_ids"), .mask = optionalInput(inputs, "attention_mask") };
        const Wants wants { .hidden = true, .attention = true };
        const JointOutput read = joint.encode({ { Modality::Image, pixels }, { Modality::Text, ids } }, wants);
        const at::Tensor picture = unit(pictures.encode(pixels, {}).embedding);
        const at::Tensor sentence = unit(alone.encode(ids, {}).embedding);
        return Towers::NamedTensors { { "itm_score", read.logits }, { "image_embeds", picture },
            { "text_embeds", sentence }, { "cosine", at::matmul(picture, sentence.t()) },
            { "question_embeds", read.more.at("last_hidden_state") } };
    };
    towers.joint = std::move(both);
    addTower(towers, std::move(texts));
    addTower(towers, std::move(tower));
    return towers;
}

} // namespace

Towers buildBlip(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    const Config vision = config.object(QStringLiteral("vision_config"));
    const Config text = config.object(QStringLiteral("text_config"));
    const bool reads = source.weights.has(encoderPrefix + firstWords);
    const bool writes = source.weights.has(decoderPrefix + QStringLiteral("bert.") + firstWords);
    if (reads && writes)
        return answerer(source, vision, text);
    if (writes)
        return captioner(source, vision, text);
    if (reads && source.weights.has(QStringLiteral("itm_head.weight")))
        return matcher(source, config, vision, text);
    throw Error(QCoreApplication::translate("models",
        "%1: this BLIP has neither a text_decoder (captions, answers) nor a text_encoder with an itm_head "
        "(matching); other heads of BLIP are not read.").arg(source.folder));
}

} // namespace triptych
