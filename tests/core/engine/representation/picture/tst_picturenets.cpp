#include "NetTesting.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <cmath>

using namespace triptych;
using namespace triptych::representation;
using namespace triptych::testing;
using namespace Qt::StringLiterals;

class tst_picturenets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }

    void theyHaveThePublishedNumbersOfParameters_data()
    {
        QTest::addColumn<QString>("net");
        QTest::addColumn<QJsonObject>("options");
        QTest::addColumn<int>("classes");
        QTest::addColumn<qint64>("count");
        QTest::newRow("LeNet-5") << u"lenet5"_s << QJsonObject() << 10 << qint64(61'706);
        QTest::newRow("AlexNet") << u"alexnet"_s << published << 1000 << qint64(61'100'840);
        QTest::newRow("VGG-16") << u"vgg"_s << with(published, { { u"batch_norm"_s, false } }) << 1000 << qint64(138'357'544);
        QTest::newRow("VGG-16 BN") << u"vgg"_s << published << 1000 << qint64(138'365'992);
        QTest::newRow("GoogLeNet") << u"googlenet"_s << with(published, { { u"auxiliary"_s, 0 } }) << 1000 << qint64(6'624'904);
        QTest::newRow("GoogLeNet, heads") << u"googlenet"_s << published << 1000 << qint64(13'004'888);
        QTest::newRow("ResNet-18") << u"resnet"_s << published << 1000 << qint64(11'689'512);
        QTest::newRow("ResNet-50") << u"resnet"_s << with(published, { { u"depth"_s, u"50"_s } }) << 1000 << qint64(25'557'032);
        QTest::newRow("ViT-B/16") << u"vit"_s
                                  << with(published, { { u"patch"_s, 16 }, { u"depth"_s, 12 }, { u"heads"_s, 12 } }) << 1000
                                  << qint64(86'567'656);
    }

    void theyHaveThePublishedNumbersOfParameters()
    {
        QFETCH(QString, net);
        QFETCH(QJsonObject, options);
        QFETCH(int, classes);
        Parameters parameters(0);
        kindOf(net).make(parameters, shapeOf(trainOptions(net, options), classes));
        QTEST(parameters.count(), "count");
    }

    void logitsAreTorchvisions_data()
    {
        QFile file(qEnvironmentVariable("TRIPTYCH_NETS_GOLDEN",
            QStringLiteral(TRIPTYCH_SOURCE_DIR "/tests/core/engine/representation/picture/data/nets_golden.json")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray cases = QJsonDocument::fromJson(file.readAll()).array();
        QVERIFY(!cases.isEmpty());
        QTest::addColumn<QJsonObject>("golden");
        for (const QJsonValue& value : cases) {
            const QByteArray options = QJsonDocument(value[u"options"].toObject()).toJson(QJsonDocument::Compact);
            QTest::addRow("%s %s %d %s", qPrintable(value[u"net"].toString()), options.constData(), value[u"side"].toInt(),
                value[u"training"].toBool() ? "training" : "evaluation")
                << value.toObject();
        }
    }

    void logitsAreTorchvisions()
    {
        QFETCH(QJsonObject, golden);
        const bool training = golden[u"training"].toBool();
        const QString name = golden[u"net"].toString();
        const int64_t n = golden[u"n"].toInt(), side = golden[u"side"].toInt();
        QJsonObject options = with(golden[u"options"].toObject(), { { u"side"_s, qint64(side) } });
        if (name != u"vit")
            options[u"stem"_s] = u"published"_s;
        if (name != u"resnet")
            options[u"dropout"_s] = 0;
        if (name == u"googlenet")
            options[u"auxiliary_dropout"_s] = 0;
        const Filled filled(name, options, golden[u"classes"].toInt());
        QCOMPARE(filled.parameters.count(), golden[u"parameters"].toInteger());
        const at::Tensor pixels = 2 * hashed(n * 3 * side * side, "pixels").to(at::kFloat).view({ n, 3, side, side });
        Chance chance(0);
        const NetOutput output = filled.net->run(pixels, { training, &chance, false });
        std::vector<at::Tensor> outputs { output.logits };
        outputs.insert(outputs.end(), output.auxiliary.begin(), output.auxiliary.end());
        const QJsonArray expected = golden[u"logits"].toArray();
        QCOMPARE(qsizetype(outputs.size()), training ? expected.size() : 1);
        for (size_t i = 0; i < outputs.size(); ++i) {
            const at::Tensor flat = outputs[i].flatten().contiguous();
            const QJsonArray numbers = expected[qsizetype(i)].toArray();
            QCOMPARE(flat.numel(), numbers.size());
            double worst = 0;
            for (qsizetype k = 0; k < numbers.size(); ++k)
                worst = std::max(worst, std::abs(numbers[k].toDouble() - double(flat.data_ptr<float>()[k])));
            QVERIFY2(worst <= 1e-4, qPrintable(u"output %1: %2"_s.arg(i).arg(worst)));
        }
    }

    void auxiliaryHeadsServeTrainingAlone()
    {
        const QJsonObject options { { u"width"_s, 0.1 }, { u"side"_s, 32 }, { u"dropout"_s, 0 } };
        const Filled filled(u"googlenet"_s, options, 3);
        const at::Tensor pixels = Chance(1).normal({ 6, 3, 32, 32 });
        const at::Tensor labels = at::arange(6, at::TensorOptions(at::kLong)).remainder(3);
        Chance chance(1);
        QVERIFY(filled.net->run(pixels, {}).auxiliary.empty());
        const NetOutput output = filled.net->run(pixels, { true, &chance, false });
        QCOMPARE(output.auxiliary.size(), size_t(2));
        const double sum = at::cross_entropy_loss(output.auxiliary[0], labels).item<double>()
            + at::cross_entropy_loss(output.auxiliary[1], labels).item<double>();
        const double expected = at::cross_entropy_loss(output.logits, labels).item<double>() + 0.3 * sum;
        QVERIFY(std::abs(netLoss(*filled.net, output, labels).item<double>() - expected) < 1e-5);
    }

    /// Whole way: dropout by the same draws, batch statistics, both heads.
    void theGradientOfTheLossWithHeadsIsRight()
    {
        Parameters parameters(3, at::kCPU, at::kDouble);
        const QJsonObject options { { u"width"_s, 0.06 }, { u"side"_s, 32 } };
        const auto net = googLeNetKind().make(parameters, shapeOf(trainOptions(u"googlenet"_s, options), 3));
        const at::Tensor pixels = Chance(4).normal({ 5, 3, 32, 32 }, at::kDouble);
        const at::Tensor labels = at::arange(5, at::TensorOptions(at::kLong)).remainder(3);
        const auto loss = [&] {
            Chance chance(5);
            return netLoss(*net, net->run(pixels, { true, &chance, false }), labels);
        };
        parameters.requireGradients(true);
        {
            at::AutoGradMode on(true);
            loss().backward();
        }
        at::AutoGradMode off(false);
        int checked = 0;
        for (const auto& [name, tensor] : parameters.trained()) {
            const at::Tensor flat = tensor.detach().view({ -1 });
            const int64_t i = flat.numel() / 2;
            const double step = 1e-6, at0 = flat[i].item<double>();
            flat[i].fill_(at0 + step);
            const double above = loss().item<double>();
            flat[i].fill_(at0 - step);
            const double below = loss().item<double>();
            flat[i].fill_(at0);
            const double measured = (above - below) / (2 * step), computed = tensor.grad().view({ -1 })[i].item<double>();
            QVERIFY2(std::abs(measured - computed) <= 1e-5,
                qPrintable(u"%1: %2 against %3"_s.arg(QString::fromStdString(name)).arg(computed).arg(measured)));
            ++checked;
        }
        QVERIFY(checked > 100);
    }

    void aZeroedResidualBlockIsTheIdentity()
    {
        const at::Tensor pixels = Chance(1).normal({ 2, 3, 32, 32 });
        const auto stages = [&](bool zero) {
            Parameters parameters(2);
            const auto net = resNetKind().make(parameters,
                shapeOf(trainOptions(u"resnet"_s, { { u"zero_last"_s, zero }, { u"width"_s, 0.1 } }), 3));
            const NetOutput output = net->run(pixels, { false, nullptr, true });
            return std::pair { output.stages[0].values, output.stages[1].values };
        };
        const auto [stem, first] = stages(true);
        QVERIFY(at::equal(stem, first)); // the stem is rectified already, and layer1 needs no other shortcut
        const auto [otherStem, other] = stages(false);
        QVERIFY(!at::equal(otherStem, other));
    }

    void batchNormTrainsByTheBatchAndAppliesByItsMemory()
    {
        Parameters parameters(2);
        const auto net = resNetKind().make(parameters, shapeOf(trainOptions(u"resnet"_s, { { u"width"_s, 0.1 } }), 3));
        const at::Tensor pixels = 3 + 2 * Chance(1).normal({ 4, 3, 32, 32 });
        const auto embedding = [&](const at::Tensor& batch, bool training) {
            return net->run(batch, { training, nullptr, false }).embedding.clone();
        };
        const at::Tensor before = embedding(pixels, false);
        QVERIFY(at::allclose(before.narrow(0, 0, 1), embedding(pixels.narrow(0, 0, 1), false), 1e-4, 1e-5));
        const at::Tensor mean = parameters.buffers().front().second;
        QCOMPARE(mean.abs().max().item<double>(), 0.0);
        const at::Tensor whole = embedding(pixels, true);
        QVERIFY(mean.abs().max().item<double>() > 0);
        QVERIFY(!at::allclose(whole.narrow(0, 0, 1), embedding(pixels.narrow(0, 0, 1), true), 1e-2, 1e-3));
        QVERIFY(!at::allclose(before, embedding(pixels, false), 1e-3, 1e-4));
    }

    void aBatchOfOneLeavesTheMemoryFinite()
    {
        Parameters parameters(2);
        const QJsonObject options { { u"width"_s, 0.1 }, { u"stem"_s, u"published"_s } }; // layer4 is 1 × 1
        const auto net = resNetKind().make(parameters, shapeOf(trainOptions(u"resnet"_s, options), 3));
        QVERIFY(net->run(Chance(1).normal({ 1, 3, 32, 32 }), { true, nullptr, false }).logits.isfinite().all().item<bool>());
        for (const auto& [name, tensor] : parameters.buffers())
            QVERIFY2(tensor.isfinite().all().item<bool>(), name.c_str());
    }

    void impossibleShapesAreTold()
    {
        Parameters parameters(0);
        const auto make = [&](const QString& net, const QJsonObject& options) {
            kindOf(net).make(parameters, shapeOf(trainOptions(net, options), 3));
        };
        QVERIFY_THROWS_EXCEPTION(Error, make(u"alexnet"_s, { { u"side"_s, 32 }, { u"stem"_s, u"published"_s } }));
        QVERIFY_THROWS_EXCEPTION(Error, make(u"vit"_s, { { u"side"_s, 32 }, { u"patch"_s, 5 } }));
        QVERIFY_THROWS_EXCEPTION(Error, make(u"vit"_s, { { u"heads"_s, 7 } }));
    }
};

QTEST_GUILESS_MAIN(tst_picturenets)
#include "tst_picturenets.moc"
