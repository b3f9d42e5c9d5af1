#include "Looks.h"

#include "core/engine/analysis/attention/Forward.h"
#include "core/engine/analysis/attention/Propagation.h"

#include <ATen/TensorOperators.h>
#include <QtTest>
#include <torch/csrc/autograd/autograd.h>

using namespace triptych;
using namespace triptych::testing;
using namespace triptych::analysis;

namespace {

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

class TestRelevance : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void relevanceHasTheGoldenNumbers();
    void rolloutHasTheGoldenNumbers();
    void gradCamWeighsChannelsByTheirMeanGradient();
    void theScoreIsTheCosineOfTheEmbeddings();
    void relevanceFollowsTheTarget();
    void relevanceUsesTheTrueGradient();
    void withoutATargetTheLengthIsExplained();
    void aMapOfZerosSaysWhy();
};

void TestRelevance::relevanceHasTheGoldenNumbers()
{
    const at::Tensor result = relevance(
        {goldenAttention(0), goldenAttention(1)}, {goldenGradient(0), goldenGradient(1)});
    compareRow(result[0], {1.28365101, .34217555, .38394978, .15212314, .04883231});
}

void TestRelevance::rolloutHasTheGoldenNumbers()
{
    const at::Tensor result = rollout({goldenAttention(0), goldenAttention(1)});
    compareRow(result[0], {.4419816, .1359786, .15210984, .14366622, .12626374});
    QVERIFY(at::allclose(result.sum(1), at::ones({5}, at::kDouble), 0, 1e-12));
}

void TestRelevance::gradCamWeighsChannelsByTheirMeanGradient()
{
    const at::Tensor cells = at::tensor({1.0, 2.0, -3.0, 1.0, 0.0, 1.0}, at::kDouble).view({3, 2});
    const at::Tensor gradients
        = at::tensor({3.0, 0.0, 0.0, 3.0, 0.0, 0.0}, at::kDouble).view({3, 2});
    compareRow(gradCam(cells, gradients), {3, 0, 1}); // weights 1, 1; −2 is cut off
}

void TestRelevance::theScoreIsTheCosineOfTheEmbeddings()
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

void TestRelevance::relevanceFollowsTheTarget()
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

void TestRelevance::relevanceUsesTheTrueGradient()
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

void TestRelevance::withoutATargetTheLengthIsExplained()
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

void TestRelevance::aMapOfZerosSaysWhy()
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

QTEST_GUILESS_MAIN(TestRelevance)
#include "tst_relevance.moc"
