#include "core/engine/models/families/Dinov2.h"
#include "core/engine/models/families/Timm.h"
#include "core/engine/models/families/Vit.h"
#include "core/jobs/Error.h"
#include "tests/core/engine/models/PlainNet.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace triptych;
using plain::off;

namespace {

QJsonObject json(const char* text)
{
    return QJsonDocument::fromJson(text).object();
}

/// Patches of `side` of pixels [N,3,H,W] through a convolution's tensors: [N,T,W].
at::Tensor patches(const plain::Tensors& w, const QString& name, const at::Tensor& pixels, int side, bool biased = true)
{
    return at::conv2d(pixels.to(at::kDouble), w.get(name + QStringLiteral(".weight")),
        biased ? w.get(name + QStringLiteral(".bias")) : at::Tensor(), { side, side }).flatten(2).transpose(1, 2);
}

/// [1,K+g·g,W] with its grid brought to rows × columns.
at::Tensor places(const at::Tensor& stored, int lead, int grid, int rows, int columns)
{
    const at::Tensor map = stored.narrow(1, lead, grid * grid).transpose(1, 2).reshape({ 1, -1, grid, grid });
    const at::Tensor sized = at::_upsample_bicubic2d_aa(map, { rows, columns }, false).flatten(2).transpose(1, 2);
    return at::cat({ stored.narrow(1, 0, lead), sized }, 1);
}

at::Tensor many(const plain::Tensors& w, const QString& name, const at::Tensor& like)
{
    return w.get(name).expand({ like.size(0), -1, -1 });
}

plain::Layer timmLayer(int heads)
{
    return { .heads = heads, .norm1 = QStringLiteral("norm1"), .norm2 = QStringLiteral("norm2"),
        .out = QStringLiteral("attn.proj"), .fc1 = QStringLiteral("mlp.fc1"), .fc2 = QStringLiteral("mlp.fc2"),
        .joined = QStringLiteral("attn.qkv") };
}

/// A timm transformer 32 wide over 4 × 4 patches of 8, two layers.
plain::Tensors timmTensors(int leading, int inner = 64, bool scaled = false)
{
    plain::Tensors w;
    const auto linear = [&w](const QString& name, int in, int out) {
        w.put(name + QStringLiteral(".weight"), { out, in });
        w.put(name + QStringLiteral(".bias"), { out });
    };
    const auto norm = [&w](const QString& name) {
        w.put(name + QStringLiteral(".weight"), { 32 });
        w.put(name + QStringLiteral(".bias"), { 32 });
    };
    w.put(QStringLiteral("patch_embed.proj.weight"), { 32, 3, 8, 8 });
    w.put(QStringLiteral("patch_embed.proj.bias"), { 32 });
    w.put(QStringLiteral("pos_embed"), { 1, leading + 16, 32 });
    for (int i = 0; i < 2; ++i) {
        const QString block = QStringLiteral("blocks.%1.").arg(i);
        norm(block + QStringLiteral("norm1"));
        norm(block + QStringLiteral("norm2"));
        linear(block + QStringLiteral("attn.qkv"), 32, 96);
        linear(block + QStringLiteral("attn.proj"), 32, 32);
        linear(block + QStringLiteral("mlp.fc1"), 32, inner);
        linear(block + QStringLiteral("mlp.fc2"), 64, 32);
        if (scaled) {
            w.put(block + QStringLiteral("ls1.gamma"), { 32 });
            w.put(block + QStringLiteral("ls2.gamma"), { 32 });
        }
    }
    return w;
}

void putLinear(plain::Tensors& w, const char* name, int in, int out)
{
    w.put(QLatin1String(name) + QStringLiteral(".weight"), { out, in });
    w.put(QLatin1String(name) + QStringLiteral(".bias"), { out });
}

/// Two layers from `x` on.
at::Tensor layers(const plain::Tensors& w, const QString& prefix, at::Tensor x, const plain::Layer& names)
{
    for (int i = 0; i < 2; ++i)
        x = plain::layer(w, prefix + QString::number(i) + u'.', x, names);
    return x;
}

Towers timm(plain::Tensors& w, const char* more = "{}")
{
    QJsonObject config = *inferTimmVit(w.made());
    const QJsonObject given = json(more);
    config.insert(QStringLiteral("model_args"), QJsonObject { { QStringLiteral("num_heads"), 4 } });
    for (auto it = given.begin(); it != given.end(); ++it)
        config.insert(it.key(), it.value());
    return buildTimmVit({ QStringLiteral("timm_vit"), config, w, QStringLiteral("a folder") });
}

} // namespace

