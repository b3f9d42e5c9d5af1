#include "tests/core/engine/representation/ContractFixture.h"

#include "core/engine/representation/RepresentationMethods.h"
#include "core/jobs/Error.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <QJsonArray>
#include <QSet>
#include <QTest>

#include <map>

using namespace triptych;
using namespace triptych::contract;
using namespace Qt::StringLiterals;

namespace {

const Method* twin(const QString& name)
{
    for (const Method& method : representationMethods())
        if (method.info.id == u"represent."_s + name)
            return &method;
    return nullptr;
}

QString nameOf(const Method& method) { return method.info.id.section(u'.', 1); }

} // namespace

/// What every train.NAME and its represent.NAME keep to. Colleagues of a new line have nothing to add here.
class TestContract : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }
    void tablesAreWhole();
    void whatIsTrainedIsTheSeedsAlone_data() { trainers(); }
    void whatIsTrainedIsTheSeedsAlone();
    void whatIsKeptIsEnoughToRepresent_data() { trainers(); }
    void whatIsKeptIsEnoughToRepresent();
    void badInputIsRefusedWithASentence_data() { trainers(); }
    void badInputIsRefusedWithASentence();
    void aCancelIsAnswered_data() { trainers(); }
    void aCancelIsAnswered();

private:
    static void trainers();
    /// Trained once for all tests: seed 0, two epochs.
    const Value& trained(const Method& method);
    std::map<QString, Value> m_trained;
};

Q_DECLARE_METATYPE(const Method*)

void TestContract::trainers()
{
    QTest::addColumn<const Method*>("method");
    for (const Method& method : representationTrainers())
        QTest::newRow(qPrintable(nameOf(method))) << &method;
}

const Value& TestContract::trained(const Method& method)
{
    const auto found = m_trained.find(method.info.id);
    if (found != m_trained.end())
        return found->second;
    return m_trained[method.info.id] = run(method, smallOptions(method, 2), inputsOf(things()));
}

void TestContract::tablesAreWhole()
{
    QSet<QString> ids;
    for (const auto* table : { &representationTrainers(), &representationMethods() }) {
        for (const Method& method : *table) {
            QVERIFY2(!ids.contains(method.info.id), qPrintable(method.info.id));
            ids << method.info.id;
            QVERIFY2(wrongIn(method.info).isEmpty(), qPrintable(wrongIn(method.info)));
            QVERIFY(method.run);
        }
    }
    for (const Method& method : representationTrainers()) {
        QVERIFY2(method.info.id.startsWith("train."_L1) && method.info.room == u"training", qPrintable(method.info.id));
        const Method* represent = twin(nameOf(method));
        QVERIFY2(represent, qPrintable(nameOf(method)));
        QVERIFY2(represent->info.inputs.contains(u"fitted"_s), qPrintable(nameOf(method)));
    }
    for (const Method& method : representationMethods()) {
        if (method.info.room == u"media")
            continue; // makes a data set, represents nothing
        QVERIFY2(method.info.id.startsWith("represent."_L1) && method.info.room == u"representation", qPrintable(method.info.id));
        QVERIFY2(hasOption(method, u"steps"_s), qPrintable(method.info.id));
    }
}

void TestContract::whatIsTrainedIsTheSeedsAlone()
{
    QFETCH(const Method*, method);
    at::Generator shared = at::detail::getDefaultCPUGenerator();
    const at::Tensor before = shared.get_state();
    const Value& first = trained(*method);
    QVERIFY2(at::equal(before, shared.get_state()), "it drew from LibTorch's global generator");
    Watch watch;
    const Value again = run(*method, smallOptions(*method, 2), inputsOf(things()), watch);
    QVERIFY(!first.arrays.empty());
    QVERIFY2(sameBits(first, again), "the same seed gave other bits");
    QVERIFY2(brokenArray(first).isEmpty(), qPrintable(brokenArray(first)));
    if (hasOption(*method, u"seed"_s)) {
        QJsonObject other = smallOptions(*method, 2);
        other[u"seed"_s] = 1;
        QVERIFY2(!sameBits(first, run(*method, other, inputsOf(things())), u"weights"_s), "another seed gave the same weights");
    }
    QCOMPARE(first.info[u"method"].toString(), method->info.id);
    QCOMPARE(first.info[u"options"].toObject(), completeOptions(method->info, smallOptions(*method, 2)));
    QVERIFY(first.info[u"parameters"].toInteger() > 0);
    QVERIFY(first.info[u"seconds"].toDouble() >= 0);
    if (!hasOption(*method, u"epochs"_s))
        return; // solved in one go
    const QJsonObject lines = first.info[u"curves"][u"lines"].toObject();
    QVERIFY(!lines.isEmpty());
    QCOMPARE(first.info[u"curves"][u"at"].toArray().size(), first.info[u"epochs"].toInt());
    for (auto line = lines.begin(); line != lines.end(); ++line)
        for (const QJsonValue value : line->toArray())
            QVERIFY2(value.isNull() || std::isfinite(value.toDouble()), qPrintable(line.key()));
    QVERIFY(!watch.partials.empty());
    for (const auto& partial : watch.partials)
        QVERIFY(partial->info[u"partial"].toBool() && !partial->info[u"curves"].toObject().isEmpty());
}

