#include "tests/app/CliTest.h"

#include "core/values/EmbeddingSet.h"
#include "core/values/Npz.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <csignal>

using namespace triptych;
using namespace Qt::StringLiterals;

class TestCli : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void helpNamesEverySubcommandWithAnExample();
    void theSystemIsDescribed();
    void methodsCarryTheirOptionsAndDefaults();
    void scoresAreTheGoldenNumbers();
    void pairsTellWhichRowsBelongTogether();
    void aMapAndItsQualityAreWritten();
    void neighboursAreExact();
    void aDatasetIsExportedWithItsSplit();
    void interruptedWorkEndsWithCodeThree();

private:
    QString file(const QString& name) const { return m_folder.filePath(name); }
    void write(const QString& name, const QByteArray& bytes) const;
    QTemporaryDir m_folder;
};

namespace {

/// Golden inputs G1 of methods.md, section 7: N = 8, D = 16, w = 2, rows of unit length.
ValuePtr golden(double weight)
{
    std::vector<float> rows;
    for (int i = 0; i < 8; ++i) {
        std::vector<double> row;
        double square = 0;
        for (int j = 0; j < 16; ++j) {
            const double value = std::sin(1 + .37 * i * (j + 1) + .11 * j)
                + weight * std::cos(.5 + .29 * i + .53 * i * j);
            row.push_back(value);
            square += value * value;
        }
        for (double value : row)
            rows.push_back(float(value / std::sqrt(square)));
    }
    auto value = std::make_shared<Value>();
    value->arrays[u"embeddings"_s] = Array::of(std::span<const float>(rows), {8, 16});
    return value;
}

bool isNear(const QJsonValue& value, double expected, double tolerance = 1e-4)
{
    return value.isDouble()
        && std::abs(value.toDouble() - expected) <= tolerance * std::max(1.0, std::abs(expected));
}

} // namespace

void TestCli::write(const QString& name, const QByteArray& bytes) const
{
    QFile out(file(name));
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(bytes);
}

void TestCli::initTestCase()
{
    QVERIFY2(QFile::exists(cliProgram()), "the program was not built");
    writeEmbeddings(file(u"a.npz"_s), EmbeddingSet::from(golden(0)));
    writeEmbeddings(file(u"b.npz"_s), EmbeddingSet::from(golden(2)));
}

void TestCli::helpNamesEverySubcommandWithAnExample()
{
    const CliRun all = runCli({u"--help"_s});
    QCOMPARE(all.code, 0);
    for (const char* name :
        {"info", "tokenize", "preprocess", "embed", "hidden", "attend", "score", "zeroshot",
            "project", "neighbors", "dataset", "methods", "train", "workspace", "screenshot"}) {
        QVERIFY2(all.out.contains(QByteArray("\n  ") + name + ' '), name);
        const CliRun one = runCli({QString::fromLatin1(name), u"--help"_s});
        QCOMPARE(one.code, 0);
        QVERIFY2(one.out.contains("triptych " + QByteArray(name)), name);
    }
    QVERIFY(runCli({u"--version"_s}).out.startsWith("triptych "));
}

void TestCli::theSystemIsDescribed()
{
    const CliRun run = runCli({u"info"_s, u"--system"_s, u"--json"_s, u"--threads"_s, u"1"_s});
    QCOMPARE(run.code, 0);
    QVERIFY(run.error.isEmpty());
    const QJsonObject facts = run.json().object();
    QCOMPARE(facts[u"threads"_s].toInt(), 1);
    QVERIFY(!facts[u"blas"_s].toString().isEmpty());
    QVERIFY(facts[u"versions"_s].toObject().contains(u"libtorch"_s));
}

