#include "core/session/Database.h"
#include "core/session/Session.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace triptych;
using namespace Qt::StringLiterals;

/// A program killed at any moment loses nothing that it said was committed.
class TestKill : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twentyKillsLoseNothingThatWasCommitted();

private:
    void runAndKill(const QString& path, int milliseconds);
    void checkFile(const QString& path);

    QTemporaryDir m_folder;
    QSet<QString> m_added;
    QSet<QString> m_embedded;
};

void TestKill::runAndKill(const QString& path, int milliseconds)
{
    QProcess child;
    child.setProcessChannelMode(QProcess::SeparateChannels);
    child.start(QStringLiteral(TRIPTYCH_BIN_DIR "/kill_child"), { path, m_folder.path() });
    QVERIFY(child.waitForStarted());
    QVERIFY2(child.waitForReadyRead(10000), child.readAllStandardError());
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < milliseconds)
        child.waitForReadyRead(std::max(1, milliseconds - int(clock.elapsed())));
    child.kill();
    QVERIFY(child.waitForFinished());
    QCOMPARE(child.exitStatus(), QProcess::CrashExit); // it was killed, it did not end by itself
    const QByteArray said = child.readAllStandardOutput();
    // A last line without its end was cut by the kill.
    for (const QByteArray& line : said.left(said.lastIndexOf('\n')).split('\n')) {
        QStringList words = QString::fromUtf8(line).split(u' ');
        const QString what = words.takeFirst();
        QSet<QString>& into = what == "added"_L1 ? m_added : m_embedded;
        if (what != "started"_L1)
            into += QSet<QString>(words.begin(), words.end());
    }
}

void TestKill::checkFile(const QString& path)
{
    {
        Session session({});
        QSignalSpy notices(&session, &Session::notice);
        session.open(path);
        QCOMPARE(notices.size(), 0); // nothing was damaged
        for (const QString& id : m_added)
            QVERIFY2(session.sample(id), qPrintable(id));
    }
    Database database(path);
    QCOMPARE(database.one(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
    QCOMPARE(database.one(u"SELECT count(*) FROM pragma_foreign_key_check"_s).toInt(), 0);
    QSet<QString> embedded;
    QSqlQuery rows = database.run(u"SELECT id FROM samples JOIN embeddings USING (uid)"_s);
    while (database.next(rows))
        embedded << rows.value(0).toString();
    QVERIFY(embedded.contains(m_embedded));
}

void TestKill::twentyKillsLoseNothingThatWasCommitted()
{
    qputenv("TRIPTYCH_ENGINE", TRIPTYCH_BIN_DIR "/libtriptych_fake_engine.so");
    QDir(m_folder.path()).mkpath(u"models/triptych-mini"_s);
    QFile config(m_folder.filePath(u"models/triptych-mini/config.json"_s));
    QVERIFY(config.open(QIODevice::WriteOnly) && config.write("{}") > 0);
    config.close();
    const QString path = m_folder.filePath(u"w.triptych"_s);
    QRandomGenerator random(20);
    for (int kill = 0; kill < 20; ++kill) {
        runAndKill(path, 20 + int(random.bounded(300)));
        checkFile(path);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY(m_added.size() > 200);
    QVERIFY(m_embedded.size() > 200);
    qInfo() << m_added.size() << "samples added," << m_embedded.size() << "embedded over twenty kills";
}

QTEST_GUILESS_MAIN(TestKill)
#include "tst_kill.moc"
