#include "core/engine/models/Model.h"
#include "core/engine/models/families/CtcLetters.h"
#include "core/engine/models/families/Wav2Vec2.h"
#include "core/engine/models/nn/Weights.h"
#include "core/jobs/Error.h"
#include "core/values/Npz.h"

#include "tests/core/engine/models/OracleCase.h"
#include "tests/core/engine/models/SoundSupport.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace triptych;
using namespace sound;

namespace {

/// HuBERT with layer norms, from the definition, in double precision.
class PlainHubert {
public:
    explicit PlainHubert(const std::vector<std::pair<std::string, at::Tensor>>& named)
    {
        for (const auto& [name, tensor] : named)
            m_tensors[QString::fromStdString(name)] = tensor.to(at::kDouble);
    }
    at::Tensor last(const at::Tensor& wave) const { return states(wave).back(); }
    at::Tensor logits(const at::Tensor& wave) const
    {
        const auto all = states(wave);
        const at::Tensor share = at::softmax(t("layer_weights"), 0);
        at::Tensor mixed = at::zeros_like(all.front());
        for (size_t i = 0; i < all.size(); ++i)
            mixed = mixed + all[i] * share[int64_t(i)];
        return linear("classifier", linear("projector", mixed).mean(0, true))[0];
    }

private:
    const at::Tensor& t(const QString& name) const { return m_tensors.at(name); }
    const at::Tensor& t(const char* name) const { return t(QLatin1String(name)); }
    at::Tensor linear(const QString& name, const at::Tensor& x) const
    {
        return at::matmul(x, t(name + QStringLiteral(".weight")).t()) + t(name + QStringLiteral(".bias"));
    }
    at::Tensor linear(const char* name, const at::Tensor& x) const { return linear(QString::fromLatin1(name), x); }
    at::Tensor norm(const QString& name, const at::Tensor& x) const
    {
        const at::Tensor centred = x - x.mean(-1, true);
        const at::Tensor scaled = centred / (centred.square().mean(-1, true) + 1e-5).sqrt();
        return scaled * t(name + QStringLiteral(".weight")) + t(name + QStringLiteral(".bias"));
    }
    static at::Tensor gelu(const at::Tensor& x) { return x * 0.5 * (1 + at::erf(x / std::sqrt(2.0))); }
    /// x [T,C] through the convolution, one tap after the other.
    at::Tensor convolved(const at::Tensor& weight, const at::Tensor& x, int64_t stride, int64_t groups) const
    {
        const int64_t taps = weight.size(2);
        const int64_t frames = (x.size(0) - taps) / stride + 1;
        const int64_t each = weight.size(0) / groups;
        std::vector<at::Tensor> parts;
        for (int64_t group = 0; group < groups; ++group) {
            at::Tensor sum = at::zeros({ frames, each }, at::kDouble);
            for (int64_t tap = 0; tap < taps; ++tap) {
                const at::Tensor seen = x.slice(0, tap, tap + (frames - 1) * stride + 1, stride)
                                            .narrow(1, group * weight.size(1), weight.size(1));
                sum = sum + at::matmul(seen, weight.narrow(0, group * each, each).select(2, tap).t());
            }
            parts.push_back(sum);
        }
        return at::cat(parts, 1);
    }
    at::Tensor positions(const at::Tensor& x) const
    {
        const QString name = QStringLiteral("hubert.encoder.pos_conv_embed.conv.parametrizations.weight.original");
        at::Tensor weight = t(name + u'1').clone();
        for (int64_t tap = 0; tap < weight.size(2); ++tap) {
            const at::Tensor v = weight.select(2, tap);
            v.copy_(v * (t(name + u'0')[0][0][tap] / v.square().sum().sqrt()));
        }
        const at::Tensor zeros = at::zeros({ weight.size(2) / 2, x.size(1) }, at::kDouble);
        const at::Tensor made = convolved(weight, at::cat({ zeros, x, zeros }), 1, 4);
        return gelu(made.slice(0, 0, x.size(0)) + t("hubert.encoder.pos_conv_embed.conv.bias"));
    }
    at::Tensor layer(const QString& name, const at::Tensor& x) const
    {
        const at::Tensor seen = norm(name + QStringLiteral("layer_norm"), x);
        const auto part = [&](const char* which) {
            return linear(name + QStringLiteral("attention.") + QLatin1String(which), seen);
        };
        std::vector<at::Tensor> heads;
        for (int64_t head = 0; head < 2; ++head) {
            const auto own = [&](const char* which) { return part(which).narrow(1, head * 8, 8); };
            const at::Tensor scores = at::matmul(own("q_proj"), own("k_proj").t()) / std::sqrt(8.0);
            heads.push_back(at::matmul(at::softmax(scores, 1), own("v_proj")));
        }
        const at::Tensor mixed = x + linear(name + QStringLiteral("attention.out_proj"), at::cat(heads, 1));
        const at::Tensor wide = gelu(linear(name + QStringLiteral("feed_forward.intermediate_dense"),
            norm(name + QStringLiteral("final_layer_norm"), mixed)));
        return mixed + linear(name + QStringLiteral("feed_forward.output_dense"), wide);
    }
    std::vector<at::Tensor> states(const at::Tensor& wave) const
    {
        at::Tensor x = wave.to(at::kDouble).unsqueeze(1);
        const int64_t strides[] = { 5, 3 };
        for (int i = 0; i < 2; ++i) {
            const QString name = QStringLiteral("hubert.feature_extractor.conv_layers.%1.").arg(i);
            x = convolved(t(name + QStringLiteral("conv.weight")), x, strides[i], 1) + t(name + QStringLiteral("conv.bias"));
            x = gelu(norm(name + QStringLiteral("layer_norm"), x));
        }
        x = linear("hubert.feature_projection.projection", norm(QStringLiteral("hubert.feature_projection.layer_norm"), x));
        std::vector<at::Tensor> all { x + positions(x) };
        for (int i = 0; i < 2; ++i)
            all.push_back(layer(QStringLiteral("hubert.encoder.layers.%1.").arg(i), all.back()));
        all.back() = norm(QStringLiteral("hubert.encoder.layer_norm"), all.back());
        return all;
    }

