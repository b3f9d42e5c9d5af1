#include "core/engine/models/families/Whisper.h"

#include "core/engine/models/families/JointParts.h"
#include "core/engine/models/families/WhisperTower.h"
#include "core/engine/models/families/WhisperWriter.h"
#include "core/engine/models/families/conv/ConvNet.h"
#include "core/engine/models/writing/Rules.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QJsonArray>

namespace triptych {

namespace {

constexpr int framesASecond = 100;

/// The decoder; its head is proj_out, tied to the words where the file has none.
std::unique_ptr<WordStack> decoderOf(Weights& weights, const Config& config, const QString& prefix)
{
    WordStackConfig stack;
    stack.blocks = WhisperConfig::from(config).blocks;
    stack.blocks.heads = config.integer(QStringLiteral("decoder_attention_heads"), 6, 1, 1024);
    stack.blocks.layers = config.integer(QStringLiteral("decoder_layers"), 4, 1, 512);
    stack.blocks.inner = config.integer(QStringLiteral("decoder_ffn_dim"), 1536, 1, 262144);
    stack.blocks.cross = true;
    if (stack.blocks.width % stack.blocks.heads != 0) {
        config.fail(QStringLiteral("decoder_attention_heads"),
            QCoreApplication::translate("models", "%1 heads do not divide d_model %2.")
                .arg(stack.blocks.heads)
                .arg(stack.blocks.width));
    }
    stack.vocabulary = config.integer(QStringLiteral("vocab_size"), 51865, 1, 10'000'000);
    stack.positions = config.integer(QStringLiteral("max_target_positions"), 448, 1, 1 << 20);
    stack.causal = true;
    stack.names = { .prefix = prefix, .words = QStringLiteral("embed_tokens"),
        .places = QStringLiteral("embed_positions"), .norm = {}, .layers = QStringLiteral("layers"),
        .after = QStringLiteral("layer_norm") };
    const QString head = QStringLiteral("proj_out.weight");
    at::Tensor own;
    if (weights.has(head))
        own = weights.take(head, { stack.vocabulary, stack.blocks.width }, Init::normal(0.02));
    auto made = std::make_unique<WordStack>(weights, stack);
    if (!own.defined())
        own = made->words();
    made->setHead([own](const at::Tensor& last) { return at::linear(last, own); });
    return made;
}

/// The reference's forward pass: what was heard, and the decoder over the ids that are given.
Towers::NamedTensors forward(Encoder& sounds, WordStack& decoder, const Towers::NamedTensors& inputs)
{
    const Wants all { .hidden = true, .attention = true };
    EncoderInput input;
    input.values = namedInput(inputs, "input_features");
    const EncoderOutput heard = sounds.encode(input, all);
    Towers::NamedTensors named;
    named["encoder.last_hidden_state"] = heard.last;
    nameOutputs(named, "encoder.", heard);
    const at::Tensor ids = optionalInput(inputs, "decoder_input_ids");
    if (!ids.defined())
        return named;
    EncoderOutput written = decoder.decode(ids.to(at::kLong), WhisperWriter::memoryOf(heard), all);
    nameLayers(named, "cross_attentions", std::exchange(written.cross, {}));
    nameOutputs(named, "decoder.", written);
    named["logits"] = written.more.at("logits");
    return named;
}

void addFacts(Towers& towers, const WhisperConfig& whisper)
{
    const int frames = 2 * whisper.positions;
    towers.processor = { { QStringLiteral("feature_extractor_type"), QStringLiteral("WhisperFeatureExtractor") },
        { QStringLiteral("feature_size"), whisper.bands },
        { QStringLiteral("chunk_length"), frames / framesASecond } };
    towers.facts[Modality::Audio] = { { QStringLiteral("layers"), whisper.blocks.layers },
        { QStringLiteral("heads"), whisper.blocks.heads }, { QStringLiteral("width"), whisper.blocks.width },
        { QStringLiteral("input"), QJsonArray { 1, whisper.bands, frames } },
        { QStringLiteral("grid"), QJsonArray { 1, whisper.positions } } };
    towers.outputNames[Modality::Audio] = QStringLiteral("encoder");
}

} // namespace

Towers buildWhisper(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    Weights& weights = source.weights;
    WhisperConfig whisper = WhisperConfig::from(config);
    const bool inner = weights.has(QStringLiteral("model.encoder.conv1.weight"));
    const QString prefix = inner ? QStringLiteral("model.") : QString();
    whisper.prefix = prefix + QStringLiteral("encoder.");
    Towers towers;
    if (weights.has(QStringLiteral("projector.weight")) && weights.has(QStringLiteral("classifier.weight"))) {
        towers.labels = labelsOf(config);
        whisper.classes = towers.labels.isEmpty() ? config.integer(QStringLiteral("num_labels"), 2, 1, 1 << 20)
                                                  : int(towers.labels.size());
        whisper.weightedLayers = config.boolean(QStringLiteral("use_weighted_layer_sum"), false);
    }
    auto tower = std::make_unique<WhisperTower>(weights, whisper);
    WhisperTower* sounds = tower.get();
    towers.encoders[Modality::Audio] = std::move(tower);
    addFacts(towers, whisper);
    if (weights.has(prefix + QStringLiteral("decoder.embed_tokens.weight"))) {
        auto writer = std::make_unique<WhisperWriter>(*sounds,
            decoderOf(weights, config, prefix + QStringLiteral("decoder.")),
            rulesOf(source.folder, source.config), WhisperPrompt::from(source.folder, source.config));
        towers.forward = [sounds, decoder = &writer->decoder()](const Towers::NamedTensors& inputs) {
            return forward(*sounds, *decoder, inputs);
        };
        towers.writer = std::move(writer);
    }
    return towers;
}

} // namespace triptych
