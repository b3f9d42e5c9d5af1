#pragma once

#include "core/session/Session.h"

#include <QWidget>

class QPlainTextEdit;

namespace triptych {

/// What was said to the person, with its time: files that could not be read, jobs that failed.
class LogPanel : public QWidget {
    Q_OBJECT
public:
    explicit LogPanel(Session& session, QWidget* parent = nullptr);
    void add(const QString& text);
    QString text() const;

private:
    QPlainTextEdit* m_lines;
};

} // namespace triptych
