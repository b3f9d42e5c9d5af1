#include "core/engine/analysis/CounterRandom.h"
#include "core/engine/benchmark/Metrics.h"
#include "core/engine/benchmark/Report.h"
#include "core/engine/benchmark/Significance.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonArray>
#include <QTest>
#include <cmath>

using namespace triptych;
using namespace triptych::benchmark;
using namespace Qt::StringLiterals;

namespace {

std::vector<double> normals(int count, quint64 stream, double mean = 0)
{
    std::vector<double> values;
    analysis::CounterRandom random(7, stream, 0);
    for (int i = 0; i < count; ++i)
        values.push_back(mean + random.normal());
    return values;
}

std::vector<int> upTo(int count)
{
    std::vector<int> numbers(static_cast<size_t>(count));
    for (int i = 0; i < count; ++i)
        numbers[size_t(i)] = i;
    return numbers;
}

Trial trialOf(const QString& method, quint64 seed, const std::vector<double>& right)
{
    Trial trial;
    trial.method = method;
    trial.seed = seed;
    trial.splitHash = u"hash %1"_s.arg(seed);
    double sum = 0;
    for (size_t i = 0; i < right.size(); ++i) {
        sum += right[i];
        trial.items[u"accuracy"_s].groups << u"group %1"_s.arg(i / 2);
    }
    trial.items[u"accuracy"_s].values = right;
    trial.metrics[u"test"_s][u"accuracy"_s] = sum / double(right.size());
    trial.metrics[u"fit"_s][u"fit_seconds"_s] = 1.5;
    return trial;
}

ReportOptions reportOptions()
{
    ReportOptions options;
    options.comparison = u"representation"_s;
    options.title = u"A <title> & more"_s;
    options.metrics = { { u"accuracy"_s, u"Accuracy"_s, u"test"_s, true, true, true },
        { u"fit_seconds"_s, u"Training"_s, u"fit"_s, false, false } };
    options.resamples = 2000;
    return options;
}

} // namespace

/// What is said about differences, and how it is written down.
class TestSignificance : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theIntervalIsTheNormalOneForIndependentItems();
    void clustersThatRepeatEachOtherCountOnce();
    void nothingIsATieWithItself();
    void atChanceAboutOneInTwentyIsNoTie();
    void theSameSeedGivesTheSameBits();
    void holmIsTheStepDownOfItsPaper();
    void classificationScoresAreScikitLearns();
    void aTrialSurvivesItsFile();
    void theSummaryHasMeanDeviationAndTies();
    void theTableForScriptsHasALineAMeasure();
    void thePageStandsAloneAndEscapesNames();
};

