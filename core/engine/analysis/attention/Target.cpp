// What a map explains, and the score of it.
#include "core/engine/analysis/attention/Forward.h"

#include "core/engine/analysis/Support.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

#include <algorithm>

namespace triptych::analysis {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(analysis)
};

at::Tensor unitEmbedding(Model& model, Modality modality, const Sample& sample)
{
    const at::Tensor embedding
        = model.encoder(modality).encode(model.prepare(modality, {sample}), {}).embedding;
    return unitRows(embedding.detach());
}

} // namespace

Target targetOf(Model& model, const QJsonObject& options, const Inputs& inputs)
{
    const Sample& sample = onlySample(inputs);
    const Modality looked = modalityOption(options, "modality");
    const std::vector<Modality> known = model.modalities();
    const QString text = options[u"target_text"].toString();
    const QString label = options[u"target_label"].toString();
    if (!label.isEmpty() && model.labels().isEmpty())
        throw Error(Tr::tr("target_label: %1 has no classifier.").arg(model.path()));
    if (!label.isEmpty())
        return {{}, QStringLiteral("label"), model.labels(), label};
    if (!text.isEmpty()) {
        Sample typed;
        typed.id = QStringLiteral("target");
        typed.sources[Modality::Text].text = text;
        return {unitEmbedding(model, Modality::Text, typed), QStringLiteral("target_text")};
    }
    for (const Modality modality :
        {modalityOption(options, "target"), Modality::Text, Modality::Image, Modality::Audio}) {
        const bool towerThere = std::find(known.begin(), known.end(), modality) != known.end();
        if (modality != looked && towerThere && sample.has(modality))
            return {unitEmbedding(model, modality, sample), modalityName(modality)};
    }
    if (!model.labels().isEmpty() && model.modalities().size() == 1)
        return {{}, QStringLiteral("label"), model.labels(), {}};
    return {{}, QStringLiteral("norm")};
}

int64_t classOf(const Forward& forward, const Target& target)
{
    const auto logits = forward.output.more.find("logits");
    if (logits == forward.output.more.end())
        throw Error(Tr::tr("target_label: this tower gives no class scores."));
    if (target.label.isEmpty())
        return logits->second[0].argmax().item<int64_t>();
    const auto label = std::find_if(target.labels.begin(), target.labels.end(),
        [&](const QString& each) { return each.compare(target.label, Qt::CaseInsensitive) == 0; });
    const auto found = int64_t(label - target.labels.begin());
    if (label == target.labels.end() || found >= logits->second.size(1)) {
        throw Error(Tr::tr("target_label: the model has no class \"%1\"; it has %2 classes, the first is "
                           "\"%3\".")
                        .arg(target.label)
                        .arg(target.labels.size())
                        .arg(target.labels.first()));
    }
    return found;
}

at::Tensor scoreOf(const Forward& forward, const Target& target)
{
    if (target.name == u"label")
        return forward.output.more.at("logits")[0][classOf(forward, target)];
    const at::Tensor length = forward.output.embedding.norm();
    if (!target.direction.defined())
        return length;
    return (forward.output.embedding * target.direction).sum() / length;
}

QList<OptionInfo> targetOptions()
{
    return {choiceOption("target", "text",
                {QStringLiteral("text"), QStringLiteral("image"), QStringLiteral("audio")},
                "Source of the same sample whose similarity is explained"),
        textOption("target_text", "", "A text to compare with instead of the sample's own source"),
        textOption("target_label", "", "A class of the model's classifier whose score is explained")};
}

} // namespace triptych::analysis
