#include "core/engine/models/families/Gpt2.h"
#include "tests/core/engine/models/PlainNet.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonDocument>
#include <QTest>
#include <cmath>

using namespace triptych;

namespace {

QJsonObject config()
{
    return QJsonDocument::fromJson(R"({"model_type": "gpt2", "n_embd": 24, "n_head": 3, "n_layer": 2, "n_inner": 40,
        "n_positions": 12, "vocab_size": 17})").object();
}

/// GPT-2's Conv1D keeps its weights as [in,out].
at::Tensor turned(const plain::Tensors& w, const QString& name, const at::Tensor& x)
{
    return at::matmul(x, w.get(name + QStringLiteral(".weight"))) + w.get(name + QStringLiteral(".bias"));
}

/// hidden_states 0 … L of ids [1,T] without padding, the last one after ln_f.
std::vector<at::Tensor> states(const plain::Tensors& w, const QString& prefix, const at::Tensor& ids)
{
    at::Tensor x = at::embedding(w.get(prefix + QStringLiteral("wte.weight")), ids)
        + w.get(prefix + QStringLiteral("wpe.weight")).narrow(0, 0, ids.size(1));
    std::vector<at::Tensor> all { x };
    for (int i = 0; i < 2; ++i) {
        const QString layer = prefix + QStringLiteral("h.%1.").arg(i);
        const auto three = turned(w, layer + QStringLiteral("attn.c_attn"), w.norm(layer + QStringLiteral("ln_1"), x, 1e-5)).chunk(3, -1);
        x = x + turned(w, layer + QStringLiteral("attn.c_proj"), plain::mix(three[0], three[1], three[2], 3, true));
        const at::Tensor y = turned(w, layer + QStringLiteral("mlp.c_fc"), w.norm(layer + QStringLiteral("ln_2"), x, 1e-5));
        const at::Tensor curved = 0.5 * y * (1 + at::tanh(std::sqrt(2 / M_PI) * (y + 0.044715 * y * y * y))); // gelu_new
        x = x + turned(w, layer + QStringLiteral("mlp.c_proj"), curved);
        all.push_back(x);
    }
    all.back() = w.norm(prefix + QStringLiteral("ln_f"), x, 1e-5);
    return all;
}

} // namespace

/// GPT-2 alone against a plain computation in double, which is made from Radford et al. 2019 and the
/// reference's names.
class TstGpt2 : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void statesAreTheDefinitions_data();
    void statesAreTheDefinitions();
    void packedAndAutogradAgree();
    void badTextsAreTold();
};

void TstGpt2::statesAreTheDefinitions_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<bool>("tied");
    QTest::newRow("GPT2Model") << QString() << true;
    QTest::newRow("GPT2LMHeadModel") << QStringLiteral("transformer.") << true;
    QTest::newRow("with a head of its own") << QStringLiteral("transformer.") << false;
}

void TstGpt2::statesAreTheDefinitions()
{
    QFETCH(QString, prefix);
    QFETCH(bool, tied);
    QSet<QString> there;
    if (!prefix.isEmpty())
        there.insert(prefix + QStringLiteral("wte.weight"));
    if (!tied)
        there.insert(QStringLiteral("lm_head.weight"));
    plain::Tensors w(there);
    const Towers towers = buildGpt2({ QStringLiteral("gpt2"), config(), w });
    Encoder& text = *towers.encoders.at(Modality::Text);
    const at::Tensor ids = at::tensor({ 4, 9, 2, 16, 7, 3, 11, 1, 0, 0 }, at::kLong).view({ 2, 5 });
    const at::Tensor mask = at::tensor({ 1, 1, 1, 1, 1, 1, 1, 1, 0, 0 }, at::kLong).view({ 2, 5 });
    const EncoderOutput got = text.encode({ .ids = ids, .mask = mask }, { .hidden = true, .attention = true });
    QCOMPARE(got.hidden.size(), size_t(3));
    const at::Tensor head = w.get(tied ? prefix + QStringLiteral("wte.weight") : QStringLiteral("lm_head.weight"));
    for (int64_t row = 0; row < 2; ++row) {
        const int64_t length = row == 0 ? 5 : 3;
        const auto mine = [&](const at::Tensor& all) { return all.narrow(0, row, 1).narrow(1, 0, length); };
        const auto expect = states(w, prefix, mine(ids));
        for (size_t i = 0; i < 3; ++i)
            QVERIFY2(plain::off(mine(got.hidden[i]), expect[i]) < 1e-5, qPrintable(QString::number(i)));
        QVERIFY(plain::off(mine(got.last), expect[2]) < 1e-5);
        QVERIFY(plain::off(mine(got.more.at("logits")), at::matmul(expect[2], head.t())) < 1e-5);
        // The embedding is read at the last word, which alone has seen all others.
        QCOMPARE(got.pooledAt[row].item<int64_t>(), length - 1);
        QVERIFY(plain::off(got.embedding.narrow(0, row, 1), expect[2].select(1, length - 1)) < 1e-5);
    }
    for (const at::Tensor& attention : got.attention)
        QVERIFY(attention.triu(1).abs().max().item<float>() == 0); // no word looks ahead
}

void TstGpt2::packedAndAutogradAgree()
{
    plain::Tensors w;
    const Towers towers = buildGpt2({ QStringLiteral("gpt2"), config(), w });
    const EncoderInput input { .ids = at::tensor({ 4, 9, 2, 16, 7 }, at::kLong).unsqueeze(0), .mask = at::ones({ 1, 5 }, at::kLong) };
    QCOMPARE(plain::faults(*towers.encoders.at(Modality::Text), input), QString());
}

void TstGpt2::badTextsAreTold()
{
    plain::Tensors w;
    const Towers towers = buildGpt2({ QStringLiteral("gpt2"), config(), w });
    Encoder& text = *towers.encoders.at(Modality::Text);
    QVERIFY_EXCEPTION_THROWN(text.encode({ .ids = at::full({ 1, 3 }, 17, at::kLong) }, {}), Error);
    QVERIFY_EXCEPTION_THROWN(text.encode({ .ids = at::zeros({ 1, 13 }, at::kLong) }, {}), Error);
    QVERIFY_EXCEPTION_THROWN(text.encode({ .ids = at::zeros({ 1, 0 }, at::kLong) }, {}), Error);
}

QTEST_MAIN(TstGpt2)
#include "tst_gpt2.moc"
