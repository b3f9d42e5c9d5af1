#pragma once

#include <QJsonDocument>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

/// One run of the real program.
struct CliRun {
    int code = -1;
    QByteArray out;
    QByteArray error;

    QJsonDocument json() const { return QJsonDocument::fromJson(out); }
    /// One line that starts with "triptych: ", as CLI.md asks.
    bool hasOneErrorLine() const
    {
        return error.startsWith("triptych: ") && error.count('\n') == 1 && error.endsWith('\n');
    }
};

inline QString cliProgram()
{
    return QStringLiteral(TRIPTYCH_BIN_DIR "/triptych");
}

inline CliRun runCli(const QStringList& words)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(
        QStringLiteral("QT_QPA_PLATFORM")); // subcommands need no display by themselves
    process.setProcessEnvironment(environment);
    process.start(cliProgram(), words);
    CliRun run;
    if (!process.waitForFinished(120'000) || process.exitStatus() != QProcess::NormalExit)
        return run;
    run.code = process.exitCode();
    run.out = process.readAllStandardOutput();
    run.error = process.readAllStandardError();
    return run;
}

inline QString oracle(const QString& path)
{
    return QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles/") + path;
}
