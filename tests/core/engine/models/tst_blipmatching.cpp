#include "core/engine/models/SafetensorsWriter.h"
#include "core/engine/models/families/Blip.h"
#include "tests/app/CliTest.h"
#include "tests/core/engine/models/ModelCalls.h"
#include "tests/core/engine/models/PlainNet.h"

#include "MediaFixtures.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QDir>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace triptych;

namespace {

constexpr char config[] = R"({"model_type": "blip", "image_text_hidden_size": 12,
    "vision_config": {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 48,
        "image_size": 16, "patch_size": 8},
    "text_config": {"hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 3, "intermediate_size": 40,
        "vocab_size": 13, "max_position_embeddings": 16}})";
constexpr char words[] = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nred\nbird\nsings\non\nthe\nroof\n.\n";

plain::Tensors tensors()
{
    return plain::Tensors({ QStringLiteral("text_encoder.embeddings.word_embeddings.weight"),
        QStringLiteral("itm_head.weight") });
}

Towers build(plain::Tensors& w)
{
    return buildBlip({ QStringLiteral("blip"), QJsonDocument::fromJson(config).object(), w });
}

/// Patches, class token, pre-norm layers, norm: [N,1+4,32].
at::Tensor seen(const plain::Tensors& w, const at::Tensor& pixels)
{
    const QString at = QStringLiteral("vision_model.");
    const QString patch = at + QStringLiteral("embeddings.patch_embedding");
    at::Tensor x = at::conv2d(pixels.to(at::kDouble), w.get(patch + QStringLiteral(".weight")),
        w.get(patch + QStringLiteral(".bias")), { 8, 8 }).flatten(2).transpose(1, 2);
    const at::Tensor start = w.get(at + QStringLiteral("embeddings.class_embedding")).expand({ x.size(0), 1, -1 });
    x = at::cat({ start, x }, 1) + w.get(at + QStringLiteral("embeddings.position_embedding"));
    const plain::Layer names { .heads = 4, .epsilon = 1e-5, .norm1 = QStringLiteral("layer_norm1"),
        .norm2 = QStringLiteral("layer_norm2"), .out = QStringLiteral("self_attn.projection"),
        .fc1 = QStringLiteral("mlp.fc1"), .fc2 = QStringLiteral("mlp.fc2"), .joined = QStringLiteral("self_attn.qkv") };
    for (int i = 0; i < 2; ++i)
        x = plain::layer(w, at + QStringLiteral("encoder.layers.%1.").arg(i), x, names);
    return w.norm(at + QStringLiteral("post_layernorm"), x, 1e-5);
}

/// BERT's attention with its dense layer and norm after the sum.
at::Tensor looked(const plain::Tensors& w, const QString& at, const at::Tensor& x, const at::Tensor& memory)
{
    const QString self = at + QStringLiteral("self.");
    const at::Tensor mixed = plain::mix(w.linear(self + QStringLiteral("query"), x),
        w.linear(self + QStringLiteral("key"), memory), w.linear(self + QStringLiteral("value"), memory), 3);
    return w.norm(at + QStringLiteral("output.LayerNorm"), w.linear(at + QStringLiteral("output.dense"), mixed) + x, 1e-12);
}

/// One text without padding, ids [1,T]; looks at `picture` where it is given.
at::Tensor read(const plain::Tensors& w, const at::Tensor& ids, const at::Tensor& picture = {})
{
    const QString at = QStringLiteral("text_encoder.");
    const QString embeddings = at + QStringLiteral("embeddings.");
    at::Tensor x = at::embedding(w.get(embeddings + QStringLiteral("word_embeddings.weight")), ids)
        + w.get(embeddings + QStringLiteral("position_embeddings.weight")).narrow(0, 0, ids.size(1));
    x = w.norm(embeddings + QStringLiteral("LayerNorm"), x, 1e-12);
    for (int i = 0; i < 2; ++i) {
        const QString layer = at + QStringLiteral("encoder.layer.%1.").arg(i);
        x = looked(w, layer + QStringLiteral("attention."), x, x);
        if (picture.defined())
            x = looked(w, layer + QStringLiteral("crossattention."), x, picture);
        const at::Tensor wide = w.linear(layer + QStringLiteral("intermediate.dense"), x);
        const at::Tensor curved = 0.5 * wide * (1 + at::erf(wide / std::sqrt(2.0)));
        x = w.norm(layer + QStringLiteral("output.LayerNorm"), w.linear(layer + QStringLiteral("output.dense"), curved) + x, 1e-12);
    }
    return x;
}

