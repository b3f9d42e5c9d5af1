#include "tests/app/CliTest.h"

#include "core/session/Workspace.h"
#include "core/values/EmbeddingSet.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace triptych;
using namespace Qt::StringLiterals;

/// What is said, where, and with which exit code when something is wrong.
class TestCliErrors : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aWrongCommandLineIsOneLineAndCodeTwo_data();
    void aWrongCommandLineIsOneLineAndCodeTwo();
    void workThatFailsIsOneLineAndCodeOne_data();
    void workThatFailsIsOneLineAndCodeOne();
    void aPictureOfAWorkspaceThatIsOpenElsewhereIsRefused();

private:
    QString file(const QString& name) const { return m_folder.filePath(name); }
    void write(const QString& name, const QByteArray& bytes) const;
    QTemporaryDir m_folder;
};

void TestCliErrors::write(const QString& name, const QByteArray& bytes) const
{
    QFile out(file(name));
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(bytes);
}

void TestCliErrors::initTestCase()
{
    QVERIFY2(QFile::exists(cliProgram()), "the program was not built");
    const std::vector<float> rows {1, 0, 0, 1, 1, 1};
    auto value = std::make_shared<Value>();
    value->arrays[u"embeddings"_s] = Array::of(std::span<const float>(rows), {3, 2});
    writeEmbeddings(file(u"a.npz"_s), EmbeddingSet::from(value));
}

void TestCliErrors::aWrongCommandLineIsOneLineAndCodeTwo_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("no subcommand") << QStringList {u"emebd"_s} << QByteArray("emebd");
    QTest::newRow("no model") << QStringList {u"embed"_s, u"--out"_s, u"x.npz"_s}
                              << QByteArray("MODEL");
    QTest::newRow("unknown option")
        << QStringList {u"methods"_s, u"--fast"_s} << QByteArray("--fast");
    QTest::newRow("no number") << QStringList {u"methods"_s, u"--threads"_s, u"many"_s}
                               << QByteArray("--threads");
    QTest::newRow("wrong ending") << QStringList {u"project"_s, file(u"a.npz"_s), u"--method"_s,
        u"pca"_s, u"--out"_s, u"x.txt"_s}
                                  << QByteArray("--out");
    QTest::newRow("no such folder") << QStringList {u"project"_s, file(u"a.npz"_s), u"--method"_s,
        u"pca"_s, u"--out"_s, file(u"none/x.npz"_s)}
                                    << QByteArray("does not exist");
    QTest::newRow("no such method") << QStringList {u"project"_s, file(u"a.npz"_s), u"--method"_s,
        u"magic"_s, u"--out"_s, file(u"x.npz"_s)}
                                    << QByteArray("magic");
    QTest::newRow("out of range") << QStringList {u"neighbors"_s, file(u"a.npz"_s), u"--k"_s,
        u"0"_s, u"--out"_s, file(u"x.npz"_s)}
                                  << QByteArray("--k");
    QTest::newRow("no such room") << QStringList {u"methods"_s, u"kitchen"_s}
                                  << QByteArray("kitchen");
    QTest::newRow("nothing to look at")
        << QStringList {u"attend"_s, u"m"_s, u"--out"_s, file(u"x.npz"_s)} << QByteArray("--image");
    QTest::newRow("half a subcommand")
        << QStringList {u"dataset"_s} << QByteArray("triptych dataset --help");
}

void TestCliErrors::aWrongCommandLineIsOneLineAndCodeTwo()
{
    QFETCH(QStringList, words);
    QFETCH(QByteArray, says);
    const CliRun run = runCli(words);
    QVERIFY2(run.hasOneErrorLine(), run.error.constData());
    QVERIFY2(run.error.contains(says), run.error.constData());
    QCOMPARE(run.code, 2);
    QVERIFY(run.out.isEmpty());
}

void TestCliErrors::workThatFailsIsOneLineAndCodeOne_data()
{
    write(u"empty.png"_s, "");
    write(u"broken.npz"_s, "this is no archive");
    write(u"text.xyz"_s, "x");
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("says");
    const QString out = file(u"x.npz"_s);
    QTest::newRow("no such model") << QStringList {u"info"_s, u"no-such-model"_s}
                                   << QByteArray("no-such-model: there is no such model");
    QTest::newRow("no such file") << QStringList {u"score"_s, u"none.npz"_s, u"none.npz"_s}
                                  << QByteArray("none.npz: there is no such file");
    QTest::newRow("broken archive") << QStringList {u"score"_s, file(u"broken.npz"_s),
        file(u"a.npz"_s)} << QByteArray("no whole NPZ archive");
    QTest::newRow("empty picture")
        << QStringList {u"embed"_s, m_folder.path(), file(u"empty.png"_s), u"--out"_s, out}
        << QByteArray("empty.png: the file is empty");
    QTest::newRow("no medium") << QStringList {u"embed"_s, m_folder.path(), file(u"text.xyz"_s),
        u"--out"_s, out} << QByteArray("text.xyz: the ending");
    QTest::newRow("no data set") << QStringList {u"dataset"_s, u"info"_s, u"no-such-set"_s}
                                 << QByteArray("no-such-set");
    QTest::newRow("no workspace") << QStringList {u"workspace"_s, u"info"_s, u"none.triptych"_s}
                                  << QByteArray("none.triptych: there is no such file");
}

void TestCliErrors::workThatFailsIsOneLineAndCodeOne()
{
    QFETCH(QStringList, words);
    QFETCH(QByteArray, says);
    const CliRun run = runCli(words);
    QVERIFY2(run.hasOneErrorLine(), run.error.constData());
    QVERIFY2(run.error.contains(says), run.error.constData());
    QCOMPARE(run.code, 1);
    QVERIFY(run.out.isEmpty());
    QVERIFY(!QFile::exists(u"none.triptych"_s));
}

// No display, nobody to answer a dialog: it must end with what the window would say.
void TestCliErrors::aPictureOfAWorkspaceThatIsOpenElsewhereIsRefused()
{
    const Workspace open(file(u"open.triptych"_s));
    const CliRun run = runCli({u"screenshot"_s, file(u"open.triptych"_s), u"--out"_s, file(u"x.png"_s)});
    QCOMPARE(run.code, 1);
    QVERIFY2(run.hasOneErrorLine(), run.error.constData());
    QVERIFY2(run.error.contains("open.triptych"), run.error.constData());
    QVERIFY(!QFile::exists(file(u"x.png"_s)));
}

QTEST_GUILESS_MAIN(TestCliErrors)
#include "tst_clierrors.moc"
