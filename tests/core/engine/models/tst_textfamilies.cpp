#include "core/engine/models/families/Bert.h"
#include "core/engine/models/families/DistilBert.h"
#include "core/engine/models/families/Mpnet.h"
#include "core/engine/models/families/Roberta.h"
#include "core/engine/models/nn/Weights.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace triptych;

namespace {

/// The waves of data/text_families.py: NAME's element i is 0.4·sin(0.37·i + sum of its letters mod 97).
class WaveWeights final : public Weights {
public:
    explicit WaveWeights(QStringList optional = {})
        : m_optional(std::move(optional))
    {
    }
    bool has(const QString& name) const override { return m_optional.contains(name); }

protected:
    at::Tensor make(const QString& name, at::IntArrayRef shape, Init init) override
    {
        int start = 0;
        for (const QChar letter : name)
            start = (start + letter.unicode()) % 97;
        at::Tensor values = at::empty(shape, at::kFloat);
        for (int64_t i = 0; i < values.numel(); ++i)
            values.data_ptr<float>()[i] = float(0.4 * std::sin(0.37 * double(i) + start));
        return init.mean == 1 ? 1 + 0.2 * values : values;
    }

private:
    QStringList m_optional;
};

QJsonObject parsed(const char* text)
{
    return QJsonDocument::fromJson(text).object();
}

const char* const bertLike = R"({"hidden_size": 8, "num_attention_heads": 2, "intermediate_size": 12, "num_hidden_layers": 2,
    "vocab_size": 20, "max_position_embeddings": 14, "type_vocab_size": 1, "layer_norm_eps": EPS, "pad_token_id": 1})";

QJsonObject configOf(const QString& family)
{
    if (family == QLatin1String("distilbert")) {
        return parsed(R"({"dim": 8, "n_heads": 2, "hidden_dim": 12, "n_layers": 2, "vocab_size": 20,
            "max_position_embeddings": 14, "activation": "gelu"})");
    }
    return parsed(QByteArray(bertLike).replace("EPS", family == QLatin1String("roberta") ? "1e-5" : "1e-12").constData());
}

Towers towersOf(const QString& family, const QString& folder = {}, const QStringList& optional = {})
{
    WaveWeights weights(optional);
    const FamilySource source { family, configOf(family), weights, folder };
    return family == QLatin1String("roberta") ? buildRoberta(source)
        : family == QLatin1String("mpnet")    ? buildMpnet(source)
        : family == QLatin1String("bert")     ? buildBert(source)
                                              : buildDistilBert(source);
}

EncoderInput twoTexts()
{
    EncoderInput input;
    input.ids = at::tensor({ 0, 5, 9, 13, 7, 2, 0, 17, 4, 2, 1, 1 }, at::kLong).view({ 2, 6 });
    input.mask = at::tensor({ 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0 }, at::kLong).view({ 2, 6 });
    return input;
}

const Wants everything { .hidden = true, .attention = true };

double largest(const at::Tensor& difference)
{
    return difference.abs().max().item<double>();
}

at::Tensor numbers(const QJsonArray& list, at::IntArrayRef shape)
{
    at::Tensor made = at::empty({ list.size() }, at::kFloat);
    for (qsizetype i = 0; i < list.size(); ++i)
        made.data_ptr<float>()[i] = float(list[i].toDouble());
    return made.view(shape);
}

void write(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

/// RoBERTa, DistilBERT and MPNet against numbers worked out by data/text_families.py, and what holds
/// for every text family.
class TstTextFamilies : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void statesAgreeWithTheDefinition_data() { families(false); }
    void statesAgreeWithTheDefinition();
    void attentionSumsToOneAndKeepsItsGradient_data() { families(true); }
    void attentionSumsToOneAndKeepsItsGradient();
    void packedAndPlainProductsAgree_data() { families(true); }
    void packedAndPlainProductsAgree();
    void paddingDoesNotChangeAText_data() { families(true); }
    void paddingDoesNotChangeAText();
    void poolingIsAsTheFolderSays_data();
    void poolingIsAsTheFolderSays();
    void badPoolingIsRefused_data();
    void badPoolingIsRefused();
    void impossibleInputsAreRefused();
    void headsAreReadWhereTheyAre();

private:
    static void families(bool withBert);
};

void TstTextFamilies::families(bool withBert)
{
    QTest::addColumn<QString>("family");
    for (const char* name : { "roberta", "distilbert", "mpnet" })
        QTest::newRow(name) << QString::fromLatin1(name);
    if (withBert)
        QTest::newRow("bert") << QStringLiteral("bert");
}

