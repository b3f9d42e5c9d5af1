#include "AnalysisSupport.h"
#include "TinyModel.h"

#include "core/engine/analysis/Support.h"
#include "core/engine/analysis/attention/Forward.h"
#include "core/engine/analysis/attention/GradCam.h"
#include "core/engine/analysis/attention/Maps.h"
#include "core/engine/analysis/attention/PatchSimilarity.h"
#include "core/engine/analysis/attention/Propagation.h"
#include "core/engine/analysis/attention/Raw.h"
#include "core/engine/analysis/attention/Relevance.h"
#include "core/engine/analysis/attention/Rollout.h"

#include <ATen/TensorOperators.h>
#include <QtTest>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>

using namespace triptych;
using namespace triptych::testing;
using namespace triptych::analysis;

namespace {

using Look = Value (*)(Model&, const QJsonObject&, const Inputs&, Progress&);

struct Named {
    const char* id;
    Look look;
};

const std::vector<Named>& looks()
{
    static const std::vector<Named> list {{"attend.maps", attentionMaps},
        {"attend.raw", rawAttention}, {"attend.rollout", attentionRollout},
        {"attend.relevance", attentionRelevance}, {"attend.gradcam", gradCamMap},
        {"attend.similarity", patchSimilarity}};
    return list;
}

Inputs sampleOf(const QString& id, const QString& text)
{
    Sample sample;
    sample.id = id;
    sample.sources[Modality::Image].path = QStringLiteral("noise");
    sample.sources[Modality::Audio].path = QStringLiteral("noise");
    if (!text.isEmpty())
        sample.sources[Modality::Text].text = text;
    return {{sample}, {}};
}

Value look(const char* id, Model& model, const Inputs& inputs, const QJsonObject& options = {})
{
    SilentProgress progress;
    const c10::NoGradGuard asTheEngineDoes;
    for (const Named& named : looks()) {
        if (qstrcmp(named.id, id) == 0) {
            const Method& method = methodNamed(attentionMethods(), QString::fromLatin1(id));
            return named.look(model, completeOptions(method.info, options), inputs, progress);
        }
    }
    throw std::runtime_error("no such method");
}

std::vector<float> mapOf(const Value& value)
{
    const auto map = value.array(QStringLiteral("map")).floats();
    return {map.begin(), map.end()};
}

double sumOf(const std::vector<float>& values)
{
    double sum = 0;
    for (const float value : values)
        sum += double(value);
    return sum;
}

/// Attention and gradient of the golden case, methods.md section 7, n = 5.
at::Tensor goldenAttention(int k)
{
    at::Tensor scores = at::empty({3, 5, 5}, at::kDouble);
    auto values = scores.accessor<double, 3>();
    for (int h = 0; h < 3; ++h)
        for (int i = 0; i < 5; ++i)
            for (int j = 0; j < 5; ++j)
                values[h][i][j] = std::sin(k + h + 1.1 * i + .7 * j * (h + 1));
    return at::softmax(scores, -1);
}

at::Tensor goldenGradient(int k)
{
    at::Tensor gradient = at::empty({3, 5, 5}, at::kDouble);
    auto values = gradient.accessor<double, 3>();
    for (int h = 0; h < 3; ++h)
        for (int i = 0; i < 5; ++i)
            for (int j = 0; j < 5; ++j)
                values[h][i][j] = std::cos(k + .5 * h + .9 * i - .4 * j * (h + 1));
    return gradient;
}

void compareRow(const at::Tensor& row, const std::vector<double>& wanted)
{
    for (size_t i = 0; i < wanted.size(); ++i)
        QVERIFY(std::abs(row[int64_t(i)].item<double>() - wanted[i]) < 1e-7);
}

} // namespace

class TestAttention : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void relevanceHasTheGoldenNumbers();
    void rolloutHasTheGoldenNumbers();
    void gradCamWeighsChannelsByTheirMeanGradient();
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
    void theScoreIsTheCosineOfTheEmbeddings();
    void relevanceFollowsTheTarget();
    void relevanceUsesTheTrueGradient();
    void withoutATargetTheLengthIsExplained();
    void aSoundSaysWhatItSpans();
    void aMapOfZerosSaysWhy();
    void badLayersHeadsAndQueriesAreNamed();
    void entropyAndDistanceAreWithinTheirBounds();
};

void TestAttention::relevanceHasTheGoldenNumbers()
{
    const at::Tensor result = relevance(
        {goldenAttention(0), goldenAttention(1)}, {goldenGradient(0), goldenGradient(1)});
    compareRow(result[0], {1.28365101, .34217555, .38394978, .15212314, .04883231});
}

void TestAttention::rolloutHasTheGoldenNumbers()
{
    const at::Tensor result = rollout({goldenAttention(0), goldenAttention(1)});
    compareRow(result[0], {.4419816, .1359786, .15210984, .14366622, .12626374});
    QVERIFY(at::allclose(result.sum(1), at::ones({5}, at::kDouble), 0, 1e-12));
}

void TestAttention::gradCamWeighsChannelsByTheirMeanGradient()
{
    const at::Tensor cells = at::tensor({1.0, 2.0, -3.0, 1.0, 0.0, 1.0}, at::kDouble).view({3, 2});
    const at::Tensor gradients
        = at::tensor({3.0, 0.0, 0.0, 3.0, 0.0, 0.0}, at::kDouble).view({3, 2});
    compareRow(gradCam(cells, gradients), {3, 0, 1}); // weights 1, 1; −2 is cut off
}

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
    QCOMPARE(attentionMethods().size(), looks().size());
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

