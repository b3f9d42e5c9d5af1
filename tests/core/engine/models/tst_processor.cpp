#include "core/engine/media/Media.h"
#include "core/engine/models/CheckpointModel.h"
#include "core/engine/models/processors/PictureProcessor.h"
#include "core/jobs/Error.h"
#include "core/values/Npz.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <cmath>

using namespace triptych;

namespace {

QString oracles()
{
    return QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles");
}

Config config(const char* text)
{
    return { QJsonDocument::fromJson(text).object(), QStringLiteral("preprocessor_config.json") };
}

at::Tensor tensorOf(const Array& array)
{
    at::Tensor tensor = at::empty(at::IntArrayRef(std::vector<int64_t>(array.shape.begin(), array.shape.end())),
        at::kByte);
    std::copy(array.bytes.begin(), array.bytes.end(), static_cast<char*>(tensor.data_ptr()));
    return tensor;
}

} // namespace

class TstProcessor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pixelsAgreeWithTransformers_data();
    void pixelsAgreeWithTransformers();
    void fitsIntoAPaddedSquare();
    void siglip2TakesAsManyWholePatchesAsItMay_data();
    void siglip2TakesAsManyWholePatchesAsItMay();
    void deitCropsWhatItResized();
    void extremePicturesAreRefused();
    void badConfigsAreRefused_data();
    void badConfigsAreRefused();
};

