#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/families/Siglip.h"
#include "core/values/Npz.h"
#include "tests/core/engine/models/OracleCase.h"
#include "tests/core/engine/models/PlainNet.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonDocument>
#include <QTest>

using namespace triptych;
using plain::off;

/// ViT, DINOv2 and SigLIP against Hugging Face's own outputs.
class TstVision : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void outputsAgreeWithTransformers_data() { cases(); }
    void outputsAgreeWithTransformers();
    void picturesAgreeWithTransformers_data() { cases(); }
    void picturesAgreeWithTransformers();
    void positionsFollowAPictureOfAnotherSize();
    void siglipTellsWhereItsEmbeddingLooked();
    void siglip2TakesPatchesOfAnyGrid();

private:
    static void cases();
};

namespace {

at::Tensor tensorOf(const Array& array)
{
    at::Tensor tensor = at::empty(std::vector<int64_t>(array.shape.begin(), array.shape.end()), at::kFloat);
    std::copy(array.floats().begin(), array.floats().end(), tensor.data_ptr<float>());
    return tensor;
}

} // namespace

void TstVision::cases()
{
    if (oracle::familyFolder(QStringLiteral("vit")).isEmpty())
        QSKIP("the shared oracles are not here");
    QTest::addColumn<QString>("folder");
    for (const char* family : { "vit", "dinov2", "siglip" }) {
        const QString name = QLatin1String(family);
        for (const QString& one : oracle::caseNames(name))
            QTest::newRow(qPrintable(name + u' ' + one)) << oracle::familyFolder(name) + u'/' + one;
    }
}

void TstVision::outputsAgreeWithTransformers()
{
    QFETCH(QString, folder);
    QCOMPARE(oracle::differences(folder), QString());
}

void TstVision::picturesAgreeWithTransformers()
{
    QFETCH(QString, folder);
    QCOMPARE(oracle::signalDifferences(folder, QStringLiteral("pixel_values"), 1e-6), QString());
}

// 48 × 72 pixels in patches of 8, where the positions were learnt on 32 × 32.
void TstVision::positionsFollowAPictureOfAnotherSize()
{
    const QString family = oracle::familyFolder(QStringLiteral("vit"));
    if (family.isEmpty())
        QSKIP("the shared oracles are not here");
    const QString folder = family + QStringLiteral("/dino_vits8_interp");
    const Value expected = readNpz(folder + QStringLiteral("/expected_interpolated.npz"));
    const Towers towers = buildTowers(Checkpoint::open(folder + QStringLiteral("/checkpoint")), at::kCPU);
    const at::Tensor pixels = tensorOf(expected.array(QStringLiteral("pixel_values")));
    const EncoderOutput output
        = towers.encoder(Modality::Image).encode({ .values = pixels }, { .hidden = true, .attention = true });
    QCOMPARE(output.layout.gridRows, 6);
    QCOMPARE(output.layout.gridColumns, 9);
    const auto compare = [&](const QString& name, const at::Tensor& ours, double tolerance) {
        const double found = off(ours, tensorOf(expected.array(name)));
        QVERIFY2(found <= tolerance, qPrintable(QStringLiteral("%1 is off by %2").arg(name).arg(found)));
    };
    // The tolerances of case.json for the same outputs at the configured size.
    QCOMPARE(plain::faults(towers.encoder(Modality::Image), { .values = pixels }), QString());
    compare(QStringLiteral("hidden_states.0"), output.hidden[0], 3.2e-6);
    compare(QStringLiteral("hidden_states.2"), output.hidden[2], 4.4e-5);
    compare(QStringLiteral("attentions.1"), output.attention[1], 1.2e-5);
    compare(QStringLiteral("last_hidden_state"), output.last, 2.8e-5);
    compare(QStringLiteral("pooler_output"), output.pooled, 1.4e-5);
    compare(QStringLiteral("cls"), output.more.at("cls"), 1e-5);
    compare(QStringLiteral("patch_mean"), output.more.at("patch_mean"), 6.7e-6);
}

