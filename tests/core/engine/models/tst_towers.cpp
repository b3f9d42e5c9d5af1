#include "core/engine/models/families/Triptych.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonDocument>
#include <QTest>
#include <torch/csrc/autograd/autograd.h>

using namespace triptych;

namespace {

QJsonObject smallConfig()
{
    return QJsonDocument::fromJson(R"({
        "model_type": "triptych", "projection_dim": 24,
        "text_config": {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2,
            "num_attention_heads": 4, "vocab_size": 50, "max_position_embeddings": 12,
            "eos_token_id": 1, "causal": false, "hidden_act": "gelu"},
        "vision_config": {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2,
            "num_attention_heads": 2, "image_size": [48, 64], "hidden_act": "gelu",
            "stem": [{"channels": 8, "stride": [2, 2], "residual": 1},
                     {"channels": 16, "stride": 2, "residual": 0}]},
        "audio_config": {"hidden_size": 24, "intermediate_size": 48, "num_hidden_layers": 3,
            "num_attention_heads": 3, "num_mel_bins": 16, "max_frames": 40, "patch_size": [8, 10],
            "hidden_act": "quick_gelu"}})").object();
}

/// The same, with embeddings that are means.
QJsonObject meanConfig()
{
    QJsonObject config = smallConfig();
    for (const auto& name : { QStringLiteral("text_config"), QStringLiteral("vision_config"),
             QStringLiteral("audio_config") }) {
        QJsonObject tower = config[name].toObject();
        tower[QStringLiteral("pool")] = QStringLiteral("mean");
        config[name] = tower;
    }
    return config;
}

EncoderInput inputFor(Modality modality)
{
    EncoderInput input;
    if (modality == Modality::Text) {
        input.ids = at::randint(2, 50, { 3, 9 }, at::kLong);
        input.ids.select(1, 6).fill_(1);
        input.mask = at::ones({ 3, 9 }, at::kLong);
        input.mask.slice(1, 7).fill_(0);
        return input;
    }
    input.values = modality == Modality::Image ? at::randn({ 3, 3, 48, 64 })
                                               : at::randn({ 3, 1, 16, 40 });
    return input;
}

double difference(const at::Tensor& a, const at::Tensor& b)
{
    return a.sizes() == b.sizes() ? (a - b).abs().max().item<double>() : 1e9;
}

} // namespace

class TstTowers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void packedProductsEqualLibTorch();
    void packedProductsEqualLibTorchAtEveryBatchSize();
    void attentionRowsSumToOne();
    void gradientsReachEveryWeight();
    void attentionCanBeDifferentiatedThoughWeightsAreFixed();
    void changedWeightsAreSeenByPackedProducts();
    void sameSeedGivesTheSameModel();
    void gridFollowsTheStem();
    void paddingDoesNotChangeAText();
    void aMeanEmbeddingIsTheMeanOfItsProjectedPatches();
    void aMeanTextLeavesPaddingOut();
    void aMeanTowerHasGradientsAndPackedProducts();
    void badConfigsAreRefused_data();
    void badConfigsAreRefused();
    void inputOfTheWrongSizeIsRefused();
};

void TstTowers::packedProductsEqualLibTorch()
{
    const Towers towers = makeTriptych(smallConfig(), 1);
    QCOMPARE(towers.encoders.size(), size_t(3));
    for (const auto& [modality, encoder] : towers.encoders) {
        const EncoderInput input = inputFor(modality);
        const auto fast = encoder->encode(input, { .hidden = true, .attention = true });
        const auto slow
            = encoder->encode(input, { .hidden = true, .attention = true, .gradients = true });
        QVERIFY2(difference(fast.embedding, slow.embedding) < 1e-5, qPrintable(modalityName(modality)));
        QVERIFY(difference(fast.last, slow.last) < 1e-5);
        QCOMPARE(fast.hidden.size(), slow.hidden.size());
        QCOMPARE(fast.attention.size(), size_t(encoder->layers()));
        for (size_t i = 0; i < fast.hidden.size(); ++i)
            QVERIFY(difference(fast.hidden[i], slow.hidden[i]) < 1e-5);
        for (size_t i = 0; i < fast.attention.size(); ++i)
            QVERIFY(difference(fast.attention[i], slow.attention[i]) < 1e-5);
        QVERIFY(difference(encoder->project(fast.last), encoder->project(slow.last)) < 1e-5);
    }
}

void TstTowers::packedProductsEqualLibTorchAtEveryBatchSize()
{
    const Towers towers = makeTriptych(smallConfig(), 2);
    Encoder& encoder = towers.encoder(Modality::Audio);
    const at::Tensor values = at::randn({ 40, 1, 16, 40 });
    const at::Tensor all = encoder.encode({ .values = values }, {}).embedding;
    for (int size = 1; size <= 33; size += 4) {
        const auto part = encoder.encode({ .values = values.slice(0, 0, size) }, {});
        QVERIFY(difference(part.embedding, all.slice(0, 0, size)) < 1e-5);
    }
}

