#include "core/engine/benchmark/CompareRepresentation.h"

#include "core/engine/benchmark/Candidates.h"
#include "core/engine/benchmark/Report.h"
#include "core/engine/learning/OptionLines.h"
#include "core/jobs/Error.h"

#include <ATen/Parallel.h>
#include <QCoreApplication>
#include <QJsonArray>

namespace triptych::benchmark {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(benchmark)
};

constexpr int quickSamples = 300;

/// "lenet5.epochs=5, *.rate=.01" as names and values.
QJsonObject settingsOf(const QString& text)
{
    QJsonObject settings;
    for (const QString& part : text.split(u',', Qt::SkipEmptyParts)) {
        const QString name = part.section(u'=', 0, 0).trimmed();
        const QString word = part.section(u'=', 1).trimmed();
        if (!name.contains(u'.') || word.isEmpty())
            throw Error(Tr::tr("settings: \"%1\" is not METHOD.OPTION=VALUE.").arg(part.trimmed()));
        bool isNumber = false;
        const double number = word.toDouble(&isNumber);
        settings[name] = isNumber ? QJsonValue(number)
            : word == u"true" || word == u"false" ? QJsonValue(word == u"true")
                                                  : QJsonValue(word);
    }
    return settings;
}

Modality modalityOf(const QJsonObject& options, const Dataset& dataset)
{
    if (const auto asked = modalityFromName(options[u"modality"].toString()))
        return *asked;
    const std::vector<Modality> there = dataset.modalities();
    if (there.empty())
        throw Error(Tr::tr("%1: it has no sample.").arg(dataset.name));
    return there.front();
}

ProtocolOptions protocolOptions(const QJsonObject& options, const Compared& compared)
{
    using Sides = ProtocolOptions::Sides;
    ProtocolOptions protocol;
    const QString sides = options[u"split"].toString();
    protocol.sides = sides == u"own" ? Sides::Own : sides == u"seed" ? Sides::Seed : Sides::Auto;
    protocol.leaveOut = options[u"leave_out"].toString();
    protocol.most = options[u"quick"].toBool() ? quickSamples : 0;
    protocol.modalities = { compared.modality };
    if (compared.partner)
        protocol.modalities.push_back(*compared.partner);
    return protocol;
}

QStringList namesOf(const QJsonObject& options, const Compared& compared)
{
    QStringList names;
    for (const QString& name : options[u"methods"].toString().split(u',', Qt::SkipEmptyParts))
        names << name.trimmed();
    if (names.isEmpty())
        names = defaultCandidates(compared);
    names.removeDuplicates();
    for (const QString& name : names)
        candidateOf(name); // an unknown one is an error now, not after an hour
    return names;
}

/// One comparison.
class Comparison {
public:
    Comparison(EngineContext& context, const QJsonObject& options, Dataset dataset)
        : m_context(context)
        , m_options(options)
        , m_compared { modalityOf(options, dataset) }
        , m_settings(settingsOf(options[u"settings"].toString()))
    {
        m_compared.partner = partnerOf(m_compared.modality, dataset);
        m_protocol.emplace(std::move(dataset), protocolOptions(options, m_compared));
        m_names = namesOf(options, m_compared);
    }

    Value run(Progress& progress)
    {
        TrialPlan plan;
        plan.methods = m_names;
        for (int seed = 0; seed < m_options[u"seeds"].toInt(); ++seed)
            plan.seeds.push_back(quint64(m_options[u"first_seed"].toInteger() + seed));
        plan.folder = m_options[u"out"].toString();
        m_progress = &progress;
        plan.configuration = [this](const QString& name, quint64 seed) { return configuration(name, seed); };
        plan.run = [this](const QString& name, quint64 seed, Progress& each) { return trial(name, seed, each); };
        plan.done = [this, &progress](const std::vector<Trial>& trials) {
            auto partial = std::make_shared<Value>();
            partial->info = summarised(trials, reportOptions(200)); // few draws: the last ones are exact
            partial->info[u"partial"_s] = true;
            progress.partial(partial);
        };
        const std::vector<Trial> trials = runTrials(plan, progress);
        Value value;
        value.info = summarised(trials, reportOptions(m_options[u"resamples"].toInt()));
        if (!plan.folder.isEmpty())
            writeReport(plan.folder, trials, value.info);
        return value;
    }

private:
    const Split& splitOf(quint64 seed)
    {
        if (!m_split || m_seed != seed) {
            m_progress->report(0, 0, Tr::tr("splitting"));
            m_split = m_protocol->split(seed);
            m_partnerRows = at::Tensor();
            m_seed = seed;
        }
        return *m_split;
    }

    QString splitName() const
    {
        const QString column = m_protocol->options().leaveOut;
        return !column.isEmpty() ? u"one %1 left out a seed"_s.arg(column)
            : m_protocol->isOfficial() ? u"official"_s
                                       : u"A1 by seed"_s;
    }

    QJsonObject common() const
    {
        return { { u"dataset"_s, m_protocol->dataset().name }, { u"modality"_s, modalityName(m_compared.modality) },
            { u"partner"_s, m_compared.partner ? modalityName(*m_compared.partner) : QString() },
            { u"split"_s, splitName() },
            { u"quick"_s, m_options[u"quick"] }, { u"settings"_s, m_settings },
            { u"classifier"_s, u"logistic regression, C of {.01 … 100} and scaling by validation"_s },
            { u"retrieval"_s, m_compared.partner ? u"ridge CCA, r = .3 tr(C)/d, 32 dims, 128 components"_s : u"same label, cosine"_s } };
    }

