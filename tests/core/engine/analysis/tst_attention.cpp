#include "Looks.h"

#include <QtTest>

using namespace triptych;
using namespace triptych::testing;

class TestAttention : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMethodKeepsTheShapeOfTheGrid();
    void everyMethodIsRepeatable();
    void everyMethodStopsWhenAsked();
    void everyMethodRefusesAnUnknownOption();
    void everyMethodNamesAMissingSource();
    void everyMapSaysWhatItIs();
    void rawAttentionIsARowOfTheMaps();
    void rowsOfTextsSumToOne();
    void gridAndSpecialPositionsSumToOne();
    void specialTokensOfATextAreNamed();
    void paddingIsNoPartOfTheMap();
    void aSoundSaysWhatItSpans();
    void aFrameOfAVideoIsLookedAtAsAPicture();
    void badLayersHeadsAndQueriesAreNamed();
    void entropyAndDistanceAreWithinTheirBounds();
};

void TestAttention::everyMethodKeepsTheShapeOfTheGrid()
{
    TinyModel model(1);
    const Inputs inputs = sampleOf(QStringLiteral("s"), QStringLiteral("cat"));
    const std::map<QString, QList<qint64>> grids {{QStringLiteral("image"), {3, 4}},
        {QStringLiteral("audio"), {2, 6}}, {QStringLiteral("text"), {1, 5}}};
    for (const Named& named : looks()) {
        for (const auto& [modality, grid] : grids) {
            const Value value
                = look(named.id, model, inputs, {{QStringLiteral("modality"), modality}});
            QCOMPARE(value.info[QStringLiteral("grid")].toArray(), (QJsonArray {grid[0], grid[1]}));
            for (const auto& [name, array] : value.arrays)
                for (const float number : array.floats())
                    QVERIFY2(std::isfinite(number), named.id);
            if (qstrcmp(named.id, "attend.maps") == 0) {
                QCOMPARE(value.array(QStringLiteral("maps")).shape,
                    (QList<qint64> {3, 4, grid[0] * grid[1]}));
                QCOMPARE(value.array(QStringLiteral("entropy")).shape, (QList<qint64> {3, 4}));
                QCOMPARE(value.array(QStringLiteral("distance")).shape, (QList<qint64> {3, 4}));
            } else {
                QCOMPARE(value.array(QStringLiteral("map")).shape, grid);
                QVERIFY2(value.info.contains(QStringLiteral("note")) || sumOf(mapOf(value)) != 0,
                    named.id);
            }
        }
    }
}

void TestAttention::everyMethodIsRepeatable()
{
    TinyModel first(2);
    TinyModel second(2);
    const Inputs inputs = sampleOf(QStringLiteral("s"), QStringLiteral("dog"));
    for (const Named& named : looks()) {
        const Value a = look(named.id, first, inputs);
        const Value b = look(named.id, second, inputs);
        for (const auto& [name, array] : a.arrays)
            QCOMPARE(b.array(name).bytes, array.bytes);
    }
}

void TestAttention::everyMethodStopsWhenAsked()
{
    TinyModel model(3);
    const Inputs inputs = sampleOf(QStringLiteral("s"), QStringLiteral("dog"));
    for (const Named& named : looks()) {
        const Method& method = methodNamed(attentionMethods(), QString::fromLatin1(named.id));
        StopAt progress(1);
        QVERIFY_EXCEPTION_THROWN(
            named.look(model, completeOptions(method.info, {}), inputs, progress), Cancelled);
    }
}

void TestAttention::everyMethodRefusesAnUnknownOption()
{
    // And attend.cross and attend.joint, which need a model of another kind: tst_writing.
    QCOMPARE(attentionMethods().size(), looks().size() + 2);
    for (const Method& method : attentionMethods()) {
        QVERIFY_EXCEPTION_THROWN(
            completeOptions(method.info, {{QStringLiteral("colour"), 1}}), Error);
        QVERIFY(!method.info.reference.isEmpty());
        QCOMPARE(method.info.inputs, QStringList {QStringLiteral("samples")});
    }
}

