#pragma once

#include "core/data/Dataset.h"
#include "core/engine/learning/Chance.h"
#include "core/engine/models/Model.h"
#include "core/engine/representation/RepresentationMethods.h"
#include "core/jobs/Error.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImage>

namespace triptych {

inline const QString digitsFolder = QStringLiteral(TRIPTYCH_SHARED_DIR "/data/mnist-test");
inline bool hasDigits() { return QFileInfo::exists(digitsFolder); }

/// The first handwritten digits of the test set, every fifth of them for testing.
inline std::vector<Sample> digits(size_t count)
{
    static const Dataset all = openDataset(digitsFolder);
    std::vector<Sample> some(all.samples.begin(), all.samples.begin() + qsizetype(count));
    for (size_t i = 0; i < some.size(); ++i)
        some[i].split = i % 5 ? QStringLiteral("train") : QStringLiteral("test");
    return some;
}

/// Pictures of 8 × 8 pixels with one bright row; the row is the label "0" … "3". Half bright, half noise.
inline std::vector<Sample> stripes(int count)
{
    Chance chance(1);
    std::vector<Sample> samples;
    for (int i = 0; i < count; ++i) {
        QImage image(8, 8, QImage::Format_Grayscale8);
        for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x)
                image.scanLine(y)[x] = uchar((y / 2 == i % 4 ? 150 : 0) + 100 * chance.real());
        Sample sample;
        sample.id = QStringLiteral("stripe%1").arg(i);
        sample.label = QString::number(i % 4);
        sample.split = i % 5 ? QStringLiteral("train") : QStringLiteral("test");
        QBuffer buffer(&sample.sources[Modality::Image].bytes);
        image.save(&buffer, "PNG");
        samples.push_back(sample);
    }
    return samples;
}

inline const Method& methodOf(const QString& id)
{
    for (const auto* table : { &representationMethods(), &representationTrainers() }) {
        for (const Method& method : *table) {
            if (method.info.id == id)
                return method;
        }
    }
    throw Error(id);
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

inline Value runMethod(const QString& id, const QJsonObject& given, const Inputs& inputs)
{
    SilentProgress progress;
    return runMethod(id, given, inputs, progress);
}

} // namespace triptych
