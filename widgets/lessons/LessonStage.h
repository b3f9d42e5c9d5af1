#pragma once

#include <QJsonObject>
#include <QWidget>

class QLabel;
class QPushButton;

namespace triptych {

class RepresentationPane;
class Session;

/// One forward pass below the page, a step at a time and large: the method a lesson speaks of, on the
/// selected sample.
class LessonStage : public QWidget {
    Q_OBJECT
public:
    explicit LessonStage(Session& session, QWidget* parent = nullptr);

    /// A state of the Representation view: "method", and "options" where the lesson sets some.
    void setState(const QJsonObject& state);
    const QJsonObject& state() const { return m_state; }
    int step() const { return m_step; } ///< from 0
    int steps() const;                  ///< 0 while nothing is shown
    void go(int step);

    RepresentationPane* pane() const { return m_pane; }
    QPushButton* nextButton() const { return m_next; }

Q_SIGNALS:
    void trainRequested(); ///< the method has to be trained before there are steps

private:
    void follow();

    Session& m_session;
    RepresentationPane* m_pane;
    QPushButton* m_back;
    QPushButton* m_next;
    QLabel* m_place;
    QJsonObject m_state;
    int m_step = 0;
};

} // namespace triptych