// The pooled output again from the pool's weights: what it looked at is what it mixed.
void TstVision::siglipTellsWhereItsEmbeddingLooked()
{
    const QString family = oracle::familyFolder(QStringLiteral("siglip"));
    if (family.isEmpty())
        QSKIP("the shared oracles are not here");
    const Checkpoint checkpoint = Checkpoint::open(family + QStringLiteral("/base_patch16/checkpoint"));
    const Towers towers = buildTowers(checkpoint, at::kCPU);
    Encoder& encoder = towers.encoder(Modality::Image);
    const at::Tensor pixels = at::rand({ 1, 3, 48, 48 });
    const EncoderOutput output = encoder.encode({ .values = pixels }, { .attention = true });
    const at::Tensor looked = output.more.at("pooling_attention");
    QCOMPARE(looked.sizes(), (at::IntArrayRef { 1, 4, 1, 9 }));
    QVERIFY(at::allclose(looked.sum(-1), at::ones({ 1, 4, 1 })));
    const auto head = [&](const char* name) {
        return checkpoint.tensors().at(QStringLiteral("vision_model.head.") + QLatin1String(name)).to(at::kFloat);
    };
    const at::Tensor values = at::linear(output.last, head("attention.in_proj_weight").slice(0, 64, 96),
        head("attention.in_proj_bias").slice(0, 64, 96)).view({ 9, 4, 8 });
    const at::Tensor mixed = at::einsum("ht,thd->hd", { looked.view({ 4, 9 }), values }).reshape({ 1, 32 });
    const at::Tensor seen = at::linear(mixed, head("attention.out_proj.weight"), head("attention.out_proj.bias"));
    const at::Tensor normed = at::layer_norm(seen, { 32 }, head("layernorm.weight"), head("layernorm.bias"), 1e-6);
    const at::Tensor wide = at::gelu(at::linear(normed, head("mlp.fc1.weight"), head("mlp.fc1.bias")), "tanh");
    const at::Tensor pooled = seen + at::linear(wide, head("mlp.fc2.weight"), head("mlp.fc2.bias"));
    QVERIFY(off(output.pooled, pooled) < 1e-5);
    // A sequence of one position only: the pool gives what project() says of it.
    QCOMPARE(encoder.project(output.last).sizes(), (at::IntArrayRef { 1, 9, 32 }));
}

// Two pictures of 2 × 3 and 3 × 1 patches, padded to 7, against each alone.
void TstVision::siglip2TakesPatchesOfAnyGrid()
{
    plain::Tensors w({ QStringLiteral("vision_model.head.probe") });
    const QJsonObject config = QJsonDocument::fromJson(R"({"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4,
        "intermediate_size": 64, "patch_size": 4, "num_patches": 16})").object();
    const Towers towers = buildSiglip({ QStringLiteral("siglip2_vision_model"), config, w });
    Encoder& encoder = towers.encoder(Modality::Image);
    const std::array pictures { plain::numbers({ 1, 3, 8, 12 }), plain::numbers({ 1, 3, 12, 4 }, 0.7) };
    EncoderInput padded { .values = at::zeros({ 2, 7, 48 }), .mask = at::zeros({ 2, 7 }, at::kLong),
        .shapes = at::zeros({ 2, 2 }, at::kLong) };
    for (int64_t i = 0; i < 2; ++i) {
        const int64_t rows = pictures[size_t(i)].size(2) / 4;
        const int64_t columns = pictures[size_t(i)].size(3) / 4;
        // Each patch as [rows, columns, channels], as the reference's processor orders it.
        for (int64_t p = 0; p < rows * columns; ++p) {
            const at::Tensor patch = pictures[size_t(i)][0].narrow(1, p / columns * 4, 4).narrow(2, p % columns * 4, 4);
            padded.values[i][p].copy_(patch.permute({ 1, 2, 0 }).flatten());
        }
        padded.mask[i].narrow(0, 0, rows * columns).fill_(1);
        padded.shapes[i][0] = rows;
        padded.shapes[i][1] = columns;
    }
    const EncoderOutput both = encoder.encode(padded, { .attention = true });
    for (int64_t i = 0; i < 2; ++i) {
        const EncoderOutput alone = encoder.encode({ .values = pictures[size_t(i)] }, {});
        QVERIFY(off(both.embedding.narrow(0, i, 1), alone.embedding) < 1e-5);
    }
    QCOMPARE(both.attention[0][1].narrow(-1, 3, 4).abs().max().item<double>(), 0.0); // nothing looks at padding
    QCOMPARE(plain::faults(encoder, { .values = pictures[0] }), QString());
}

QTEST_MAIN(TstVision)
#include "tst_vision.moc"