void TstTowers::attentionRowsSumToOne()
{
    const Towers towers = makeTriptych(smallConfig(), 3);
    for (const auto& [modality, encoder] : towers.encoders) {
        const auto output = encoder->encode(inputFor(modality), { .attention = true });
        for (const at::Tensor& layer : output.attention)
            QVERIFY((layer.sum(-1) - 1).abs().max().item<double>() < 1e-5);
        const int64_t cells = output.layout.special + output.layout.gridRows * output.layout.gridColumns;
        QCOMPARE(output.attention.front().size(3), cells);
    }
}

void TstTowers::gradientsReachEveryWeight()
{
    const Towers towers = makeTriptych(smallConfig(), 4);
    for (auto& [name, tensor] : towers.parameters())
        tensor.set_requires_grad(true);
    at::Tensor sum = towers.logitScale.exp();
    for (const auto& [modality, encoder] : towers.encoders) {
        const at::Tensor embedding
            = encoder->encode(inputFor(modality), { .gradients = true }).embedding;
        sum = sum + (embedding * at::randn_like(embedding)).sum();
    }
    sum.backward();
    for (const auto& [name, tensor] : towers.parameters()) {
        QVERIFY2(tensor.is_leaf() && tensor.grad().defined(), name.c_str());
        // Softmax does not see a constant added to every key.
        if (name.find("k_proj.bias") == std::string::npos)
            QVERIFY2(tensor.grad().abs().max().item<double>() > 0, name.c_str());
    }
}

void TstTowers::attentionCanBeDifferentiatedThoughWeightsAreFixed()
{
    const Towers towers = makeTriptych(smallConfig(), 5);
    const c10::NoGradGuard guard; // as on the device worker
    const auto output = towers.encoder(Modality::Image)
                            .encode(inputFor(Modality::Image),
                                { .hidden = true, .attention = true, .gradients = true });
    const c10::AutoGradMode mode(true);
    std::vector<at::Tensor> wanted = output.attention;
    wanted.push_back(output.hidden.front());
    const auto gradients
        = torch::autograd::grad({ output.embedding.select(1, 0).sum() }, wanted);
    for (size_t i = 0; i < wanted.size(); ++i) {
        QVERIFY(gradients[i].sizes() == wanted[i].sizes());
        QVERIFY(gradients[i].abs().max().item<double>() > 0);
    }
}

void TstTowers::changedWeightsAreSeenByPackedProducts()
{
    const Towers towers = makeTriptych(smallConfig(), 6);
    Encoder& encoder = towers.encoder(Modality::Image);
    const EncoderInput input = inputFor(Modality::Image);
    const at::Tensor before = encoder.encode(input, {}).embedding;
    for (auto& [name, tensor] : encoder.parameters())
        tensor.mul_(1.1);
    const at::Tensor after = encoder.encode(input, {}).embedding;
    QVERIFY(difference(before, after) > 1e-4);
    QVERIFY(difference(after, encoder.encode(input, { .gradients = true }).embedding) < 1e-5);
}

void TstTowers::sameSeedGivesTheSameModel()
{
    const auto first = makeTriptych(smallConfig(), 7).parameters();
    const auto second = makeTriptych(smallConfig(), 7).parameters();
    const auto other = makeTriptych(smallConfig(), 8).parameters();
    bool differs = false;
    for (size_t i = 0; i < first.size(); ++i) {
        QCOMPARE(first[i].first, second[i].first);
        QVERIFY(at::equal(first[i].second, second[i].second));
        differs = differs || !at::equal(first[i].second, other[i].second);
    }
    QVERIFY(differs);
}

void TstTowers::gridFollowsTheStem()
{
    const Towers towers = makeTriptych(smallConfig(), 9);
    const auto image = towers.encoder(Modality::Image).encode(inputFor(Modality::Image), {});
    QCOMPARE(image.layout.gridRows, 12); // 48 / 2 / 2
    QCOMPARE(image.layout.gridColumns, 16);
    const auto audio = towers.encoder(Modality::Audio).encode(inputFor(Modality::Audio), {});
    QCOMPARE(audio.layout.gridRows, 2); // 16 / 8
    QCOMPARE(audio.layout.gridColumns, 4);
}

void TstTowers::paddingDoesNotChangeAText()
{
    const Towers towers = makeTriptych(smallConfig(), 10);
    Encoder& encoder = towers.encoder(Modality::Text);
    const EncoderInput padded = inputFor(Modality::Text);
    const auto with = encoder.encode(padded, {});
    const auto without = encoder.encode({ .ids = padded.ids.slice(1, 0, 7).contiguous() }, {});
    QVERIFY(difference(with.embedding, without.embedding) < 1e-5);
    QCOMPARE(with.pooledAt[0].item<int64_t>(), int64_t(6));
}

