#include "core/engine/learning/LogisticRegression.h"
#include "core/engine/learning/Minimise.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

/// data/logistic_golden.json, made by the script beside it.
QJsonArray golden()
{
    QFile file(QStringLiteral(TRIPTYCH_SOURCE_DIR "/tests/core/engine/learning/data/logistic_golden.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).array() : QJsonArray();
}

at::Tensor table(const QJsonArray& rows)
{
    const bool flat = !rows[0].isArray();
    std::vector<double> numbers;
    for (const QJsonValue& row : rows) {
        if (flat)
            numbers.push_back(row.toDouble());
        for (const QJsonValue& number : row.toArray())
            numbers.push_back(number.toDouble());
    }
    const at::Tensor all = at::tensor(numbers, at::TensorOptions(at::kDouble));
    return flat ? all : all.view({ rows.size(), -1 });
}

/// The rows of the script: five columns of unequal size, or sixty.
at::Tensor rowsOf(int columns)
{
    at::Tensor x = at::empty({ 40, columns }, at::TensorOptions(at::kDouble));
    for (int i = 0; i < 40; ++i)
        for (int j = 0; j < columns; ++j)
            x[i][j] = std::sin(1 + .37 * i * (j + 1) + .11 * j) * (columns == 5 ? 1 + j : 1);
    return x;
}

at::Tensor labels()
{
    at::Tensor y = at::empty({ 40 }, at::TensorOptions(at::kLong));
    for (int i = 0; i < 40; ++i)
        y[i] = i * 7 % 5 % 3;
    return y;
}

double farthest(const at::Tensor& a, const at::Tensor& b) { return (a - b).abs().max().item<double>(); }

} // namespace

class TestLogistic : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void coefficientsAndProbabilitiesAreScikitLearns_data();
    void coefficientsAndProbabilitiesAreScikitLearns();
    void theChoiceIsMadeOnValidationRowsAlone();
    void classesThatAreTooFarApartAreLearnedAndACancelIsAnswered();
    void badInputIsAnError();
    void aCurvedValleyIsFollowedToItsEnd();
};

void TestLogistic::coefficientsAndProbabilitiesAreScikitLearns_data()
{
    QTest::addColumn<QJsonObject>("expected");
    for (const QJsonValue& one : golden())
        QTest::newRow(one[u"name"].toString().toUtf8().constData()) << one.toObject();
}

void TestLogistic::coefficientsAndProbabilitiesAreScikitLearns()
{
    QFETCH(QJsonObject, expected);
    const QString scaling = expected[u"scaling"].toString();
    LogisticOptions options;
    options.c = expected[u"c"].toDouble();
    options.scaling = scaling == u"columns" ? Scaling::Columns : scaling == u"none" ? Scaling::None : Scaling::Overall;
    options.tolerance = 1e-8;
    const at::Tensor x = rowsOf(expected[u"columns"].toInt());
    SilentProgress progress;
    const LogisticRegression model = LogisticRegression::fit(x, labels(), 3, options, progress);
    QVERIFY(model.converged);
    QVERIFY(farthest(model.weight, table(expected[u"weight"].toArray())) < 1e-5);
    QVERIFY(farthest(model.bias, table(expected[u"bias"].toArray())) < 1e-5);
    QVERIFY(farthest(model.probabilities(x), table(expected[u"probabilities"].toArray())) < 1e-6);
}