void TestSignificance::theIntervalIsTheNormalOneForIndependentItems()
{
    const std::vector<double> values = normals(400, 1, 0.2);
    double sum = 0, squares = 0;
    for (const double value : values) {
        sum += value;
        squares += value * value;
    }
    const double mean = sum / 400, error = std::sqrt((squares / 400 - mean * mean) / 400);
    const Difference found = clusterBootstrap({ values }, upTo(400), 10'000, 3).front();
    QVERIFY(std::abs(found.mean - mean) < 1e-12);
    QVERIFY(std::abs(found.low - (mean - 1.96 * error)) < 0.08 * error);
    QVERIFY(std::abs(found.high - (mean + 1.96 * error)) < 0.08 * error);
    // Two-sided p of the same normal.
    QVERIFY(std::abs(found.p - std::erfc(mean / error / std::sqrt(2))) < 0.01);
}

void TestSignificance::clustersThatRepeatEachOtherCountOnce()
{
    const std::vector<double> once = normals(100, 2, 0.1);
    std::vector<double> fourTimes;
    std::vector<int> clusters;
    for (int i = 0; i < 400; ++i) {
        fourTimes.push_back(once[size_t(i / 4)]);
        clusters.push_back(i / 4);
    }
    const Difference a = clusterBootstrap({ once }, upTo(100), 4000, 5).front();
    const Difference b = clusterBootstrap({ fourTimes }, clusters, 4000, 5).front();
    const Difference naive = clusterBootstrap({ fourTimes }, upTo(400), 4000, 5).front();
    QVERIFY(std::abs(a.low - b.low) < 1e-9 && std::abs(a.high - b.high) < 1e-9);
    QVERIFY(naive.high - naive.low < 0.6 * (b.high - b.low));
}

void TestSignificance::nothingIsATieWithItself()
{
    const Difference none = clusterBootstrap({ std::vector<double>(30, 0.0) }, upTo(30), 1000, 0).front();
    QVERIFY(none.tie());
    QCOMPARE(none.p, 1.0);
    const Difference all = clusterBootstrap({ std::vector<double>(30, 0.5) }, upTo(30), 1000, 0).front();
    QVERIFY(!all.tie());
    QVERIFY(all.p < 0.003);
}

void TestSignificance::atChanceAboutOneInTwentyIsNoTie()
{
    int wrong = 0;
    for (quint64 run = 0; run < 400; ++run)
        wrong += clusterBootstrap({ normals(80, 100 + run) }, upTo(80), 500, run).front().tie() ? 0 : 1;
    // 5 % ± 3 standard errors, and a little for percentile intervals of 80 items.
    QVERIFY2(wrong >= 7 && wrong <= 36, QByteArray::number(wrong).constData());
}

void TestSignificance::theSameSeedGivesTheSameBits()
{
    const std::vector<double> values = normals(60, 9);
    const Difference a = clusterBootstrap({ values }, upTo(60), 1000, 11).front();
    const Difference b = clusterBootstrap({ normals(60, 10), values }, upTo(60), 1000, 11)[1];
    const Difference other = clusterBootstrap({ values }, upTo(60), 1000, 12).front();
    QVERIFY(a.low == b.low && a.high == b.high && a.p == b.p);
    QVERIFY(a.low != other.low);
}

void TestSignificance::holmIsTheStepDownOfItsPaper()
{
    const std::vector<double> adjusted = holm({ 0.04, 0.01, 0.03, 0.005 });
    const std::vector<double> expected { 0.06, 0.03, 0.06, 0.02 };
    for (size_t i = 0; i < expected.size(); ++i)
        QVERIFY(std::abs(adjusted[i] - expected[i]) < 1e-12);
    QVERIFY(holm({}).empty());
    QCOMPARE(holm({ 0.9, 0.8 }), std::vector<double>({ 1.0, 1.0 }));
}

// sklearn.metrics on the same lists: accuracy .5, balanced accuracy .5, f1 macro .4888888888888889.
void TestSignificance::classificationScoresAreScikitLearns()
{
    const at::Tensor truth = at::tensor(std::vector<int64_t> { 0, 0, 0, 1, 1, 2, 2, 2 });
    const at::Tensor guesses = at::tensor(std::vector<int64_t> { 0, 0, 1, 1, 2, 2, 0, 3 });
    const auto scores = classificationScores(guesses, truth);
    QVERIFY(std::abs(scores.at(u"accuracy"_s) - 0.5) < 1e-12);
    QVERIFY(std::abs(scores.at(u"balanced_accuracy"_s) - (2.0 / 3 + 1.0 / 2 + 1.0 / 3) / 3) < 1e-12);
    QVERIFY(std::abs(scores.at(u"macro_f1"_s) - (2.0 / 3 + 1.0 / 2 + 2.0 / 5 + 0) / 4) < 1e-12);
}

void TestSignificance::aTrialSurvivesItsFile()
{
    Trial trial = trialOf(u"bag"_s, 3, { 1, 0, 1 });
    trial.facts[u"c"_s] = 0.25;
    const Trial back = Trial::fromJson(trial.toJson());
    QCOMPARE(back.toJson(), trial.toJson());
    QCOMPARE(back.items.at(u"accuracy"_s).values, trial.items.at(u"accuracy"_s).values);
    QVERIFY(!back.failed());
}

void TestSignificance::theSummaryHasMeanDeviationAndTies()
{
    const std::vector<double> good { 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1 };
    const std::vector<double> alike { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0 };
    const std::vector<double> bad(16, 0.0);
    Trial broken;
    broken.method = u"broken"_s;
    broken.failure = u"It cannot be."_s;
    const std::vector<Trial> trials { trialOf(u"bad"_s, 0, bad), trialOf(u"good"_s, 0, good), trialOf(u"alike"_s, 0, alike),
        broken, trialOf(u"bad"_s, 1, bad), trialOf(u"good"_s, 1, std::vector<double>(16, 1.0)), trialOf(u"alike"_s, 1, alike) };
    const QJsonObject document = summarised(trials, reportOptions());
    const QJsonObject summary = document[u"summary"].toObject();
    QCOMPARE(document[u"reference"][u"accuracy"].toString(), u"good"_s);
    QCOMPARE(summary[u"good"][u"accuracy"][u"mean"].toDouble(), (15.0 / 16 + 1) / 2);
    QVERIFY(std::abs(summary[u"good"][u"accuracy"][u"std"].toDouble() - (1.0 / 16) / std::sqrt(2)) < 1e-12);
    QVERIFY(summary[u"good"][u"accuracy"][u"tie"].isUndefined());
    QCOMPARE(summary[u"alike"][u"accuracy"][u"tie"].toBool(), true);
    QCOMPARE(summary[u"bad"][u"accuracy"][u"tie"].toBool(), false);
    QVERIFY(summary[u"bad"][u"accuracy"][u"p_holm"].toDouble() < 0.01);
    QVERIFY(summary[u"bad"][u"accuracy"][u"interval"][1].toDouble() < -0.8);
    QVERIFY(summary[u"bad"][u"fit_seconds"][u"interval"].isUndefined());
    QCOMPARE(document[u"failures"][0][u"reason"].toString(), u"It cannot be."_s);
    QCOMPARE(document[u"split_hash"][u"1"].toString(), u"hash 1"_s);
    QVERIFY(summary[u"broken"].isUndefined());
    // Who was lucky once and was not there the second time is no reference.
    std::vector<Trial> once = trials;
    once.push_back(trialOf(u"lucky"_s, 0, std::vector<double>(16, 1.0)));
    QCOMPARE(summarised(once, reportOptions())[u"reference"][u"accuracy"].toString(), u"good"_s);
    // A reference that is asked for is kept to.
    ReportOptions against = reportOptions();
    against.reference = u"bad"_s;
    const QJsonObject other = summarised(trials, against);
    QVERIFY(other[u"summary"][u"good"][u"accuracy"][u"difference"].toDouble() > 0.9);
}

void TestSignificance::theTableForScriptsHasALineAMeasure()
{
    Trial broken;
    broken.method = u"a,b"_s;
    broken.failure = u"No."_s;
    const QByteArray csv = csvOf({ trialOf(u"bag"_s, 2, { 1, 0 }), broken });
    QCOMPARE(csv, QByteArray("method,seed,split,metric,value\nbag,2,fit,fit_seconds,1.5\nbag,2,test,accuracy,0.5\n"
                             "\"a,b\",0,,failed,1\n"));
}

void TestSignificance::thePageStandsAloneAndEscapesNames()
{
    Trial broken;
    broken.method = u"<script>"_s;
    broken.failure = u"1 < 2"_s;
    const std::vector<Trial> trials { trialOf(u"good"_s, 0, std::vector<double>(16, 1.0)),
        trialOf(u"b&d"_s, 0, std::vector<double>(16, 0.0)), broken };
    const QString page = QString::fromUtf8(pageOf(summarised(trials, reportOptions())));
    QVERIFY(page.contains(u"A &lt;title&gt; &amp; more"));
    QVERIFY(page.contains(u"b&amp;d") && page.contains(u"1 &lt; 2") && page.contains(u"&lt;script&gt;"));
    QVERIFY(!page.contains(u"<script") && !page.contains(u"http"));
    QCOMPARE(page.count(u"<svg"), 1);
    QCOMPARE(page.count(u"<rect"), 2);
}

QTEST_GUILESS_MAIN(TestSignificance)
#include "tst_significance.moc"