void TstTextFamilies::statesAgreeWithTheDefinition()
{
    QFETCH(QString, family);
    QFile file(QFINDTESTDATA("data/text_families.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject golden = QJsonDocument::fromJson(file.readAll()).object().value(family).toObject();
    const Towers towers = towersOf(family);
    const EncoderOutput output = towers.encoder(Modality::Text).encode(twoTexts(), everything);
    const at::Tensor last = numbers(golden.value(QStringLiteral("last")).toArray(), { 2, 6, 8 });
    const at::Tensor shares = numbers(golden.value(QStringLiteral("attention")).toArray(), { 2, 2, 6, 6 });
    QVERIFY2(largest(output.last - last) < 5e-6, qPrintable(QString::number(largest(output.last - last))));
    QVERIFY2(largest(output.attention.back() - shares) < 1e-6,
        qPrintable(QString::number(largest(output.attention.back() - shares))));
    QCOMPARE(output.hidden.size(), size_t(3));
}

void TstTextFamilies::attentionSumsToOneAndKeepsItsGradient()
{
    QFETCH(QString, family);
    const Towers towers = towersOf(family);
    Wants wants = everything;
    wants.gradients = true;
    const EncoderOutput output = towers.encoder(Modality::Text).encode(twoTexts(), wants);
    QCOMPARE(output.attention.size(), size_t(2));
    at::Tensor sum = output.embedding.norm();
    for (const at::Tensor& shares : output.attention) {
        QVERIFY(largest(shares.sum(-1) - 1) < 1e-6);
        shares.retain_grad();
    }
    sum.backward();
    for (const at::Tensor& shares : output.attention) {
        QVERIFY(shares.grad().defined());
        QVERIFY(largest(shares.grad()) > 0);
    }
}

void TstTextFamilies::packedAndPlainProductsAgree()
{
    QFETCH(QString, family);
    const Towers towers = towersOf(family);
    Encoder& tower = towers.encoder(Modality::Text);
    Wants plain = everything;
    plain.gradients = true;
    const EncoderOutput one = tower.encode(twoTexts(), everything);
    const EncoderOutput other = tower.encode(twoTexts(), plain);
    QVERIFY(largest(one.embedding - other.embedding) < 2e-6);
    for (size_t i = 0; i < one.hidden.size(); ++i)
        QVERIFY(largest(one.hidden[i] - other.hidden[i]) < 2e-6);
}

void TstTextFamilies::paddingDoesNotChangeAText()
{
    QFETCH(QString, family);
    const Towers towers = towersOf(family);
    Encoder& tower = towers.encoder(Modality::Text);
    const EncoderInput both = twoTexts();
    EncoderInput alone;
    alone.ids = both.ids.narrow(0, 1, 1).narrow(1, 0, 4);
    const EncoderOutput padded = tower.encode(both, everything);
    const EncoderOutput shorter = tower.encode(alone, everything);
    QVERIFY(largest(padded.embedding[1] - shorter.embedding[0]) < 2e-6);
    QVERIFY(largest(padded.last[1].narrow(0, 0, 4) - shorter.last[0]) < 2e-6);
}

void TstTextFamilies::poolingIsAsTheFolderSays_data()
{
    QTest::addColumn<QByteArray>("pooling");
    QTest::addColumn<int>("kind");
    QTest::newRow("cls") << QByteArray(R"({"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false})") << 0;
    QTest::newRow("max") << QByteArray(R"({"pooling_mode_max_tokens": true})") << 1;
    QTest::newRow("mean") << QByteArray(R"({"word_embedding_dimension": 8, "pooling_mode_mean_tokens": true})") << 2;
    QTest::newRow("mean by root") << QByteArray(R"({"pooling_mode_mean_sqrt_len_tokens": true})") << 3;
    QTest::newRow("weighted") << QByteArray(R"({"pooling_mode": "weightedmean"})") << 4;
    QTest::newRow("last") << QByteArray(R"({"pooling_mode_lasttoken": true})") << 5;
}

void TstTextFamilies::poolingIsAsTheFolderSays()
{
    QFETCH(QByteArray, pooling);
    QFETCH(int, kind);
    QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("modules.json")), R"([{"type": "sentence_transformers.models.Transformer", "path": ""},
        {"type": "sentence_transformers.models.Pooling", "path": "1_Pooling"},
        {"type": "sentence_transformers.models.Normalize", "path": "2_Normalize"}])");
    write(folder.filePath(QStringLiteral("1_Pooling/config.json")), pooling);
    write(folder.filePath(QStringLiteral("sentence_bert_config.json")), R"({"max_seq_length": 5})");
    const Towers towers = towersOf(QStringLiteral("bert"), folder.path());
    const EncoderOutput output = towers.encoder(Modality::Text).encode(twoTexts(), {});
    const at::Tensor text = output.last[1].narrow(0, 0, 4); // the second one is padded
    const at::Tensor places = at::arange(1, 5, at::kFloat).unsqueeze(1);
    const std::vector<at::Tensor> expected { text[0], std::get<0>(text.max(0)), text.mean(0), text.sum(0) / 2,
        (text * places).sum(0) / 10, text[3] };
    const at::Tensor wanted = expected[size_t(kind)];
    QVERIFY(largest(output.pooled[1] - wanted) < 1e-6);
    QVERIFY(largest(output.embedding[1] - wanted / wanted.norm()) < 1e-6);
    QCOMPARE(output.pooledAt[1].item<int64_t>(), int64_t(kind == 0 ? 0 : kind == 5 ? 3 : -1));
    QCOMPARE(towers.facts.at(Modality::Text).value(QStringLiteral("max_tokens")).toInt(), 5);
}

