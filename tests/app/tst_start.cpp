#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <chrono>

/// Starts the real program in a real window under Xvfb, beside an empty Qt window. What it takes is
/// printed, never asserted: machines differ.
class TestStart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWindowComesUpAndTheEngineFollows();
};

namespace {

QJsonObject start(const QString& program, const QStringList& arguments, const QString& home)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    environment.insert(QStringLiteral("HOME"), home);
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), home);
    environment.insert(QStringLiteral("DISPLAY"), qEnvironmentVariable("TRIPTYCH_TEST_DISPLAY"));
    const qint64 now = std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
    environment.insert(QStringLiteral("TRIPTYCH_START_NS"), QString::number(now));
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    if (!process.waitForFinished(120000) || process.exitCode() != 0)
        qWarning() << program << process.exitStatus() << process.exitCode() << process.readAllStandardError();
    return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
}

}

void TestStart::theWindowComesUpAndTheEngineFollows()
{
    const QString server = QStandardPaths::findExecutable(QStringLiteral("Xvfb"));
    QVERIFY2(!server.isEmpty(), "Xvfb is not installed; app/packages.txt lists it");
    QProcess display;
    display.setProcessChannelMode(QProcess::SeparateChannels);
    display.start(server, { QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"),
                              QStringLiteral("1600x1000x24"), QStringLiteral("-nolisten"), QStringLiteral("tcp") });
    QVERIFY(display.waitForReadyRead(30000));
    qputenv("TRIPTYCH_TEST_DISPLAY", ":" + display.readAllStandardOutput().trimmed());

    QTemporaryDir home;
    const QString bin = QStringLiteral(TRIPTYCH_BIN_DIR);
    QList<double> ratios;
    QJsonObject last;
    for (int i = 0; i < 4; ++i) { // the first warms the disk cache
        const QJsonObject empty = start(bin + QStringLiteral("/empty_window"), {}, home.path());
        last = start(bin + QStringLiteral("/triptych"), { QStringLiteral("--measure-start") }, home.path());
        QVERIFY(empty[QStringLiteral("first_paint_ms")].toDouble() > 0);
        QVERIFY(last[QStringLiteral("first_paint_ms")].toDouble() > 0);
        QVERIFY(last[QStringLiteral("engine_ready_ms")].toDouble() > last[QStringLiteral("first_paint_ms")].toDouble());
        if (i > 0)
            ratios << last[QStringLiteral("first_paint_ms")].toDouble() / empty[QStringLiteral("first_paint_ms")].toDouble();
        qInfo() << "empty window" << empty << "triptych" << last;
    }
    std::sort(ratios.begin(), ratios.end());
    qInfo() << "first paint against an empty Qt window, median of" << ratios.size() << ":" << ratios[ratios.size() / 2];
    display.terminate();
    display.waitForFinished();
}

QTEST_GUILESS_MAIN(TestStart)
#include "tst_start.moc"