at::Tensor unit(const at::Tensor& rows)
{
    return rows / rows.norm(2, { 1 }, true);
}

/// What the reference's forward gives with and without its ITM head.
struct Expected {
    at::Tensor score, pictures, texts;
};

Expected expected(const plain::Tensors& w, const at::Tensor& pixels, const std::vector<at::Tensor>& texts)
{
    const at::Tensor states = seen(w, pixels);
    std::vector<at::Tensor> scores, alone;
    for (size_t i = 0; i < texts.size(); ++i) {
        const at::Tensor both = read(w, texts[i], states.narrow(0, int64_t(i), 1));
        scores.push_back(w.linear(QStringLiteral("itm_head"), both.select(1, 0)));
        alone.push_back(w.linear(QStringLiteral("text_proj"), read(w, texts[i]).select(1, 0)));
    }
    return { at::cat(scores), unit(w.linear(QStringLiteral("vision_proj"), states.select(1, 0))), unit(at::cat(alone)) };
}

} // namespace

/// BlipForImageTextRetrieval against a plain computation in double, which is made from its definition.
class TstBlipMatching : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void scoresAndEmbeddingsAreTheDefinitions();
    void packedAndAutogradAgree();
    void aFolderTellsWhetherTextAndPictureMatch();
};

void TstBlipMatching::scoresAndEmbeddingsAreTheDefinitions()
{
    plain::Tensors w = tensors();
    const Towers towers = build(w);
    const at::Tensor pixels = plain::numbers({ 2, 3, 16, 16 });
    const at::Tensor ids = at::tensor({ 2, 5, 6, 7, 3, 2, 8, 3, 0, 0 }, at::kLong).view({ 2, 5 });
    const at::Tensor mask = ids.ne(0).to(at::kLong);
    const Expected expect = expected(w, pixels, { ids.narrow(0, 0, 1), ids.narrow(0, 1, 1).narrow(1, 0, 3) });
    const auto got = towers.forward({ { "pixel_values", pixels }, { "input_ids", ids }, { "attention_mask", mask } });
    QVERIFY(plain::off(got.at("itm_score"), expect.score) < 1e-5);
    QVERIFY(plain::off(got.at("image_embeds"), expect.pictures) < 1e-5);
    QVERIFY(plain::off(got.at("text_embeds"), expect.texts) < 1e-5);
    QVERIFY(plain::off(got.at("cosine"), at::matmul(expect.pictures, expect.texts.t())) < 1e-5);
    // The numbers can tell pairs apart.
    QVERIFY(plain::off(expect.score.narrow(0, 0, 1), expect.score.narrow(0, 1, 1)) > 1e-2);
    QVERIFY(plain::off(read(w, ids.narrow(0, 0, 1)),
        read(w, ids.narrow(0, 0, 1), seen(w, pixels).narrow(0, 0, 1))) > 1e-2);
}

void TstBlipMatching::packedAndAutogradAgree()
{
    plain::Tensors w = tensors();
    const Towers towers = build(w);
    const at::Tensor ids = at::tensor({ 2, 5, 6, 7, 3, 2, 8, 3, 0, 0 }, at::kLong).view({ 2, 5 });
    const std::map<Modality, EncoderInput> inputs { { Modality::Image, { .values = plain::numbers({ 2, 3, 16, 16 }) } },
        { Modality::Text, { .ids = ids, .mask = ids.ne(0).to(at::kLong) } } };
    const JointOutput packed = towers.joint->encode(inputs, { .attention = true });
    const JointOutput slow = towers.joint->encode(inputs, { .attention = true, .gradients = true });
    QVERIFY(plain::off(packed.logits, slow.logits) < 2e-5);
    QCOMPARE(slow.streams.size(), size_t(3));
    QVERIFY(slow.streams[0].attention[1].sizes() == at::IntArrayRef({ 2, 3, 5, 5 }));
    for (size_t stream = 0; stream < 3; ++stream) {
        for (size_t layer = 0; layer < 2; ++layer)
            QVERIFY(plain::off(packed.streams[stream].attention[layer], slow.streams[stream].attention[layer]) < 1e-5);
    }
    QCOMPARE(plain::faults(*towers.encoders.at(Modality::Image), inputs.at(Modality::Image)), QString());
    const EncoderInput whole { .ids = ids.narrow(0, 0, 1), .mask = at::ones({ 1, 5 }, at::kLong) };
    QCOMPARE(plain::faults(*towers.encoders.at(Modality::Text), whole), QString());
}

