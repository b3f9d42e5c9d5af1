#include "core/engine/representation/joint/JointModel.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QTest>
#include <cmath>

using namespace triptych;
using namespace triptych::representation;

namespace {

const at::TensorOptions real(at::kDouble);

at::Tensor table(const std::vector<double>& values, int64_t rows)
{
    return at::tensor(at::ArrayRef<double>(values), real).reshape({ rows, -1 });
}

double largest(const at::Tensor& values) { return values.abs().max().item<double>(); }

/// A picture of 3 × 3, a label of 3, a sound of 2 × 3 and a text of 4 words; or the first few of them.
std::vector<JointModality> modalities(size_t count)
{
    std::vector<JointModality> all(4);
    all[0] = { QStringLiteral("image"), Likelihood::Bernoulli, { 1, 3, 3 }, {} };
    all[1] = { QStringLiteral("label"), Likelihood::Categorical, { 3 },
        { QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c") } };
    all[2] = { QStringLiteral("audio"), Likelihood::Gaussian, { 2, 3 }, {} };
    all[3] = { QStringLiteral("text"), Likelihood::Multinomial, { 4 }, QStringList(4, QStringLiteral("w")) };
    all.resize(count);
    return all;
}

JointValues rows(size_t count, int64_t n, quint64 seed)
{
    Chance chance(seed);
    JointValues values;
    for (const JointModality& modality : modalities(count)) {
        const at::Tensor drawn = chance.uniform({ n, modality.size() }, real);
        if (modality.likelihood == Likelihood::Categorical)
            values.values.push_back(at::one_hot(drawn.argmax(1), modality.size()).to(at::kDouble));
        else if (modality.likelihood == Likelihood::Multinomial)
            values.values.push_back((drawn * 4).floor());
        else
            values.values.push_back(modality.likelihood == Likelihood::Gaussian ? drawn * 2 - 1 : drawn);
    }
    values.present = at::ones({ n, int64_t(count) }, at::TensorOptions(at::kBool));
    return values;
}

QJsonObject options(const QJsonObject& more = {})
{
    QJsonObject all { { QStringLiteral("hidden"), QStringLiteral("5,4") }, { QStringLiteral("latent"), 3 },
        { QStringLiteral("weights"), QStringLiteral("label=3") }, { QStringLiteral("subsets"), 2 },
        { QStringLiteral("draws"), 4 }, { QStringLiteral("bound"), QStringLiteral("iwae") },
        { QStringLiteral("drop"), 0.33 }, { QStringLiteral("loss"), QStringLiteral("squared") } };
    for (auto it = more.begin(); it != more.end(); ++it)
        all[it.key()] = it.value();
    return all;
}

/// For a picture alone.
QJsonObject alone(const QJsonObject& more = {})
{
    QJsonObject all = options(more);
    all[QStringLiteral("weights")] = QString();
    return all;
}

JointMaker makerOf(const QString& name)
{
    return name == u"bimodalae" ? makeBimodalAe : name == u"mvae" ? makeMvae : name == u"mmvae" ? makeMmvae : makeMopoe;
}

/// Gradient of every trained tensor for the noise of `seed`.
std::vector<at::Tensor> gradients(Parameters& parameters, const JointModel& model, const JointValues& values, quint64 seed,
    double beta = 0.7)
{
    at::AutoGradMode on(true);
    parameters.requireGradients(true);
    Chance chance(seed);
    model.loss(values, chance, beta).backward();
    std::vector<at::Tensor> found;
    for (const auto& [name, tensor] : parameters.trained())
        found.push_back(tensor.grad().defined() ? tensor.grad().clone() : at::zeros_like(tensor));
    parameters.requireGradients(false);
    return found;
}

double lossOf(const JointModel& model, const JointValues& values, quint64 seed, double beta = 0.7)
{
    Chance chance(seed);
    return model.loss(values, chance, beta).item<double>();
}

/// Largest difference between gradients and central differences, over every number.
double gradientError(Parameters& parameters, const JointModel& model, const JointValues& values)
{
    const std::vector<at::Tensor> exact = gradients(parameters, model, values, 3);
    double worst = 0;
    for (size_t i = 0; i < exact.size(); ++i) {
        double* numbers = parameters.trained()[i].second.data_ptr<double>();
        for (int64_t j = 0; j < exact[i].numel(); ++j) {
            constexpr double step = 1e-6;
            const double kept = numbers[j];
            numbers[j] = kept + step;
            const double above = lossOf(model, values, 3);
            numbers[j] = kept - step;
            const double below = lossOf(model, values, 3);
            numbers[j] = kept;
            worst = std::max(worst, std::abs((above - below) / (2 * step) - exact[i].flatten()[j].item<double>()));
        }
    }
    return worst;
}

std::vector<Gaussian> drawnExperts(int count, quint64 seed)
{
    Chance chance(seed);
    std::vector<Gaussian> experts;
    for (int i = 0; i < count; ++i)
        experts.push_back({ chance.normal({ 5, 4 }, real), chance.normal({ 5, 4 }, real) });
    return experts;
}

} // namespace

class TstJointModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aProductOfExpertsIsTheGoldenOne();
    void aMissingModalityIsItsExpertLeftOut();
    void thePosteriorForgetsWhatIsMissing_data();
    void thePosteriorForgetsWhatIsMissing();
    void densitiesAreThoseOfTheirFormulas();
    void likelihoodsAreThoseOfTheirFormulas();
    void gradientsAreThoseOfCentralDifferences_data();
    void gradientsAreThoseOfCentralDifferences();
    void oneDrawMakesEveryBoundTheEvidenceBound();
    void moreDrawsRaiseTheImportanceWeightedBound();
    void doublyReparametrisedGradientsAreUnbiasedAndSteadier();
    void mopoeOfOneModalityIsAVariationalAutoencoder();
    void mvaeOfOneModalityMultipliesWithThePrior();
    void theAutoencoderHidesModalitiesAndNeverAll();
    void wrongOptionsAreTold();
};

void TstJointModels::aProductOfExpertsIsTheGoldenOne()
{
    const std::vector<Gaussian> experts { { table({ 0, 1 }, 1), table({ 1, 1 }, 1).log() },
        { table({ 2, -1 }, 1), table({ .5, 2 }, 1).log() }, { table({ 4, 0 }, 1), table({ 2, .25 }, 1).log() } };
    const at::Tensor all = at::ones({ 1, 3 }, at::TensorOptions(at::kBool));
    const Gaussian product = productOfExperts(experts, all, false);
    QVERIFY(largest(product.mean - table({ 1.7142857143, .0909090909 }, 1)) <= 1e-10);
    QVERIFY(largest(product.logVariance.exp() - table({ .2857142857, .1818181818 }, 1)) <= 1e-10);
    const Gaussian withPrior = productOfExperts(experts, all, true); // precisions 4.5 and 6.5
    QVERIFY(largest(withPrior.mean - table({ 6 / 4.5, .5 / 6.5 }, 1)) <= 1e-12);
    QVERIFY(largest(withPrior.logVariance.exp() - table({ 1 / 4.5, 1 / 6.5 }, 1)) <= 1e-12);
}

void TstJointModels::aMissingModalityIsItsExpertLeftOut()
{
    const std::vector<Gaussian> three = drawnExperts(3, 1);
    at::Tensor present = at::ones({ 5, 3 }, at::TensorOptions(at::kBool));
    present.select(1, 1).fill_(false);
    for (const bool prior : { false, true }) {
        const Gaussian masked = productOfExperts(three, present, prior);
        const Gaussian without = productOfExperts({ three[0], three[2] }, at::ones({ 5, 2 }, at::TensorOptions(at::kBool)), prior);
        QVERIFY(largest(masked.mean - without.mean) <= 1e-12);
        QVERIFY(largest(masked.logVariance - without.logVariance) <= 1e-12);
    }
    const Gaussian nothing = productOfExperts(three, at::zeros({ 5, 3 }, at::TensorOptions(at::kBool)), false);
    QCOMPARE(largest(nothing.mean), 0.0);
    QCOMPARE(largest(nothing.logVariance), 0.0);
}

void TstJointModels::thePosteriorForgetsWhatIsMissing_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : { "mvae", "mmvae", "mopoe" })
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TstJointModels::thePosteriorForgetsWhatIsMissing()
{
    QFETCH(QString, name);
    Parameters parameters(5, at::kCPU, at::kDouble);
    const auto model = makerOf(name)(parameters, modalities(3), options());
    JointValues values = rows(3, 5, 2);
    values.present.select(1, 1).fill_(false);
    const std::vector<Gaussian> own = model->experts(values);
    const auto both = at::ones({ 5, 2 }, at::TensorOptions(at::kBool));
    at::Tensor wanted;
    if (name == u"mvae")
        wanted = productOfExperts({ own[0], own[2] }, both, true).mean;
    else if (name == u"mmvae")
        wanted = (own[0].mean + own[2].mean) / 2;
    else
        wanted = (own[0].mean + own[2].mean + productOfExperts({ own[0], own[2] }, both, false).mean) / 3;
    QVERIFY(largest(model->code(values) - wanted) <= 1e-12);
    // Whatever stands in the missing modality's place.
    JointValues other = values;
    other.values[1] = other.values[1].flip(0) * 7;
    QCOMPARE(largest(model->code(other) - model->code(values)), 0.0);
    for (size_t m = 0; m < 3; ++m)
        QCOMPARE(largest(model->reconstructed(other)[m] - model->reconstructed(values)[m]), 0.0);
}

