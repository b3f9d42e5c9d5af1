#include "core/engine/training/ContrastiveLoss.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QTest>
#include <cmath>

using namespace triptych;

namespace {

/// The formula inputs of reference/methods.md, section 7: a without `wave`, b with it.
at::Tensor goldenRows(int64_t count, int64_t columns, double wave)
{
    at::Tensor rows = at::empty({ count, columns }, at::kDouble);
    double* value = rows.data_ptr<double>();
    for (int64_t i = 0; i < count; ++i) {
        for (int64_t j = 0; j < columns; ++j) {
            const double row = double(i);
            const double column = double(j);
            *value++ = std::sin(1 + .37 * row * (column + 1) + .11 * column)
                + wave * std::cos(.5 + .29 * row + .53 * row * column);
        }
    }
    return rows / rows.norm(2, { 1 }, true);
}

QStringList differentKeys(int count)
{
    QStringList keys;
    for (int i = 0; i < count; ++i)
        keys << QString::number(i);
    return keys;
}

at::Tensor scaleOf(double value)
{
    return at::full({}, value, at::kDouble);
}

/// −Σ t log softmax over rows, by hand.
double crossEntropyByHand(const at::Tensor& scores, const QStringList& keys)
{
    const int64_t count = scores.size(0);
    double sum = 0;
    for (int64_t i = 0; i < count; ++i) {
        double all = 0;
        for (int64_t j = 0; j < count; ++j)
            all += std::exp(scores[i][j].item<double>());
        double positive = 0;
        for (int64_t j = 0; j < count; ++j) {
            if (keys[i] == keys[j])
                positive += (std::log(all) - scores[i][j].item<double>()) / double(keys.count(keys[i]));
        }
        sum += positive / double(count);
    }
    return sum;
}

} // namespace

class TstContrastiveLoss : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalsTheReferenceInDouble();
    void equalsTheReferenceInFloat();
    void equalKeysShareTheTarget();
    void equalKeysArePositivesOfEachOther();
    void swappingTextsOfOneKeyChangesNothing();
    void gradientsEqualDifferences();
    void nothingToCompareCostsNothing();
};

// methods.md section 7, G1: InfoNCE symmetric, temperature .07.
constexpr double kGolden = 1.8992476909;

void TstContrastiveLoss::equalsTheReferenceInDouble()
{
    const at::Tensor loss = contrastiveLoss(goldenRows(8, 16, 0), goldenRows(8, 16, 2),
        positivesByKey(differentKeys(8), at::kDouble), scaleOf(1 / .07));
    QVERIFY(loss.scalar_type() == at::kDouble);
    QVERIFY2(std::abs(loss.item<double>() - kGolden) <= 1e-8, qPrintable(QString::number(loss.item<double>(), 'g', 12)));
}

void TstContrastiveLoss::equalsTheReferenceInFloat()
{
    const at::Tensor loss = contrastiveLoss(goldenRows(8, 16, 0).to(at::kFloat), goldenRows(8, 16, 2).to(at::kFloat),
        positivesByKey(differentKeys(8)), scaleOf(1 / .07).to(at::kFloat));
    QVERIFY(loss.scalar_type() == at::kFloat);
    QVERIFY(std::abs(loss.item<double>() / kGolden - 1) <= 1e-4);
}

void TstContrastiveLoss::equalKeysShareTheTarget()
{
    const QStringList keys = QStringLiteral("cat dog cat cat").split(u' ');
    const at::Tensor targets = positivesByKey(keys, at::kDouble);
    QVERIFY((targets.sum(1) - 1).abs().max().item<double>() < 1e-15);
    QCOMPARE(targets[0][2].item<double>(), 1. / 3);
    QCOMPARE(targets[0][1].item<double>(), 0.);
    QCOMPARE(targets[1][1].item<double>(), 1.);
    QVERIFY(positivesByKey(keys).scalar_type() == at::kFloat);
}

void TstContrastiveLoss::equalKeysArePositivesOfEachOther()
{
    const QStringList keys = QStringLiteral("cat dog cat cow").split(u' ');
    const at::Tensor a = goldenRows(4, 6, 0);
    const at::Tensor b = goldenRows(4, 6, 2);
    const at::Tensor scores = at::matmul(a, b.t()) * 5;
    const double expected = (crossEntropyByHand(scores, keys) + crossEntropyByHand(scores.t(), keys)) / 2;
    const double loss = contrastiveLoss(a, b, positivesByKey(keys, at::kDouble), scaleOf(5)).item<double>();
    QVERIFY(std::abs(loss - expected) < 1e-12);
}

void TstContrastiveLoss::swappingTextsOfOneKeyChangesNothing()
{
    const at::Tensor a = goldenRows(4, 6, 0);
    const at::Tensor b = goldenRows(4, 6, 2);
    const at::Tensor swapped = at::stack({ b[2], b[1], b[0], b[3] });
    const auto loss = [&](const at::Tensor& texts, const QStringList& keys) {
        return contrastiveLoss(a, texts, positivesByKey(keys, at::kDouble), scaleOf(5)).item<double>();
    };
    const QStringList shared = QStringLiteral("cat dog cat cow").split(u' ');
    QVERIFY(std::abs(loss(b, shared) - loss(swapped, shared)) < 1e-12);
    QVERIFY(std::abs(loss(b, differentKeys(4)) - loss(swapped, differentKeys(4))) > 1e-3);
}

void TstContrastiveLoss::gradientsEqualDifferences()
{
    const at::Tensor targets = positivesByKey(QStringLiteral("cat dog cat cow cow").split(u' '), at::kDouble);
    std::vector<at::Tensor> inputs { goldenRows(5, 4, 0), goldenRows(5, 4, 2), scaleOf(7) };
    const auto loss = [&] { return contrastiveLoss(inputs[0], inputs[1], targets, inputs[2]); };
    {
        const at::AutoGradMode on(true);
        for (at::Tensor& input : inputs)
            input.requires_grad_(true);
        loss().backward();
    }
    const at::AutoGradMode off(false);
    constexpr double step = 1e-6;
    for (at::Tensor& input : inputs) {
        double* values = input.data_ptr<double>();
        const at::Tensor gradient = input.grad().contiguous();
        for (int64_t i = 0; i < input.numel(); ++i) {
            const double middle = values[i];
            values[i] = middle + step;
            const double above = loss().item<double>();
            values[i] = middle - step;
            const double below = loss().item<double>();
            values[i] = middle;
            QVERIFY(std::abs((above - below) / (2 * step) - gradient.data_ptr<double>()[i]) <= 1e-5);
        }
    }
}

void TstContrastiveLoss::nothingToCompareCostsNothing()
{
    const at::Tensor none = at::zeros({ 0, 4 });
    QCOMPARE(contrastiveLoss(none, none, positivesByKey({}), at::full({}, 5)).item<float>(), 0.f);
}

QTEST_APPLESS_MAIN(TstContrastiveLoss)
#include "tst_contrastiveloss.moc"
