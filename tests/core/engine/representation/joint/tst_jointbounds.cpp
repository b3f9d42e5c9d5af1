#include "SmallModels.h"

#include <QTest>

using namespace triptych;
using namespace triptych::representation;

class TstJointBounds : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void gradientsAreThoseOfCentralDifferences_data();
    void gradientsAreThoseOfCentralDifferences();
    void oneDrawMakesEveryBoundTheEvidenceBound();
    void moreDrawsRaiseTheImportanceWeightedBound();
    void doublyReparametrisedGradientsAreUnbiasedAndSteadier();
    void mopoeOfOneModalityIsAVariationalAutoencoder();
};

void TstJointBounds::gradientsAreThoseOfCentralDifferences_data()
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

void TstJointBounds::gradientsAreThoseOfCentralDifferences()
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

void TstJointBounds::oneDrawMakesEveryBoundTheEvidenceBound()
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

void TstJointBounds::moreDrawsRaiseTheImportanceWeightedBound()
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
void TstJointBounds::doublyReparametrisedGradientsAreUnbiasedAndSteadier()
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

void TstJointBounds::mopoeOfOneModalityIsAVariationalAutoencoder()
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

QTEST_GUILESS_MAIN(TstJointBounds)
#include "tst_jointbounds.moc"