void TstJointModels::densitiesAreThoseOfTheirFormulas()
{
    const std::vector<Gaussian> two = drawnExperts(2, 4);
    Chance chance(6);
    const at::Tensor z = chance.normal({ 3, 5, 4 }, real);
    const auto plain = [&](const Gaussian& q) {
        const at::Tensor deviation = (q.logVariance / 2).exp();
        return (-(z - q.mean).square() / (2 * deviation.square()) - (deviation * std::sqrt(2 * M_PI)).log()).sum(2);
    };
    QVERIFY(largest(logDensity(z, two[0]) - plain(two[0])) <= 1e-12);
    QVERIFY(largest(logPrior(z) - plain({ at::zeros({ 5, 4 }, real), at::zeros({ 5, 4 }, real) })) <= 1e-12);
    const Mixture mixture { two, at::full({ 5, 2 }, 0.5, real) };
    const at::Tensor wanted = (plain(two[0]).exp() / 2 + plain(two[1]).exp() / 2).log();
    QVERIFY(largest(logDensity(z, mixture) - wanted) <= 1e-10);
    // KL by a great many draws, within five standard errors.
    const at::Tensor many = drawn(two[0], chance, { 20'000 });
    const at::Tensor ratios = logDensity(many, two[0]) - logPrior(many);
    const at::Tensor error = ratios.std(0) / std::sqrt(20'000.0);
    QVERIFY(((ratios.mean(0) - divergenceFromPrior(two[0])).abs() / error).max().item<double>() < 5);
}

void TstJointModels::likelihoodsAreThoseOfTheirFormulas()
{
    const JointValues values = rows(4, 6, 8);
    Chance chance(9);
    const std::vector<JointModality> all = modalities(4);
    for (size_t m = 0; m < 4; ++m) {
        const at::Tensor x = values.values[m], logits = chance.normal(x.sizes(), real);
        const at::Tensor expected = expectedValues(all[m], logits);
        at::Tensor wanted;
        if (all[m].likelihood == Likelihood::Bernoulli)
            wanted = (x * expected.log() + (1 - x) * (1 - expected).log()).sum(1);
        else if (all[m].likelihood == Likelihood::Gaussian)
            wanted = (-(x - expected).square() / 2).sum(1) - double(x.size(1)) / 2 * std::log(2 * M_PI);
        else
            wanted = (x * expected.log()).sum(1);
        QVERIFY(largest(logLikelihood(all[m], x, logits) - wanted) <= 1e-12);
    }
    QVERIFY(largest(targetValues(all[3], values.values[3]).sum(1) - 1) <= 1e-12);
}

void TstJointModels::gradientsAreThoseOfCentralDifferences_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonObject>("more");
    QTest::addColumn<int>("count");
    const auto with = [](const char* key, const char* value) {
        return QJsonObject { { QLatin1String(key), QLatin1String(value) } };
    };
    QTest::newRow("bimodalae squared") << QStringLiteral("bimodalae") << with("loss", "squared") << 4;
    QTest::newRow("bimodalae likelihood") << QStringLiteral("bimodalae") << with("loss", "likelihood") << 2;
    QTest::newRow("mvae") << QStringLiteral("mvae") << QJsonObject() << 2;
    QTest::newRow("mvae of four with random subsets") << QStringLiteral("mvae") << QJsonObject() << 4;
    QTest::newRow("mmvae elbo") << QStringLiteral("mmvae") << with("bound", "elbo") << 2;
    QTest::newRow("mmvae iwae") << QStringLiteral("mmvae") << with("bound", "iwae") << 3;
    QTest::newRow("mopoe") << QStringLiteral("mopoe") << QJsonObject() << 3;
}

void TstJointModels::gradientsAreThoseOfCentralDifferences()
{
    QFETCH(QString, name);
    QFETCH(QJsonObject, more);
    QFETCH(int, count);
    Parameters parameters(11, at::kCPU, at::kDouble);
    const auto model = makerOf(name)(parameters, modalities(size_t(count)), options(more));
    JointValues values = rows(size_t(count), 3, 12);
    values.present[0][1] = false; // one row lacks a modality
    const double worst = gradientError(parameters, *model, values);
    QVERIFY2(worst <= 1e-5, qPrintable(QString::number(worst)));
}

void TstJointModels::oneDrawMakesEveryBoundTheEvidenceBound()
{
    const JointValues values = rows(2, 6, 13);
    std::vector<double> losses;
    for (const char* bound : { "elbo", "iwae", "dreg" }) {
        Parameters parameters(14, at::kCPU, at::kDouble);
        const auto model = makeMmvae(parameters, modalities(2),
            options({ { QStringLiteral("bound"), QLatin1String(bound) }, { QStringLiteral("draws"), 1 } }));
        losses.push_back(lossOf(*model, values, 15, 1));
        // The evidence bound of the mixture from its definition.
        const std::vector<Gaussian> own = model->experts(values);
        const Mixture q { own, at::full({ 6, 2 }, 0.5, real) };
        Chance chance(15);
        at::Tensor sum = at::zeros({ 6 }, real);
        for (const Gaussian& expert : own) {
            const at::Tensor z = expert.mean + (expert.logVariance / 2).exp() * chance.normal({ 1, 6, 3 }, real)[0];
            at::Tensor log = logPrior(z) - logDensity(z, q);
            log = log + logLikelihood(modalities(2)[0], values.values[0], model->decoded(0, z));
            log = log + 3 * logLikelihood(modalities(2)[1], values.values[1], model->decoded(1, z));
            sum = sum + log / 2;
        }
        QVERIFY(std::abs(losses.back() + sum.mean().item<double>()) <= 1e-10);
    }
    QVERIFY(std::abs(losses[0] - losses[1]) <= 1e-12);
    QVERIFY(std::abs(losses[0] - losses[2]) <= 1e-12);
}

void TstJointModels::moreDrawsRaiseTheImportanceWeightedBound()
{
    const JointValues values = rows(2, 6, 13);
    const auto boundOf = [&](const char* bound) {
        Parameters parameters(14, at::kCPU, at::kDouble);
        const auto model = makeMmvae(parameters, modalities(2),
            options({ { QStringLiteral("bound"), QLatin1String(bound) }, { QStringLiteral("draws"), 20 } }));
        return -lossOf(*model, values, 15, 1);
    };
    QVERIFY(boundOf("iwae") > boundOf("elbo") + 1e-3); // the same draws: Jensen's inequality
    QVERIFY(std::abs(boundOf("iwae") - boundOf("dreg")) <= 1e-12);
}

/// Of one modality: the identity holds where the draws come from the density in the weights.
void TstJointModels::doublyReparametrisedGradientsAreUnbiasedAndSteadier()
{
    JointValues values = rows(1, 1, 16);
    std::vector<std::vector<at::Tensor>> encoder(2), decoder(2);
    for (const size_t which : { 0, 1 }) {
        Parameters parameters(17, at::kCPU, at::kDouble);
        const auto model = makeMmvae(parameters, modalities(1),
            alone({ { QStringLiteral("bound"), QLatin1String(which ? "dreg" : "iwae") } }));
        for (quint64 seed = 0; seed < 1200; ++seed) {
            const std::vector<at::Tensor> found = gradients(parameters, *model, values, seed, 1);
            std::vector<at::Tensor> down, up;
            for (size_t i = 0; i < found.size(); ++i)
                (parameters.trained()[i].first.rfind("decoder", 0) == 0 ? up : down).push_back(found[i].flatten());
            encoder[which].push_back(at::cat(down));
            decoder[which].push_back(at::cat(up));
        }
    }
    const at::Tensor plain = at::stack(encoder[0]), doubly = at::stack(encoder[1]);
    QVERIFY(largest(at::stack(decoder[0]) - at::stack(decoder[1])) <= 1e-12);
    const at::Tensor error = ((plain - doubly).std(0) / std::sqrt(1200.0)).clamp_min(1e-12);
    const double worst = ((plain.mean(0) - doubly.mean(0)).abs() / error).max().item<double>();
    QVERIFY2(worst < 5, qPrintable(QString::number(worst)));
    QVERIFY(largest(plain.mean(0)) > 0.05); // there is something to compare
    QVERIFY(doubly.var(0).sum().item<double>() < 0.9 * plain.var(0).sum().item<double>());
}

void TstJointModels::mopoeOfOneModalityIsAVariationalAutoencoder()
{
    const JointValues values = rows(1, 6, 18);
    Parameters parameters(19, at::kCPU, at::kDouble);
    const auto model = makeMopoe(parameters, modalities(1), alone());
    const Gaussian q = model->experts(values)[0];
    Chance chance(20);
    const at::Tensor z = q.mean + (q.logVariance / 2).exp() * chance.normal({ 6, 3 }, real);
    const at::Tensor bound = logLikelihood(modalities(1)[0], values.values[0], model->decoded(0, z)) - divergenceFromPrior(q);
    QVERIFY(std::abs(lossOf(*model, values, 20, 1) + bound.mean().item<double>()) <= 1e-12);
    QVERIFY(largest(model->code(values) - q.mean) <= 1e-12);
}

void TstJointModels::mvaeOfOneModalityMultipliesWithThePrior()
{
    const JointValues values = rows(1, 6, 18);
    Parameters parameters(19, at::kCPU, at::kDouble);
    const auto model = makeMvae(parameters, modalities(1), alone());
    const Gaussian expert = model->experts(values)[0];
    const at::Tensor precision = (-expert.logVariance).exp();
    QVERIFY(largest(model->code(values) - expert.mean * precision / (1 + precision)) <= 1e-12);
}

void TstJointModels::theAutoencoderHidesModalitiesAndNeverAll()
{
    const JointValues values = rows(2, 40, 21);
    Parameters parameters(22, at::kCPU, at::kDouble);
    const auto never = makeBimodalAe(parameters, modalities(2), options({ { QStringLiteral("drop"), 0.0 }, { QStringLiteral("hidden"), QStringLiteral("12,8") } }));
    QCOMPARE(lossOf(*never, values, 1), lossOf(*never, values, 2)); // nothing is drawn that matters
    Parameters same(22, at::kCPU, at::kDouble);
    const auto often = makeBimodalAe(same, modalities(2), options({ { QStringLiteral("drop"), 0.95 }, { QStringLiteral("hidden"), QStringLiteral("12,8") } }));
    QVERIFY(lossOf(*often, values, 1) != lossOf(*never, values, 1));
    // A missing modality is a zero input.
    JointValues alone = values;
    alone.present = values.present.clone();
    alone.present.select(1, 1).fill_(false);
    JointValues zeros = alone;
    zeros.values[1] = at::zeros_like(zeros.values[1]);
    QCOMPARE(largest(never->code(alone) - never->code(zeros)), 0.0);
    QVERIFY(largest(never->code(alone) - never->code(values)) > 1e-3);
    QVERIFY(never->experts(values).empty());
}

void TstJointModels::wrongOptionsAreTold()
{
    QCOMPARE(hiddenWidths(QStringLiteral("256, 128")), std::vector<int>({ 256, 128 }));
    for (const char* wrong : { "", "0", "wide", "9000", "12,,x" })
        QVERIFY_EXCEPTION_THROWN(hiddenWidths(QLatin1String(wrong)), Error);
    QCOMPARE(modalityWeights(QString(), modalities(4)), std::vector<double>({ 1, 10, 1, 10 }));
    QCOMPARE(modalityWeights(QStringLiteral("audio=.5, label=2"), modalities(4)), std::vector<double>({ 1, 2, .5, 10 }));
    for (const char* wrong : { "video=1", "label", "label=-1", "label=much", "label=inf" })
        QVERIFY_EXCEPTION_THROWN(modalityWeights(QLatin1String(wrong), modalities(4)), Error);
}

QTEST_GUILESS_MAIN(TstJointModels)
#include "tst_jointmodels.moc"
