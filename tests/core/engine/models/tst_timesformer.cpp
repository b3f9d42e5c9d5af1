#include "core/engine/models/families/TimeSformer.h"
#include "core/jobs/Error.h"
#include "tests/core/engine/models/PlainNet.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonDocument>
#include <QTest>

using namespace triptych;
using plain::off;

namespace {

QJsonObject json(const char* text)
{
    return QJsonDocument::fromJson(text).object();
}

at::Tensor look(const plain::Tensors& w, const QString& name, const at::Tensor& x)
{
    const auto three = w.linear(name + QStringLiteral(".attention.qkv"), x).chunk(3, -1);
    return w.linear(name + QStringLiteral(".output.dense"), plain::mix(three[0], three[1], three[2], 4));
}

/// A layer patch by patch and frame by frame: `start` [1,W] and `x` [F,P,W] change.
void layer(const plain::Tensors& w, const QString& p, at::Tensor& start, at::Tensor& x)
{
    const int64_t frames = x.size(0);
    at::Tensor moved = x.clone();
    for (int64_t place = 0; place < x.size(1); ++place) {
        const at::Tensor along = w.norm(p + QStringLiteral("temporal_layernorm"), x.select(1, place), 1e-6);
        const at::Tensor seen = look(w, p + QStringLiteral("temporal_attention"), along.unsqueeze(0))[0];
        moved.select(1, place).add_(w.linear(p + QStringLiteral("temporal_dense"), seen));
    }
    at::Tensor gathered = at::zeros_like(start);
    x = moved.clone();
    for (int64_t frame = 0; frame < frames; ++frame) {
        const at::Tensor all = w.norm(p + QStringLiteral("layernorm_before"), at::cat({ start, moved[frame] }), 1e-6);
        const at::Tensor seen = look(w, p + QStringLiteral("attention"), all.unsqueeze(0))[0];
        gathered = gathered + seen.narrow(0, 0, 1) / frames;
        x[frame].add_(seen.narrow(0, 1, x.size(1)));
    }
    start = start + gathered;
    const auto rest = [&](const at::Tensor& values) {
        const at::Tensor y = w.norm(p + QStringLiteral("layernorm_after"), values, 1e-6);
        return values + w.linear(p + QStringLiteral("output.dense"), at::gelu(w.linear(p + QStringLiteral("intermediate.dense"), y)));
    };
    start = rest(start);
    x = rest(x);
}

} // namespace

/// TimeSformer against a plain second computation, frame by frame and patch by patch.
class TstTimeSformer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void looksAlongTimeAndThenOverEachFrame();
    void otherClipsAreRefused();
};

void TstTimeSformer::looksAlongTimeAndThenOverEachFrame()
{
    plain::Tensors w({ QStringLiteral("timesformer.embeddings.cls_token"), QStringLiteral("timesformer.layernorm.weight"),
        QStringLiteral("classifier.weight") });
    const Towers towers = buildTimeSformer({ QStringLiteral("timesformer"), json(R"({"hidden_size": 32,
        "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "image_size": 24, "patch_size": 8,
        "num_frames": 2, "id2label": {"0": "to run", "1": "to sit"}})"), w });
    Encoder& encoder = towers.encoder(Modality::Video);
    const at::Tensor clip = plain::numbers({ 1, 2, 3, 24, 24 });
    const EncoderOutput output = encoder.encode({ .values = clip }, {});

    const QString e = QStringLiteral("timesformer.embeddings.");
    const QString patch = e + QStringLiteral("patch_embeddings.projection");
    const at::Tensor places = w.get(e + QStringLiteral("position_embeddings"))[0];
    at::Tensor x = at::conv2d(clip[0].to(at::kDouble), w.get(patch + QStringLiteral(".weight")),
        w.get(patch + QStringLiteral(".bias")), { 8, 8 }).flatten(2).transpose(1, 2) + places.narrow(0, 1, 9);
    x = x + w.get(e + QStringLiteral("time_embeddings"))[0].unsqueeze(1);
    at::Tensor start = w.get(e + QStringLiteral("cls_token"))[0] + places.narrow(0, 0, 1);
    for (int i = 0; i < 2; ++i)
        layer(w, QStringLiteral("timesformer.encoder.layer.%1.").arg(i), start, x);
    const at::Tensor all = w.norm(QStringLiteral("timesformer.layernorm"), at::cat({ start, x.reshape({ 18, 32 }) }), 1e-6);
    QVERIFY(off(output.last, all.unsqueeze(0)) < 2e-5);
    QVERIFY(off(output.more.at("logits"), w.linear(QStringLiteral("classifier"), all.narrow(0, 0, 1))) < 2e-5);
    QCOMPARE(output.layout.frames, 2);
    QCOMPARE(output.layout.gridRows, 6);
    QCOMPARE(plain::faults(encoder, { .values = clip }), QString());

    // A patch looks at the class token and at its own frame only.
    const EncoderOutput kept = encoder.encode({ .values = clip }, { .attention = true });
    QVERIFY(off(kept.embedding, output.embedding) < 1e-5);
    QCOMPARE(kept.attention[0][0][0].narrow(0, 1, 9).narrow(1, 10, 9).abs().max().item<double>(), 0.0);
    QCOMPARE(kept.more.at("temporal_attentions.1").sizes(), (at::IntArrayRef { 9, 4, 2, 2 }));
}

void TstTimeSformer::otherClipsAreRefused()
{
    plain::Tensors w;
    QJsonObject config = json(R"({"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 4,
        "intermediate_size": 64, "image_size": 16, "patch_size": 8, "num_frames": 2})");
    const Towers towers = buildTimeSformer({ QStringLiteral("timesformer"), config, w });
    QVERIFY_EXCEPTION_THROWN(
        towers.encoder(Modality::Video).encode({ .values = at::zeros({ 1, 4, 3, 16, 16 }) }, {}), Error);
    config.insert(QStringLiteral("attention_type"), QStringLiteral("space_only"));
    QVERIFY_EXCEPTION_THROWN(buildTimeSformer({ QStringLiteral("timesformer"), config, w }), Error);
}

QTEST_GUILESS_MAIN(TstTimeSformer)
#include "tst_timesformer.moc"