void TestAttention::everyMethodNamesAMissingSource()
{
    TinyModel model(3);
    for (const Named& named : looks()) {
        QVERIFY_EXCEPTION_THROWN(look(named.id, model, {}), Error);
        QVERIFY_EXCEPTION_THROWN(look(named.id, model, sampleOf(QStringLiteral("s"), {}),
                                     {{QStringLiteral("modality"), QStringLiteral("text")}}),
            Error);
    }
}

void TestAttention::everyMapSaysWhatItIs()
{
    TinyModel model(3);
    for (const Named& named : looks()) {
        const Value value
            = look(named.id, model, sampleOf(QStringLiteral("s"), QStringLiteral("dog")));
        QCOMPARE(value.info[QStringLiteral("modelHash")].toString(), model.hash());
        QVERIFY(value.info[QStringLiteral("caption")].toString().endsWith(QLatin1Char('.')));
        QVERIFY(!value.info[QStringLiteral("method")].toString().isEmpty());
    }
}

void TestAttention::rawAttentionIsARowOfTheMaps()
{
    TinyModel model(4);
    const Inputs inputs = sampleOf(QStringLiteral("s"), QStringLiteral("dog"));
    const Value all = look("attend.maps", model, inputs, {{QStringLiteral("query"), 5}});
    const Value one = look("attend.raw", model, inputs,
        {{QStringLiteral("query"), 5}, {QStringLiteral("layer"), 1}, {QStringLiteral("head"), 2}});
    const auto maps = all.array(QStringLiteral("maps")).floats();
    const std::vector<float> map = mapOf(one);
    for (size_t i = 0; i < 12; ++i)
        QCOMPARE(map[i], maps[(1 * 4 + 2) * 12 + i]);
    // The mean over heads of the last layer.
    const std::vector<float> mean
        = mapOf(look("attend.raw", model, inputs, {{QStringLiteral("query"), 5}}));
    for (size_t i = 0; i < 12; ++i) {
        float wanted = 0;
        for (size_t h = 0; h < 4; ++h)
            wanted += maps[(2 * 4 + h) * 12 + i] / 4;
        QVERIFY(std::abs(mean[i] - wanted) < 1e-6F);
    }
}

void TestAttention::rowsOfTextsSumToOne()
{
    TinyModel model(5);
    const Inputs inputs = sampleOf(QStringLiteral("s"), QStringLiteral("horse"));
    const QJsonObject text {{QStringLiteral("modality"), QStringLiteral("text")}};
    QVERIFY(std::abs(sumOf(mapOf(look("attend.raw", model, inputs, text))) - 1) < 1e-5);
    QVERIFY(std::abs(sumOf(mapOf(look("attend.rollout", model, inputs, text))) - 1) < 1e-5);
}

void TestAttention::gridAndSpecialPositionsSumToOne()
{
    TinyModel model(5);
    const Value value = look("attend.maps", model, sampleOf(QStringLiteral("s"), {}));
    const auto maps = value.array(QStringLiteral("maps")).floats();
    const auto special = value.array(QStringLiteral("special")).floats();
    for (size_t i = 0; i < 12; ++i) {
        double sum = double(special[i]);
        for (size_t g = 0; g < 12; ++g)
            sum += double(maps[i * 12 + g]);
        QVERIFY(std::abs(sum - 1) < 1e-5);
    }
}

void TestAttention::specialTokensOfATextAreNamed()
{
    TinyModel model(5);
    const Value value
        = look("attend.raw", model, sampleOf(QStringLiteral("s"), QStringLiteral("cab")),
            {{QStringLiteral("modality"), QStringLiteral("text")}});
    QCOMPARE(value.strings(QStringLiteral("tokens")),
        (QStringList {QStringLiteral("<start>"), QStringLiteral("c"), QStringLiteral("a"),
            QStringLiteral("b"), QStringLiteral("<end>")}));
    QCOMPARE(value.info[QStringLiteral("special")].toArray(), (QJsonArray {0, 4}));
}