/// Families without an oracle against a plain second computation, by the reference's names.
class TstVisionNames : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void deitReadsBothTokens();
    void dinoLeavesRegistersOutOfTheMap();
    void timmDistilled();
    void timmRegistersAndMeanPooling();
    void timmAttentionPool();
    void timmConfigTellsThePicture();
    void headsThatCannotBeToldAreAskedFor();
};

void TstVisionNames::deitReadsBothTokens()
{
    plain::Tensors w({ QStringLiteral("deit.embeddings.cls_token"), QStringLiteral("cls_classifier.weight"),
        QStringLiteral("distillation_classifier.weight") });
    const QJsonObject config = json(R"({"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4,
        "intermediate_size": 64, "image_size": 32, "patch_size": 8, "id2label": {"0": "cat", "1": "dog", "2": "owl"}})");
    const Towers towers = buildVit({ QStringLiteral("deit"), config, w });
    Encoder& encoder = towers.encoder(Modality::Image);
    const at::Tensor pixels = plain::numbers({ 2, 3, 32, 32 });
    const EncoderOutput output = encoder.encode({ .values = pixels }, {});

    const QString e = QStringLiteral("deit.embeddings.");
    const at::Tensor cells = patches(w, e + QStringLiteral("patch_embeddings.projection"), pixels, 8);
    at::Tensor x = at::cat({ many(w, e + QStringLiteral("cls_token"), cells), many(w, e + QStringLiteral("distillation_token"), cells), cells }, 1)
        + w.get(e + QStringLiteral("position_embeddings"));
    x = layers(w, QStringLiteral("deit.encoder.layer."), x,
        { .heads = 4, .epsilon = 1e-12, .norm1 = QStringLiteral("layernorm_before"), .norm2 = QStringLiteral("layernorm_after"),
            .out = QStringLiteral("attention.output.dense"), .fc1 = QStringLiteral("intermediate.dense"),
            .fc2 = QStringLiteral("output.dense"), .query = QStringLiteral("attention.attention.query"),
            .key = QStringLiteral("attention.attention.key"), .value = QStringLiteral("attention.attention.value") });
    x = w.norm(QStringLiteral("deit.layernorm"), x, 1e-12);
    QVERIFY(off(output.last, x) < 2e-5);
    const at::Tensor first = w.linear(QStringLiteral("cls_classifier"), x.select(1, 0));
    const at::Tensor second = w.linear(QStringLiteral("distillation_classifier"), x.select(1, 1));
    QVERIFY(off(output.more.at("logits"), (first + second) / 2) < 2e-5);
    QVERIFY(off(output.more.at("distillation_logits"), second) < 2e-5);
    QCOMPARE(towers.labels, QStringLiteral("cat dog owl").split(u' '));
    QCOMPARE(output.layout.special, 2);
    QCOMPARE(plain::faults(encoder, { .values = pixels }), QString());
}

