#pragma once

#include "core/engine/Method.h"
#include "core/jobs/Error.h"
#include "core/jobs/Progress.h"

#include <QElapsedTimer>

/// What every line of the two tables of the representation room has to keep to, and samples to ask it with.
namespace triptych::contract {

/// Two dozen things with a picture, a caption, a sound and a clip each, of two labels that every modality
/// tells apart; a group is two things. Not split.
std::vector<Sample> things();

/// Runs with a fresh store: nothing but the inputs can carry over. Gradients are off, as in the engine.
Value run(const Method& method, const QJsonObject& given, const Inputs& inputs, Progress& progress);
Value run(const Method& method, const QJsonObject& given, const Inputs& inputs);
Inputs inputsOf(std::vector<Sample> samples, const ValuePtr& fitted = nullptr);
/// The sentence of the Error that it throws; empty when it throws none.
QString refusal(const Method& method, const QJsonObject& given, const Inputs& inputs);

bool hasOption(const Method& method, const QString& name);
/// Few epochs, and few of whatever else costs time.
QJsonObject smallOptions(const Method& method, int epochs);

/// What is wrong with the table's line itself; empty when nothing is.
QString wrongIn(const MethodInfo& info);
/// The name of an array with a number that is not finite, or with too few bytes; empty when there is none.
QString brokenArray(const Value& value);
/// Whether both hold the same arrays, bit for bit.
bool sameBits(const Value& a, const Value& b, const QString& prefix = QString());
/// What is wrong with `embeddings` for these samples; empty when nothing is.
QString wrongRows(const Value& value, const std::vector<Sample>& samples);
/// What is wrong with info.steps; empty when nothing is.
QString wrongSteps(const Value& value);
/// Through JSON text, as a workspace or a file keeps it.
ValuePtr kept(const Value& value);

/// Counts, and stops the work after so many reports.
class Watch final : public Progress {
public:
    explicit Watch(int stopAfter = -1)
        : m_stopAfter(stopAfter)
    {
    }
    void report(qint64, qint64, const QString& = {}) override
    {
        ++reports;
        if (m_stopAfter >= 0 && reports > m_stopAfter) {
            if (!sinceStop.isValid())
                sinceStop.start();
            throw Cancelled();
        }
    }
    void partial(std::shared_ptr<const Value> value) override { partials.push_back(value); }

    int reports = 0;
    std::vector<std::shared_ptr<const Value>> partials;
    QElapsedTimer sinceStop;

private:
    int m_stopAfter;
};

} // namespace triptych::contract
