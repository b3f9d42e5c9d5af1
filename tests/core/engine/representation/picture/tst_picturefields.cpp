#include "NetTesting.h"

#include "core/engine/representation/picture/Maximise.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QTest>
#include <cmath>

using namespace triptych;
using namespace triptych::representation;
using namespace triptych::testing;
using namespace Qt::StringLiterals;

namespace {

/// Rows and columns of the pixels that move the unit in any of some random pictures.
std::array<int64_t, 4> support(const PictureNet& net, const at::Tensor& pixels, const std::string& stage, int64_t row,
    int64_t column)
{
    at::AutoGradMode on(true);
    at::Tensor place = pixels.clone().requires_grad_(true);
    const NetOutput output = net.run(place, { false, nullptr, true });
    const at::Tensor& values = stageOf(output, QString::fromStdString(stage)).values;
    values.select(2, row).select(2, column).sum().backward();
    const at::Tensor moved = place.grad().ne(0).any(0).any(0);
    const at::Tensor rows = moved.any(1).nonzero().flatten(), columns = moved.any(0).nonzero().flatten();
    return { rows.min().item<int64_t>(), rows.max().item<int64_t>(), columns.min().item<int64_t>(),
        columns.max().item<int64_t>() };
}

} // namespace

/// What a unit sees, and what it wants to see.
class tst_picturefields : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }

    void theReceptiveFieldIsWhereGradientsReach_data()
    {
        QTest::addColumn<QString>("net");
        QTest::addColumn<QJsonObject>("options");
        QTest::newRow("LeNet-5") << u"lenet5"_s << QJsonObject { { u"side"_s, 48 } };
        QTest::newRow("AlexNet") << u"alexnet"_s << QJsonObject { { u"side"_s, 160 }, { u"width"_s, 0.1 } };
        QTest::newRow("AlexNet, small") << u"alexnet"_s << QJsonObject { { u"side"_s, 96 }, { u"width"_s, 0.1 } };
        QTest::newRow("VGG-11") << u"vgg"_s << QJsonObject { { u"side"_s, 160 }, { u"width"_s, 0.05 }, { u"depth"_s, u"11"_s } };
        QTest::newRow("GoogLeNet") << u"googlenet"_s << QJsonObject { { u"side"_s, 128 }, { u"width"_s, 0.1 } };
        QTest::newRow("ResNet-10") << u"resnet"_s << QJsonObject { { u"side"_s, 96 }, { u"width"_s, 0.1 }, { u"depth"_s, u"10"_s } };
        QTest::newRow("ResNet-50, published") << u"resnet"_s
                                              << QJsonObject { { u"side"_s, 128 }, { u"width"_s, 0.06 }, { u"depth"_s, u"50"_s } };
        QTest::newRow("ViT") << u"vit"_s << QJsonObject { { u"side"_s, 32 }, { u"patch"_s, 8 } };
    }

    void theReceptiveFieldIsWhereGradientsReach()
    {
        QFETCH(QString, net);
        QFETCH(QJsonObject, options);
        const Filled filled(net, options, 4);
        const int channels = trainOptions(net, options)[u"channels"].toString().toInt();
        const int64_t side = options[u"side"].toInt();
        const at::Tensor pixels = Chance(6).normal({ 12, channels, side, side });
        int compared = 0;
        for (const Stage& stage : filled.net->run(pixels, { false, nullptr, true }).stages) {
            const int64_t height = stage.values.size(2), width = stage.values.size(3);
            if (height == 1 || (!stage.field.isWhole() && stage.field.size() >= side))
                continue;
            for (const auto& [row, column] : { std::pair { height / 2, width / 3 }, std::pair { int64_t(0), width - 1 }, { height - 1, int64_t(0) } }) {
                const auto rows = stage.field.of(row), columns = stage.field.of(column);
                const std::array<int64_t, 4> found = support(*filled.net, pixels, stage.name, row, column);
                const std::array<int64_t, 4> computed { rows.first, rows.second, columns.first, columns.second };
                QVERIFY2(found == computed,
                    qPrintable(u"%1 at %2, %3: %4–%5 × %6–%7, computed %8–%9 × %10–%11"_s.arg(QString::fromStdString(stage.name))
                                   .arg(row).arg(column).arg(found[0]).arg(found[1]).arg(found[2]).arg(found[3])
                                   .arg(rows.first).arg(rows.second).arg(columns.first).arg(columns.second)));
                ++compared;
            }
        }
        QVERIFY(compared >= 4);
    }

    void knownReceptiveFields()
    {
        const Filled alexNet(u"alexnet"_s, with(published, { { u"width"_s, 0.05 } }), 2);
        const NetOutput output = alexNet.net->run(at::zeros({ 1, 3, 224, 224 }), { false, nullptr, true });
        QCOMPARE(stageOf(output, u"conv5"_s).field.size(), 163); // 11, 19, 51, 67, 99, 131, 163
        QCOMPARE(stageOf(output, u"pool5"_s).field.size(), 195);
        const Filled resNet(u"resnet"_s, with(published, { { u"width"_s, 0.05 } }), 2);
        const NetOutput other = resNet.net->run(at::zeros({ 1, 3, 224, 224 }), { false, nullptr, true });
        QCOMPARE(stageOf(other, u"layer4"_s).field.size(), 435);
    }

    void climbingRaisesTheUnitAndTheSeedDecides()
    {
        const Filled filled(u"resnet"_s, { { u"width"_s, 0.1 } }, 3);
        SilentProgress progress;
        const auto activation = [&](const at::Tensor& pixels) { return filled.net->run(pixels, {}).logits[0][1]; };
        const at::Tensor low = at::full({ 3, 1, 1 }, -2.0), high = at::full({ 3, 1, 1 }, 2.0);
        const auto climb = [&](double smoothness, quint64 seed) {
            return maximise(activation, { 3, 32, 32 }, low, high, { 40, 0.2, smoothness, seed }, progress);
        };
        const Maximised rough = climb(0, 1), smooth = climb(0.2, 1), again = climb(0.2, 1), other = climb(0.2, 2);
        QCOMPARE(rough.activations.size(), size_t(41));
        const double best = *std::max_element(rough.activations.begin(), rough.activations.end());
        QVERIFY(best > rough.activations.front() + 1);
        QVERIFY(std::abs(activation(rough.pixels.unsqueeze(0)).item<double>() - best) < 1e-3);
        QVERIFY(*std::max_element(smooth.activations.begin(), smooth.activations.end()) > smooth.activations.front());
        QVERIFY(at::equal(smooth.pixels, again.pixels));
        QVERIFY(!at::equal(smooth.pixels, other.pixels));
        const auto variation = [](const at::Tensor& p) { return p.diff(1, 2).square().mean().item<double>(); };
        QVERIFY(variation(smooth.pixels) < variation(rough.pixels));
        QVERIFY(rough.pixels.abs().max().item<double>() <= 2);
    }
};

QTEST_GUILESS_MAIN(tst_picturefields)
#include "tst_picturefields.moc"
