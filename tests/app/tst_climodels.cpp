#include "tests/app/CliTest.h"

#include "core/session/Workspace.h"
#include "core/values/EmbeddingSet.h"
#include "core/values/Npz.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace triptych;
using namespace Qt::StringLiterals;

/// The subcommands on checkpoints with a reference's outputs beside them.
class TestCliModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void infoSaysWhatTheModelIs();
    void tokenIdsAreTheReferences();
    void textsWithBracketsArriveAsTheyWereTyped();
    void hiddenStatesAreTheReferences_data();
    void hiddenStatesAreTheReferences();
    void pixelsAreTheReferences();
    void filesAndTextsAreEmbedded();
    void aBrokenFileIsNamedAndTheRestIsEmbedded();
    void anAttentionMapIsWrittenAndDrawn();
    void zeroShotProbabilitiesSumToOne();
    void aWorkspaceIsCheckedExportedAndRunAgain();

private:
    QString file(const QString& name) const { return m_folder.filePath(name); }
    QJsonObject caseOf(const QString& name) const;
    QTemporaryDir m_folder;
    const QString m_clip = oracle(u"models/clip/openai_quickgelu_bin"_s);
    const QString m_photo = oracle(u"assets/images/photo.png"_s);
};

namespace {

double largestDifference(const Array& a, const Array& b)
{
    if (a.shape != b.shape)
        return std::numeric_limits<double>::infinity();
    const Array left = a.toFloat();
    const Array right = b.toFloat();
    double largest = 0;
    for (size_t i = 0; i < left.floats().size(); ++i)
        largest = std::max(largest, std::abs(double(left.floats()[i]) - double(right.floats()[i])));
    return largest;
}

QJsonDocument readJson(const QString& path)
{
    QFile in(path);
    return in.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(in.readAll()) : QJsonDocument();
}

} // namespace

QJsonObject TestCliModels::caseOf(const QString& name) const
{
    return readJson(oracle(u"models/clip/"_s + name + u"/case.json"_s)).object();
}

void TestCliModels::initTestCase()
{
    if (!QFile::exists(m_clip))
        QSKIP("the oracles are not beside the project");
}

void TestCliModels::infoSaysWhatTheModelIs()
{
    const CliRun run = runCli({u"info"_s, m_clip + u"/checkpoint"_s, u"--json"_s});
    QVERIFY2(run.code == 0, run.error.constData());
    const QJsonObject facts = run.json().object();
    QCOMPARE(facts[u"family"_s].toString(), u"clip"_s);
    QCOMPARE(facts[u"dim"_s].toInt(), 24);
    QVERIFY(facts[u"modalities"_s].toArray().contains(u"image"_s));
    QVERIFY(facts[u"towers"_s].toObject().contains(u"text"_s));
}

void TestCliModels::tokenIdsAreTheReferences()
{
    const QJsonObject expected = readJson(oracle(u"tokenizers/clip_real/expected.json"_s)).object();
    QStringList words {u"tokenize"_s, oracle(u"vocabs/clip"_s), u"--json"_s, u"--padding"_s,
        u"max_length"_s, u"--max-length"_s, u"77"_s, u"--truncation"_s};
    QJsonArray cases;
    for (const QJsonValue& each : expected[u"texts"_s].toArray()) {
        const QString text = each[u"text"_s].toString();
        if (text.startsWith(u'-') || text.contains(QChar(0)))
            continue; // cannot be typed as a word of its own
        words << u"--text"_s << text;
        cases << each;
    }
    QVERIFY(cases.size() > 20);
    const CliRun run = runCli(words);
    QVERIFY2(run.code == 0, run.error.constData());
    const QJsonArray rows = run.json().array();
    QCOMPARE(rows.size(), cases.size());
    for (qsizetype i = 0; i < cases.size(); ++i) {
        QCOMPARE(rows[i][u"text"_s], cases[i][u"text"_s]);
        QCOMPARE(rows[i][u"ids"_s].toArray(), cases[i][u"input_ids"_s].toArray());
        QCOMPARE(rows[i][u"attention_mask"_s].toArray(), cases[i][u"attention_mask"_s].toArray());
    }
}

void TestCliModels::textsWithBracketsArriveAsTheyWereTyped()
{
    const CliRun run = runCli({u"tokenize"_s, oracle(u"vocabs/clip"_s), u"--json"_s, u"--text"_s,
        u"[a,b]"_s, u"{}"_s, u""_s, u"--text=[c,d]"_s});
    QVERIFY2(run.code == 0, run.error.constData());
    const QJsonArray rows = run.json().array();
    QCOMPARE(rows.size(), 4);
    QCOMPARE(rows[0][u"text"_s].toString(), u"[a,b]"_s);
    QCOMPARE(rows[1][u"text"_s].toString(), u"{}"_s);
    QCOMPARE(rows[2][u"text"_s].toString(), QString());
    QCOMPARE(rows[3][u"text"_s].toString(), u"[c,d]"_s);
}

