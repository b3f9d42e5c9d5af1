#include "core/engine/models/families/VisionEncoderDecoder.h"

#include "core/engine/models/families/Gpt2.h"
#include "core/engine/models/families/JointParts.h"
#include "core/engine/models/families/PictureWriter.h"
#include "core/engine/models/families/VitTower.h"
#include "core/engine/models/writing/Rules.h"

#include <QCoreApplication>
#include <cmath>

namespace triptych {

namespace {

const QString encoderKey = QStringLiteral("encoder");
const QString decoderKey = QStringLiteral("decoder");

std::unique_ptr<VitTower> encoderOf(Weights& weights, const Config& config)
{
    const QString type = config.text(QStringLiteral("model_type"), QString());
    const bool deit = type == QLatin1String("deit");
    if (!deit && type != QLatin1String("vit")) {
        config.fail(QStringLiteral("model_type"),
            QCoreApplication::translate("models", "the encoder \"%1\" is not read; vit and deit are.").arg(type));
    }
    VitConfig vit = VitConfig::from(config, 1e-12);
    vit.names.prefix = encoderKey + u'.';
    if (deit) {
        vit.names.distillation = QStringLiteral("embeddings.distillation_token");
        vit.positioned = 2;
    }
    return std::make_unique<VitTower>(weights, vit, classHead());
}

Towers::NamedTensors forward(PictureWriter& writer, const Towers::NamedTensors& inputs)
{
    const Wants wants { .hidden = true, .attention = true };
    const EncoderOutput seen = writer.pictures().encode({ .values = namedInput(inputs, "pixel_values") }, wants);
    Towers::NamedTensors named { { "encoder.last_hidden_state", seen.last } };
    nameOutputs(named, "encoder.", seen);
    if (const at::Tensor ids = optionalInput(inputs, "decoder_input_ids"); ids.defined()) {
        const EncoderOutput said = writer.decoder().decode(ids, writer.memoryOf(seen), wants);
        named["logits"] = said.more.at("logits");
        nameOutputs(named, "decoder.", said);
    }
    return named;
}

} // namespace

Towers buildVisionEncoderDecoder(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    const Config words = config.object(decoderKey);
    const QString type = words.text(QStringLiteral("model_type"), QString());
    if (type != QLatin1String("gpt2")) {
        words.fail(QStringLiteral("model_type"),
            QCoreApplication::translate("models", "the decoder \"%1\" is not read; gpt2 is.").arg(type));
    }
    Weights& weights = source.weights;
    Towers towers;
    auto pictures = encoderOf(weights, config.object(encoderKey));
    const int seen = pictures->width();
    const int width = words.integer(QStringLiteral("n_embd"), 768, 1, 65536);
    std::optional<Linear> bridge;
    if (seen != width)
        bridge = Linear(Scope { weights, QStringLiteral("enc_to_dec_proj.") }, seen, width, 1 / std::sqrt(double(seen)));
    auto stack = gpt2Stack(weights, words, QStringLiteral("decoder.transformer."), width,
        QStringLiteral("decoder.lm_head.weight"));
    WritingRules rules = rulesOf(source.folder, source.config);
    auto writer = std::make_unique<PictureWriter>(*pictures, std::move(bridge), std::move(stack), std::move(rules));
    towers.forward = [&made = *writer](const Towers::NamedTensors& inputs) { return forward(made, inputs); };
    towers.facts[Modality::Text] = { { QStringLiteral("max_tokens"), writer->decoder().positions() },
        { QStringLiteral("vocab"), writer->decoder().vocabulary() },
        { QStringLiteral("layers"), writer->decoder().config().blocks.layers },
        { QStringLiteral("heads"), writer->decoder().config().blocks.heads },
        { QStringLiteral("width"), width } };
    towers.writer = std::move(writer);
    addTower(towers, std::move(pictures));
    return towers;
}

} // namespace triptych