// A picture of another size too: the places of a 4 × 4 grid, antialiased to 2 × 3 (Darcet et al. 2024).
void TstVisionNames::dinoLeavesRegistersOutOfTheMap()
{
    plain::Tensors w({ QStringLiteral("embeddings.register_tokens"), QStringLiteral("classifier.weight") });
    const QJsonObject config = json(R"({"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4,
        "mlp_ratio": 4, "image_size": 56, "patch_size": 14, "use_swiglu_ffn": true, "num_register_tokens": 3,
        "num_labels": 5})");
    const Towers towers = buildDinov2({ QStringLiteral("dinov2_with_registers"), config, w });
    Encoder& encoder = towers.encoder(Modality::Image);
    const at::Tensor pixels = plain::numbers({ 2, 3, 28, 42 });
    const EncoderOutput output = encoder.encode({ .values = pixels }, {});

    const at::Tensor cells = patches(w, QStringLiteral("embeddings.patch_embeddings.projection"), pixels, 14);
    at::Tensor x = at::cat({ many(w, QStringLiteral("embeddings.cls_token"), cells), cells }, 1)
        + places(w.get(QStringLiteral("embeddings.position_embeddings")), 1, 4, 2, 3);
    x = at::cat({ x.narrow(1, 0, 1), many(w, QStringLiteral("embeddings.register_tokens"), x), x.narrow(1, 1, 6) }, 1);
    QCOMPARE(w.get(QStringLiteral("encoder.layer.0.mlp.weights_in.weight")).size(0), int64_t(2 * 88)); // ⌈2/3 · 128⌉ to eights
    x = layers(w, QStringLiteral("encoder.layer."), x,
        { .heads = 4, .norm1 = QStringLiteral("norm1"), .norm2 = QStringLiteral("norm2"),
            .out = QStringLiteral("attention.output.dense"), .fc1 = QStringLiteral("mlp.weights_in"),
            .fc2 = QStringLiteral("mlp.weights_out"), .query = QStringLiteral("attention.attention.query"),
            .key = QStringLiteral("attention.attention.key"), .value = QStringLiteral("attention.attention.value"),
            .scale1 = QStringLiteral("layer_scale1.lambda1"), .scale2 = QStringLiteral("layer_scale2.lambda1"), .gated = true });
    x = w.norm(QStringLiteral("layernorm"), x, 1e-6);
    QVERIFY(off(output.last, x) < 2e-5);
    const at::Tensor both = at::cat({ x.select(1, 0), x.narrow(1, 4, 6).mean(1) }, 1);
    QVERIFY(off(output.more.at("logits"), w.linear(QStringLiteral("classifier"), both)) < 2e-5);
    QCOMPARE(output.layout.special, 4);
    QCOMPARE(output.layout.gridRows, 2);
    QCOMPARE(output.layout.gridColumns, 3);
    QCOMPARE(plain::faults(encoder, { .values = pixels }), QString());
}

void TstVisionNames::timmDistilled()
{
    plain::Tensors w = timmTensors(2);
    w.put(QStringLiteral("cls_token"), { 1, 1, 32 });
    w.put(QStringLiteral("dist_token"), { 1, 1, 32 });
    putLinear(w, "norm", 32, 32);
    w.put(QStringLiteral("norm.weight"), { 32 });
    putLinear(w, "head", 32, 6);
    putLinear(w, "head_dist", 32, 6);
    const Towers towers = timm(w);
    const at::Tensor pixels = plain::numbers({ 2, 3, 32, 32 });
    const EncoderOutput output = towers.encoder(Modality::Image).encode({ .values = pixels }, {});
    const at::Tensor cells = patches(w, QStringLiteral("patch_embed.proj"), pixels, 8);
    at::Tensor x = at::cat({ many(w, QStringLiteral("cls_token"), cells), many(w, QStringLiteral("dist_token"), cells), cells }, 1)
        + w.get(QStringLiteral("pos_embed"));
    x = w.norm(QStringLiteral("norm"), layers(w, QStringLiteral("blocks."), x, timmLayer(4)), 1e-6);
    const at::Tensor logits = (w.linear(QStringLiteral("head"), x.select(1, 0)) + w.linear(QStringLiteral("head_dist"), x.select(1, 1))) / 2;
    QVERIFY(off(output.more.at("logits"), logits) < 2e-5);
    QCOMPARE(towers.labels.size(), 6);
    QCOMPARE(plain::faults(towers.encoder(Modality::Image), { .values = pixels }), QString());
}

// no_embed_class: class token and registers have no place; LayerScale; SwiGLU; fc_norm after the mean.
void TstVisionNames::timmRegistersAndMeanPooling()
{
    plain::Tensors w = timmTensors(0, 128, true);
    w.put(QStringLiteral("cls_token"), { 1, 1, 32 });
    w.put(QStringLiteral("reg_token"), { 1, 4, 32 });
    w.put(QStringLiteral("fc_norm.weight"), { 32 });
    w.put(QStringLiteral("fc_norm.bias"), { 32 });
    const Towers towers = timm(w);
    const at::Tensor pixels = plain::numbers({ 1, 3, 32, 32 });
    const EncoderOutput output = towers.encoder(Modality::Image).encode({ .values = pixels }, {});
    at::Tensor x = patches(w, QStringLiteral("patch_embed.proj"), pixels, 8) + w.get(QStringLiteral("pos_embed"));
    x = at::cat({ many(w, QStringLiteral("cls_token"), x), many(w, QStringLiteral("reg_token"), x), x }, 1);
    plain::Layer names = timmLayer(4);
    names.gated = true;
    names.scale1 = QStringLiteral("ls1.gamma");
    names.scale2 = QStringLiteral("ls2.gamma");
    x = layers(w, QStringLiteral("blocks."), x, names);
    QVERIFY(off(output.embedding, w.norm(QStringLiteral("fc_norm"), x.narrow(1, 5, 16).mean(1), 1e-6)) < 2e-5);
    QCOMPARE(output.layout.special, 5);
    QCOMPARE(output.layout.pooled, -1);
    QCOMPARE(plain::faults(towers.encoder(Modality::Image), { .values = pixels }), QString());
}

