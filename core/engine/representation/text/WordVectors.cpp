#include "core/engine/learning/Fit.h"
#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/Signals.h"
#include "core/engine/representation/text/Corpus.h"
#include "core/engine/representation/text/TextInput.h"
#include "core/engine/representation/text/TextMethods.h"
#include "core/engine/representation/text/WordSteps.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>

// represent.skipgram, .cbow and .glove: the vector of a text from those of its words.

namespace triptych::representation {

namespace {

using words::WordPooling;
using words::WordTable;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

words::WordPoolingOptions poolingOf(const QJsonObject& options)
{
    const QString name = options[u"pooling"].toString();
    return { name == u"sum" ? WordPooling::Sum : name == u"idf" ? WordPooling::Inverse : WordPooling::Mean,
        options[u"unknown"].toString() == u"skip" };
}

/// In the language that was learned, where samples have it.
QStringList textsIn(const QString& language, const std::vector<Sample>& samples)
{
    QStringList texts = textsOf(samples);
    for (size_t i = 0; i < samples.size(); ++i) {
        const QString caption = captionIn(samples[i], language);
        if (!caption.isEmpty())
            texts[qsizetype(i)] = caption;
    }
    return texts;
}

Value apply(const QString& name, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    progress.report(0, qint64(inputs.samples.size()), Tr::tr("reading texts"));
    const Value& fitted = fittedOf(inputs, QStringLiteral("train.") + name);
    const WordTable table = WordTable::of(fitted);
    const QStringList texts = textsIn(table.language(), inputs.samples);
    const words::WordPoolingOptions pooling = poolingOf(options);
    std::vector<at::Tensor> rows;
    qint64 all = 0;
    qint64 unknown = 0;
    for (const QString& text : texts) {
        progress.report(qint64(rows.size()), texts.size());
        const std::vector<int> numbers = table.numbersOf(wordsIn(text));
        all += qint64(numbers.size());
        unknown += std::count(numbers.begin(), numbers.end(), 0);
        rows.push_back(words::textVector(table, words::weighedWords(table, numbers, pooling)));
    }
    Value value = embeddingValue(at::stack(rows), inputs.samples, QStringLiteral("represent.") + name, Modality::Text);
    value.info[QStringLiteral("words")] = all;
    value.info[QStringLiteral("unknown")] = unknown;
    if (options[u"steps"].toBool()) {
        words::addWordSteps(value, table, texts.front(),
            { pooling, options[u"word"].toString(), options[u"neighbours"].toInt(), options[u"analogy"].toString() });
    }
    return value;
}

template <const char* Name> Value run(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return apply(QLatin1String(Name), options, inputs, progress);
}

QList<OptionInfo> optionLines()
{
    return { option::choice("pooling", "mean", { QStringLiteral("mean"), QStringLiteral("sum"), QStringLiteral("idf") },
                 "How the words' vectors become one: mean, sum, or mean weighted by the inverse document frequency"),
        option::choice("unknown", "row", { QStringLiteral("row"), QStringLiteral("skip") },
            "Words that were not learned: the row of [UNK], or left out"),
        option::flag("steps", false, "Also shows the first sample's way from text to vector"),
        option::text("word", "", "Word whose neighbours are shown; empty = the rarest known one of the text"),
        option::integer("neighbours", 8, 1, 100, "Neighbours that are shown"),
        option::text("analogy", "king - man + woman", "Words to add and take away; empty = none") };
}

constexpr char skipGram[] = "skipgram";
constexpr char cbow[] = "cbow";
constexpr char glove[] = "glove";

template <const char* Name> Method method(const char* title, const char* reference)
{
    return { { QStringLiteral("represent.") + QLatin1String(Name), QStringLiteral("representation"), QLatin1String(title),
                 optionLines(), QLatin1String(reference), { QStringLiteral("samples"), QStringLiteral("fitted") }, false },
        run<Name> };
}

} // namespace

Method skipGramMethod()
{
    return method<skipGram>("Skip-gram", "Mikolov et al. 2013 (skip-gram with negative sampling)");
}

Method cbowMethod()
{
    return method<cbow>("CBOW", "Mikolov et al. 2013 (continuous bag of words with negative sampling)");
}

Method gloveMethod() { return method<glove>("GloVe", "Pennington et al. 2014"); }

} // namespace triptych::representation
