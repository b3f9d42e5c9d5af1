#pragma once

#include "core/engine/models/Model.h"
#include "core/engine/representation/text/TextMethods.h"
#include "core/jobs/Error.h"

#include <QJsonArray>

/// What the tests of texts share: running a method, samples of texts, a progress that listens.
namespace triptych::texts {

class Listening final : public Progress {
public:
    void report(qint64, qint64, const QString&) override
    {
        if (++reports > most)
            throw Cancelled();
    }
    void partial(ValuePtr value) override { partials.push_back(value); }
    int most = 1 << 30;
    int reports = 0;
    std::vector<ValuePtr> partials;
};

inline Value run(const QString& id, const QJsonObject& given, const Inputs& inputs, Progress& progress)
{
    ModelStore store(QStringLiteral("cpu"), QStringLiteral(TRIPTYCH_SOURCE_DIR "/resources"));
    EngineContext context { store, {} };
    context.options.device = QStringLiteral("cpu");
    for (const std::vector<Method>& table : { representation::textMethods(), representation::textTrainers() }) {
        for (const Method& method : table) {
            if (method.info.id == id)
                return method.run(context, completeOptions(method.info, given), inputs, progress);
        }
    }
    throw Error(id);
}

inline Value run(const QString& id, const QJsonObject& given, const Inputs& inputs)
{
    SilentProgress progress;
    return run(id, given, inputs, progress);
}

inline Inputs inputsOf(const QStringList& texts)
{
    Inputs inputs;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        Sample sample;
        sample.id = QString::number(i);
        sample.sources[Modality::Text].text = texts[i];
        inputs.samples.push_back(sample);
    }
    return inputs;
}

inline Inputs withFitted(Inputs inputs, const Value& fitted)
{
    inputs.values[QStringLiteral("fitted")] = std::make_shared<Value>(fitted);
    return inputs;
}

} // namespace triptych::texts
