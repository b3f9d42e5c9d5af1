#include "app/cli/TerminalProgress.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>
#include <unistd.h>

namespace triptych {

namespace {

volatile std::sig_atomic_t interrupted = 0;

void onInterrupt(int signal)
{
    interrupted = 1;
    std::signal(signal, SIG_DFL); // the second one ends the process
}

} // namespace

void catchInterrupt()
{
    std::signal(SIGINT, onInterrupt);
    std::signal(SIGTERM, onInterrupt);
}

TerminalProgress::TerminalProgress(bool always)
    : m_terminal(isatty(STDERR_FILENO) != 0)
    , m_shown(m_terminal || always)
{
}

TerminalProgress::~TerminalProgress()
{
    if (m_lineOpen)
        std::fputs("\r\x1b[K", stderr);
}

void TerminalProgress::report(qint64 done, qint64 total, const QString& stage)
{
    if (interrupted)
        throw Cancelled();
    if (!m_shown)
        return;
    const bool fresh = !m_sinceStage.isValid() || (!stage.isEmpty() && stage != m_stage);
    if (fresh) {
        m_stage = stage;
        m_sinceStage.start();
    }
    if (!fresh && done != total && m_sinceShown.elapsed() < (m_terminal ? 100 : 1000))
        return;
    m_sinceShown.start();
    show(done, total);
}

void TerminalProgress::show(qint64 done, qint64 total)
{
    QString line = m_stage;
    if (total > 0) {
        line += QStringLiteral(" %1/%2").arg(done).arg(total);
        const double seconds = double(m_sinceStage.elapsed()) / 1000;
        if (done > 0 && done < total && seconds > 1)
            line += QCoreApplication::translate("Cli", ", %1 s left")
                        .arg(seconds * double(total - done) / double(done), 0, 'f', 0);
    }
    const QByteArray text = line.trimmed().toUtf8();
    std::fputs(m_terminal ? ("\r\x1b[K" + text).constData() : (text + '\n').constData(), stderr);
    std::fflush(stderr);
    m_lineOpen = m_terminal;
}

} // namespace triptych
