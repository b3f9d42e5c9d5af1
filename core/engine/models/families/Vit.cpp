#include "core/engine/models/families/Vit.h"

#include "core/engine/models/families/VitTower.h"
#include "core/engine/models/families/conv/ConvNet.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>

namespace triptych {

namespace {

/// What may come after the layers.
struct Readers {
    std::optional<Linear> pooler;
    std::optional<Linear> classifier;
    std::optional<Linear> distilled; ///< DeiT: reads the second token
};

std::optional<Linear> linearIn(Weights& weights, const QString& name, int in, int out)
{
    if (!weights.has(name + QStringLiteral(".weight")))
        return {};
    return Linear(Scope { weights, name + u'.' }, in, out, 1 / std::sqrt(double(in)));
}

void read(const Readers& readers, EncoderOutput& output)
{
    const at::Tensor start = output.last.select(1, 0);
    output.embedding = start;
    output.pooled = readers.pooler ? at::tanh((*readers.pooler)(start)) : start;
    nameParts(output);
    if (!readers.classifier)
        return;
    const at::Tensor logits = (*readers.classifier)(start);
    if (!readers.distilled) {
        output.more["logits"] = logits;
        return;
    }
    const at::Tensor second = (*readers.distilled)(output.last.select(1, 1));
    output.more["cls_logits"] = logits;
    output.more["distillation_logits"] = second;
    output.more["logits"] = (logits + second) / 2;
}

} // namespace

Towers buildVit(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    Weights& weights = source.weights;
    const bool deit = source.type == QLatin1String("deit");
    VitConfig vit = VitConfig::from(config, 1e-12);
    const QString inner = deit ? QStringLiteral("deit.") : QStringLiteral("vit.");
    if (weights.has(inner + QStringLiteral("embeddings.cls_token")))
        vit.names.prefix = inner;
    if (deit) {
        vit.names.distillation = QStringLiteral("embeddings.distillation_token");
        vit.positioned = 2;
    }
    const int width = vit.blocks.width;
    const QStringList labels = labelsOf(config);
    const int classes = labels.isEmpty() ? config.integer(QStringLiteral("num_labels"), 2, 1, 1 << 20) : int(labels.size());
    Readers readers;
    readers.pooler = linearIn(weights, vit.names.prefix + QStringLiteral("pooler.dense"), width, width);
    readers.classifier = linearIn(weights, QStringLiteral("classifier"), width, classes);
    if (deit && !readers.classifier) {
        readers.classifier = linearIn(weights, QStringLiteral("cls_classifier"), width, classes);
        readers.distilled = linearIn(weights, QStringLiteral("distillation_classifier"), width, classes);
    }
    Towers towers;
    if (readers.classifier)
        towers.labels = labels;
    VitHead head;
    head.read = [readers](EncoderOutput& output, const at::Tensor&) { read(readers, output); };
    addTower(towers, std::make_unique<VitTower>(weights, vit, head));
    return towers;
}

} // namespace triptych
