#include "SmallModels.h"

#include "core/jobs/Error.h"

#include <QTest>

using namespace triptych;
using namespace triptych::representation;

class TstJointModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aProductOfExpertsIsTheGoldenOne();
    void aMissingModalityIsItsExpertLeftOut();
    void thePosteriorForgetsWhatIsMissing_data();
    void thePosteriorForgetsWhatIsMissing();
    void densitiesAreThoseOfTheirFormulas();
    void likelihoodsAreThoseOfTheirFormulas();
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