void TstProcessor::pixelsAgreeWithTransformers_data()
{
    const QDir cases(oracles() + QStringLiteral("/imageproc"));
    if (!cases.exists())
        QSKIP("the shared oracles are not here");
    QTest::addColumn<QString>("folder");
    for (const QString& name : cases.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        QTest::newRow(qPrintable(name)) << cases.filePath(name);
}

// Decoded by the reference (assets/decoded.npz) where there is such an array, so that only the
// processor is measured.
void TstProcessor::pixelsAgreeWithTransformers()
{
    QFETCH(QString, folder);
    const auto processor = PictureProcessor::from(preprocessorConfig(folder));
    const Value decoded = readNpz(oracles() + QStringLiteral("/assets/decoded.npz"));
    const Value expected = readNpz(folder + QStringLiteral("/expected.npz"));
    const QJsonObject images = readJsonObject(folder + QStringLiteral("/case.json"))
                                   .value(QStringLiteral("images")).toObject();
    int compared = 0;
    for (const QString& name : images.keys()) {
        Source source;
        source.path = oracles() + QStringLiteral("/assets/images/")
            + images.value(name).toObject().value(QStringLiteral("file")).toString();
        const at::Tensor picture = decoded.has(name) ? tensorOf(decoded.array(name))
                                                     : readPicture(source, { .background = {} });
        if (images.value(name).toObject().contains(QStringLiteral("reference_error"))) {
            QVERIFY_EXCEPTION_THROWN(processor(picture), Error);
            continue;
        }
        const at::Tensor got = processor(picture).contiguous();
        for (const auto& [array, stored] : expected.arrays) {
            if (stored.type != ArrayType::Float32 || !array.startsWith(name))
                continue;
            const auto wanted = stored.floats();
            const qint64 step = qint64(wanted.size()) == got.numel() ? 1 : 97;
            double worst = 0;
            for (size_t i = 0; i < wanted.size(); ++i)
                worst = std::max(worst,
                    double(std::abs(got.data_ptr<float>()[qint64(i) * step] - wanted[i])));
            QVERIFY2(worst <= 1e-6, qPrintable(QStringLiteral("%1: %2").arg(array).arg(worst)));
            ++compared;
        }
    }
    QVERIFY(compared >= qMin<int>(2, int(images.size())));
}

void TstProcessor::fitsIntoAPaddedSquare()
{
    const auto processor = PictureProcessor::from(config(R"({"image_processor_type": "CLIPImageProcessor",
        "size": {"longest_edge": 8}, "do_center_crop": false, "do_pad": true,
        "pad_size": {"height": 12, "width": 12}, "image_mean": [0, 0, 0], "image_std": [1, 1, 1],
        "background": [255, 0, 255]})"));
    const at::Tensor got = processor(at::zeros({ 20, 40, 3 }, at::kByte));
    QVERIFY(got.sizes() == at::IntArrayRef({ 3, 12, 12 }));
    QCOMPARE(got[0][0][0].item<double>(), 1.0);
    QCOMPARE(got[1][0][0].item<double>(), 0.0);
    QCOMPARE(got[0][6][6].item<double>(), 0.0); // the picture: 4 x 8 in the middle
    QCOMPARE(got[0].sum().item<double>(), 144.0 - 32);
}

// Numbers of the reference's search, run in Python: halve [1e-6, 100] until it is 1e-5 wide, keeping below
// max_num_patches the product over both sides of max(1, ceil(side * scale / patch)).
void TstProcessor::siglip2TakesAsManyWholePatchesAsItMay_data()
{
    QTest::addColumn<QList<int>>("sides");
    QTest::newRow("a photo") << QList<int> { 480, 640, 16, 256, 224, 288 };
    QTest::newRow("a strip") << QList<int> { 100, 1000, 16, 256, 80, 800 };
    QTest::newRow("a small one") << QList<int> { 37, 23, 14, 64, 140, 84 };
}

void TstProcessor::siglip2TakesAsManyWholePatchesAsItMay()
{
    QFETCH(QList<int>, sides);
    const auto processor = PictureProcessor::from({ QJsonObject {
        { QStringLiteral("image_processor_type"), QStringLiteral("Siglip2ImageProcessor") },
        { QStringLiteral("patch_size"), sides[2] }, { QStringLiteral("max_num_patches"), sides[3] } }, QString() });
    const at::Tensor got = processor(at::full({ sides[0], sides[1], 3 }, 255, at::kByte));
    QVERIFY(got.sizes() == at::IntArrayRef({ 3, sides[4], sides[5] }));
    QCOMPARE(got.min().item<double>(), 1.0);
}

void TstProcessor::deitCropsWhatItResized()
{
    const auto processor = PictureProcessor::from(config(R"({"feature_extractor_type": "DeiTFeatureExtractor",
        "size": 8, "crop_size": 6, "image_mean": [0, 0, 0], "image_std": [1, 1, 1]})"));
    QVERIFY(processor(at::zeros({ 20, 10, 3 }, at::kByte)).sizes() == at::IntArrayRef({ 3, 6, 6 }));
    const auto [left, top, width, height] = processor.region(20, 10);
    QCOMPARE(left, 0.125);
    QCOMPARE(top, 0.125);
    QCOMPARE(width, 0.75);
    QCOMPARE(height, 0.75);
}

void TstProcessor::extremePicturesAreRefused()
{
    const auto processor = PictureProcessor::from(config(R"({"feature_extractor_type": "CLIPFeatureExtractor",
        "size": 224, "crop_size": 224})"));
    QVERIFY_EXCEPTION_THROWN(processor(at::zeros({ 1, 60000, 3 }, at::kByte)), Error);
}

void TstProcessor::badConfigsAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("size") << QByteArray(R"({"size": -3})");
    QTest::newRow("mean") << QByteArray(R"({"image_mean": [1, 2]})");
    QTest::newRow("deviation") << QByteArray(R"({"image_std": [1, 0, 1]})");
    QTest::newRow("filter") << QByteArray(R"({"resample": 9})");
    QTest::newRow("percent") << QByteArray(R"({"crop_pct": 0})");
    QTest::newRow("flag") << QByteArray(R"({"do_resize": "yes"})");
}

void TstProcessor::badConfigsAreRefused()
{
    QFETCH(QByteArray, text);
    QVERIFY_EXCEPTION_THROWN(PictureProcessor::from(config(text.constData())), Error);
}

QTEST_MAIN(TstProcessor)
#include "tst_processor.moc"
