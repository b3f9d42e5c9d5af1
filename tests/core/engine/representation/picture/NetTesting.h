#pragma once

#include "core/engine/models/Model.h"
#include "core/engine/representation/picture/NetTraining.h"
#include "core/engine/representation/picture/PictureMethods.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>

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
