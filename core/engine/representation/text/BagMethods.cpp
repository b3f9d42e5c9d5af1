#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/text/BagSteps.h"
#include "core/engine/representation/text/TextInput.h"
#include "core/engine/representation/text/TextMethods.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

using option::flag;
using option::integer;

QList<OptionInfo> sharedOptions()
{
    return { integer("min_df", 1, 1, 1'000'000, "Texts that a unit must be in to be kept"),
        integer("max_units", 0, 0, 10'000'000, "Most frequent units that are kept; 0 = all"),
        flag("lower", true, "Capital letters count as small ones"),
        flag("steps", false, "Also shows the first sample's way from text to vector") };
}

QList<OptionInfo> gramOptions(int low, int high)
{
    return { integer("low", low, 1, 16, "Shortest n-gram"), integer("high", high, 1, 16, "Longest n-gram"),
        integer("buckets", 0, 0, 100'000'000, "Buckets that n-grams are hashed into; 0 = a vocabulary"),
        flag("tfidf", false, "Weighted by the inverse document frequency, rows of length 1") };
}

BagOptions shared(const QJsonObject& options)
{
    BagOptions bag;
    bag.minDocuments = options[u"min_df"].toInt();
    bag.maxUnits = options[u"max_units"].toInt();
    bag.units.lower = options[u"lower"].toBool();
    return bag;
}

BagOptions grams(const QJsonObject& options, UnitOptions::Kind kind)
{
    BagOptions bag = shared(options);
    bag.units.kind = kind;
    bag.units.low = options[u"low"].toInt();
    bag.units.high = std::max(bag.units.low, options[u"high"].toInt());
    bag.buckets = options[u"buckets"].toInt();
    bag.inverse = bag.normalize = options[u"tfidf"].toBool();
    return bag;
}

Value represented(const BagOptions& options, bool withSteps, const QString& method, const Inputs& inputs,
    Progress& progress)
{
    const QStringList texts = textsOf(inputs.samples);
    progress.report(0, texts.size(), Tr::tr("vocabulary"));
    const Value* earlier = fittedIn(inputs);
    const Bag bag = earlier ? Bag::fromJson(earlier->info[u"fitted"].toObject(), options) : Bag::fit(texts, options);
    std::vector<SparseRow> rows;
    for (const QString& text : texts) {
        progress.report(qint64(rows.size()), texts.size(), Tr::tr("counting"));
        rows.push_back(bag.transform(text));
    }
    Value value = denseValue(rows, bag.columns(), inputs.samples, method);
    value.info[QStringLiteral("fitted")] = bag.toJson();
    value.info[QStringLiteral("units")] = QJsonArray::fromStringList(bag.units());
    value.info[QStringLiteral("normalized")] = options.normalize;
    if (options.buckets > 0)
        value.info[QStringLiteral("collisions")] = bag.collisions(texts);
    if (withSteps)
        addBagSteps(value, bag, options, texts.front());
    return value;
}

Value runBag(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    BagOptions bag = shared(options);
    bag.binary = options[u"binary"].toBool();
    return represented(bag, options[u"steps"].toBool(), QStringLiteral("represent.bag"), inputs, progress);
}

Value runTfidf(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    BagOptions bag = shared(options);
    bag.inverse = bag.normalize = true;
    bag.sublinear = options[u"sublinear"].toBool();
    return represented(bag, options[u"steps"].toBool(), QStringLiteral("represent.tfidf"), inputs, progress);
}

Value runWordGrams(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return represented(grams(options, UnitOptions::Kind::Word), options[u"steps"].toBool(),
        QStringLiteral("represent.wordgrams"), inputs, progress);
}

Value runCharGrams(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const auto kind = options[u"within_words"].toBool() ? UnitOptions::Kind::CharInWord : UnitOptions::Kind::Char;
    return represented(grams(options, kind), options[u"steps"].toBool(), QStringLiteral("represent.chargrams"), inputs, progress);
}

Method method(const char* id, const char* title, QList<OptionInfo> options, const char* reference,
    decltype(Method::run) run)
{
    return { { QLatin1String(id), QStringLiteral("representation"), QLatin1String(title), sharedOptions() + options,
                 QLatin1String(reference), { QStringLiteral("samples") }, false },
        run };
}

} // namespace

Method bagMethod()
{
    return method("represent.bag", "Bag of words", { flag("binary", false, "There or not, in place of counts") },
        "Harris 1954; counts as scikit-learn's CountVectorizer", runBag);
}

Method tfidfMethod()
{
    return method("represent.tfidf", "TF-IDF", { flag("sublinear", false, "1 + ln(count) in place of the count") },
        "Salton and Buckley 1988; smoothed as scikit-learn's TfidfVectorizer", runTfidf);
}

Method wordGramsMethod()
{
    return method("represent.wordgrams", "Word n-grams", gramOptions(1, 2),
        "Joulin et al. 2017 (fastText: n-grams in hashed buckets)", runWordGrams);
}

Method charGramsMethod()
{
    return method("represent.chargrams", "Character n-grams",
        gramOptions(2, 4) + QList<OptionInfo> { flag("within_words", true, "Within padded words, not across them") },
        "Cavnar and Trenkle 1994; scikit-learn's analyzer char_wb", runCharGrams);
}

} // namespace triptych::representation