void TestCli::methodsCarryTheirOptionsAndDefaults()
{
    const QJsonArray all = runCli({u"methods"_s, u"--json"_s}).json().array();
    QVERIFY(all.size() > 10);
    for (const QJsonValue& method : all)
        for (const QString& key : {u"id"_s, u"room"_s, u"title"_s, u"options"_s, u"reference"_s})
            QVERIFY2(method.toObject().contains(key),
                qPrintable(method[u"id"_s].toString() + u' ' + key));
    const QJsonArray some = runCli({u"methods"_s, u"projection"_s, u"--json"_s}).json().array();
    QVERIFY(!some.isEmpty() && some.size() < all.size());
    for (const QJsonValue& method : some)
        QCOMPARE(method[u"room"_s].toString(), u"projection"_s);
}

void TestCli::scoresAreTheGoldenNumbers()
{
    const CliRun run = runCli({u"score"_s, file(u"a.npz"_s), file(u"b.npz"_s), u"--json"_s});
    QVERIFY2(run.code == 0, run.error.constData());
    const QJsonObject scores = run.json().object();
    QCOMPARE(scores[u"n"_s].toInt(), 8);
    QVERIFY(isNear(scores[u"alignment"_s], .9919462700));
    QVERIFY(isNear(scores[u"gap"_s], .3172209226));
    QVERIFY(isNear(scores[u"uniformity"_s][u"a"_s], -4.1088512433));
    const QJsonObject forth = scores[u"a_to_b"_s].toObject();
    QVERIFY(isNear(forth[u"mrr"_s], .8125));
    QVERIFY(isNear(forth[u"recall_at_1"_s], .625)); // ranks 1,1,2,2,2,1,1,1
    QVERIFY(isNear(forth[u"recall_at_5"_s], 1));
    QVERIFY(isNear(forth[u"median_rank"_s], 1));
    for (const QString& key : {u"b_to_a"_s, u"cka"_s, u"svcca"_s, u"mutual_knn"_s})
        QVERIFY2(scores.contains(key), qPrintable(key));
}

void TestCli::pairsTellWhichRowsBelongTogether()
{
    QByteArray pairs = "a\tb\n";
    for (int i = 0; i < 8; ++i)
        pairs += QByteArray::number(i) + '\t' + QByteArray::number(7 - i) + '\n';
    write(u"pairs.tsv"_s, pairs);
    const EmbeddingSet b = readEmbeddings(file(u"b.npz"_s));
    std::vector<float> turned;
    for (qsizetype i = 7; i >= 0; --i)
        turned.insert(turned.end(), b.row(i).begin(), b.row(i).end());
    auto value = std::make_shared<Value>();
    value->arrays[u"embeddings"_s] = Array::of(std::span<const float>(turned), {8, 16});
    writeEmbeddings(file(u"turned.npz"_s), EmbeddingSet::from(value));
    const CliRun run = runCli({u"score"_s, file(u"a.npz"_s), file(u"turned.npz"_s), u"--pairs"_s,
        file(u"pairs.tsv"_s), u"--json"_s});
    QVERIFY2(run.code == 0, run.error.constData());
    QVERIFY(isNear(run.json()[u"a_to_b"_s][u"mrr"_s], .8125));
    write(u"wrong.tsv"_s, "a\tb\n0\t99\n");
    const CliRun wrong = runCli(
        {u"score"_s, file(u"a.npz"_s), file(u"b.npz"_s), u"--pairs"_s, file(u"wrong.tsv"_s)});
    QCOMPARE(wrong.code, 1);
    QVERIFY(wrong.error.contains("row 2") && wrong.error.contains("\"99\""));
}

void TestCli::aMapAndItsQualityAreWritten()
{
    const CliRun run = runCli({u"project"_s, file(u"a.npz"_s), u"--method"_s, u"pca"_s, u"--dims"_s,
        u"3"_s, u"--quality"_s, u"--k"_s, u"3"_s, u"--json"_s, u"--out"_s, file(u"map.npz"_s)});
    QVERIFY2(run.code == 0, run.error.constData());
    const QJsonObject facts = run.json().object();
    for (const QString& key :
        {u"trustworthiness"_s, u"continuity"_s, u"knn_preservation"_s, u"k"_s, u"seconds"_s})
        QVERIFY2(facts[key].isDouble(), qPrintable(key));
    const Value map = readNpz(file(u"map.npz"_s));
    QCOMPARE(map.array(u"coords"_s).shape, QList<qint64>({8, 3}));
    QCOMPARE(map.strings(u"ids"_s).size(), 8);
}