// Under a wrapper's prefix, as training scripts save it.
void TstVisionNames::timmAttentionPool()
{
    plain::Tensors bare = timmTensors(0);
    bare.put(QStringLiteral("norm.weight"), { 32 });
    bare.put(QStringLiteral("norm.bias"), { 32 });
    bare.put(QStringLiteral("attn_pool.latent"), { 1, 1, 32 });
    putLinear(bare, "attn_pool.q", 32, 32);
    putLinear(bare, "attn_pool.kv", 32, 64);
    putLinear(bare, "attn_pool.proj", 32, 32);
    bare.put(QStringLiteral("attn_pool.norm.weight"), { 32 });
    bare.put(QStringLiteral("attn_pool.norm.bias"), { 32 });
    putLinear(bare, "attn_pool.mlp.fc1", 32, 64);
    putLinear(bare, "attn_pool.mlp.fc2", 64, 32);
    plain::Tensors w;
    for (const auto& [name, tensor] : bare.made())
        w.put(QStringLiteral("module.") + name, tensor.sizes());
    const Towers towers = timm(w);
    const at::Tensor pixels = plain::numbers({ 1, 3, 32, 32 });
    const EncoderOutput output = towers.encoder(Modality::Image).encode({ .values = pixels }, {});
    const QString m = QStringLiteral("module.");
    at::Tensor x = patches(w, m + QStringLiteral("patch_embed.proj"), pixels, 8) + w.get(m + QStringLiteral("pos_embed"));
    x = w.norm(m + QStringLiteral("norm"), layers(w, m + QStringLiteral("blocks."), x, timmLayer(4)), 1e-6);
    const auto both = w.linear(m + QStringLiteral("attn_pool.kv"), x).chunk(2, -1);
    const at::Tensor seen = w.linear(m + QStringLiteral("attn_pool.proj"),
        plain::mix(w.linear(m + QStringLiteral("attn_pool.q"), w.get(m + QStringLiteral("attn_pool.latent"))), both[0], both[1], 4));
    const at::Tensor wide = at::gelu(w.linear(m + QStringLiteral("attn_pool.mlp.fc1"), w.norm(m + QStringLiteral("attn_pool.norm"), seen, 1e-6)));
    QVERIFY(off(output.embedding, (seen + w.linear(m + QStringLiteral("attn_pool.mlp.fc2"), wide)).select(1, 0)) < 2e-5);
    QCOMPARE(plain::faults(towers.encoder(Modality::Image), { .values = pixels }), QString());
}

void TstVisionNames::timmConfigTellsThePicture()
{
    plain::Tensors w = timmTensors(0);
    const Towers towers = timm(w, R"({"pretrained_cfg": {"input_size": [3, 16, 64], "crop_pct": 0.8,
        "interpolation": "bilinear", "mean": [0.1, 0.2, 0.3], "std": [1, 2, 3]}})");
    QCOMPARE(towers.facts.at(Modality::Image).value(u"grid").toArray(), QJsonArray({ 2, 8 }));
    QCOMPARE(towers.processor.value(u"image_mean").toArray(), QJsonArray({ 0.1, 0.2, 0.3 }));
    QCOMPARE(towers.processor.value(u"resample").toInt(), 2);
    QCOMPARE(towers.processor.value(u"size").toObject().value(u"shortest_edge").toInt(), 20);
}

void TstVisionNames::headsThatCannotBeToldAreAskedFor()
{
    plain::Tensors w = timmTensors(0);
    const QJsonObject config = *inferTimmVit(w.made());
    QVERIFY_EXCEPTION_THROWN(buildTimmVit({ QStringLiteral("timm_vit"), config, w, QString() }), Error);
}

QTEST_GUILESS_MAIN(TstVisionNames)
#include "tst_visionnames.moc"
