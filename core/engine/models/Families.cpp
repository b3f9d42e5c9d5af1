#include "core/engine/models/Families.h"

#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/families/Ast.h"
#include "core/engine/models/families/Bert.h"
#include "core/engine/models/families/Blip.h"
#include "core/engine/models/families/Clap.h"
#include "core/engine/models/families/Clip.h"
#include "core/engine/models/families/Dinov2.h"
#include "core/engine/models/families/DistilBert.h"
#include "core/engine/models/families/Mpnet.h"
#include "core/engine/models/families/ImageBind.h"
#include "core/engine/models/families/Gpt2.h"
#include "core/engine/models/families/Lxmert.h"
#include "core/engine/models/families/OpenAiNames.h"
#include "core/engine/models/families/Siglip.h"
#include "core/engine/models/families/TimeSformer.h"
#include "core/engine/models/families/Timm.h"
#include "core/engine/models/families/TorchScript.h"
#include "core/engine/models/families/Roberta.h"
#include "core/engine/models/families/Triptych.h"
#include "core/engine/models/families/Vilt.h"
#include "core/engine/models/families/VisionEncoderDecoder.h"
#include "core/engine/models/families/VisualBert.h"
#include "core/engine/models/families/VideoMae.h"
#include "core/engine/models/families/Vit.h"
#include "core/engine/models/families/conv/ConvNext.h"
#include "core/engine/models/families/conv/ResNet.h"
#include "core/engine/models/families/conv/Torchvision.h"
#include "core/engine/models/families/Wav2Vec2.h"
#include "core/engine/models/families/Whisper.h"
#include "core/engine/models/nn/Weights.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QStringList>

namespace triptych {

const std::vector<Family>& families()
{
    static const std::vector<Family> table {
        { QStringLiteral("triptych"), buildTriptych },
        { QStringLiteral("torchscript"), buildTorchScript },
        { QStringLiteral("clip"), buildClip },
        { QStringLiteral("clip_vision_model"), buildClip },
        { QStringLiteral("clip_text_model"), buildClip },
        { QStringLiteral("resnet"), buildResNet },
        { QStringLiteral("torchvision_resnet"), buildTorchvisionResNet, inferTorchvisionResNet },
        { QStringLiteral("convnext"), buildConvNext },
        { QStringLiteral("convnextv2"), buildConvNext },
        { QStringLiteral("googlenet"), buildGoogLeNet, inferGoogLeNet },
        { QStringLiteral("alexnet"), buildAlexNet, inferAlexNet },
        { QStringLiteral("vgg"), buildVgg, inferVgg },
        { QStringLiteral("vit"), buildVit },
        { QStringLiteral("vit_msn"), buildVit },
        { QStringLiteral("vit_mae"), buildVit },
        { QStringLiteral("deit"), buildVit },
        { QStringLiteral("dinov2"), buildDinov2 },
        { QStringLiteral("dinov2_with_registers"), buildDinov2 },
        { QStringLiteral("bert"), buildBert },
        { QStringLiteral("roberta"), buildRoberta },
        { QStringLiteral("xlm-roberta"), buildRoberta },
        { QStringLiteral("camembert"), buildRoberta },
        { QStringLiteral("distilbert"), buildDistilBert },
        { QStringLiteral("mpnet"), buildMpnet },
        { QStringLiteral("videomae"), buildVideoMae },
        { QStringLiteral("timesformer"), buildTimeSformer },
        { QStringLiteral("timm_vit"), buildTimmVit, inferTimmVit },
        { QStringLiteral("imagebind"), buildImageBind, inferImageBind },
        { QStringLiteral("siglip"), buildSiglip },
        { QStringLiteral("siglip2"), buildSiglip },
        { QStringLiteral("siglip_vision_model"), buildSiglip },
        { QStringLiteral("siglip_text_model"), buildSiglip },
        { QStringLiteral("siglip2_vision_model"), buildSiglip },
        { QStringLiteral("siglip2_text_model"), buildSiglip },
        { QStringLiteral("gpt2"), buildGpt2 },
        { QStringLiteral("blip"), buildBlip },
        { QStringLiteral("vilt"), buildVilt },
        { QStringLiteral("lxmert"), buildLxmert },
        { QStringLiteral("visual_bert"), buildVisualBert },
        { QStringLiteral("vision-encoder-decoder"), buildVisionEncoderDecoder },
        { QStringLiteral("audio-spectrogram-transformer"), buildAst },
        { QStringLiteral("wav2vec2"), buildWav2Vec2 },
        { QStringLiteral("hubert"), buildWav2Vec2 },
        { QStringLiteral("whisper"), buildWhisper },
        { QStringLiteral("clap"), buildClap },
    };
    return table;
}

QJsonObject modelConfig(const Checkpoint& checkpoint)
{
    if (checkpoint.config().contains(QStringLiteral("model_type")))
        return checkpoint.config();
    if (checkpoint.isProgram()) {
        return { { QStringLiteral("model_type"), QStringLiteral("torchscript") },
            { QStringLiteral("file"), checkpoint.files().front() } };
    }
    for (const Family& family : families()) {
        if (!family.infer)
            continue;
        if (const auto found = family.infer(checkpoint.tensors())) {
            QJsonObject merged = checkpoint.config(); // timm's says heads, sizes, colours
            for (auto it = found->begin(); it != found->end(); ++it)
                merged.insert(it.key(), it.value());
            return merged;
        }
    }
    return checkpoint.config();
}

namespace {

[[noreturn]] void refuse(const Checkpoint& checkpoint, const QString& type, const QStringList& known)
{
    const QString all = known.join(QStringLiteral(", "));
    if (!type.isEmpty()) {
        throw Error(QCoreApplication::translate("models",
            "%1: config.json says the model_type \"%2\", which this version does not read; it reads %3.")
                        .arg(checkpoint.path(), type, all));
    }
    if (!checkpoint.config().isEmpty()) {
        throw Error(QCoreApplication::translate("models",
            "%1: config.json has no model_type, and the tensors' names tell no family; this version reads %2.")
                        .arg(checkpoint.path(), all));
    }
    throw Error(QCoreApplication::translate("models",
        "%1: there is no config.json, and the tensors' names (%2 …) tell no family; put the model's config.json "
        "beside its weights. This version reads %3.")
                    .arg(checkpoint.path(), checkpoint.tensors().empty() ? QString() : checkpoint.tensors().begin()->first, all));
}

} // namespace

Towers buildTowers(const Checkpoint& checkpoint, const at::Device& device)
{
    const QJsonObject config = modelConfig(checkpoint);
    const QString type = config.value(QStringLiteral("model_type")).toString();
    QStringList known;
    for (const Family& family : families()) {
        known.append(family.type);
        if (family.type != type)
            continue;
        StoredWeights weights(hasOpenAiNames(checkpoint.tensors())
                ? fromOpenAiNames(checkpoint.tensors())
                : checkpoint.tensors(),
            checkpoint.folder(), device);
        return family.build({ type, config, weights, checkpoint.folder(), QString::fromStdString(device.str()) });
    }
    refuse(checkpoint, type, known);
}

} // namespace triptych
