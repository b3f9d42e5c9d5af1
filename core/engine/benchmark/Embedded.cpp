#include "core/engine/benchmark/Candidates.h"
#include "core/engine/benchmark/Metrics.h"
#include "core/engine/learning/Chance.h"
#include "core/engine/models/Model.h"
#include "core/engine/representation/RepresentationMethods.h"
#include "core/engine/representation/Signals.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>

namespace triptych::benchmark {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(benchmark)
};

constexpr int pixelSide = 32;
constexpr int partnerDims = 128;

double secondsOf(const QElapsedTimer& clock) { return double(clock.nsecsElapsed()) / 1e9; }

at::Tensor tensorOf(const Value& value)
{
    const Array array = value.array(u"embeddings"_s).toFloat();
    at::Tensor rows = at::empty({ array.rows(), array.count() / std::max<qint64>(1, array.rows()) }, at::kFloat);
    const auto numbers = array.floats();
    std::copy(numbers.begin(), numbers.end(), rows.data_ptr<float>());
    return rows;
}

/// One row a sample, in order, finite: else what is measured would be something else.
at::Tensor checked(const Value& value, const std::vector<Sample>& samples, const QString& name)
{
    const QStringList ids = value.strings(u"ids"_s);
    bool same = ids.size() == qsizetype(samples.size());
    for (qsizetype i = 0; same && i < ids.size(); ++i)
        same = ids[i] == samples[size_t(i)].id;
    if (!same)
        throw Error(QCoreApplication::translate("benchmark", "%1 gave %2 rows for %3 samples, or in another order.").arg(name).arg(ids.size()).arg(samples.size()));
    const at::Tensor rows = tensorOf(value);
    if (!rows.isfinite().all().item<bool>())
        throw Error(QCoreApplication::translate("benchmark", "%1 gave numbers that are not finite.").arg(name));
    if (rows.size(0) != int64_t(samples.size()) || rows.size(1) < 1)
        throw Error(QCoreApplication::translate("benchmark", "%1 gave a table without rows or columns.").arg(name));
    return rows;
}

/// Nothing that the shipped model was trained on may be a test sample: it has seen all but the test side
/// of Stamps with seed 0, and all of Emoji.
void demandUnseen(const Candidate& candidate, const Split& split, quint64 seed)
{
    if (QFileInfo(candidate.model).fileName() != u"triptych-mini")
        return;
    const QString id = split.samples.front().id;
    const bool emoji = split.samples.front().sources.contains(Modality::Image)
        && split.samples.front().sources.at(Modality::Image).path.startsWith("emoji:"_L1);
    if (emoji || (!split.official && seed != 0))
        throw Error(Tr::tr("triptych-mini was trained on test samples of this split; only Stamps with seed 0 is fair."));
}

Embedded randomRows(const Split& split, quint64 seed)
{
    constexpr int dims = 64;
    Embedded result;
    result.rows = Chance(seed + 1).normal({ int64_t(split.samples.size()), dims });
    return result;
}

at::Tensor pixels(const std::vector<Sample>& samples, Progress& progress)
{
    const at::Tensor pictures = representation::picturesOf(samples, pixelSide, progress);
    return representation::scaledPictures(pictures, 3).flatten(1);
}

Embedded pixelRows(const Split& split, Progress& progress)
{
    Embedded result;
    result.rows = pixels(split.samples, progress);
    QElapsedTimer clock;
    clock.start();
    const std::vector<Sample> tests = split.testSamples();
    pixels(tests, progress);
    result.millisecondsEach = 1000 * secondsOf(clock) / double(tests.size());
    return result;
}

/// train.NAME, or what a method that only counts learns from the training samples.
ValuePtr fitted(EngineContext& context, const Candidate& candidate, const CandidateOptions& options, const Split& split,
    Embedded& result, Progress& progress)
{
    Inputs inputs;
    inputs.samples = split.fitSamples();
    QElapsedTimer clock;
    clock.start();
    const Method& method = candidate.train ? *candidate.train : *candidate.represent;
    const auto value = std::make_shared<Value>(
        method.run(context, candidate.train ? options.train : options.represent, inputs, progress));
    result.fitSeconds = candidate.train ? value->info[u"seconds"].toDouble(secondsOf(clock)) : secondsOf(clock);
    result.parameters = value->info[u"parameters"].toInteger();
    for (const QString& fact : { u"epochs"_s, u"best_epoch"_s, u"scores"_s })
        if (value->info.contains(fact))
            result.facts[fact] = value->info[fact];
    return value;
}

} // namespace

Embedded embedded(EngineContext& context, const Candidate& candidate, const CandidateOptions& options,
    const Split& split, quint64 seed, Progress& progress)
{
    if (candidate.name == u"random")
        return randomRows(split, seed);
    if (candidate.name == u"pixels")
        return pixelRows(split, progress);
    Embedded result;
    Inputs inputs;
    if (candidate.model.isEmpty()) {
        inputs.values[u"fitted"_s] = fitted(context, candidate, options, split, result, progress);
    } else {
        demandUnseen(candidate, split, seed);
        result.parameters = context.models.open(candidate.model)->weightBytes() / qint64(sizeof(float));
    }
    inputs.samples = split.samples;
    result.rows = checked(candidate.represent->run(context, options.represent, inputs, progress), split.samples, candidate.name);
    // Again on the test samples alone, now that their signals are in memory.
    inputs.samples = split.testSamples();
    QElapsedTimer clock;
    clock.start();
    const at::Tensor again = checked(
        candidate.represent->run(context, options.represent, inputs, progress), inputs.samples, candidate.name);
    result.millisecondsEach = 1000 * secondsOf(clock) / double(inputs.samples.size());
    // What a sample becomes must not depend on the company it is in: else test samples leak into others.
    const at::Tensor first = result.rows.index_select(0, at::tensor(split.rows.test, at::TensorOptions(at::kLong)));
    if (again.sizes() != first.sizes() || !at::allclose(again, first, 1e-3, 1e-4))
        throw Error(Tr::tr("%1 represents a sample otherwise when other samples are beside it: a leak.").arg(candidate.name));
    return result;
}

at::Tensor partnerRows(EngineContext& context, Modality partner, const Split& split, Progress& progress)
{
    std::vector<int64_t> fit = split.rows.train;
    fit.insert(fit.end(), split.rows.validation.begin(), split.rows.validation.end());
    if (partner == Modality::Image)
        return principal(pixels(split.samples, progress), fit, partnerDims);
    const Candidate grams = candidateOf(u"chargrams"_s);
    const QJsonObject settings { { u"chargrams.tfidf"_s, true } };
    Embedded unused;
    const CandidateOptions options = optionsOf(grams, { Modality::Text }, 0, false, settings);
    Inputs inputs;
    inputs.values[u"fitted"_s] = fitted(context, grams, options, split, unused, progress);
    inputs.samples = split.samples;
    const at::Tensor rows = checked(grams.represent->run(context, options.represent, inputs, progress), split.samples, grams.name);
    return principal(rows, fit, partnerDims);
}

} // namespace triptych::benchmark