void TestCliModels::hiddenStatesAreTheReferences_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("openai, pytorch_model.bin") << u"openai_quickgelu_bin"_s;
    QTest::newRow("laion, fp16") << u"laion_gelu_fp16_realvocab"_s;
}

void TestCliModels::hiddenStatesAreTheReferences()
{
    QFETCH(QString, name);
    const QString folder = oracle(u"models/clip/"_s + name);
    const CliRun run = runCli({u"hidden"_s, folder + u"/checkpoint"_s, u"--inputs"_s,
        folder + u"/inputs.npz"_s, u"--out"_s, file(u"hidden.npz"_s)});
    QVERIFY2(run.code == 0, run.error.constData());
    const Value got = readNpz(file(u"hidden.npz"_s));
    const Value expected = readNpz(folder + u"/expected.npz"_s);
    const QJsonObject outputs = caseOf(name)[u"outputs"_s].toObject();
    QVERIFY(outputs.size() > 10);
    for (auto output = outputs.begin(); output != outputs.end(); ++output) {
        QVERIFY2(got.has(output.key()), qPrintable(output.key()));
        const double difference
            = largestDifference(got.array(output.key()), expected.array(output.key()));
        QVERIFY2(difference <= (*output)[u"atol"_s].toDouble(),
            qPrintable(u"%1: %2"_s.arg(output.key()).arg(difference)));
    }
}

void TestCliModels::pixelsAreTheReferences()
{
    const CliRun run = runCli({u"preprocess"_s, m_clip + u"/checkpoint"_s, m_photo,
        oracle(u"assets/images/portrait.png"_s), u"--out"_s, file(u"pixels.npz"_s)});
    QVERIFY2(run.code == 0, run.error.constData());
    const Value expected = readNpz(m_clip + u"/inputs.npz"_s);
    QVERIFY(largestDifference(readNpz(file(u"pixels.npz"_s)).array(u"pixel_values"_s),
                expected.array(u"pixel_values"_s))
        <= 1e-5);
}

void TestCliModels::filesAndTextsAreEmbedded()
{
    const QString out = file(u"e.npz"_s);
    const CliRun run = runCli({u"embed"_s, m_clip + u"/checkpoint"_s, m_photo, u"--text"_s,
        u"a cat"_s, u"a dog"_s, u"--out"_s, out});
    QVERIFY2(run.code == 0, run.error.constData());
    const Value value = readNpz(out);
    QCOMPARE(value.array(u"embeddings"_s).shape, QList<qint64>({3, 24}));
    QCOMPARE(value.strings(u"ids"_s), QStringList({u"photo"_s, u"text-1"_s, u"text-2"_s}));
    QCOMPARE(value.strings(u"modality"_s), QStringList({u"image"_s, u"text"_s, u"text"_s}));
    for (const QString& ending : {u"npy"_s, u"tsv"_s, u"csv"_s, u"safetensors"_s}) {
        const QString other = file(u"e."_s + ending);
        QCOMPARE(
            runCli({u"embed"_s, m_clip + u"/checkpoint"_s, m_photo, u"--out"_s, other}).code, 0);
        const EmbeddingSet set = readEmbeddings(other);
        for (size_t i = 0; i < 24; ++i)
            QVERIFY(std::abs(set.row(0)[i] - value.array(u"embeddings"_s).floats()[i]) < 1e-6f);
    }
}

void TestCliModels::aBrokenFileIsNamedAndTheRestIsEmbedded()
{
    QFile broken(file(u"broken.png"_s));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("\x89PNG\r\n\x1a\nbut no more");
    broken.close();
    const CliRun run = runCli({u"embed"_s, m_clip + u"/checkpoint"_s, broken.fileName(), m_photo,
        u"--out"_s, file(u"rest.npz"_s)});
    QCOMPARE(run.code, 1);
    QVERIFY2(run.hasOneErrorLine() && run.error.contains("broken.png"), run.error.constData());
    QCOMPARE(readEmbeddings(file(u"rest.npz"_s)).ids, QStringList(u"photo"_s));
}

