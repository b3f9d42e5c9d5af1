#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace triptych {

/// Measures a start and ends the program: when the window was first painted, when the engine was
/// ready, and the longest time in between in which the GUI thread did not answer. Prints one JSON
/// line. Times count from TRIPTYCH_START_NS (monotonic clock, set by whoever starts the program).
class StartProbe : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

public Q_SLOTS:
    void painted();
    void finish();
    void fail(const QString& error);

private:
    double sinceStart() const;

    double m_firstPaint = -1;
    double m_longestGap = 0;
    QElapsedTimer m_lastTick;
    QTimer m_tick;
};

} // namespace triptych