void TstTowers::aMeanEmbeddingIsTheMeanOfItsProjectedPatches()
{
    const Towers towers = makeTriptych(meanConfig(), 12);
    for (const Modality modality : { Modality::Image, Modality::Audio }) {
        Encoder& encoder = towers.encoder(modality);
        const auto output = encoder.encode(inputFor(modality), {});
        const at::Tensor projected = encoder.project(output.last);
        QCOMPARE(output.layout.special, 1);
        QVERIFY(difference(output.embedding, projected.slice(1, 1).mean(1)) < 1e-5);
        QVERIFY(difference(output.embedding, projected.select(1, 0)) > 1e-3);
        QVERIFY(output.pooledAt.eq(-1).all().item<bool>());
        QCOMPARE(output.layout.pooled, -1);
    }
}

void TstTowers::aMeanTextLeavesPaddingOut()
{
    const Towers towers = makeTriptych(meanConfig(), 13);
    Encoder& encoder = towers.encoder(Modality::Text);
    EncoderInput input = inputFor(Modality::Text);
    input.mask[1].slice(0, 4).fill_(0);
    const auto output = encoder.encode(input, {});
    const at::Tensor there = input.mask.to(at::kFloat).unsqueeze(2);
    const at::Tensor expected = (encoder.project(output.last) * there).sum(1) / there.sum(1);
    QVERIFY(difference(output.embedding, expected) < 1e-5);
    QVERIFY(output.pooledAt.eq(-1).all().item<bool>());
    QCOMPARE(output.layout.pooled, -1);
    const auto alone = encoder.encode({ .ids = input.ids.slice(0, 1, 2).slice(1, 0, 4).contiguous() }, {});
    QVERIFY(difference(alone.embedding, output.embedding.slice(0, 1, 2)) < 1e-5);
}

void TstTowers::aMeanTowerHasGradientsAndPackedProducts()
{
    const Towers towers = makeTriptych(meanConfig(), 14);
    for (const auto& [modality, encoder] : towers.encoders) {
        const EncoderInput input = inputFor(modality);
        const at::Tensor fast = encoder->encode(input, {}).embedding;
        for (auto& [name, tensor] : encoder->parameters())
            tensor.set_requires_grad(true);
        const at::Tensor slow = encoder->encode(input, { .gradients = true }).embedding;
        QVERIFY2(difference(fast, slow.detach()) < 1e-5, qPrintable(modalityName(modality)));
        (slow * at::randn_like(slow)).sum().backward();
        for (const auto& [name, tensor] : encoder->parameters())
            QVERIFY2(tensor.grad().defined(), name.c_str());
    }
}

void TstTowers::badConfigsAreRefused_data()
{
    QTest::addColumn<QString>("section");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    const QString text = QStringLiteral("text_config");
    const QString vision = QStringLiteral("vision_config");
    QTest::newRow("heads do not divide") << text << QStringLiteral("num_attention_heads") << QJsonValue(5);
    QTest::newRow("negative layers") << text << QStringLiteral("num_hidden_layers") << QJsonValue(-1);
    QTest::newRow("huge width") << text << QStringLiteral("hidden_size") << QJsonValue(1e12);
    QTest::newRow("fraction") << text << QStringLiteral("hidden_size") << QJsonValue(32.5);
    QTest::newRow("text for a number")
        << text << QStringLiteral("hidden_size") << QJsonValue(QStringLiteral("32"));
    QTest::newRow("unknown activation")
        << text << QStringLiteral("hidden_act") << QJsonValue(QStringLiteral("frobnicate"));
    QTest::newRow("unknown pool") << text << QStringLiteral("pool") << QJsonValue(QStringLiteral("max"));
    QTest::newRow("patch larger than picture")
        << vision << QStringLiteral("patch_size") << QJsonValue(100);
    QTest::newRow("zero patch") << vision << QStringLiteral("patch_size") << QJsonValue(0);
}

void TstTowers::badConfigsAreRefused()
{
    QFETCH(QString, section);
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QJsonObject config = smallConfig();
    QJsonObject inner = config.value(section).toObject();
    inner.insert(key, value);
    config.insert(section, inner);
    QVERIFY_EXCEPTION_THROWN(makeTriptych(config, 1), Error);
}

void TstTowers::inputOfTheWrongSizeIsRefused()
{
    const Towers towers = makeTriptych(smallConfig(), 11);
    QVERIFY_EXCEPTION_THROWN(
        towers.encoder(Modality::Image).encode({ .values = at::randn({ 1, 3, 64, 64 }) }, {}), Error);
    QVERIFY_EXCEPTION_THROWN(
        towers.encoder(Modality::Text).encode({ .ids = at::full({ 1, 4 }, 50, at::kLong) }, {}), Error);
    QVERIFY_EXCEPTION_THROWN(
        towers.encoder(Modality::Text).encode({ .ids = at::ones({ 1, 13 }, at::kLong) }, {}), Error);
    QVERIFY_EXCEPTION_THROWN(towers.encoder(Modality::Video), Error);
}

QTEST_MAIN(TstTowers)
#include "tst_towers.moc"
