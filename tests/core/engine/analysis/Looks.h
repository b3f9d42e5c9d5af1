#pragma once

#include "AnalysisSupport.h"
#include "TinyModel.h"

#include "core/engine/analysis/attention/GradCam.h"
#include "core/engine/analysis/attention/Maps.h"
#include "core/engine/analysis/attention/PatchSimilarity.h"
#include "core/engine/analysis/attention/Raw.h"
#include "core/engine/analysis/attention/Relevance.h"
#include "core/engine/analysis/attention/Rollout.h"

#include <c10/core/GradMode.h>

/// What the tests of attention share: every method on an open model.
namespace triptych::testing {

using Look = Value (*)(Model&, const QJsonObject&, const Inputs&, Progress&);

struct Named {
    const char* id;
    Look look;
};

inline const std::vector<Named>& looks()
{
    static const std::vector<Named> list {{"attend.maps", attentionMaps},
        {"attend.raw", rawAttention}, {"attend.rollout", attentionRollout},
        {"attend.relevance", attentionRelevance}, {"attend.gradcam", gradCamMap},
        {"attend.similarity", patchSimilarity}};
    return list;
}

inline Inputs sampleOf(const QString& id, const QString& text)
{
    Sample sample;
    sample.id = id;
    sample.sources[Modality::Image].path = QStringLiteral("noise");
    sample.sources[Modality::Audio].path = QStringLiteral("noise");
    if (!text.isEmpty())
        sample.sources[Modality::Text].text = text;
    return {{sample}, {}};
}

inline Value look(
    const char* id, Model& model, const Inputs& inputs, const QJsonObject& options = {})
{
    SilentProgress progress;
    const c10::NoGradGuard asTheEngineDoes;
    for (const Named& named : looks()) {
        if (qstrcmp(named.id, id) == 0) {
            const Method& method = methodNamed(attentionMethods(), QString::fromLatin1(id));
            return named.look(model, completeOptions(method.info, options), inputs, progress);
        }
    }
    throw std::runtime_error("no such method");
}

inline std::vector<float> mapOf(const Value& value)
{
    const auto map = value.array(QStringLiteral("map")).floats();
    return {map.begin(), map.end()};
}

inline double sumOf(const std::vector<float>& values)
{
    double sum = 0;
    for (const float value : values)
        sum += double(value);
    return sum;
}

} // namespace triptych::testing
