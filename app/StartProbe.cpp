#include "app/StartProbe.h"

#include "core/session/Session.h"

#include <QCoreApplication>
#include <QEvent>
#include <QWidget>
#include <chrono>
#include <cstdio>

namespace triptych {

StartProbe::StartProbe(QWidget& window, Session& session, QObject* parent)
    : QObject(parent)
{
    window.installEventFilter(this);
    m_tick.setInterval(1);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_longestGap = std::max(m_longestGap, double(m_lastTick.nsecsElapsed()) / 1e6);
        m_lastTick.restart();
    });
    connect(&session, &Session::engineReady, this, &StartProbe::finish);
    connect(&session, &Session::engineFailed, this, [](const QString& error) {
        std::fprintf(stderr, "triptych: %s\n", qPrintable(error));
        QCoreApplication::exit(1);
    });
}

double StartProbe::sinceStart() const
{
    const qint64 now = std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::steady_clock::now().time_since_epoch())
                           .count();
    return double(now - qEnvironmentVariable("TRIPTYCH_START_NS").toLongLong()) / 1e6;
}

bool StartProbe::eventFilter(QObject* watched, QEvent* event)
{
    if (m_firstPaint < 0 && event->type() == QEvent::Paint) {
        m_firstPaint = sinceStart();
        m_lastTick.start();
        m_tick.start();
    }
    return QObject::eventFilter(watched, event);
}

void StartProbe::finish()
{
    std::printf("{\"first_paint_ms\": %.1f, \"engine_ready_ms\": %.1f, \"longest_gap_ms\": %.1f}\n",
        m_firstPaint, sinceStart(), m_longestGap);
    std::fflush(stdout);
    QCoreApplication::exit(0);
}

} // namespace triptych
