#pragma once

#include <QStringList>
#include <QWidget>

namespace triptych {

/// What stands in the middle while nothing is open: the sample workspace, recent ones, lessons,
/// and what can be dropped.
class WelcomePage : public QWidget {
    Q_OBJECT
public:
    explicit WelcomePage(const QStringList& recent, QWidget* parent = nullptr);

Q_SIGNALS:
    void sampleRequested();
    void openRequested();
    void newRequested();
    void recentRequested(const QString& path);
    void lessonRequested(const QString& id);
    void tourRequested();
};

} // namespace triptych
