#include "core/engine/models/families/conv/ConvNet.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>

namespace triptych {

at::Tensor ConvNet::embedding(const at::Tensor& last, OneDnn*)
{
    return last.mean({ 2, 3 });
}

at::Tensor ConvNet::cells(const at::Tensor& last)
{
    return last.flatten(2).transpose(1, 2);
}

ConvTower::ConvTower(std::unique_ptr<ConvNet> net, Weights& weights)
    : m_net(std::move(net))
    , m_parameters(weights.released())
{
}

// The maps of one picture stay in the cache and in memory that is used again: at a batch of 32
// ResNet-50 takes two thirds of the time that it takes with all at once.
std::vector<FeatureMap> ConvTower::mapsOneByOne(const at::Tensor& pixels, bool all)
{
    std::vector<FeatureMap> maps;
    std::vector<std::vector<at::Tensor>> parts;
    for (int64_t i = 0; i < pixels.size(0); ++i) {
        auto one = m_net->maps(pixels.narrow(0, i, 1), &m_dnn);
        if (!all)
            one.erase(one.begin(), one.end() - 1);
        maps = one;
        parts.resize(one.size());
        for (size_t j = 0; j < one.size(); ++j)
            parts[j].push_back(one[j].values);
    }
    for (size_t j = 0; j < maps.size(); ++j)
        maps[j].values = at::cat(parts[j]);
    return maps;
}

EncoderOutput ConvTower::encode(const EncoderInput& input, const Wants& wants)
{
    const at::Device device = m_parameters.front().second.device();
    if (!input.values.defined() || input.values.dim() != 4 || input.values.size(0) == 0) {
        throw Error(QCoreApplication::translate(
            "models", "The picture encoder needs pixels [pictures, channels, rows, columns]."));
    }
    const c10::AutoGradMode mode(wants.gradients);
    at::Tensor pixels = input.values.to(at::TensorOptions().dtype(at::kFloat).device(device));
    if (wants.gradients && wants.hidden && !pixels.requires_grad())
        pixels = pixels.detach().requires_grad_(true); // so that a map may ask for the gradient at any stage
    OneDnn* dnn = !wants.gradients && pixels.is_cpu() ? &m_dnn : nullptr;
    const auto maps = dnn ? mapsOneByOne(pixels, wants.hidden) : m_net->maps(pixels, nullptr);
    const at::Tensor& last = maps.back().values;

    EncoderOutput output;
    output.pooled = output.embedding = m_net->embedding(last, dnn);
    output.last = last.flatten(2).transpose(1, 2);
    output.layout = { .special = 0, .gridRows = int(last.size(2)), .gridColumns = int(last.size(3)), .pooled = -1 };
    output.pooledAt = at::full({ pixels.size(0) }, -1, pixels.options().dtype(at::kLong).requires_grad(false));
    const at::Tensor logits = m_net->logits(output.pooled);
    if (logits.defined())
        output.more["logits"] = logits;
    if (wants.hidden) {
        for (const FeatureMap& map : maps) {
            output.hidden.push_back(map.values);
            if (m_net->namesItsMaps())
                output.more[map.name] = map.values;
        }
        output.more["last_hidden_state"] = last;
    }
    if (m_net->namesItsMaps())
        output.more["avgpool"] = output.pooled;
    return output;
}

at::Tensor ConvTower::project(const at::Tensor& last)
{
    return last;
}

Towers convTowers(std::unique_ptr<ConvNet> net, Weights& weights, std::array<int, 2> sides)
{
    Towers towers;
    auto tower = std::make_unique<ConvTower>(std::move(net), weights);
    towers.facts[Modality::Image] = { { QStringLiteral("layers"), tower->layers() },
        { QStringLiteral("heads"), 0 }, { QStringLiteral("width"), tower->width() },
        { QStringLiteral("input"), QJsonArray { 3, sides[0], sides[1] } } };
    towers.encoders[Modality::Image] = std::move(tower);
    towers.outputNames[Modality::Image] = QString();
    return towers;
}

QStringList labelsOf(const Config& config)
{
    const QJsonObject names = config.json().value(QStringLiteral("id2label")).toObject();
    QStringList labels;
    for (int id = 0; id < names.size(); ++id)
        labels.append(names.value(QString::number(id)).toString(QString::number(id)));
    return labels;
}

QJsonObject torchvisionProcessor(int resize, int crop)
{
    const auto square = [](int side) {
        return QJsonObject { { QStringLiteral("height"), side }, { QStringLiteral("width"), side } };
    };
    return { { QStringLiteral("image_processor_type"), QStringLiteral("CLIPImageProcessor") },
        { QStringLiteral("do_resize"), true },
        { QStringLiteral("size"), QJsonObject { { QStringLiteral("shortest_edge"), resize } } },
        { QStringLiteral("resample"), 2 }, { QStringLiteral("do_center_crop"), true },
        { QStringLiteral("crop_size"), square(crop) }, { QStringLiteral("do_rescale"), true },
        { QStringLiteral("rescale_factor"), 1.0 / 255 }, { QStringLiteral("do_normalize"), true },
        { QStringLiteral("image_mean"), QJsonArray { 0.485, 0.456, 0.406 } },
        { QStringLiteral("image_std"), QJsonArray { 0.229, 0.224, 0.225 } },
        { QStringLiteral("do_convert_rgb"), true } };
}

Shapes::Shapes(const QJsonObject& config)
    : m_shapes(config.value(QStringLiteral("shapes")).toObject())
{
}

QJsonObject Shapes::config(const QString& type, const std::map<QString, at::Tensor>& tensors)
{
    QJsonObject shapes;
    for (const auto& [name, tensor] : tensors) {
        QJsonArray sides;
        for (const int64_t side : tensor.sizes())
            sides.append(qint64(side));
        shapes.insert(name, sides);
    }
    return { { QStringLiteral("model_type"), type }, { QStringLiteral("shapes"), shapes } };
}

int Shapes::at(const QString& name, int axis) const
{
    const QJsonArray sides = m_shapes.value(name).toArray();
    if (axis >= sides.size()) {
        throw Error(QCoreApplication::translate("models",
            "The tensor %1 is missing or has too few sides; the file is incomplete or of another net.").arg(name));
    }
    return sides.at(axis).toInt();
}

ConvolutionOptions Shapes::convolution(
    const QString& name, int stride, int padding, Activation activation, int groups) const
{
    const QString weight = name + QStringLiteral(".weight");
    return { .in = at(weight, 1) * groups, .out = at(weight, 0), .kernel = { at(weight, 2), at(weight, 3) },
        .stride = { stride, stride }, .padding = { padding, padding }, .groups = groups,
        .bias = has(name + QStringLiteral(".bias")), .activation = activation };
}

} // namespace triptych
