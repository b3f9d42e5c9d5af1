#pragma once

#include <QWidget>
#include <functional>

class QFrame;
class QLabel;
class QPushButton;

namespace triptych {

/// One stop: what is said, and what it is said of.
struct TourStep {
    QString title;
    QString text;
    std::function<QWidget*()> show; ///< brings it to the front; null leaves the window whole
};

/// Walks through a window: everything but one part is dimmed, and a bubble beside it says what it is
/// for. Return goes on, Backspace back, Escape ends it. Deletes itself at its end.
class Tour : public QWidget {
    Q_OBJECT
public:
    Tour(const QList<TourStep>& steps, QWidget* window);

    int step() const { return m_step; }
    int count() const { return int(m_steps.size()); }
    QRect lit() const { return m_lit; } ///< what is not dimmed, on the window
    QFrame* bubble() const { return m_bubble; }
    void next();
    void back();
    void end();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void go(int step);
    void place();

    QList<TourStep> m_steps;
    int m_step = 0;
    QRect m_lit;
    QWidget* m_target = nullptr;
    QFrame* m_bubble;
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_number;
    QPushButton* m_back;
    QPushButton* m_next;
};

} // namespace triptych
