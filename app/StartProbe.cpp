#include "app/StartProbe.h"

#include <QCoreApplication>
#include <chrono>
#include <cstdio>

namespace triptych {

double StartProbe::sinceStart() const
{
    const qint64 now = std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::steady_clock::now().time_since_epoch())
                           .count();
    return double(now - qEnvironmentVariable("TRIPTYCH_START_NS").toLongLong()) / 1e6;
}

void StartProbe::painted()
{
    m_firstPaint = sinceStart();
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_longestGap = std::max(m_longestGap, double(m_lastTick.nsecsElapsed()) / 1e6);
        m_lastTick.restart();
    });
    m_lastTick.start();
    m_tick.start(1);
}

void StartProbe::finish()
{
    std::printf("{\"first_paint_ms\": %.1f, \"engine_ready_ms\": %.1f, \"longest_gap_ms\": %.1f}\n",
        m_firstPaint, sinceStart(), m_longestGap);
    std::fflush(stdout);
    QCoreApplication::exit(0);
}

void StartProbe::fail(const QString& error)
{
    std::fprintf(stderr, "triptych: %s\n", qPrintable(error));
    QCoreApplication::exit(1);
}

} // namespace triptych
