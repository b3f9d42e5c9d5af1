#include "core/engine/alignment/Cca.h"
#include "core/engine/alignment/Losses.h"
#include "core/engine/learning/Fit.h"
#include "core/engine/learning/OptionLines.h"
#include "core/engine/learning/Rows.h"
#include "core/engine/representation/Signals.h"
#include "core/engine/representation/coordinated/CoordinatedKind.h"
#include "core/engine/representation/coordinated/CoordinatedScores.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <algorithm>

namespace triptych::representation {

namespace {

constexpr int64_t gallerySize = 60;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

at::Tensor indexOf(const std::vector<int64_t>& rows) { return at::tensor(at::ArrayRef<int64_t>(rows), at::TensorOptions(at::kLong)); }

/// The pairs, how they are split, and their features.
struct Pairs {
    std::vector<Sample> samples;
    std::vector<qint64> meanings;
    Rows rows;
    SideFeatures x, y;
    at::Tensor valuesX, valuesY; ///< raw

    std::vector<qint64> meaningsAt(const std::vector<int64_t>& some) const
    {
        std::vector<qint64> chosen;
        for (const int64_t row : some)
            chosen.push_back(meanings[size_t(row)]);
        return chosen;
    }
};

Pairs pairsOf(const std::vector<Sample>& samples, const QJsonObject& options, double validationShare,
    EngineContext& context, Progress& progress)
{
    const Modality x = sideModality(options[u"x"].toString()), y = sideModality(options[u"y"].toString());
    if (x == y)
        throw Error(Tr::tr("x and y are both \"%1\"; choose two modalities.").arg(modalityName(x)));
    Pairs pairs;
    for (const Sample& sample : samples) {
        if (sample.has(x) && sample.has(y))
            pairs.samples.push_back(sample);
    }
    if (pairs.samples.size() < 4)
        throw Error(Tr::tr("Only %1 samples have both %2 and %3; add some, or choose other modalities.")
                        .arg(pairs.samples.size()).arg(modalityTitle(x), modalityTitle(y)));
    pairs.rows = rowsOf(pairs.samples, validationShare, quint64(options[u"seed"].toInteger()));
    pairs.meanings = meaningsOf(pairs.samples);
    std::vector<Sample> training;
    for (const int64_t row : pairs.rows.train)
        training.push_back(pairs.samples[size_t(row)]);
    const QString model = options[u"model"].toString();
    pairs.x = SideFeatures::fit(x, training, model, options[u"max_units"].toInt());
    pairs.y = SideFeatures::fit(y, training, model, options[u"max_units"].toInt());
    pairs.valuesX = pairs.x.read(pairs.samples, context, progress);
    pairs.valuesY = pairs.y.read(pairs.samples, context, progress);
    return pairs;
}

/// Mean and deviation of the training rows, kept with the head.
void standardise(Head& head, const SideFeatures& side, const at::Tensor& training)
{
    const Standard standard = standardOf(training, side.groups(training.size(1)));
    head.mean.copy_(standard.mean);
    head.scale.copy_(standard.scale);
}

/// Pairs that a sample is shown among: test rows where there are, spread evenly.
void addGallery(Value& value, const Coordination& heads, const Pairs& pairs)
{
    const std::vector<int64_t>& from = pairs.rows.test.size() > 1 ? pairs.rows.test : pairs.rows.train;
    const int64_t count = std::min<int64_t>(gallerySize, int64_t(from.size()));
    std::vector<int64_t> chosen;
    QJsonArray titles, ids;
    for (int64_t i = 0; i < count; ++i) {
        chosen.push_back(from[size_t(i * int64_t(from.size()) / count)]);
        titles.append(pairs.samples[size_t(chosen.back())].title());
        ids.append(pairs.samples[size_t(chosen.back())].id);
    }
    const at::Tensor index = indexOf(chosen);
    value.arrays[QStringLiteral("gallery.x")] = arrayOf(heads.apply(Side::X, pairs.valuesX.index_select(0, index)).to(at::kCPU));
    value.arrays[QStringLiteral("gallery.y")] = arrayOf(heads.apply(Side::Y, pairs.valuesY.index_select(0, index)).to(at::kCPU));
    value.info[QStringLiteral("gallery")] = titles;
    value.info[QStringLiteral("gallery_ids")] = ids;
}

/// What applying the heads needs, in the middle of the training too.
void tell(Value& value, const Coordination& heads, const Pairs& pairs)
{
    value.info[QStringLiteral("x")] = pairs.x.toJson();
    value.info[QStringLiteral("y")] = pairs.y.toJson();
    value.info[QStringLiteral("columns")] = QJsonArray { qint64(pairs.valuesX.size(1)), qint64(pairs.valuesY.size(1)) };
    value.info[QStringLiteral("rows")] = QJsonObject { { QStringLiteral("train"), qint64(pairs.rows.train.size()) },
        { QStringLiteral("validation"), qint64(pairs.rows.validation.size()) },
        { QStringLiteral("test"), qint64(pairs.rows.test.size()) } };
    value.info[QStringLiteral("split_hash")] = pairs.rows.hash;
    addGallery(value, heads, pairs);
}

/// Hinges between the points of a batch.
class HingeLearner final : public Learner {
public:
    HingeLearner(Parameters& parameters, const Coordination& heads, const Pairs& pairs, const QJsonObject& options)
        : m_parameters(parameters)
        , m_heads(heads)
        , m_pairs(pairs)
        , m_margin(options[u"margin"].toDouble())
        , m_dropout(options[u"dropout"].toDouble())
        , m_warmup(options[u"warmup"].toInt())
        , m_x(heads.x.standardised(pairs.valuesX.to(parameters.device())))
        , m_y(heads.y.standardised(pairs.valuesY.to(parameters.device())))
        , m_meanings(indexOf({ pairs.meanings.begin(), pairs.meanings.end() }))
    {
    }

