#include "core/engine/models/SafetensorsWriter.h"
#include "core/engine/models/families/Gpt2.h"
#include "tests/core/engine/models/ModelCalls.h"
#include "tests/core/engine/models/PlainNet.h"

#include "MediaFixtures.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
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
    void aFolderEmbedsTextsOfSeveralLengths();
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

void TstGpt2::aFolderEmbedsTextsOfSeveralLengths()
{
    plain::Tensors w;
    buildGpt2({ QStringLiteral("gpt2"), config(), w });
    QTemporaryDir folder;
    const auto file = [&folder](const char* name) { return folder.filePath(QLatin1String(name)); };
    fixtures::write(file("config.json"), QJsonDocument(config()).toJson());
    fixtures::write(file("vocab.json"), R"({"a": 0, "b": 1, "c": 2, "d": 3, "\u0120": 4, "ab": 5, "\u0120c": 6, "\u0120d": 7,
        "e": 8, "f": 9, "g": 10, "h": 11, "i": 12, "j": 13, "k": 14, "l": 15, "<|endoftext|>": 16})");
    fixtures::write(file("merges.txt"), "#version: 0.2\na b\n\u0120 c\n\u0120 d\n");
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    for (const auto& [name, values] : w.made())
        tensors.emplace_back(name.toStdString(), values);
    writeSafetensors(file("model.safetensors"), tensors, at::kFloat);

    Inputs inputs;
    for (const char* text : { "abc d ca", "ab" }) {
        Sample sample;
        sample.id = QLatin1String(text);
        sample.sources[Modality::Text].text = QLatin1String(text);
        inputs.samples.push_back(sample);
    }
    ModelStore store { QStringLiteral("cpu"), QString() };
    const QJsonObject model { { QStringLiteral("model"), folder.path() } };
    const Value rows = call(store, "model.embed", model, inputs);
    QCOMPARE(rows.array(QStringLiteral("embeddings")).shape, (QList<qint64> { 2, 24 }));
    const std::vector<std::vector<int64_t>> ids { { 5, 2, 7, 6, 0 }, { 5 } };
    for (size_t i = 0; i < 2; ++i) {
        at::Tensor expect = states(w, {}, at::tensor(ids[i], at::kLong).unsqueeze(0)).back()[0][-1];
        expect = expect / expect.norm();
        for (int64_t k = 0; k < 24; ++k) {
            const double got = double(rows.array(QStringLiteral("embeddings")).floats()[i * 24 + size_t(k)]);
            QVERIFY(std::abs(got - expect[k].item<double>()) < 1e-5);
        }
    }
    const QJsonObject info = store.open(folder.path())->info();
    QCOMPARE(info.value(u"family").toString(), QStringLiteral("gpt2"));
    QVERIFY(info.value(u"towers").toObject().value(u"text").toObject().value(u"causal").toBool());
}

QTEST_MAIN(TstGpt2)
#include "tst_gpt2.moc"
