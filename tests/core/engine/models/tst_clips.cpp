#include "core/engine/models/families/ImageBind.h"
#include "core/engine/models/families/VideoMae.h"
#include "core/engine/models/processors/VideoProcessor.h"
#include "core/jobs/Error.h"
#include "tests/core/engine/models/PlainNet.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <cmath>

using namespace triptych;
using plain::off;

namespace {

QJsonObject json(const char* text)
{
    return QJsonDocument::fromJson(text).object();
}

at::Tensor many(const plain::Tensors& w, const QString& name, const at::Tensor& like)
{
    return w.get(name).expand({ like.size(0), -1, -1 });
}

void put(plain::Tensors& w, const QString& name, std::vector<int64_t> weight, bool biased = true)
{
    w.put(name + QStringLiteral(".weight"), weight);
    if (biased)
        w.put(name + QStringLiteral(".bias"), { weight.front() });
}

/// ImageBind's towers for `kind`, 32 wide, two layers, but for what comes before them.
void putTrunk(plain::Tensors& w, const QString& kind, bool blank)
{
    for (int i = 0; i < 2; ++i) {
        const QString block = QStringLiteral("modality_trunks.%1.blocks.%2.").arg(kind).arg(i);
        put(w, block + QStringLiteral("norm_1"), { 32 });
        put(w, block + QStringLiteral("norm_2"), { 32 });
        w.put(block + QStringLiteral("attn.in_proj_weight"), { 96, 32 });
        w.put(block + QStringLiteral("attn.in_proj_bias"), { 96 });
        put(w, block + QStringLiteral("attn.out_proj"), { 32, 32 });
        put(w, block + QStringLiteral("mlp.fc1"), { 128, 32 });
        put(w, block + QStringLiteral("mlp.fc2"), { 32, 128 });
        if (blank) {
            w.put(block + QStringLiteral("attn.bias_k"), { 1, 1, 32 });
            w.put(block + QStringLiteral("attn.bias_v"), { 1, 1, 32 });
        }
    }
}

plain::Tensors imageBindTensors()
{
    plain::Tensors w;
    const QString before = QStringLiteral("modality_preprocessors.");
    const QString heads = QStringLiteral("modality_heads.");
    put(w, before + QStringLiteral("vision.rgbt_stem.proj.1"), { 32, 3, 2, 4, 4 }, false);
    w.put(before + QStringLiteral("vision.cls_token"), { 1, 1, 32 });
    w.put(before + QStringLiteral("vision.pos_embedding_helper.pos_embed"), { 1, 10, 32 });
    put(w, QStringLiteral("modality_trunks.vision.pre_transformer_layer.0"), { 32 });
    putTrunk(w, QStringLiteral("vision"), false);
    put(w, heads + QStringLiteral("vision.0"), { 32 });
    put(w, heads + QStringLiteral("vision.2"), { 24, 32 }, false);

    put(w, before + QStringLiteral("text.token_embedding"), { 20, 32 }, false);
    w.put(before + QStringLiteral("text.pos_embed"), { 1, 8, 32 });
    putTrunk(w, QStringLiteral("text"), false);
    put(w, heads + QStringLiteral("text.proj.0"), { 32 });
    put(w, heads + QStringLiteral("text.proj.1"), { 24, 32 }, false);
    w.put(QStringLiteral("modality_postprocessors.text.1.log_logit_scale"), at::IntArrayRef {});

    put(w, before + QStringLiteral("audio.rgbt_stem.proj"), { 32, 1, 4, 4 }, false);
    put(w, before + QStringLiteral("audio.rgbt_stem.norm_layer"), { 32 });
    w.put(before + QStringLiteral("audio.cls_token"), { 1, 1, 32 });
    w.put(before + QStringLiteral("audio.pos_embedding_helper.pos_embed"), { 1, 13, 32 });
    putTrunk(w, QStringLiteral("audio"), true);
    put(w, heads + QStringLiteral("audio.0"), { 32 });
    put(w, heads + QStringLiteral("audio.2"), { 24, 32 }, false);
    w.put(QStringLiteral("modality_trunks.depth.blocks.0.norm_1.weight"), { 32 });
    return w;
}

Towers imageBind(plain::Tensors& w)
{
    QJsonObject config = *inferImageBind(w.made());
    const QJsonObject sizes = json(R"({"vision_num_heads": 4, "text_num_heads": 4, "audio_num_heads": 2,
        "audio_stride": 3, "audio_num_mel_bins": 10, "audio_target_len": 13})");
    for (auto it = sizes.begin(); it != sizes.end(); ++it)
        config.insert(it.key(), it.value());
    return buildImageBind({ QStringLiteral("imagebind"), config, w, QString() });
}

