#include "core/engine/models/Families.h"
#include "core/engine/models/nn/Weights.h"
#include "core/values/Npz.h"
#include "tests/core/engine/models/OracleCase.h"

#include "core/engine/models/Checkpoint.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QTest>

using namespace triptych;

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

double off(const at::Tensor& ours, const at::Tensor& theirs)
{
    return ours.sizes() == theirs.sizes() ? (ours - theirs).abs().max().item<double>() : INFINITY;
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

QTEST_MAIN(TstVision)
#include "tst_vision.moc"