void TstTextFamilies::badPoolingIsRefused_data()
{
    QTest::addColumn<QByteArray>("modules");
    QTest::addColumn<QByteArray>("pooling");
    const QByteArray good = R"([{"type": "sentence_transformers.models.Pooling", "path": "1_Pooling"}])";
    QTest::newRow("modules is no list") << QByteArray("{}") << QByteArray("{}");
    QTest::newRow("outside the folder") << QByteArray(R"([{"type": "m.Pooling", "path": "../1_Pooling"}])") << QByteArray("{}");
    QTest::newRow("unknown module") << QByteArray(R"([{"type": "m.Frob", "path": ""}])") << QByteArray("{}");
    QTest::newRow("no pooling at all") << good << QByteArray("{}");
    QTest::newRow("another width") << good << QByteArray(R"({"word_embedding_dimension": 9, "pooling_mode_cls_token": true})");
    QTest::newRow("no dense layer") << QByteArray(R"([{"type": "m.Dense", "path": "1_Pooling"}])") << QByteArray("{}");
}

void TstTextFamilies::badPoolingIsRefused()
{
    QFETCH(QByteArray, modules);
    QFETCH(QByteArray, pooling);
    QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("modules.json")), modules);
    write(folder.filePath(QStringLiteral("1_Pooling/config.json")), pooling);
    QVERIFY_EXCEPTION_THROWN(towersOf(QStringLiteral("bert"), folder.path()), Error);
}

void TstTextFamilies::impossibleInputsAreRefused()
{
    const Towers towers = towersOf(QStringLiteral("roberta"));
    Encoder& tower = towers.encoder(Modality::Text);
    EncoderInput input;
    QVERIFY_EXCEPTION_THROWN(tower.encode(input, {}), Error);
    input.ids = at::full({ 1, 13 }, 5, at::kLong); // 14 positions, two of them for padding
    QVERIFY_EXCEPTION_THROWN(tower.encode(input, {}), Error);
    input.ids = at::full({ 1, 3 }, 20, at::kLong);
    QVERIFY_EXCEPTION_THROWN(tower.encode(input, {}), Error);
    input.ids = at::full({ 1, 3 }, 5, at::kLong);
    input.types = at::ones({ 1, 3 }, at::kLong);
    QVERIFY_EXCEPTION_THROWN(tower.encode(input, {}), Error);
    input.types = at::Tensor();
    input.mask = at::zeros({ 1, 3 }, at::kLong); // nothing to look at: even, not NaN
    QVERIFY(tower.encode(input, everything).embedding.isfinite().all().item<bool>());
}

void TstTextFamilies::headsAreReadWhereTheyAre()
{
    const Towers towers = towersOf(QStringLiteral("distilbert"), {},
        { QStringLiteral("vocab_transform.weight"), QStringLiteral("vocab_projector.bias"),
            QStringLiteral("pre_classifier.weight"), QStringLiteral("classifier.weight") });
    const EncoderOutput output = towers.encoder(Modality::Text).encode(twoTexts(), everything);
    QCOMPARE(output.more.at("prediction_logits").sizes(), (at::IntArrayRef { 2, 6, 20 }));
    QCOMPARE(output.more.at("logits").sizes(), (at::IntArrayRef { 2, 2 }));
    QVERIFY(towersOf(QStringLiteral("distilbert")).encoder(Modality::Text).encode(twoTexts(), everything).more.count("logits") == 0);
}

QTEST_GUILESS_MAIN(TstTextFamilies)
#include "tst_textfamilies.moc"
