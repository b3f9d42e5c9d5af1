#include "tests/core/engine/representation/ContractFixture.h"

#include "core/engine/representation/RepresentationMethods.h"
#include "core/jobs/Error.h"

#include <ATen/Parallel.h>
#include <QJsonArray>
#include <QTest>

using namespace triptych;
using namespace triptych::contract;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(const Method*)

/// What every represent.NAME without a train.NAME keeps to: it counts, or learns nothing.
class TestCountingContract : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }
    void oneRowASampleAndTheSameBits_data() { counting(); }
    void oneRowASampleAndTheSameBits();
    void whatWasFittedIsAppliedToNewSamples_data() { counting(); }
    void whatWasFittedIsAppliedToNewSamples();
    void theStepsAreWhole_data() { counting(); }
    void theStepsAreWhole();
    void badInputIsRefusedAndACancelAnswered_data() { counting(); }
    void badInputIsRefusedAndACancelAnswered();

private:
    static void counting();
};

void TestCountingContract::counting()
{
    QTest::addColumn<const Method*>("method");
    for (const Method& method : representationMethods()) {
        if (method.info.room == u"media")
            continue; // makes a data set, represents nothing
        const QString train = u"train."_s + method.info.id.section(u'.', 1);
        const bool learns = std::any_of(representationTrainers().begin(), representationTrainers().end(),
            [&](const Method& trainer) { return trainer.info.id == train; });
        if (!learns)
            QTest::newRow(qPrintable(method.info.id.section(u'.', 1))) << &method;
    }
}

void TestCountingContract::oneRowASampleAndTheSameBits()
{
    QFETCH(const Method*, method);
    const Value first = run(*method, {}, inputsOf(things()));
    QVERIFY2(wrongRows(first, things()).isEmpty(), qPrintable(wrongRows(first, things())));
    QVERIFY(sameBits(first, run(*method, {}, inputsOf(things()))));
}

void TestCountingContract::whatWasFittedIsAppliedToNewSamples()
{
    QFETCH(const Method*, method);
    std::vector<Sample> earlier = things(), later;
    later.assign(earlier.begin() + 16, earlier.end());
    earlier.resize(16);
    const Value fit = run(*method, {}, inputsOf(earlier));
    const Value rows = run(*method, {}, inputsOf(later, kept(fit)));
    QVERIFY2(wrongRows(rows, later).isEmpty(), qPrintable(wrongRows(rows, later)));
    QCOMPARE(rows.array(u"embeddings"_s).shape[1], fit.array(u"embeddings"_s).shape[1]);
    const Value alone = run(*method, {}, inputsOf({ later[3] }, kept(fit)));
    const qint64 dims = rows.array(u"embeddings"_s).shape[1];
    for (qint64 d = 0; d < dims; ++d)
        QVERIFY(std::abs(alone.array(u"embeddings"_s).floats()[size_t(d)]
                    - rows.array(u"embeddings"_s).floats()[size_t(3 * dims + d)])
            <= 1e-4F);
}

void TestCountingContract::theStepsAreWhole()
{
    QFETCH(const Method*, method);
    const Value steps = run(*method, { { u"steps"_s, true } }, inputsOf(things()));
    QVERIFY2(wrongSteps(steps).isEmpty(), qPrintable(wrongSteps(steps)));
    QVERIFY2(brokenArray(steps).isEmpty(), qPrintable(brokenArray(steps)));
}

void TestCountingContract::badInputIsRefusedAndACancelAnswered()
{
    QFETCH(const Method*, method);
    std::vector<Sample> hollow = things();
    hollow[3].sources.clear();
    QVERIFY2(!refusal(*method, {}, inputsOf({})).isEmpty(), "no samples");
    QVERIFY2(!refusal(*method, {}, inputsOf(hollow)).isEmpty(), "a sample without a signal");
    for (const OptionInfo& option : method->info.options)
        if (option.minimum != option.maximum)
            QVERIFY2(!refusal(*method, { { option.name, option.minimum - 1 } }, inputsOf(things())).isEmpty(),
                qPrintable(option.name));
    Watch watch(0);
    QVERIFY_EXCEPTION_THROWN(run(*method, {}, inputsOf(things()), watch), Cancelled);
}

QTEST_GUILESS_MAIN(TestCountingContract)
#include "tst_countingcontract.moc"
