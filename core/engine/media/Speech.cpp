#include "core/engine/media/Speech.h"

#include "core/engine/media/SourceBytes.h"
#include "core/engine/media/Translate.h"

#include <QProcess>
#include <QStandardPaths>
#include <QtEndian>
#include <cstring>

namespace triptych {

namespace {

constexpr int patienceMs = 60'000;

/// BCP 47 to espeak-ng's names, where they differ.
QString voiceOf(const QString& language)
{
    const QString voice = language.toLower().replace(QLatin1Char('_'), QLatin1Char('-'));
    if (voice == QLatin1String("zh") || voice.startsWith(QLatin1String("zh-")))
        return voice.contains(QLatin1String("hk")) ? QStringLiteral("yue") : QStringLiteral("cmn");
    if (voice == QLatin1String("no"))
        return QStringLiteral("nb");
    return voice;
}

/// On a pipe espeak-ng cannot go back to write how long the sound became.
QByteArray withLengths(QByteArray wav)
{
    const auto put = [&wav](qsizetype at, qsizetype value) {
        const quint32 little = qToLittleEndian(quint32(value));
        std::memcpy(wav.data() + at, &little, 4);
    };
    put(4, wav.size() - 8);
    put(40, wav.size() - 44);
    return wav;
}

} // namespace

QByteArray speak(const Source& source)
{
    const QString rest = source.path.mid(7);
    const qsizetype colon = rest.indexOf(QLatin1Char(':'));
    const QString language = rest.left(colon);
    const QString text = colon < 0 ? QString() : rest.mid(colon + 1).trimmed();
    if (text.isEmpty() || language.isEmpty())
        throw mediaError(source, translate("media", "write speech as speech:LANGUAGE:TEXT"));
    const QString program = QStandardPaths::findExecutable(QStringLiteral("espeak-ng"));
    if (program.isEmpty())
        throw mediaError(source,
            translate(
                "media", "espeak-ng, which speaks it, is missing; install the package espeak-ng"));
    QProcess process;
    // The text goes through the standard input: it cannot be taken for an option.
    process.start(program,
        {QStringLiteral("-v"), voiceOf(language), QStringLiteral("--stdin"),
            QStringLiteral("--stdout")});
    process.write(text.toUtf8());
    process.closeWriteChannel();
    if (!process.waitForFinished(patienceMs)) {
        process.kill();
        process.waitForFinished();
        throw mediaError(
            source, translate("media", "espeak-ng gave no answer in a minute; use a shorter text"));
    }
    const QByteArray wav = process.readAllStandardOutput();
    if (process.exitCode() != 0 || wav.size() <= 44 || !wav.startsWith("RIFF"))
        throw mediaError(source,
            translate(
                "media", "espeak-ng cannot speak the language “%1” (%2); see espeak-ng --voices")
                .arg(language,
                    QString::fromUtf8(process.readAllStandardError()).simplified().left(200)));
    return withLengths(wav);
}

} // namespace triptych
