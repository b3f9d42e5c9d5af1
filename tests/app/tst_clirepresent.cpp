#include "tests/app/CliTest.h"

#include "core/values/Npz.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace triptych;
using namespace Qt::StringLiterals;

/// represent and compare through the program: training, what is kept, steps, reports, what is refused.
class TestCliRepresent : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aNetIsTrainedKeptAndAppliedAgain();
    void whatOnlyCountsIsFittedOnTheSplitThatIsNamed();
    void stepsOfTheFirstSampleAreWritten();
    void methodsAreComparedAndTheReportIsWritten();
    void wrongWordsAreOneLineAndCodeTwo_data();
    void wrongWordsAreOneLineAndCodeTwo();

private:
    QString file(const QString& name) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
};

/// Forty plain pictures in two colours, with captions, labels and a split, as a table.
void TestCliRepresent::initTestCase()
{
    QVERIFY2(QFile::exists(cliProgram()), "the program was not built");
    QByteArray table("id\timage\ttext\tlabel\tgroup\tsplit\n");
    for (int i = 0; i < 40; ++i) {
        QImage image(16, 16, QImage::Format_RGB32);
        image.fill(i % 2 ? qRgb(120 + i, 20, 10) : qRgb(10, 20, 120 + i));
        const QString name = u"%1.png"_s.arg(i);
        QVERIFY(image.save(file(name)));
        table += u"p%1\t%2\ta %3 tile number %1\t%3\tg%1\t%4\n"_s.arg(i).arg(name, i % 2 ? u"red"_s : u"blue"_s,
            i < 10 ? u"test"_s : u"train"_s).toUtf8();
    }
    QFile out(file(u"tiles.tsv"_s));
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(table);
}

void TestCliRepresent::aNetIsTrainedKeptAndAppliedAgain()
{
    const QStringList samples { u"--list"_s, file(u"tiles.tsv"_s), u"--modality"_s, u"image"_s, u"--split"_s, u"test"_s };
    const CliRun first = runCli(QStringList { u"represent"_s, u"lenet5"_s } + samples
        + QStringList { u"--set"_s, u"epochs=2"_s, u"--set"_s, u"channels=3"_s, u"--set"_s, u"layer=F6"_s, u"--seed"_s, u"3"_s,
            u"--save-fitted"_s, file(u"lenet.npz"_s), u"--out"_s, file(u"a.npz"_s), u"--json"_s });
    QVERIFY2(first.code == 0, first.error.constData());
    QCOMPARE(first.json()[u"rows"_s].toInt(), 10);
    QCOMPARE(first.json()[u"dim"_s].toInt(), 84);
    QCOMPARE(first.json()[u"epochs"_s].toInt(), 2);
    QVERIFY(first.json()[u"parameters"_s].toInt() > 1000);
    const CliRun again = runCli(QStringList { u"represent"_s, u"lenet5"_s } + samples
        + QStringList { u"--set"_s, u"layer=F6"_s, u"--fitted"_s, file(u"lenet.npz"_s), u"--out"_s, file(u"b.npz"_s), u"--json"_s });
    QVERIFY2(again.code == 0, again.error.constData());
    QCOMPARE(readNpz(file(u"a.npz"_s)).array(u"embeddings"_s).bytes, readNpz(file(u"b.npz"_s)).array(u"embeddings"_s).bytes);
    // The facts are in the file as JSON, so that any program can read them.
    const QJsonObject facts = QJsonDocument::fromJson(readNpz(file(u"lenet.npz"_s)).info[u"info"_s].toString().toUtf8()).object();
    QCOMPARE(facts[u"method"].toString(), u"train.lenet5"_s);
    QCOMPARE(facts[u"options"][u"epochs"].toInt(), 2);
    QCOMPARE(facts[u"options"][u"seed"].toInt(), 3);
    const CliRun foreign = runCli(QStringList { u"represent"_s, u"alexnet"_s } + samples
        + QStringList { u"--fitted"_s, file(u"lenet.npz"_s), u"--out"_s, file(u"c.npz"_s) });
    QCOMPARE(foreign.code, 1);
    QVERIFY(foreign.hasOneErrorLine() && foreign.error.contains("train.lenet5"));
}

void TestCliRepresent::whatOnlyCountsIsFittedOnTheSplitThatIsNamed()
{
    const CliRun run = runCli({ u"represent"_s, u"bag"_s, u"--list"_s, file(u"tiles.tsv"_s), u"--modality"_s, u"text"_s,
        u"--fit-split"_s, u"train"_s, u"--save-fitted"_s, file(u"bag.npz"_s), u"--out"_s, file(u"bags.npz"_s), u"--json"_s });
    QVERIFY2(run.code == 0, run.error.constData());
    QCOMPARE(run.json()[u"rows"_s].toInt(), 40);
    // a, tile, number, red, blue, and the thirty numbers of the training captions.
    QCOMPARE(run.json()[u"dim"_s].toInt(), 35);
    const CliRun kept = runCli({ u"represent"_s, u"bag"_s, u"--text"_s, u"a red red tile"_s, u"--fitted"_s, file(u"bag.npz"_s),
        u"--out"_s, file(u"one.npz"_s), u"--json"_s });
    QVERIFY2(kept.code == 0, kept.error.constData());
    QCOMPARE(kept.json()[u"dim"_s].toInt(), 35);
    double sum = 0;
    for (const float count : readNpz(file(u"one.npz"_s)).array(u"embeddings"_s).floats())
        sum += double(count);
    QCOMPARE(sum, 4.0);
}