void TestContract::whatIsKeptIsEnoughToRepresent()
{
    QFETCH(const Method*, method);
    const Method* represent = twin(nameOf(*method));
    QVERIFY(represent);
    const ValuePtr fitted = kept(trained(*method));
    // Six of the things, in another order, without a split or a label that could help.
    std::vector<Sample> some;
    for (const size_t i : { 7, 2, 15, 4, 20, 11 }) {
        some.push_back(things()[i]);
        some.back().label.clear();
        some.back().group.clear();
    }
    const Value rows = run(*represent, smallOptions(*represent, 2), inputsOf(some, fitted));
    QVERIFY2(wrongRows(rows, some).isEmpty(), qPrintable(wrongRows(rows, some)));
    const Value again = run(*represent, smallOptions(*represent, 2), inputsOf(some, fitted));
    QVERIFY2(sameBits(rows, again, u"embeddings"_s), "the same sample was represented otherwise the second time");
    // A sample is the same alone as among others.
    const Value alone = run(*represent, smallOptions(*represent, 2), inputsOf({ some[2] }, fitted));
    QVERIFY2(wrongRows(alone, { some[2] }).isEmpty(), qPrintable(wrongRows(alone, { some[2] })));
    const qint64 dims = rows.array(u"embeddings"_s).shape[1];
    for (qint64 d = 0; d < dims; ++d) {
        const float a = rows.array(u"embeddings"_s).floats()[size_t(2 * dims + d)];
        const float b = alone.array(u"embeddings"_s).floats()[size_t(d)];
        QVERIFY2(std::abs(a - b) <= 1e-4F + 1e-3F * std::abs(a), qPrintable(u"%1 among others, %2 alone"_s.arg(a).arg(b)));
    }
    QJsonObject asked = smallOptions(*represent, 2);
    asked[u"steps"_s] = true;
    const Value steps = run(*represent, asked, inputsOf(some, fitted));
    QVERIFY2(wrongSteps(steps).isEmpty(), qPrintable(wrongSteps(steps)));
    QVERIFY2(brokenArray(steps).isEmpty(), qPrintable(brokenArray(steps)));
}

void TestContract::badInputIsRefusedWithASentence()
{
    QFETCH(const Method*, method);
    const Method* represent = twin(nameOf(*method));
    QVERIFY(represent);
    std::vector<Sample> hollow = things();
    hollow[3].sources.clear();
    hollow[3].label.clear();
    std::vector<Sample> allHollow = things();
    for (Sample& sample : allHollow) {
        sample.sources.clear();
        sample.label.clear();
    }
    const QJsonObject small = smallOptions(*method, 1);
    const ValuePtr fitted = kept(trained(*method));
    QVERIFY2(!refusal(*method, small, inputsOf({})).isEmpty(), "training on no samples");
    QVERIFY2(!refusal(*method, small, inputsOf(allHollow)).isEmpty(), "training on samples without a signal");
    // One without a signal may be left out of training, or be named.
    if (refusal(*method, small, inputsOf(hollow)).isEmpty())
        QVERIFY(brokenArray(run(*method, small, inputsOf(hollow))).isEmpty());
    QVERIFY2(!refusal(*represent, {}, inputsOf({}, fitted)).isEmpty(), "representing no samples");
    QVERIFY2(!refusal(*represent, {}, inputsOf(hollow, fitted)).isEmpty(), "representing a sample without a signal");
    QVERIFY2(!refusal(*represent, {}, inputsOf(things())).isEmpty(), "representing with nothing fitted");
    auto foreign = std::make_shared<Value>(*fitted);
    foreign->info[u"method"_s] = u"train.another"_s;
    QVERIFY2(!refusal(*represent, {}, inputsOf(things(), foreign)).isEmpty(), "what another method fitted");
    auto hole = std::make_shared<Value>(*fitted);
    hole->arrays.clear();
    QVERIFY2(!refusal(*represent, {}, inputsOf(things(), hole)).isEmpty(), "a fitted value without weights");
    for (const Method* each : { method, represent })
        for (const OptionInfo& option : each->info.options)
            if (option.minimum != option.maximum) {
                const QJsonObject wrong { { option.name, option.minimum - 1 } };
                QVERIFY2(!refusal(*each, wrong, inputsOf(things(), fitted)).isEmpty(), qPrintable(option.name));
            }
}

void TestContract::aCancelIsAnswered()
{
    QFETCH(const Method*, method);
    for (const int after : { 0, 3 }) {
        if (after > 0 && !hasOption(*method, u"epochs"_s))
            return; // solved in one go: there may be no third report
        Watch watch(after);
        QVERIFY_EXCEPTION_THROWN(run(*method, smallOptions(*method, 50), inputsOf(things()), watch), Cancelled);
        QVERIFY(watch.sinceStop.isValid() && watch.sinceStop.elapsed() < 1000);
    }
}

QTEST_GUILESS_MAIN(TestContract)
#include "tst_contract.moc"
