#include "core/engine/models/families/OpenAiNames.h"

#include <QHash>

namespace triptych {

namespace {

using Tensors = std::map<QString, at::Tensor>;

const QHash<QString, QString>& outside()
{
    static const QHash<QString, QString> names {
        { QStringLiteral("visual.class_embedding"),
            QStringLiteral("vision_model.embeddings.class_embedding") },
        { QStringLiteral("visual.positional_embedding"),
            QStringLiteral("vision_model.embeddings.position_embedding.weight") },
        { QStringLiteral("visual.conv1.weight"),
            QStringLiteral("vision_model.embeddings.patch_embedding.weight") },
        { QStringLiteral("visual.ln_pre.weight"), QStringLiteral("vision_model.pre_layrnorm.weight") },
        { QStringLiteral("visual.ln_pre.bias"), QStringLiteral("vision_model.pre_layrnorm.bias") },
        { QStringLiteral("visual.ln_post.weight"), QStringLiteral("vision_model.post_layernorm.weight") },
        { QStringLiteral("visual.ln_post.bias"), QStringLiteral("vision_model.post_layernorm.bias") },
        { QStringLiteral("token_embedding.weight"),
            QStringLiteral("text_model.embeddings.token_embedding.weight") },
        { QStringLiteral("positional_embedding"),
            QStringLiteral("text_model.embeddings.position_embedding.weight") },
        { QStringLiteral("ln_final.weight"), QStringLiteral("text_model.final_layer_norm.weight") },
        { QStringLiteral("ln_final.bias"), QStringLiteral("text_model.final_layer_norm.bias") },
        { QStringLiteral("logit_scale"), QStringLiteral("logit_scale") },
    };
    return names;
}

const QHash<QString, QString>& inside()
{
    static const QHash<QString, QString> names {
        { QStringLiteral("attn.out_proj"), QStringLiteral("self_attn.out_proj") },
        { QStringLiteral("ln_1"), QStringLiteral("layer_norm1") },
        { QStringLiteral("ln_2"), QStringLiteral("layer_norm2") },
        { QStringLiteral("mlp.c_fc"), QStringLiteral("mlp.fc1") },
        { QStringLiteral("mlp.c_proj"), QStringLiteral("mlp.fc2") },
    };
    return names;
}

// `name` is what follows "resblocks.": "3.attn.in_proj_weight".
void addLayer(const QString& tower, const QString& name, const at::Tensor& tensor, Tensors& to)
{
    const QString layer = tower + QStringLiteral(".encoder.layers.") + name.section(u'.', 0, 0) + u'.';
    const QString part = name.section(u'.', 1);
    const QString joined = QStringLiteral("attn.in_proj_");
    if (part.startsWith(joined)) {
        const QString kind = part.mid(joined.size());
        if (tensor.dim() == 0 || tensor.size(0) % 3 != 0)
            return; // stays missing, and is named as missing
        const int64_t third = tensor.size(0) / 3;
        int64_t at = 0;
        for (const char* projection : { "q_proj", "k_proj", "v_proj" }) {
            to[layer + QStringLiteral("self_attn.") + QLatin1String(projection) + u'.' + kind]
                = tensor.slice(0, at, at + third);
            at += third;
        }
        return;
    }
    const QString module = part.section(u'.', 0, -2);
    to[layer + inside().value(module, module) + u'.' + part.section(u'.', -1)] = tensor;
}

} // namespace

bool hasOpenAiNames(const Tensors& tensors)
{
    return tensors.count(QStringLiteral("visual.conv1.weight")) > 0;
}

Tensors fromOpenAiNames(const Tensors& tensors)
{
    const QString visualLayers = QStringLiteral("visual.transformer.resblocks.");
    const QString textLayers = QStringLiteral("transformer.resblocks.");
    Tensors renamed;
    for (const auto& [name, tensor] : tensors) {
        if (name.startsWith(visualLayers))
            addLayer(QStringLiteral("vision_model"), name.mid(visualLayers.size()), tensor, renamed);
        else if (name.startsWith(textLayers))
            addLayer(QStringLiteral("text_model"), name.mid(textLayers.size()), tensor, renamed);
        else if (name == QLatin1String("visual.proj") && tensor.dim() == 2)
            renamed[QStringLiteral("visual_projection.weight")] = tensor.t();
        else if (name == QLatin1String("text_projection") && tensor.dim() == 2)
            renamed[QStringLiteral("text_projection.weight")] = tensor.t();
        else if (outside().contains(name))
            renamed[outside().value(name)] = tensor;
    }
    return renamed;
}

} // namespace triptych
