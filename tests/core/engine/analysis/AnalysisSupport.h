#pragma once

#include "core/engine/analysis/AnalysisMethods.h"
#include "core/engine/analysis/CounterRandom.h"
#include "core/engine/models/Model.h"
#include "core/jobs/Error.h"

#include <stdexcept>

/// What the tests of the analysis room share.
namespace triptych::testing {

inline const Method& methodNamed(const std::vector<Method>& table, const QString& id)
{
    for (const Method& method : table) {
        if (method.info.id == id)
            return method;
    }
    throw std::runtime_error("no method " + id.toStdString());
}

/// Runs a method as the engine does: options completed and checked first.
inline Value runMethod(
    const Method& method, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    // One for the whole test: opening a checkpoint takes a while.
    static ModelStore models(QStringLiteral("cpu"), QString());
    EngineContext context {models, {}};
    return method.run(context, completeOptions(method.info, options), inputs, progress);
}

inline Value runMethod(const Method& method, const QJsonObject& options, const Inputs& inputs)
{
    SilentProgress progress;
    return runMethod(method, options, inputs, progress);
}

inline ValuePtr matrix(const QString& name, const std::vector<float>& values, qint64 columns)
{
    auto value = std::make_shared<Value>();
    value->arrays[name]
        = Array::of(std::span<const float>(values), {qint64(values.size()) / columns, columns});
    return value;
}

inline ValuePtr embeddings(const std::vector<float>& values, qint64 columns)
{
    return matrix(QStringLiteral("embeddings"), values, columns);
}

/// `clusters` Gaussian balls with far-apart centres; row i belongs to cluster i % clusters.
inline std::vector<float> planted(int rows, int columns, int clusters, quint64 seed, double spread)
{
    std::vector<float> values(size_t(rows) * size_t(columns));
    for (int i = 0; i < rows; ++i) {
        analysis::CounterRandom centre(seed, 7, quint64(i % clusters));
        analysis::CounterRandom noise(seed, 8, quint64(i));
        for (int d = 0; d < columns; ++d)
            values[size_t(i * columns + d)] = float(centre.normal() + spread * noise.normal());
    }
    return values;
}

/// Stops the work at a given report.
class StopAt final : public Progress {
public:
    explicit StopAt(int reports)
        : m_left(reports)
    {
    }
    void report(qint64, qint64, const QString&) override
    {
        if (--m_left > 0)
            return;
        m_asked = true;
        throw Cancelled {};
    }

    bool asked() const { return m_asked; }

private:
    int m_left;
    bool m_asked = false;
};

} // namespace triptych::testing
