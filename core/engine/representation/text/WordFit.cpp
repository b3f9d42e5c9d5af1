#include "core/engine/representation/text/WordFit.h"

#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/text/Corpus.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <cmath>

namespace triptych::words {

namespace {

constexpr double validationShare = 0.1;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

WordCorpus corpusFor(const std::vector<Sample>& samples, const Rows& rows, const QJsonObject& options)
{
    WordCorpus corpus = WordCorpus::of(corpusTexts(samples, rows.train, corpusOptionsOf(options)), options[u"min_count"].toInt());
    if (corpus.size() < 3) {
        throw Error(Tr::tr("The texts of %1 samples hold %2 words that are frequent enough, and two are needed at least; give "
                           "more texts, lower min_count, or choose another language than \"%3\".")
                        .arg(rows.train.size())
                        .arg(corpus.size() - 1)
                        .arg(options[u"language"].toString()));
    }
    return corpus;
}

} // namespace

WordFit::WordFit(const QString& method, const QJsonObject& options, const Inputs& inputs, Progress& progress, bool bothRandom)
    : m_method(method)
    , m_options(options)
    , m_progress(progress)
    , m_rows(rowsOf(inputs.samples, validationShare, quint64(options[u"seed"].toInteger())))
    , m_corpus(corpusFor(inputs.samples, m_rows, options))
    , m_validation(m_corpus.read(corpusTexts(inputs.samples, m_rows.validation, corpusOptionsOf(options))))
    , m_parameters(quint64(options[u"seed"].toInteger()))
    , m_width(options[u"width"].toInt())
{
    const double bound = 0.5 / m_width;
    m_words = m_parameters.uniform("words", { m_corpus.size(), m_width }, bound);
    m_contexts = bothRandom ? m_parameters.uniform("contexts", { m_corpus.size(), m_width }, bound)
                            : m_parameters.constant("contexts", { m_corpus.size(), m_width }, 0);
}

void WordFit::startEpoch() { m_clock.start(); }

void WordFit::finishEpoch(double loss, std::optional<double> validationLoss)
{
    if (!std::isfinite(loss))
        throw Error(Tr::tr("The loss is no longer a number after %1 epochs; try a smaller rate.").arg(m_report.epochs));
    m_report.seconds += double(m_clock.nsecsElapsed()) / 1e9;
    m_report.bestEpoch = ++m_report.epochs;
    std::map<QString, double> measures { { QStringLiteral("loss"), loss } };
    if (validationLoss)
        measures[QStringLiteral("validation loss")] = *validationLoss;
    m_report.curves.add(m_report.epochs, measures);
    auto partial = std::make_shared<Value>(value());
    partial->info[QStringLiteral("partial")] = true;
    partial->info[QStringLiteral("of_epochs")] = m_options[u"epochs"];
    m_progress.partial(partial);
}

// What was never seen has no direction of its own: the mean of all that was.
void WordFit::placeUnknown()
{
    if (m_corpus.counts[0] > 0)
        return;
    for (const auto& [name, table] : m_parameters.trained())
        table.select(0, 0).copy_(table.narrow(0, 1, table.size(0) - 1).mean(0));
}

Value WordFit::value()
{
    placeUnknown();
    Value value = fittedValue(m_method, m_options, m_parameters, m_report);
    const qint64 size = m_corpus.size();
    value.arrays[QStringLiteral("counts")] = Array::of(std::span<const qint64>(m_corpus.counts), { size });
    value.arrays[QStringLiteral("inverse")] = Array::of(std::span<const float>(m_corpus.inverse), { size });
    value.info[QStringLiteral("vocabulary")] = QJsonArray::fromStringList(m_corpus.vocabulary);
    value.info[QStringLiteral("language")] = m_options[u"language"];
    value.info[QStringLiteral("corpus")] = QJsonObject { { QStringLiteral("texts"), qint64(m_corpus.texts.size()) },
        { QStringLiteral("words"), m_corpus.tokens() }, { QStringLiteral("different"), size - 1 },
        { QStringLiteral("validation_texts"), qint64(m_validation.size()) } };
    value.info[QStringLiteral("rows")] = QJsonObject { { QStringLiteral("train"), qint64(m_rows.train.size()) },
        { QStringLiteral("validation"), qint64(m_rows.validation.size()) }, { QStringLiteral("test"), qint64(m_rows.test.size()) } };
    value.info[QStringLiteral("split_hash")] = m_rows.hash;
    QJsonObject scores;
    for (const auto& [name, line] : m_report.curves.lines) {
        if (!line.empty() && std::isfinite(line.back()))
            scores[QString(name).replace(u' ', u'_')] = line.back();
    }
    value.info[QStringLiteral("scores")] = scores;
    return value;
}

QList<OptionInfo> wordOptionLines(int epochs, double rate)
{
    return QList<OptionInfo> { option::integer("width", 100, 2, 4096, "Numbers a word"),
               option::integer("window", 5, 1, 100, "Words to each side that count as near"),
               option::integer("min_count", 1, 1, 1'000'000, "A word seen less often counts as unknown") }
    + corpusOptionLines()
        + QList<OptionInfo> { option::integer("epochs", epochs, 1, 100'000, "Times that every text is read"),
              option::real("rate", rate, 1e-7, 10, "Learning rate at the beginning"),
              option::integer("seed", 0, 0, 1e9, "Of the start, the order and every draw") };
}

} // namespace triptych::words