void TestCliModels::anAttentionMapIsWrittenAndDrawn()
{
    for (const QString& method :
        {u"raw"_s, u"rollout"_s, u"relevance"_s, u"gradcam"_s, u"similarity"_s}) {
        const CliRun run = runCli({u"attend"_s, m_clip + u"/checkpoint"_s, u"--image"_s, m_photo,
            u"--text"_s, u"a cat"_s, u"--method"_s, method, u"--out"_s, file(u"map.npz"_s),
            u"--figure"_s, file(u"map.png"_s)});
        QVERIFY2(run.code == 0, run.error.constData());
        const Value value = readNpz(file(u"map.npz"_s));
        const auto grid = value.array(u"grid"_s).integers();
        QCOMPARE(value.array(u"map"_s).shape, QList<qint64>({grid[0], grid[1]}));
        const QImage figure(file(u"map.png"_s));
        QVERIFY(figure.width() >= 640);
        QCOMPARE(figure.pixelColor(2, 2), QColor(Qt::white));
        QVERIFY(figure.pixelColor(figure.width() / 3, figure.height() / 2) != QColor(Qt::white));
    }
    for (const QString& ending : {u"svg"_s, u"pdf"_s}) {
        const QString path = file(u"map."_s + ending);
        QCOMPARE(runCli({u"attend"_s, m_clip + u"/checkpoint"_s, u"--text"_s, u"a cat"_s,
                            u"--method"_s, u"raw"_s, u"--figure"_s, path})
                     .code,
            0);
        QVERIFY(QFileInfo(path).size() > 1000);
    }
}

void TestCliModels::zeroShotProbabilitiesSumToOne()
{
    QFile labels(file(u"labels.txt"_s));
    QVERIFY(labels.open(QIODevice::WriteOnly));
    labels.write("cat\n\ndog\n");
    labels.close();
    const CliRun run = runCli({u"zeroshot"_s, m_clip + u"/checkpoint"_s, m_photo, u"--labels"_s,
        labels.fileName(), u"--json"_s});
    QVERIFY2(run.code == 0, run.error.constData());
    const QJsonObject result = run.json()[u"results"_s].toArray().at(0).toObject();
    const QJsonObject probabilities = result[u"probabilities"_s].toObject();
    QCOMPARE(probabilities.size(), 2);
    QVERIFY(std::abs(probabilities[u"cat"_s].toDouble() + probabilities[u"dog"_s].toDouble() - 1)
        < 1e-5);
    QVERIFY(result[u"probability"_s].toDouble() >= 0.5);
}

void TestCliModels::aWorkspaceIsCheckedExportedAndRunAgain()
{
    const QString model = QDir(m_clip + u"/checkpoint"_s).canonicalPath();
    QCOMPARE(runCli({u"embed"_s, model, m_photo, u"--out"_s, file(u"w.npz"_s)}).code, 0);
    const EmbeddingSet set = readEmbeddings(file(u"w.npz"_s));
    const QString path = file(u"w.triptych"_s);
    {
        Workspace workspace(path);
        Sample photo;
        photo.id = u"photo"_s;
        photo.sources[Modality::Image].path = m_photo;
        Sample gone;
        gone.id = u"gone"_s;
        gone.sources[Modality::Image].path = file(u"gone.png"_s);
        const QList<qint64> uids = workspace.insertSamples({photo, gone});
        workspace.setState(u"model_info"_s, model, {{u"hash"_s, u"abc"_s}});
        EmbeddingRows rows;
        rows.model = u"abc"_s;
        rows.uids = {uids[0]};
        rows.dim = set.dim();
        rows.data.assign(set.rows().begin(), set.rows().end());
        workspace.storeEmbeddings(rows);
        workspace.flush();
    }
    const CliRun facts = runCli({u"workspace"_s, u"info"_s, path, u"--json"_s});
    QVERIFY2(facts.code == 0, facts.error.constData());
    QCOMPARE(facts.json()[u"samples"_s].toInt(), 2);
    QCOMPARE(facts.json()[u"models"_s].toArray().at(0)[u"embeddings"_s][u"image"_s].toInt(), 1);

    const CliRun check = runCli({u"workspace"_s, u"check"_s, path, u"--json"_s});
    QCOMPARE(check.code, 0);
    QVERIFY(check.json()[u"missing_files"_s].toArray().at(0).toString().endsWith(u"gone.png"_s));

    QCOMPARE(runCli({u"workspace"_s, u"export"_s, path, u"--out"_s, file(u"w"_s)}).code, 0);
    QCOMPARE(readEmbeddings(file(u"w/embeddings-1-image.npz"_s)).ids, QStringList(u"photo"_s));
    QVERIFY(QFile::exists(file(u"w/samples.tsv"_s)));

    const CliRun rerun = runCli({u"workspace"_s, u"rerun"_s, path, u"--json"_s});
    QVERIFY2(rerun.code == 0, rerun.error.constData());
    const QJsonObject done = rerun.json()[u"done"_s].toArray().at(0).toObject();
    QCOMPARE(done[u"what"_s].toString(), u"model.embed image"_s);
    QVERIFY(done[u"difference"_s].isDouble() && done[u"difference"_s].toDouble() <= 1e-5);
}

QTEST_GUILESS_MAIN(TestCliModels)
#include "tst_climodels.moc"