void TestCli::neighboursAreExact()
{
    const CliRun run = runCli({u"neighbors"_s, file(u"a.npz"_s), u"--queries"_s, file(u"b.npz"_s),
        u"--k"_s, u"2"_s, u"--exact"_s, u"--out"_s, file(u"n.npz"_s)});
    QVERIFY2(run.code == 0, run.error.constData());
    const EmbeddingSet a = readEmbeddings(file(u"a.npz"_s));
    const EmbeddingSet b = readEmbeddings(file(u"b.npz"_s));
    const Value found = readNpz(file(u"n.npz"_s));
    QCOMPARE(found.array(u"indices"_s).shape, QList<qint64>({8, 2}));
    for (qsizetype query = 0; query < 8; ++query) {
        qsizetype best = 0;
        double most = -2;
        for (qsizetype row = 0; row < 8; ++row) {
            double cosine = 0;
            for (size_t i = 0; i < 16; ++i)
                cosine += double(b.row(query)[i]) * double(a.row(row)[i]);
            if (cosine > most) {
                most = cosine;
                best = row;
            }
        }
        QCOMPARE(found.array(u"indices"_s).integers()[size_t(query * 2)], best);
        QVERIFY(
            std::abs(double(found.array(u"distances"_s).floats()[size_t(query * 2)]) - (1 - most))
            < 1e-5);
    }
}

void TestCli::aDatasetIsExportedWithItsSplit()
{
    QVERIFY(QDir(m_folder.path()).mkpath(u"set"_s));
    write(u"set/t.csv"_s, "id,text,split,label\n1,\"tab\there\",train,x\n2,b,test,y\n");
    const CliRun facts = runCli({u"dataset"_s, u"info"_s, file(u"set/t.csv"_s), u"--json"_s});
    QCOMPARE(facts.json()[u"splits"_s][u"test"_s].toInt(), 1);
    const CliRun run = runCli(
        {u"dataset"_s, u"export"_s, file(u"set/t.csv"_s), u"--out"_s, file(u"exported"_s)});
    QVERIFY2(run.code == 0, run.error.constData());
    QFile table(file(u"exported/samples.tsv"_s));
    QVERIFY(table.open(QIODevice::ReadOnly));
    QCOMPARE(table.readAll(),
        QByteArray("id\tsplit\tgroup\tlabel\tlanguage\ttext\n"
                   "1\ttrain\t\tx\t\t\"tab\there\"\n2\ttest\t\ty\t\tb\n"));
    const CliRun again = runCli({u"dataset"_s, u"info"_s, file(u"exported"_s), u"--json"_s});
    QCOMPARE(again.json()[u"split_hash"_s], facts.json()[u"split_hash"_s]);
}

void TestCli::interruptedWorkEndsWithCodeThree()
{
    // 6,000 points for 100,000 epochs would run for minutes.
    std::vector<float> rows;
    for (int i = 0; i < 6000 * 8; ++i)
        rows.push_back(float(std::sin(i * .7) + std::cos(i * i * .3)));
    auto value = std::make_shared<Value>();
    value->arrays[u"embeddings"_s] = Array::of(std::span<const float>(rows), {6000, 8});
    writeEmbeddings(file(u"many.npy"_s), EmbeddingSet::from(value));
    QProcess process;
    process.start(cliProgram(),
        {u"project"_s, file(u"many.npy"_s), u"--method"_s, u"umap"_s, u"--epochs"_s, u"10000"_s,
            u"--progress"_s, u"--out"_s, file(u"never.npz"_s)});
    process.setReadChannel(QProcess::StandardError);
    QVERIFY2(process.waitForReadyRead(60'000), "no progress was shown");
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY2(process.waitForFinished(20'000), "it did not stop");
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 3);
    QVERIFY(process.readAllStandardError().contains("triptych: cancelled"));
    QVERIFY(!QFile::exists(file(u"never.npz"_s)));
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