void TestAttention::theScoreIsTheCosineOfTheEmbeddings()
{
    TinyModel model(6);
    const Inputs inputs = sampleOf(QStringLiteral("s"), QStringLiteral("cab"));
    const c10::NoGradGuard guard;
    const at::Tensor image = model.encoder(Modality::Image)
                                 .encode(model.prepare(Modality::Image, inputs.samples), {})
                                 .embedding;
    const at::Tensor text = model.encoder(Modality::Text)
                                .encode(model.prepare(Modality::Text, inputs.samples), {})
                                .embedding;
    const double cosine = at::cosine_similarity(image, text).item<double>();
    for (const char* id : {"attend.relevance", "attend.gradcam", "attend.similarity"}) {
        const Value value = look(id, model, inputs);
        QVERIFY(std::abs(value.info[QStringLiteral("score")].toDouble() - cosine) < 1e-5);
        QCOMPARE(value.info[QStringLiteral("target")].toString(), QStringLiteral("text"));
    }
}

void TestAttention::relevanceFollowsTheTarget()
{
    TinyModel model(7);
    const Inputs inputs = sampleOf(QStringLiteral("s"), QStringLiteral("cab"));
    const std::vector<float> own = mapOf(look("attend.relevance", model, inputs));
    const Value typed = look("attend.relevance", model, inputs,
        {{QStringLiteral("target_text"), QStringLiteral("zebra")}});
    QCOMPARE(typed.info[QStringLiteral("target")].toString(), QStringLiteral("target_text"));
    QVERIFY(own != mapOf(typed));
    // The same words typed are the same target.
    QVERIFY(own
        == mapOf(look("attend.relevance", model, inputs,
            {{QStringLiteral("target_text"), QStringLiteral("cab")}})));
}

void TestAttention::relevanceUsesTheTrueGradient()
{
    // The last layer alone: R − I is the positive part of gradient × attention, and that gradient
    // is also the slope of the score along the attention, found here from the layer's own formula.
    TinyModel model(8);
    const Inputs inputs = sampleOf(QStringLiteral("s"), QStringLiteral("cab"));
    const std::vector<float> map
        = mapOf(look("attend.relevance", model, inputs, {{QStringLiteral("start_layer"), 2}}));
    const c10::AutoGradMode on(true);
    const Forward forward = forwardPass(model,
        completeOptions(
            methodNamed(attentionMethods(), QStringLiteral("attend.relevance")).info, {}),
        inputs, {.attention = true, .gradients = true});
    const at::Tensor text = model.encoder(Modality::Text)
                                .encode(model.prepare(Modality::Text, inputs.samples), {})
                                .embedding.detach();
    const at::Tensor score = at::cosine_similarity(forward.output.embedding, text).sum();
    const at::Tensor& last = forward.output.attention.back();
    const at::Tensor slope = torch::autograd::grad({score}, {last}).front();
    const at::Tensor wanted = (slope * last).clamp_min(0).mean(1).select(0, 0).select(0, 0);
    bool some = false;
    for (size_t i = 0; i < map.size(); ++i) {
        QVERIFY(std::abs(double(map[i]) - wanted[int64_t(i) + 1].item<double>()) < 1e-6);
        some = some || map[i] > 0;
    }
    QVERIFY(some);
}

void TestAttention::withoutATargetTheLengthIsExplained()
{
    TinyModel model(9);
    Inputs inputs = sampleOf(QStringLiteral("s"), {});
    inputs.samples.front().sources.erase(Modality::Audio);
    const Value relevance = look("attend.relevance", model, inputs);
    QCOMPARE(relevance.info[QStringLiteral("target")].toString(), QStringLiteral("norm"));
    QVERIFY(relevance.info[QStringLiteral("score")].toDouble() > 0);
    const Value similarity = look("attend.similarity", model, inputs);
    QVERIFY(
        similarity.info[QStringLiteral("note")].toString().contains(QStringLiteral("target text")));
    // A sound beside the picture is a target, when there is no text.
    inputs = sampleOf(QStringLiteral("s"), {});
    QCOMPARE(look("attend.relevance", model, inputs).info[QStringLiteral("target")].toString(),
        QStringLiteral("audio"));
}

void TestAttention::aSoundSaysWhatItSpans()
{
    TinyModel model(9);
    const Value value = look("attend.rollout", model, sampleOf(QStringLiteral("s"), {}),
        {{QStringLiteral("modality"), QStringLiteral("audio")}});
    QCOMPARE(value.info[QStringLiteral("seconds")].toDouble(), 2.0);
    QCOMPARE(value.info[QStringLiteral("hz")].toArray(), (QJsonArray {0, 8000}));
}

void TestAttention::aMapOfZerosSaysWhy()
{
    TinyModel model(9);
    Forward forward;
    forward.rows = 2;
    forward.columns = 3;
    const Value zeros = mapValue(model, forward, at::zeros({6}), {}, QStringLiteral("because"));
    QCOMPARE(zeros.info[QStringLiteral("note")].toString(), QStringLiteral("because"));
    QVERIFY(!mapValue(model, forward, at::ones({6}), {}, QStringLiteral("because"))
                 .info.contains(QStringLiteral("note")));
    QVERIFY_EXCEPTION_THROWN(mapValue(model, forward, at::full({6}, NAN), {}, {}), Error);
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