    std::map<QString, at::Tensor> m_tensors;
};

} // namespace

/// wav2vec 2.0 and HuBERT: the variants that no published output covers here, and what CTC spells.
class TstWav2Vec2 : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hubertFollowsItsDefinition();
    void aMaskedBatchEqualsItsRows();
    void lettersAreJoinedAndBlanksDropped();
    void lettersAgreeWithTransformers();
};

void TstWav2Vec2::hubertFollowsItsDefinition()
{
    RandomWeights weights(7, at::kCPU);
    const Towers towers = buildWav2Vec2({ QStringLiteral("hubert"), json(hubert), weights });
    QCOMPARE(towers.labels, QStringList({ QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c") }));
    Encoder& encoder = towers.encoder(Modality::Audio);
    // Away from their start, so that scales, shifts and shares count.
    for (const auto& [name, tensor] : encoder.parameters())
        tensor.add_(at::sin(at::arange(tensor.numel(), at::kFloat) * 0.7).view(tensor.sizes()) * 0.1);
    const PlainHubert plain(encoder.parameters());
    EncoderInput input;
    input.values = at::sin(at::arange(120, at::kFloat) * 0.3).unsqueeze(0);
    const EncoderOutput output = encoder.encode(input, {});
    QVERIFY(worst(output.last[0].to(at::kDouble), plain.last(input.values[0])) < 1e-5);
    QVERIFY(worst(output.more.at("logits")[0].to(at::kDouble), plain.logits(input.values[0])) < 1e-5);
    QVERIFY(worst(output.embedding, output.last.mean(1)) < 1e-6);
}

void TstWav2Vec2::aMaskedBatchEqualsItsRows()
{
    RandomWeights weights(7, at::kCPU);
    const Towers towers = buildWav2Vec2({ QStringLiteral("hubert"), json(hubert), weights });
    Encoder& encoder = towers.encoder(Modality::Audio);
    EncoderInput both;
    both.values = at::zeros({ 2, 200 });
    both.mask = at::zeros({ 2, 200 }, at::kLong);
    const int64_t lengths[] = { 200, 121 };
    for (int64_t i = 0; i < 2; ++i) {
        both.values[i].narrow(0, 0, lengths[i]).copy_(at::sin(at::arange(lengths[i], at::kFloat) * 0.2 * double(i + 1)));
        both.mask[i].narrow(0, 0, lengths[i]).fill_(1);
    }
    const EncoderOutput output = encoder.encode(both, { .attention = true });
    for (int64_t i = 0; i < 2; ++i) {
        EncoderInput one;
        one.values = both.values.narrow(0, i, 1).narrow(1, 0, lengths[i]);
        const EncoderOutput alone = encoder.encode(one, {});
        QVERIFY(worst(output.embedding[i], alone.embedding[0]) < 1e-5);
        QVERIFY(worst(output.more.at("logits")[i], alone.more.at("logits")[0]) < 1e-5);
    }
}

void TstWav2Vec2::lettersAreJoinedAndBlanksDropped()
{
    QTemporaryDir folder;
    QVERIFY(!CtcLetters::in(folder.path(), 9));
    fixtures::write(folder.filePath(QStringLiteral("vocab.json")),
        R"({"<pad>": 0, "<s>": 1, "</s>": 2, "<unk>": 3, "|": 4, "A": 5, "B": 6})");
    fixtures::write(folder.filePath(QStringLiteral("tokenizer_config.json")), R"({"do_lower_case": true})");
    const auto letters = CtcLetters::in(folder.path(), 9);
    const auto words = letters->words({ 0, 5, 5, 0, 5, 4, 4, 6, 0, 0, 6, 6, 2 });
    QCOMPARE(textOf(words), QStringLiteral("aa bb"));
    QCOMPARE(words[0].begin, int64_t(1));
    QCOMPARE(words[0].end, int64_t(5));
    QCOMPARE(words[1].begin, int64_t(7));
    QCOMPARE(words[1].end, int64_t(12));
    QVERIFY(letters->words(std::vector<qint64> {}).empty());
    QVERIFY_EXCEPTION_THROWN(CtcLetters::in(folder.path(), 4), Error);
}

void TstWav2Vec2::lettersAgreeWithTransformers()
{
    const QString folder = oracle::familyFolder(QStringLiteral("wav2vec2")) + QStringLiteral("/base_groupnorm_ctc");
    if (oracle::familyFolder(QStringLiteral("wav2vec2")).isEmpty())
        QSKIP("the shared oracles are not here");
    const QJsonArray rows = oracle::caseJson(folder).value(QStringLiteral("ctc_greedy_ids")).toArray();
    const Value inputs = readNpz(folder + QStringLiteral("/inputs.npz"));
    const auto values = inputs.array(QStringLiteral("input_values")).floats();
    const int64_t samples = int64_t(values.size()) / rows.size();
    ModelStore store(QStringLiteral("cpu"), QString());
    const auto model = store.open(folder + QStringLiteral("/checkpoint"));
    EncoderInput input;
    input.values = at::from_blob(const_cast<float*>(values.data()), { rows.size(), samples }, at::kFloat).clone();
    const at::Tensor got = model->encoder(Modality::Audio).encode(input, {}).more.at("logits").argmax(-1);
    for (int row = 0; row < rows.size(); ++row) {
        std::vector<qint64> wanted;
        for (const QJsonValue& id : rows.at(row).toArray())
            wanted.push_back(id.toInteger());
        QVERIFY(got[row].equal(at::tensor(std::vector<int64_t>(wanted.begin(), wanted.end()), at::kLong)));
        QCOMPARE(textOf(model->letters()->words(wanted)), textOf(model->letters()->words(
            model->encoder(Modality::Audio).encode(input, {}).more.at("logits")[row])));
    }
    // Worked out by hand from the ids: V Z V(twice: one) H S (blank) S(twice) … of the first row.
    QVERIFY(model->letters()->words(std::vector<qint64> { 25, 31, 25, 25, 11, 12, 0, 12, 12, 0, 12, 9 }).front().text
        == QStringLiteral("VZVHSSSN"));
}

QTEST_MAIN(TstWav2Vec2)
#include "tst_wav2vec2.moc"