void TestAttention::paddingIsNoPartOfTheMap()
{
    TinyModel model(5);
    // Sixteen positions are encoded, of which five are the text.
    const Value value
        = look("attend.relevance", model, sampleOf(QStringLiteral("s"), QStringLiteral("cab")),
            {{QStringLiteral("modality"), QStringLiteral("text")}});
    QCOMPARE(value.array(QStringLiteral("map")).shape, (QList<qint64> {1, 5}));
}

void TestAttention::aSoundSaysWhatItSpans()
{
    TinyModel model(9);
    const Value value = look("attend.rollout", model, sampleOf(QStringLiteral("s"), {}),
        {{QStringLiteral("modality"), QStringLiteral("audio")}});
    QCOMPARE(value.info[QStringLiteral("seconds")].toDouble(), 2.0);
    QCOMPARE(value.info[QStringLiteral("hz")].toArray(), (QJsonArray {0, 8000}));
    QCOMPARE(value.info[QStringLiteral("start")].toDouble(), 0.25);
}

void TestAttention::aFrameOfAVideoIsLookedAtAsAPicture()
{
    TinyModel model(9);
    Inputs film = sampleOf(QStringLiteral("s"), QStringLiteral("cat"));
    film.samples.front().sources[Modality::Video].path = QStringLiteral("noise");
    const Inputs picture = sampleOf(QStringLiteral("s#2"), QStringLiteral("cat"));
    const QJsonObject options {{QStringLiteral("modality"), QStringLiteral("video")}, {QStringLiteral("frame"), 2}};
    for (const Named& named : looks()) {
        const Value seen = look(named.id, model, film, options);
        const Value same = look(named.id, model, picture, {{QStringLiteral("modality"), QStringLiteral("image")}});
        for (const auto& [name, array] : same.arrays)
            QVERIFY2(seen.array(name).bytes == array.bytes, named.id);
        QCOMPARE(seen.info[QStringLiteral("frame")].toInt(), 2);
        QCOMPARE(seen.info[QStringLiteral("frames")].toInt(), 4);
    }
    QVERIFY_EXCEPTION_THROWN(look("attend.maps", model, film,
                                 {{QStringLiteral("modality"), QStringLiteral("video")}, {QStringLiteral("frame"), 4}}),
        Error);
}

void TestAttention::badLayersHeadsAndQueriesAreNamed()
{
    TinyModel model(9);
    const Inputs inputs = sampleOf(QStringLiteral("s"), {});
    QVERIFY_EXCEPTION_THROWN(
        look("attend.raw", model, inputs, {{QStringLiteral("layer"), 3}}), Error);
    QVERIFY_EXCEPTION_THROWN(
        look("attend.raw", model, inputs, {{QStringLiteral("head"), 4}}), Error);
    QVERIFY_EXCEPTION_THROWN(
        look("attend.maps", model, inputs, {{QStringLiteral("query"), 12}}), Error);
    QVERIFY_EXCEPTION_THROWN(
        look("attend.rollout", model, inputs, {{QStringLiteral("start_layer"), 3}}), Error);
    QVERIFY_EXCEPTION_THROWN(
        look("attend.relevance", model, inputs, {{QStringLiteral("start_layer"), 3}}), Error);
    QVERIFY_EXCEPTION_THROWN(
        look("attend.gradcam", model, inputs, {{QStringLiteral("layer"), 3}}), Error);
}

void TestAttention::entropyAndDistanceAreWithinTheirBounds()
{
    TinyModel model(10);
    const Value value = look("attend.maps", model, sampleOf(QStringLiteral("s"), {}));
    for (const float entropy : value.array(QStringLiteral("entropy")).floats())
        QVERIFY(entropy > 0 && entropy < std::log(13.0F) + 1e-5F);
    // 3 × 4 cells: nothing is farther than the diagonal √13.
    for (const float distance : value.array(QStringLiteral("distance")).floats())
        QVERIFY(distance > 0 && distance < std::sqrt(13.0F));
}

QTEST_GUILESS_MAIN(TestAttention)
#include "tst_attention.moc"