    Parameters& parameters() override { return m_parameters; }
    int64_t rows() const override { return int64_t(m_pairs.rows.train.size()); }
    void startEpoch(int epoch, int) override { m_hardest = epoch >= m_warmup; }
    void describe(Value& partial) override { tell(partial, m_heads, m_pairs); }

    at::Tensor loss(const std::vector<int64_t>& rows, Chance& chance) override
    {
        std::vector<int64_t> chosen;
        for (const int64_t row : rows)
            chosen.push_back(m_pairs.rows.train[size_t(row)]);
        return lossOf(chosen, m_hardest, &chance);
    }

    std::map<QString, double> validate() override
    {
        if (m_pairs.rows.validation.size() < 2)
            return {};
        const at::Tensor index = indexOf(m_pairs.rows.validation);
        const at::Tensor scores = scoresOf(index, nullptr);
        const QJsonObject found = retrievalBothWays(scores, m_pairs.meaningsAt(m_pairs.rows.validation));
        return { { QStringLiteral("loss"), lossOf(m_pairs.rows.validation, true, nullptr).item<double>() },
            { QStringLiteral("recall at 10, x to y"), found[u"x_to_y"][u"recall_at_10"].toDouble() },
            { QStringLiteral("recall at 10, y to x"), found[u"y_to_x"][u"recall_at_10"].toDouble() } };
    }

private:
    /// With features left out at random where `chance` is given.
    at::Tensor scoresOf(const at::Tensor& index, Chance* chance) const
    {
        const at::Tensor place = index.to(m_x.device());
        at::Tensor x = m_x.index_select(0, place), y = m_y.index_select(0, place);
        if (chance) {
            x = chance->dropout(x, m_dropout);
            y = chance->dropout(y, m_dropout);
        }
        return m_heads.scores(m_heads.embed(Side::X, x), m_heads.embed(Side::Y, y));
    }

