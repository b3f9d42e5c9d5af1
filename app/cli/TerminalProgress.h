#pragma once

#include "core/jobs/Progress.h"

#include <QElapsedTimer>

namespace triptych {

/// From now on Ctrl+C asks the work to stop; a second one ends the process.
void catchInterrupt();

/// Progress as one line on stderr: rewritten in place on a terminal, a line every second otherwise.
/// Silent when stderr is no terminal, unless `always`. Throws Cancelled after Ctrl+C.
class TerminalProgress final : public Progress {
public:
    explicit TerminalProgress(bool always);
    ~TerminalProgress() override;
    void report(qint64 done, qint64 total, const QString& stage = {}) override;

private:
    void show(qint64 done, qint64 total);

    bool m_terminal = false;
    bool m_shown = false;
    bool m_lineOpen = false;
    QString m_stage;
    QElapsedTimer m_sinceStage;
    QElapsedTimer m_sinceShown;
};

} // namespace triptych
