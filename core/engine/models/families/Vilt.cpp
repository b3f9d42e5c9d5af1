#include "core/engine/models/families/Vilt.h"

#include "core/engine/models/families/BertHeads.h"
#include "core/engine/models/families/ViltEncoder.h"
#include "core/engine/models/families/conv/ConvNet.h"

#include <ATen/Functions.h>
#include <QJsonArray>
#include <cmath>

namespace triptych {

namespace {

AnswerHead answerHead(Weights& weights, int width, int classes)
{
    const auto scope = [&weights](const char* name) { return Scope { weights, QLatin1String(name) }; };
    return { Linear(scope("classifier.0."), width, 2 * width, 1 / std::sqrt(double(width))),
        LayerNorm(scope("classifier.1."), 2 * width, 1e-5),
        Linear(scope("classifier.3."), 2 * width, classes, 1 / std::sqrt(2.0 * width)), true };
}

Towers::NamedTensors forward(ViltEncoder& encoder, const Towers::NamedTensors& inputs)
{
    const EncoderInput picture { .values = namedInput(inputs, "pixel_values"), .mask = optionalInput(inputs, "pixel_mask") };
    const JointOutput read = encoder.encode({ { Modality::Image, picture }, { Modality::Text, namedText(inputs) } },
        { .hidden = true, .attention = true });
    return namedSequence(read);
}

} // namespace

Towers buildVilt(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    const ViltConfig vilt = ViltConfig::from(config);
    Weights& weights = source.weights;
    const int width = vilt.blocks.width;
    Towers towers;
    QString task;
    std::function<at::Tensor(const at::Tensor&)> head;
    if (weights.has(QStringLiteral("classifier.3.weight"))) {
        task = QStringLiteral("answer");
        head = answerHead(weights, width, classesOf(config));
        towers.labels = labelsOf(config);
    } else if (const auto rank = optionalLinear(weights, QStringLiteral("rank_output"), width, 1)) {
        task = QStringLiteral("match");
        // One score, whose sigmoid is the probability: the softmax over zero and it.
        head = [rank = *rank](const at::Tensor& pooled) {
            const at::Tensor score = rank(pooled);
            return at::cat({ at::zeros_like(score), score }, 1);
        };
    }
    auto encoder = std::make_unique<ViltEncoder>(weights, vilt, task, std::move(head));
    towers.forward = [&made = *encoder](const Towers::NamedTensors& inputs) { return forward(made, inputs); };
    const QJsonObject shared { { QStringLiteral("layers"), vilt.blocks.layers },
        { QStringLiteral("heads"), vilt.blocks.heads }, { QStringLiteral("width"), width } };
    QJsonObject text = shared;
    text.insert(QStringLiteral("max_tokens"), vilt.text.positions);
    text.insert(QStringLiteral("vocab"), vilt.text.vocabulary);
    QJsonObject picture = shared;
    picture.insert(QStringLiteral("input"), QJsonArray { vilt.patch.channels, vilt.input[0], vilt.input[1] });
    picture.insert(QStringLiteral("grid"), QJsonArray { vilt.grid()[0], vilt.grid()[1] });
    towers.facts = { { Modality::Text, text }, { Modality::Image, picture } };
    towers.joint = std::move(encoder);
    return towers;
}

} // namespace triptych