    QJsonObject configuration(const QString& name, quint64 seed)
    {
        QJsonObject all = common();
        all.remove(u"settings"_s); // those of other methods change nothing here
        const CandidateOptions options = optionsOf(candidateOf(name), m_compared, seed, m_options[u"quick"].toBool(), m_settings);
        all[u"train"_s] = options.train;
        all[u"represent"_s] = options.represent;
        all[u"split_hash"_s] = splitOf(seed).rows.hash;
        all[u"version"_s] = QStringLiteral(TRIPTYCH_VERSION);
        return all;
    }

    Trial trial(const QString& name, quint64 seed, Progress& progress)
    {
        const Split& split = splitOf(seed);
        const Candidate candidate = candidateOf(name);
        const CandidateOptions options = optionsOf(candidate, m_compared, seed, m_options[u"quick"].toBool(), m_settings);
        Trial trial;
        trial.splitHash = split.rows.hash;
        const Embedded result = embedded(m_context, candidate, options, split, seed, progress);
        trial.facts = result.facts;
        trial.facts[u"train"_s] = options.train;
        trial.facts[u"represent"_s] = options.represent;
        trial.facts[u"rows"_s] = QJsonObject { { u"train"_s, qint64(split.rows.train.size()) },
            { u"validation"_s, qint64(split.rows.validation.size()) }, { u"test"_s, qint64(split.rows.test.size()) } };
        trial.metrics[u"fit"_s] = { { u"parameters"_s, double(result.parameters) }, { u"dims"_s, double(result.rows.size(1)) },
            { u"fit_seconds"_s, result.fitSeconds }, { u"embedding_ms"_s, result.millisecondsEach } };
        addClassification(trial, result.rows, split, progress);
        if (!m_compared.partner) {
            addLabelRetrieval(trial, result.rows, split, progress);
            return trial;
        }
        if (!m_partnerRows.defined())
            m_partnerRows = partnerRows(m_context, *m_compared.partner, split, progress);
        PairedRetrieval retrieval;
        retrieval.x = modalityName(m_compared.modality);
        retrieval.y = modalityName(*m_compared.partner);
        addPairedRetrieval(trial, result.rows, m_partnerRows, split, retrieval, progress);
        return trial;
    }

    ReportOptions reportOptions(int resamples) const
    {
        ReportOptions report;
        report.comparison = u"representation"_s;
        report.title = u"Representations of %1: %2"_s.arg(modalityName(m_compared.modality), m_protocol->dataset().name);
        report.about = m_compared.partner
            ? u"Each method was fitted on the training samples alone. On the test samples: logistic regression on the label, and "
              "retrieval between this representation and a fixed one of the %1 (ridge CCA on the training pairs)."_s
                  .arg(modalityName(*m_compared.partner))
            : u"Each method was fitted on the training samples alone. On the test samples: logistic regression on the label, and "
              "retrieval of samples of the same label."_s;
        report.configuration = common();
        report.metrics = representationMetrics(
            m_compared.partner ? modalityName(m_compared.modality) : QString(), m_compared.partner ? modalityName(*m_compared.partner) : QString());
        report.reference = m_options[u"reference"].toString();
        report.device = m_context.options.device;
        report.resamples = resamples;
        return report;
    }

    EngineContext& m_context;
    QJsonObject m_options;
    Compared m_compared;
    std::optional<Protocol> m_protocol;
    QJsonObject m_settings;
    QStringList m_names;
    Progress* m_progress = nullptr;
    std::optional<Split> m_split; ///< of m_seed
    quint64 m_seed = 0;
    at::Tensor m_partnerRows;     ///< of m_split
};

Value run(EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const QString name = options[u"dataset"].toString();
    Dataset dataset;
    if (name.isEmpty()) {
        dataset.name = u"samples"_s;
        dataset.samples = inputs.samples;
        if (dataset.samples.empty())
            throw Error(Tr::tr("dataset: name a data set, or give samples."));
    } else {
        progress.report(0, 0, Tr::tr("reading %1").arg(name));
        dataset = openDataset(name);
    }
    return Comparison(context, options, std::move(dataset)).run(progress);
}

} // namespace

Method compareRepresentationMethod()
{
    MethodInfo info;
    info.id = u"compare.representation"_s;
    info.room = u"training"_s; // it trains: beside the device worker, not on it
    info.title = u"Compare representations"_s;
    info.reference = u"Paired cluster bootstrap (Field and Welsh 2007), Holm 1979; ridge CCA (Vinod 1976)"_s;
    info.inputs = { u"samples"_s };
    info.options = { option::text("dataset", "stamps", "Data set by name or path; empty = the samples that are given"),
        option::choice("modality", "", { QString(), u"image"_s, u"text"_s, u"audio"_s, u"video"_s },
            "What is represented; empty = the first that the data set has"),
        option::text("methods", "", "Names with commas; model:FOLDER, pixels and random too; empty = all of the modality"),
        option::integer("seeds", 3, 1, 100, "Splits and starts"),
        option::integer("first_seed", 0, 0, 1e9, "The others follow it"),
        option::choice("split", "auto", { u"auto"_s, u"own"_s, u"seed"_s },
            "Official sides where the data set has them, its own whatever they are, or dealt by the seed"),
        option::text("leave_out", "", "A column (speaker): the samples of one value a seed are tested on"),
        option::flag("quick", false, "Three hundred samples and two epochs: to see that all works"),
        option::text("settings", "", "METHOD.OPTION=VALUE with commas; METHOD may be *"),
        option::text("reference", "", "The method that others are compared with; empty = the best of each metric"),
        option::integer("resamples", 10'000, 100, 1'000'000, "Draws of the bootstrap"),
        option::text("out", "", "Folder for results.csv, results.json, report.html and the trials; a run goes on there") };
    return { info, run };
}

} // namespace triptych::benchmark
