#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

class QWidget;

namespace triptych {

class Session;

/// Measures a start and ends the program: when the window was first painted, when the engine was
/// ready, and the longest time in between in which the GUI thread did not answer. Prints one JSON
/// line. Times count from TRIPTYCH_START_NS (monotonic clock, set by whoever starts the program).
class StartProbe : public QObject {
    Q_OBJECT
public:
    StartProbe(QWidget& window, Session& session, QObject* parent = nullptr);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    double sinceStart() const;
    void finish();

    double m_firstPaint = -1;
    double m_longestGap = 0;
    QElapsedTimer m_lastTick;
    QTimer m_tick;
};

} // namespace triptych