void TstBlipMatching::aFolderTellsWhetherTextAndPictureMatch()
{
    plain::Tensors w = tensors();
    build(w);
    QTemporaryDir folder;
    fixtures::write(folder.filePath(QStringLiteral("config.json")), config);
    fixtures::write(folder.filePath(QStringLiteral("vocab.txt")), words);
    fixtures::write(folder.filePath(QStringLiteral("tokenizer_config.json")), R"({"tokenizer_class": "BertTokenizer"})");
    fixtures::write(folder.filePath(QStringLiteral("preprocessor_config.json")),
        R"({"image_processor_type": "BlipImageProcessor", "size": {"height": 16, "width": 16}})");
    std::vector<std::pair<std::string, at::Tensor>> made;
    for (const auto& [name, values] : w.made())
        made.emplace_back(name.toStdString(), values);
    writeSafetensors(folder.filePath(QStringLiteral("model.safetensors")), made, at::kFloat);
    QImage image(20, 24, QImage::Format_RGB32);
    for (int i = 0; i < 480; ++i)
        image.setPixel(i % 20, i / 20, qRgb(i % 256, i * 7 % 256, i * 31 % 256));
    QVERIFY(image.save(folder.filePath(QStringLiteral("a.png"))));
    Inputs inputs;
    inputs.samples.resize(1);
    inputs.samples[0].id = QStringLiteral("a");
    inputs.samples[0].sources[Modality::Image].path = folder.filePath(QStringLiteral("a.png"));
    inputs.samples[0].sources[Modality::Text].text = QStringLiteral("the red bird sings on the roof.");

    ModelStore store { QStringLiteral("cpu"), QString() };
    const QJsonObject model { { QStringLiteral("model"), folder.path() } };
    const Array pixels = call(store, "model.preprocess", model, inputs).array(QStringLiteral("pixel_values"));
    at::Tensor values = at::empty({ 1, 3, 16, 16 });
    std::copy(pixels.floats().begin(), pixels.floats().end(), values.data_ptr<float>());
    const at::Tensor ids = at::tensor({ 2, 10, 6, 7, 8, 9, 10, 11, 12, 3 }, at::kLong).unsqueeze(0);
    const Expected expect = expected(w, values, { ids });

    const Value answer = call(store, "model.answer", model, inputs);
    const double match = at::softmax(expect.score, -1)[0][1].item<double>();
    QCOMPARE(answer.info.value(u"task").toString(), QStringLiteral("match"));
    QVERIFY2(std::abs(answer.info.value(u"match").toDouble() - match) < 1e-5, qPrintable(QString::number(match)));
    const QString picture = folder.filePath(QStringLiteral("a.png"));
    const QStringList asked { folder.path(), QStringLiteral("--image"), picture, QStringLiteral("--text"),
        inputs.samples[0].sources[Modality::Text].text, QStringLiteral("--json") };
    const CliRun run = runCli(QStringList { QStringLiteral("answer") } + asked);
    QVERIFY2(run.code == 0, run.error.constData());
    QVERIFY(std::abs(run.json()[u"match"].toDouble() - match) < 1e-5);
    const CliRun look = runCli(QStringList { QStringLiteral("attend") } + asked
        + QStringList { QStringLiteral("--method"), QStringLiteral("joint"), QStringLiteral("--weight"),
            QStringLiteral("none"), QStringLiteral("--figure"), folder.filePath(QStringLiteral("map.png")) });
    QVERIFY2(look.code == 0, look.error.constData());
    QCOMPARE(look.json()[u"grid"].toArray(), (QJsonArray { 2, 2 }));
    QVERIFY(QImage(folder.filePath(QStringLiteral("map.png"))).width() >= 640);

    const std::vector<std::pair<const char*, at::Tensor>> towers { { "image", expect.pictures }, { "text", expect.texts } };
    for (const auto& [modality, row] : towers) {
        QJsonObject options = model;
        options[u"modality"] = QLatin1String(modality);
        const auto got = call(store, "model.embed", options, inputs).array(QStringLiteral("embeddings")).floats();
        QCOMPARE(int64_t(got.size()), row.numel());
        for (int64_t i = 0; i < row.numel(); ++i)
            QVERIFY(std::abs(double(got[size_t(i)]) - row[0][i].item<double>()) < 1e-5);
    }
}

QTEST_MAIN(TstBlipMatching)
#include "tst_blipmatching.moc"