void TestCliRepresent::stepsOfTheFirstSampleAreWritten()
{
    const CliRun run = runCli({ u"represent"_s, u"bag"_s, u"--text"_s, u"one two two"_s, u"--steps"_s, file(u"steps"_s) });
    QVERIFY2(run.code == 0, run.error.constData());
    QFile json(file(u"steps/steps.json"_s));
    QVERIFY(json.open(QIODevice::ReadOnly));
    const QJsonArray steps = QJsonDocument::fromJson(json.readAll()).array();
    QVERIFY(steps.size() >= 2);
    const Value arrays = readNpz(file(u"steps/steps.npz"_s));
    for (const QJsonValue step : steps)
        if (const QString name = step[u"array"].toString(); !name.isEmpty())
            QVERIFY(arrays.has(name));
}

void TestCliRepresent::methodsAreComparedAndTheReportIsWritten()
{
    const QStringList words { u"compare"_s, u"representation"_s, u"--dataset"_s, file(u"tiles.tsv"_s), u"--modality"_s, u"text"_s,
        u"--methods"_s, u"bag,random"_s, u"--seeds"_s, u"2"_s, u"--out"_s, file(u"comparison"_s), u"--json"_s };
    const CliRun run = runCli(words);
    QVERIFY2(run.code == 0, run.error.constData());
    const QJsonObject summary = run.json()[u"summary"_s].toObject();
    QVERIFY(summary[u"bag"][u"accuracy"][u"mean"].toDouble() > 0.9);
    QCOMPARE(summary[u"bag"][u"accuracy"][u"n"].toInt(), 2);
    QCOMPARE(run.json()[u"configuration"_s][u"split"].toString(), u"official"_s);
    for (const char* name : { "results.csv", "results.json", "report.html" })
        QVERIFY(QFile::exists(file(u"comparison/"_s + QLatin1String(name))));
    QStringList table = words;
    table.removeLast();
    const CliRun lines = runCli(table);
    QCOMPARE(lines.code, 0);
    QVERIFY(lines.out.startsWith("method"));
    QVERIFY(lines.out.contains("\nbag") && lines.out.contains("report.html"));
}

void TestCliRepresent::wrongWordsAreOneLineAndCodeTwo_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("says");
    const QStringList bag { u"represent"_s, u"bag"_s, u"--text"_s, u"x"_s };
    const QString out = file(u"x.npz"_s);
    QTest::newRow("no such method") << QStringList { u"represent"_s, u"magic"_s, u"--text"_s, u"x"_s, u"--out"_s, out }
                                    << QByteArray("magic");
    QTest::newRow("nothing kept") << bag << QByteArray("--out");
    QTest::newRow("no such option") << bag + QStringList { u"--set"_s, u"colour=1"_s, u"--out"_s, out } << QByteArray("colour");
    QTest::newRow("no value") << bag + QStringList { u"--set"_s, u"lower"_s, u"--out"_s, out } << QByteArray("NAME=VALUE");
    QTest::newRow("neither true nor false") << bag + QStringList { u"--set"_s, u"lower=perhaps"_s, u"--out"_s, out }
                                            << QByteArray("perhaps");
    QTest::newRow("no number") << bag + QStringList { u"--set"_s, u"min_df=many"_s, u"--out"_s, out } << QByteArray("many");
    QTest::newRow("half a number") << bag + QStringList { u"--set"_s, u"min_df=1.5"_s, u"--out"_s, out } << QByteArray("min_df");
    QTest::newRow("out of range") << bag + QStringList { u"--set"_s, u"min_df=0"_s, u"--out"_s, out } << QByteArray("min_df");
    QTest::newRow("fitted is no npz") << bag + QStringList { u"--save-fitted"_s, file(u"x.txt"_s) } << QByteArray("--save-fitted");
    QTest::newRow("fitted twice") << bag + QStringList { u"--fitted"_s, out, u"--fit-split"_s, u"train"_s, u"--out"_s, out }
                                  << QByteArray("--fitted");
    QTest::newRow("half a comparison") << QStringList { u"compare"_s } << QByteArray("triptych compare --help");
    QTest::newRow("nowhere to write") << QStringList { u"compare"_s, u"representation"_s, u"--dataset"_s, u"stamps"_s }
                                      << QByteArray("--out");
    QTest::newRow("no such modality") << QStringList { u"compare"_s, u"representation"_s, u"--dataset"_s, u"stamps"_s,
        u"--modality"_s, u"smell"_s, u"--out"_s, file(u"c"_s) } << QByteArray("smell");
}

void TestCliRepresent::wrongWordsAreOneLineAndCodeTwo()
{
    QFETCH(QStringList, words);
    QFETCH(QByteArray, says);
    const CliRun run = runCli(words);
    QVERIFY2(run.code == 2, run.error + QByteArray::number(run.code));
    QVERIFY2(run.hasOneErrorLine(), run.error.constData());
    QVERIFY2(run.error.contains(says), run.error.constData());
}

QTEST_GUILESS_MAIN(TestCliRepresent)
#include "tst_clirepresent.moc"