void TestLogistic::theChoiceIsMadeOnValidationRowsAlone()
{
    // The first column tells the class; the others are noise that a weak pull would learn by heart.
    const at::Tensor y = labels();
    at::Tensor x = rowsOf(60);
    x.select(1, 0).copy_(y.to(at::kDouble) + 0.3 * x.select(1, 1));
    SilentProgress progress;
    const auto part = [&](const at::Tensor& all, int from, int count) { return all.narrow(0, from, count); };
    const std::vector<double> cs { 1e-4, 1e-2, 1, 100 };
    const LogisticRegression model = LogisticRegression::chosen(part(x, 0, 28), part(y, 0, 28), part(x, 28, 12),
        part(y, 28, 12), 3, cs, { Scaling::Columns, Scaling::Overall }, progress);
    QVERIFY(std::find(cs.begin(), cs.end(), model.c) != cs.end());
    // Every other choice is no better on the validation rows.
    const auto rightOf = [&](double c, Scaling scaling) {
        LogisticOptions options { .c = c, .scaling = scaling };
        options.tolerance = 1e-2;
        options.steps = 200;
        const auto one = LogisticRegression::fit(part(x, 0, 28), part(y, 0, 28), 3, options, progress);
        return one.probabilities(part(x, 28, 12)).argmax(1).eq(part(y, 28, 12)).sum().item<int64_t>();
    };
    for (const double c : cs)
        for (const Scaling scaling : { Scaling::Columns, Scaling::Overall })
            QVERIFY(rightOf(c, scaling) <= rightOf(model.c, model.scaling));
    // Without validation rows the first of each is taken.
    const auto first = LogisticRegression::chosen(x, y, {}, {}, 3, { 2, 3 }, { Scaling::Overall }, progress);
    QCOMPARE(first.c, 2.0);
    QVERIFY(first.scaling == Scaling::Overall);
}

void TestLogistic::classesThatAreTooFarApartAreLearnedAndACancelIsAnswered()
{
    at::Tensor x = labels().to(at::kDouble).unsqueeze(1) * 1e3;
    SilentProgress progress;
    const auto model = LogisticRegression::fit(x, labels(), 3, {}, progress);
    QVERIFY(model.probabilities(x).argmax(1).eq(labels()).all().item<bool>());
    struct Stop final : Progress {
        void report(qint64, qint64, const QString&) override { throw Cancelled(); }
    } stop;
    QVERIFY_EXCEPTION_THROWN(LogisticRegression::fit(x, labels(), 3, {}, stop), Cancelled);
}

void TestLogistic::badInputIsAnError()
{
    SilentProgress progress;
    const at::Tensor x = rowsOf(5);
    const auto fails = [&](const at::Tensor& rows, const at::Tensor& y, int64_t classes) {
        try {
            LogisticRegression::fit(rows, y, classes, {}, progress);
        } catch (const Error& error) {
            return !error.message().isEmpty();
        }
        return false;
    };
    QVERIFY(fails(x, labels().narrow(0, 0, 39), 3));
    QVERIFY(fails(x, labels(), 2));
    QVERIFY(fails(x, labels() - 1, 3));
    QVERIFY(fails(x.narrow(0, 0, 0), labels().narrow(0, 0, 0), 3));
    at::Tensor broken = x.clone();
    broken[3][2] = std::nan("");
    QVERIFY(fails(broken, labels(), 3));
}

// Rosenbrock 1960: the minimum 0 is at (1, 1), at the end of a bent valley.
void TestLogistic::aCurvedValleyIsFollowedToItsEnd()
{
    const auto rosenbrock = [](const at::Tensor& place, at::Tensor& gradient) {
        const double a = place[0].item<double>(), b = place[1].item<double>();
        gradient[0] = -2 * (1 - a) - 400 * a * (b - a * a);
        gradient[1] = 200 * (b - a * a);
        return (1 - a) * (1 - a) + 100 * (b - a * a) * (b - a * a);
    };
    SilentProgress progress;
    const at::Tensor start = at::tensor({ -1.2, 1.0 }, at::TensorOptions(at::kDouble));
    const Minimum minimum = minimise(rosenbrock, start, { 200, 1e-9, 10 }, progress);
    QVERIFY(minimum.converged);
    QVERIFY(minimum.steps < 100);
    QVERIFY(farthest(minimum.place, at::ones({ 2 }, at::TensorOptions(at::kDouble))) < 1e-8);
    QVERIFY(!minimise(rosenbrock, start, { 3, 1e-9, 10 }, progress).converged);
}

QTEST_GUILESS_MAIN(TestLogistic)
#include "tst_logistic.moc"
