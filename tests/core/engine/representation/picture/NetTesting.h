#pragma once

#include "core/engine/models/Model.h"
#include "core/engine/representation/picture/NetTraining.h"
#include "core/engine/representation/picture/PictureMethods.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <cmath>

/// Shared by the tests of picture nets.
namespace triptych::testing {

inline const Method& methodOf(const QString& id)
{
    static const std::vector<Method> appliers = representation::pictureMethods(), trainers = representation::pictureTrainers();
    for (const auto* table : { &appliers, &trainers })
        for (const Method& method : *table)
            if (method.info.id == id)
                return method;
    qFatal("no method %s", qPrintable(id));
}

/// Complete options of train.NAME.
inline QJsonObject trainOptions(const QString& name, const QJsonObject& given)
{
    return completeOptions(methodOf(QStringLiteral("train.") + name).info, given);
}

inline const representation::NetKind& kindOf(const QString& name)
{
    using namespace representation;
    for (const auto kind : { leNetKind, alexNetKind, vggKind, googLeNetKind, resNetKind, vitKind })
        if (name == QLatin1String(kind().name))
            return kind();
    qFatal("no net %s", qPrintable(name));
}

/// 1000 classes at 224 pixels: what the papers' numbers of parameters are of.
inline const QJsonObject published { { QStringLiteral("side"), 224 }, { QStringLiteral("channels"), QStringLiteral("3") }, { QStringLiteral("width"), 1 } };

inline QJsonObject with(QJsonObject options, const QJsonObject& more)
{
    for (auto option = more.begin(); option != more.end(); ++option)
        options[option.key()] = option.value();
    return options;
}

/// As in data/nets_golden.py.
inline at::Tensor hashed(int64_t count, const std::string& name)
{
    uint32_t start = 2166136261U;
    for (const char byte : name)
        start = (start ^ uchar(byte)) * 16777619U;
    at::Tensor values = at::empty({ count }, at::TensorOptions(at::kDouble));
    double* out = values.data_ptr<double>();
    for (int64_t i = 0; i < count; ++i) {
        uint32_t x = uint32_t(i) + start;
        x ^= x >> 16;
        x *= 0x7FEB352DU;
        x ^= x >> 15;
        x *= 0x846CA68BU;
        x ^= x >> 16;
        out[i] = double(x) / 2147483648.0 - 1;
    }
    return values;
}

inline at::Tensor formulaOf(const std::string& name, at::IntArrayRef shape)
{
    int64_t count = 1;
    for (const int64_t side : shape)
        count *= side;
    const at::Tensor u = hashed(count, name);
    const bool isWeight = QString::fromStdString(name).endsWith(QStringLiteral("weight"));
    at::Tensor v = 0.1 * u;
    if (QString::fromStdString(name).endsWith(QStringLiteral("running_var")))
        v = 1 + 0.5 * u;
    else if (shape.size() >= 2 && isWeight)
        v = u * std::sqrt(6 / (double(count) / double(shape[0])));
    else if (isWeight)
        v = 0.75 + 0.25 * u;
    else if (name.find("token") != std::string::npos || name.find("embedding") != std::string::npos)
        v = 0.5 * u;
    return v.to(at::kFloat).view(shape);
}

/// A net with the formula's numbers in every tensor, as if a state dict had been loaded.
struct Filled {
    Parameters parameters;
    std::unique_ptr<representation::PictureNet> net;

    Filled(const QString& name, const QJsonObject& options, int classes)
        : parameters(1)
        , net(kindOf(name).make(parameters, representation::shapeOf(trainOptions(name, options), classes)))
    {
        for (const Parameters::Named* named : { &parameters.trained(), &parameters.buffers() })
            for (const auto& [tensorName, tensor] : *named)
                tensor.detach().copy_(formulaOf(tensorName, tensor.sizes()));
    }
};

inline Value runMethod(const QString& id, const QJsonObject& given, const Inputs& inputs, Progress& progress)
{
    ModelStore store(QStringLiteral("cpu"), QString());
    EngineOptions options;
    options.device = QStringLiteral("cpu");
    EngineContext context { store, options };
    const Method& method = methodOf(id);
    return method.run(context, completeOptions(method.info, given), inputs, progress);
}

/// A disc, a square or a cross somewhere on white: three classes that a filter tells apart.
inline Sample drawnSample(int number)
{
    static const QStringList names { QStringLiteral("cross"), QStringLiteral("disc"), QStringLiteral("square") };
    QImage image(40, 40, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setBrush(QColor::fromHsv(number * 47 % 360, 255, 120));
    painter.setPen(Qt::NoPen);
    const int x = 3 + number * 7 % 14, y = 2 + number * 5 % 15;
    if (number % 3 == 0) {
        painter.drawRect(x + 8, y, 4, 20);
        painter.drawRect(x, y + 8, 20, 4);
    } else if (number % 3 == 1) {
        painter.drawEllipse(x, y, 20, 20);
    } else {
        painter.drawRect(x, y, 20, 20);
    }
    painter.end();
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    Sample sample;
    sample.id = QStringLiteral("s%1").arg(number);
    sample.label = names[number % 3];
    sample.sources[Modality::Image].bytes = buffer.data();
    return sample;
}

inline Inputs drawnSamples(int count)
{
    Inputs inputs;
    for (int i = 0; i < count; ++i)
        inputs.samples.push_back(drawnSample(i));
    return inputs;
}

} // namespace triptych::testing