    /// A pair, so that batches of any size compare.
    at::Tensor lossOf(const std::vector<int64_t>& rows, bool hardest, Chance* chance) const
    {
        const at::Tensor index = indexOf(rows);
        const at::Tensor scores = scoresOf(index, chance);
        const at::Tensor same = alignment::samePairs(m_meanings.index_select(0, index)).to(scores.device());
        const bool one = hardest && m_heads.constraint == Constraint::HingeMax;
        return (one ? alignment::hingeMaxLoss(scores, same, m_margin) : alignment::hingeSumLoss(scores, same, m_margin))
            / double(rows.size());
    }

    Parameters& m_parameters;
    const Coordination& m_heads;
    const Pairs& m_pairs;
    double m_margin;
    double m_dropout;
    int m_warmup;
    at::Tensor m_x, m_y;
    at::Tensor m_meanings;
    bool m_hardest = true;
};

/// Heads by canonical correlation analysis of the training rows.
FitReport fitCorrelation(Coordination& heads, const Pairs& pairs, const QJsonObject& options, Value& told, Progress& progress)
{
    QElapsedTimer clock;
    clock.start();
    progress.report(0, 1, Tr::tr("canonical correlations"));
    const at::Tensor train = indexOf(pairs.rows.train);
    const at::Tensor x = heads.x.standardised(pairs.valuesX).index_select(0, train);
    const at::Tensor y = heads.y.standardised(pairs.valuesY).index_select(0, train);
    const alignment::Cca cca = alignment::fitCca(x, y, { options[u"dims"].toInt(), 0, options[u"ridge"].toDouble() });
    const int64_t kept = cca.correlations.numel();
    if (kept == 0)
        throw Error(Tr::tr("One of the modalities does not vary among the training samples; choose others."));
    const at::Tensor weights = options[u"weighted"].toBool() ? cca.correlations : at::ones_like(cca.correlations);
    const auto place = [&](Head& head, const at::Tensor& directions) {
        head.first.weight.zero_(); // pairs beyond the rank stay silent
        head.first.weight.narrow(0, 0, kept).copy_((directions * weights).t());
    };
    place(heads.x, cca.x);
    place(heads.y, cca.y);
    told.arrays[QStringLiteral("correlations")] = arrayOf(cca.correlations);
    QJsonArray warnings;
    if (cca.deficientX || cca.deficientY) {
        warnings.append(Tr::tr("Without a ridge the correlations are not to be trusted: of %1 and %2 features only %3 and %4 "
                               "directions vary among %5 training samples.")
                            .arg(x.size(1)).arg(y.size(1)).arg(cca.rankX).arg(cca.rankY).arg(x.size(0)));
    }
    told.info[QStringLiteral("warnings")] = warnings;
    FitReport report;
    report.epochs = report.bestEpoch = 1;
    report.seconds = double(clock.nsecsElapsed()) / 1e9;
    report.curves.add(1, { { QStringLiteral("mean correlation"), cca.correlations.mean().item<double>() } });
    progress.report(1, 1, Tr::tr("canonical correlations"));
    return report;
}

/// Correlation of each dimension of the heads' outputs on other rows.
at::Tensor correlationsOn(const Coordination& heads, const Pairs& pairs, const std::vector<int64_t>& rows)
{
    const at::Tensor index = indexOf(rows);
    const auto centred = [&](const Head& head, const at::Tensor& values) {
        const at::Tensor points = head(head.standardised(values.index_select(0, index))).to(at::kDouble);
        return points - points.mean(0);
    };
    const at::Tensor x = centred(heads.x, pairs.valuesX), y = centred(heads.y, pairs.valuesY);
    return (x * y).sum(0) / (x.square().sum(0) * y.square().sum(0)).sqrt().clamp_min(1e-12);
}

QJsonObject scoresOn(const Coordination& heads, const Pairs& pairs, const std::vector<int64_t>& rows)
{
    const at::Tensor index = indexOf(rows);
    const at::Tensor x = heads.apply(Side::X, pairs.valuesX.index_select(0, index)).to(at::kDouble);
    const at::Tensor y = heads.apply(Side::Y, pairs.valuesY.index_select(0, index)).to(at::kDouble);
    return retrievalBothWays(heads.scores(x, y), pairs.meaningsAt(rows));
}

} // namespace

QList<OptionInfo> coordinatedTrainOptions(const CoordinatedKind& kind)
{
    const QStringList modalities { QStringLiteral("image"), QStringLiteral("text"), QStringLiteral("audio") };
    QList<OptionInfo> lines { option::choice("x", "image", modalities, "First modality; of an order, the more special one"),
        option::choice("y", "text", modalities, "Second modality; of an order, the more general one"),
        option::text("model", "", "A model whose embeddings are the features; empty = simple features"),
        option::integer("max_units", 2000, 10, 100'000, "Most frequent groups of letters that texts are counted in"),
        option::integer("dims", kind.constraint == Constraint::Correlation ? 32 : kind.constraint == Constraint::Order ? 256 : 64, 1, 4096, "Dimensions of the common space") };
    if (kind.constraint == Constraint::Correlation) {
        lines += { option::real("ridge", 0.3, 0, 1e6, "Added to the covariances' diagonals, as a share of their mean diagonal"),
            option::flag("weighted", true, "Dimensions weigh as much as they correlate"),
            option::integer("seed", 0, 0, 1e9, "Of the split, where the samples have none") };
        return lines;
    }
    lines += { option::integer("hidden", 0, 0, 8192, "Units of a hidden layer in each head; 0 = linear heads"),
        option::real("margin", kind.margin, 0, 10, "How much better the right partner has to be than a wrong one"),
        option::real("dropout", 0.5, 0, 0.95, "Share of the features that are left out at random in training") };
    if (kind.constraint == Constraint::HingeMax)
        lines += option::integer("warmup", 1, 0, 1000, "Epochs with all wrong partners before only the hardest counts");
    FitOptions fit;
    fit.epochs = 40;
    fit.batch = 128;
    fit.rate = 2e-3;
    fit.weightDecay = 0.05;
    return lines + fitOptionLines(fit);
}

Value trainCoordinated(const CoordinatedKind& kind, EngineContext& context, const QJsonObject& options,
    const Inputs& inputs, Progress& progress)
{
    at::NoGradGuard noGradients;
    const bool closed = kind.constraint == Constraint::Correlation;
    const Pairs pairs = pairsOf(inputs.samples, options, closed ? 0 : 0.1, context, progress);
    const QString method = QStringLiteral("train.") + QLatin1String(kind.name);
    // A closed form is computed in double on the CPU whatever the device is.
    const at::Device device(closed ? std::string("cpu") : context.options.device.toStdString());
    Parameters parameters(quint64(options[u"seed"].toInteger()), device);
    const Coordination::Sizes sizes { int(pairs.valuesX.size(1)), int(pairs.valuesY.size(1)), options[u"hidden"].toInt(),
        options[u"dims"].toInt() };
    Coordination heads(parameters, kind.constraint, sizes);
    const at::Tensor train = indexOf(pairs.rows.train);
    standardise(heads.x, pairs.x, pairs.valuesX.index_select(0, train));
    standardise(heads.y, pairs.y, pairs.valuesY.index_select(0, train));
    Value told;
    FitReport report;
    if (closed) {
        report = fitCorrelation(heads, pairs, options, told, progress);
    } else {
        HingeLearner learner(parameters, heads, pairs, options);
        report = fit(learner, fitOptionsOf(options), progress);
    }
    Value value = fittedValue(method, options, parameters, report);
    value.arrays.merge(told.arrays);
    value.info[QStringLiteral("warnings")] = told.info[u"warnings"].toArray();
    tell(value, heads, pairs);
    if (pairs.rows.test.size() > 1) {
        value.info[QStringLiteral("scores")] = scoresOn(heads, pairs, pairs.rows.test);
        if (closed)
            value.arrays[QStringLiteral("test_correlations")] = arrayOf(correlationsOn(heads, pairs, pairs.rows.test));
    }
    return value;
}

} // namespace triptych::representation