at::Tensor trunk(const plain::Tensors& w, const QString& kind, at::Tensor x, int heads, bool blank, bool causal)
{
    plain::Layer names { .heads = heads, .norm1 = QStringLiteral("norm_1"), .norm2 = QStringLiteral("norm_2"),
        .out = QStringLiteral("attn.out_proj"), .fc1 = QStringLiteral("mlp.fc1"), .fc2 = QStringLiteral("mlp.fc2"),
        .joined = QStringLiteral("attn.in_proj_"), .causal = causal };
    if (blank) {
        names.biasKey = QStringLiteral("attn.bias_k");
        names.biasValue = QStringLiteral("attn.bias_v");
    }
    for (int i = 0; i < 2; ++i)
        x = plain::layer(w, QStringLiteral("modality_trunks.%1.blocks.%2.").arg(kind).arg(i), x, names);
    return x;
}

} // namespace

/// Towers for clips, and ImageBind's three, against a plain second computation by the references' names.
class TstClips : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void videoMaeReadsTubelets();
    void videoMaeTakesItsOwnSizeOnly();
    void framesAreSpacedEvenly();
    void imageBindSeesAPictureAsTwoFrames();
    void imageBindReadsATextToItsEnd();
    void imageBindHearsWithAnEmptyPlace();
};

void TstClips::videoMaeReadsTubelets()
{
    plain::Tensors w({ QStringLiteral("videomae.embeddings.patch_embeddings.projection.weight"),
        QStringLiteral("fc_norm.weight"), QStringLiteral("classifier.weight") });
    const QJsonObject config = json(R"({"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4,
        "intermediate_size": 64, "image_size": 16, "patch_size": 8, "num_frames": 6, "tubelet_size": 2,
        "use_mean_pooling": true, "id2label": {"0": "to run", "1": "to sit"}})");
    const Towers towers = buildVideoMae({ QStringLiteral("videomae"), config, w });
    Encoder& encoder = towers.encoder(Modality::Video);
    const at::Tensor clip = plain::numbers({ 2, 6, 3, 16, 16 });
    const EncoderOutput output = encoder.encode({ .values = clip }, { .attention = true });

    const QString patch = QStringLiteral("videomae.embeddings.patch_embeddings.projection");
    at::Tensor x = at::conv3d(clip.to(at::kDouble).permute({ 0, 2, 1, 3, 4 }), w.get(patch + QStringLiteral(".weight")),
        w.get(patch + QStringLiteral(".bias")), { 2, 8, 8 }).flatten(2).transpose(1, 2);
    at::Tensor places = at::zeros({ 12, 32 }, at::kDouble);
    for (int place = 0; place < 12; ++place) {
        for (int j = 0; j < 32; ++j) {
            const double angle = place / std::pow(10000.0, 2 * (j / 2) / 32.0);
            places[place][j] = j % 2 == 0 ? std::sin(angle) : std::cos(angle);
        }
    }
    x = x + places;
    for (int i = 0; i < 2; ++i) {
        x = plain::layer(w, QStringLiteral("videomae.encoder.layer.%1.").arg(i), x,
            { .heads = 4, .epsilon = 1e-12, .norm1 = QStringLiteral("layernorm_before"), .norm2 = QStringLiteral("layernorm_after"),
                .out = QStringLiteral("attention.output.dense"), .fc1 = QStringLiteral("intermediate.dense"),
                .fc2 = QStringLiteral("output.dense"), .query = QStringLiteral("attention.attention.query"),
                .key = QStringLiteral("attention.attention.key"), .value = QStringLiteral("attention.attention.value"),
                .queryBias = QStringLiteral("attention.attention.q_bias"), .valueBias = QStringLiteral("attention.attention.v_bias") });
    }
    const at::Tensor pooled = w.norm(QStringLiteral("fc_norm"), x.mean(1), 1e-5);
    QVERIFY(off(output.last, x) < 2e-5);
    QVERIFY(off(output.embedding, pooled) < 2e-5);
    QVERIFY(off(output.more.at("logits"), w.linear(QStringLiteral("classifier"), pooled)) < 2e-5);
    QCOMPARE(output.layout.frames, 3);
    QCOMPARE(output.layout.gridRows, 6); // two rows a tubelet
    QCOMPARE(output.layout.gridColumns, 2);
    QCOMPARE(plain::faults(encoder, { .values = clip }), QString());
}

