#include "tests/app/CliTest.h"

#include "core/values/Npz.h"

#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

double largestDifference(const Array& a, const Array& b)
{
    if (a.shape != b.shape)
        return INFINITY;
    const Array left = a.toFloat();
    const Array right = b.toFloat();
    double largest = 0;
    for (size_t i = 0; i < left.floats().size(); ++i) {
        const double off = std::abs(double(left.floats()[i]) - double(right.floats()[i]));
        largest = off <= largest ? largest : off; // not a number stays
    }
    return largest;
}

/// Column `name` of rows of tokens, [N,T].
Array column(const QJsonArray& rows, const QString& name)
{
    std::vector<qint64> all;
    for (const QJsonValue& row : rows)
        for (const QJsonValue& id : row[name].toArray())
            all.push_back(id.toInteger());
    return Array::of(std::span<const qint64>(all), {rows.size(), qint64(all.size()) / rows.size()});
}

QStringList strings(const QJsonValue& list)
{
    QStringList all;
    for (const QJsonValue& one : list.toArray())
        all << one.toString();
    return all;
}

} // namespace

/// tokenize, embed and attend on text encoders with a reference's outputs beside them: a BERT as its
/// authors published it and a folder of sentence-transformers.
class TestCliTexts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void idsAreTheReferences_data() { folders(); }
    void idsAreTheReferences();
    void embeddingsAreTheMeanOfTheStates_data() { folders(); }
    void embeddingsAreTheMeanOfTheStates();
    void aSentenceHasTheReferencesEmbedding();
    void mapsAreOverTheTokens_data() { folders(); }
    void mapsAreOverTheTokens();

private:
    static void folders();
    QString file(const QString& name) const { return m_folder.filePath(name); }
    QJsonObject caseOf(const QString& folder) const;
    /// The same texts through tokenize and hidden.
    Value hidden(const QString& model, const QStringList& texts);
    QTemporaryDir m_folder;
};

void TestCliTexts::initTestCase()
{
    if (!QFile::exists(oracle(u"models/bert"_s)))
        QSKIP("the oracles are not beside the project");
}

void TestCliTexts::folders()
{
    QTest::addColumn<QString>("folder");
    for (const char* name : {"pretraining_gamma_beta_bin", "sentence_transformer_bf16_realvocab"})
        QTest::newRow(name) << oracle(u"models/bert/"_s + QLatin1String(name));
}

QJsonObject TestCliTexts::caseOf(const QString& folder) const
{
    QFile in(folder + u"/case.json"_s);
    return in.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(in.readAll()).object() : QJsonObject();
}

void TestCliTexts::idsAreTheReferences()
{
    QFETCH(QString, folder);
    const QJsonObject facts = caseOf(folder);
    QStringList words {u"tokenize"_s, folder + u"/checkpoint"_s, u"--json"_s, u"--padding"_s, u"longest"_s};
    for (const QString& text : strings(facts[u"texts"_s]))
        words << u"--text"_s << text;
    // case.json writes the list of pairs as Python does.
    const QByteArray pairs = facts[u"tokenizer_call"_s][u"text_pair"_s].toString().replace(u'\'', u'"').toUtf8();
    for (const QString& pair : strings(QJsonDocument::fromJson(pairs).array()))
        words << u"--pair"_s << pair;
    QCOMPARE(words.contains(u"--pair"_s), folder.contains(u"pretraining"_s));
    const CliRun run = runCli(words);
    QVERIFY2(run.code == 0, run.error.constData());
    const QJsonArray rows = run.json().array();
    const Value expected = readNpz(folder + u"/inputs.npz"_s);
    const std::pair<QString, QString> names[] = {{u"ids"_s, u"input_ids"_s},
        {u"attention_mask"_s, u"attention_mask"_s}, {u"token_type_ids"_s, u"token_type_ids"_s}};
    for (const auto& [ours, theirs] : names)
        QCOMPARE(largestDifference(column(rows, ours), expected.array(theirs)), 0.0);
}

Value TestCliTexts::hidden(const QString& model, const QStringList& texts)
{
    QStringList words {u"tokenize"_s, model, u"--json"_s, u"--padding"_s, u"longest"_s};
    for (const QString& text : texts)
        words << u"--text"_s << text;
    const QJsonArray rows = runCli(words).json().array();
    Value inputs;
    inputs.arrays[u"input_ids"_s] = column(rows, u"ids"_s);
    for (const QString& name : {u"attention_mask"_s, u"token_type_ids"_s})
        inputs.arrays[name] = column(rows, name);
    writeNpz(file(u"inputs.npz"_s), inputs);
    const CliRun run = runCli({u"hidden"_s, model, u"--inputs"_s, file(u"inputs.npz"_s), u"--out"_s, file(u"hidden.npz"_s)});
    if (run.code != 0)
        qFatal("%s", run.error.constData());
    return readNpz(file(u"hidden.npz"_s));
}