void TstClips::videoMaeTakesItsOwnSizeOnly()
{
    plain::Tensors w;
    const QJsonObject config = json(R"({"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 4,
        "intermediate_size": 64, "image_size": 16, "patch_size": 8, "num_frames": 4})");
    const Towers towers = buildVideoMae({ QStringLiteral("videomae"), config, w });
    Encoder& encoder = towers.encoder(Modality::Video);
    QVERIFY_EXCEPTION_THROWN(encoder.encode({ .values = at::zeros({ 1, 6, 3, 16, 16 }) }, {}), Error);
    QVERIFY_EXCEPTION_THROWN(encoder.encode({ .values = at::zeros({ 1, 3, 16, 16 }) }, {}), Error);
    QJsonObject wrong = config;
    wrong.insert(QStringLiteral("tubelet_size"), 8);
    QVERIFY_EXCEPTION_THROWN(buildVideoMae({ QStringLiteral("videomae"), wrong, w }), Error);
}

void TstClips::framesAreSpacedEvenly()
{
    const auto processor = VideoProcessor::from({ json(R"({"image_processor_type": "VideoMAEImageProcessor",
        "size": {"shortest_edge": 4}, "crop_size": {"height": 4, "width": 4}, "do_normalize": false,
        "rescale_factor": 1.0})"), QString() }, json(R"({"input": [3, 4, 4], "frames": 4})"));
    const at::Tensor shades = at::arange(8, at::kByte).view({ 8, 1, 1, 1 });
    const auto firsts = [&](int64_t count) {
        const at::Tensor read = processor(shades.narrow(0, 0, count).expand({ count, 6, 9, 3 }).contiguous());
        QStringList all;
        for (int64_t i = 0; i < read.size(0); ++i)
            all << QString::number(read[i][0][0][0].item<double>());
        return all.join(u' ');
    };
    QCOMPARE(firsts(8), QStringLiteral("0 2 4 6"));
    QCOMPARE(firsts(4), QStringLiteral("0 1 2 3"));
    QCOMPARE(firsts(2), QStringLiteral("0 1 1 1")); // a shorter video repeats its last frame
}

void TstClips::imageBindSeesAPictureAsTwoFrames()
{
    plain::Tensors w = imageBindTensors();
    const Towers towers = imageBind(w);
    const at::Tensor pixels = plain::numbers({ 2, 3, 12, 12 });
    const at::Tensor twice = pixels.to(at::kDouble).unsqueeze(2).repeat({ 1, 1, 2, 1, 1 });
    const QString before = QStringLiteral("modality_preprocessors.vision.");
    const at::Tensor cells = at::conv3d(twice, w.get(before + QStringLiteral("rgbt_stem.proj.1.weight")), {}, { 2, 4, 4 })
                                 .flatten(2).transpose(1, 2);
    at::Tensor x = at::cat({ many(w, before + QStringLiteral("cls_token"), cells), cells }, 1)
        + w.get(before + QStringLiteral("pos_embedding_helper.pos_embed"));
    x = w.norm(QStringLiteral("modality_trunks.vision.pre_transformer_layer.0"), x, 1e-6);
    x = w.norm(QStringLiteral("modality_heads.vision.0"), trunk(w, QStringLiteral("vision"), x, 4, false, false), 1e-6);
    Encoder& encoder = towers.encoder(Modality::Image);
    QVERIFY(off(encoder.encode({ .values = pixels }, {}).embedding, w.linear(QStringLiteral("modality_heads.vision.2"), x.select(1, 0))) < 2e-5);
    QCOMPARE(plain::faults(encoder, { .values = pixels }), QString());
    QCOMPARE(towers.facts.at(Modality::Image).value(u"beside_not_read").toArray(), QJsonArray({ QStringLiteral("depth") }));
    QVERIFY(towers.logitScale.defined());
}

void TstClips::imageBindReadsATextToItsEnd()
{
    plain::Tensors w = imageBindTensors();
    const Towers towers = imageBind(w);
    const at::Tensor ids = at::tensor({ 18, 3, 7, 19, 0, 0, 0, 0 }, at::kLong).view({ 1, 8 });
    at::Tensor x = at::embedding(w.get(QStringLiteral("modality_preprocessors.text.token_embedding.weight")), ids)
        + w.get(QStringLiteral("modality_preprocessors.text.pos_embed"));
    x = trunk(w, QStringLiteral("text"), x, 4, false, true).select(1, 3);
    x = w.linear(QStringLiteral("modality_heads.text.proj.1"), w.norm(QStringLiteral("modality_heads.text.proj.0"), x, 1e-6));
    QVERIFY(off(towers.encoder(Modality::Text).encode({ .ids = ids }, {}).embedding, x) < 2e-5);
    const auto parameters = towers.encoder(Modality::Text).parameters();
    QVERIFY(std::any_of(parameters.begin(), parameters.end(),
        [](const auto& one) { return one.first == "modality_trunks.text.blocks.1.attn.in_proj_weight"; }));
}

// torch's add_bias_kv: one more key and value than there are tokens.
void TstClips::imageBindHearsWithAnEmptyPlace()
{
    plain::Tensors w = imageBindTensors();
    const Towers towers = imageBind(w);
    const at::Tensor mel = plain::numbers({ 2, 1, 10, 13 });
    const QString before = QStringLiteral("modality_preprocessors.audio.");
    const at::Tensor cells = w.norm(before + QStringLiteral("rgbt_stem.norm_layer"),
        at::conv2d(mel.to(at::kDouble), w.get(before + QStringLiteral("rgbt_stem.proj.weight")), {}, { 3, 3 })
            .flatten(2).transpose(1, 2), 1e-5);
    at::Tensor x = at::cat({ many(w, before + QStringLiteral("cls_token"), cells), cells }, 1)
        + w.get(before + QStringLiteral("pos_embedding_helper.pos_embed"));
    x = w.norm(QStringLiteral("modality_heads.audio.0"), trunk(w, QStringLiteral("audio"), x, 2, true, false), 1e-6);
    const at::Tensor wanted = w.linear(QStringLiteral("modality_heads.audio.2"), x.select(1, 0));
    Encoder& encoder = towers.encoder(Modality::Audio);
    const EncoderOutput output = encoder.encode({ .values = mel }, {});
    QVERIFY(off(output.embedding, wanted) < 2e-5);
    // Frames × bands, as the processor gives them.
    QVERIFY(off(encoder.encode({ .values = mel.squeeze(1).transpose(1, 2) }, {}).embedding, wanted) < 2e-5);
    QCOMPARE(output.layout.special, 2);
    QCOMPARE(output.layout.pooled, 1);
    QCOMPARE(plain::faults(encoder, { .values = mel }), QString());
}

QTEST_GUILESS_MAIN(TstClips)
#include "tst_clips.moc"