void TestCliTexts::embeddingsAreTheMeanOfTheStates()
{
    QFETCH(QString, folder);
    const QString model = folder + u"/checkpoint"_s;
    const QStringList texts = strings(caseOf(folder)[u"texts"_s]);
    const CliRun run = runCli(
        QStringList {u"embed"_s, model, u"--text"_s} + texts + QStringList {u"--out"_s, file(u"e.npz"_s), u"--json"_s});
    QVERIFY2(run.code == 0, run.error.constData());
    QCOMPARE(run.json()[u"rows"_s].toInt(), 3);
    QCOMPARE(run.json()[u"dim"_s].toInt(), 32);
    const Value got = readNpz(file(u"e.npz"_s));
    QCOMPARE(got.array(u"embeddings"_s).shape, QList<qint64>({3, 32}));
    QCOMPARE(got.strings(u"modality"_s), QStringList({u"text"_s, u"text"_s, u"text"_s}));
    const Array expected = hidden(model, texts).array(u"mean_pooled_normalized"_s);
    QVERIFY(largestDifference(got.array(u"embeddings"_s), expected) < 1e-6);
}

// The numbers of sentence-transformers itself: its folder's pooling and normalisation.
void TestCliTexts::aSentenceHasTheReferencesEmbedding()
{
    const QString folder = oracle(u"models/bert/sentence_transformer_bf16_realvocab"_s);
    const QJsonObject facts = caseOf(folder);
    const CliRun run = runCli(QStringList {u"embed"_s, folder + u"/checkpoint"_s, u"--text"_s}
        + strings(facts[u"texts"_s]) + QStringList {u"--out"_s, file(u"s.npz"_s)});
    QVERIFY2(run.code == 0, run.error.constData());
    const double tolerance = facts[u"outputs"_s][u"mean_pooled_normalized"_s][u"atol"_s].toDouble();
    QVERIFY(tolerance > 0);
    QVERIFY(largestDifference(readNpz(file(u"s.npz"_s)).array(u"embeddings"_s),
                readNpz(folder + u"/expected.npz"_s).array(u"mean_pooled_normalized"_s))
        <= tolerance);
}

void TestCliTexts::mapsAreOverTheTokens()
{
    QFETCH(QString, folder);
    const QString model = folder + u"/checkpoint"_s;
    const QString text = u"how many birds?"_s;
    const QStringList tokens {u"[CLS]"_s, u"how"_s, u"many"_s, u"birds"_s, u"?"_s, u"[SEP]"_s};
    for (const QString& method : {u"raw"_s, u"rollout"_s, u"relevance"_s, u"gradcam"_s, u"similarity"_s}) {
        const CliRun run = runCli({u"attend"_s, model, u"--text"_s, text, u"--method"_s, method, u"--out"_s,
            file(u"map.npz"_s), u"--figure"_s, file(u"map.png"_s), u"--json"_s});
        QVERIFY2(run.code == 0, run.error.constData());
        const Value value = readNpz(file(u"map.npz"_s));
        QCOMPARE(value.array(u"map"_s).shape, QList<qint64>({1, 6}));
        QCOMPARE(value.strings(u"tokens"_s), tokens);
        for (const float share : value.array(u"map"_s).floats())
            QVERIFY(std::isfinite(share));
        QVERIFY(QImage(file(u"map.png"_s)).width() >= 640);
    }
    QCOMPARE(runCli({u"attend"_s, model, u"--text"_s, text, u"--method"_s, u"raw"_s, u"--layer"_s, u"1"_s, u"--head"_s,
                        u"3"_s, u"--query"_s, u"2"_s, u"--out"_s, file(u"raw.npz"_s)}).code,
        0);
    const Array attention = hidden(model, {text}).array(u"attentions.1"_s);
    QCOMPARE(attention.shape, QList<qint64>({1, 4, 6, 6}));
    const Value raw = readNpz(file(u"raw.npz"_s));
    for (size_t i = 0; i < 6; ++i)
        QVERIFY(std::abs(raw.array(u"map"_s).floats()[i] - attention.floats()[(3 * 6 + 2) * 6 + i]) < 1e-6F);
}

QTEST_GUILESS_MAIN(TestCliTexts)
#include "tst_clitexts.moc"
