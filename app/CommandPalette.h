#pragma once

#include <QDialog>

class QAction;
class QLineEdit;
class QListWidget;
class QMenuBar;

namespace triptych {

/// Every command of the menus by name: type a few letters, press Enter.
class CommandPalette : public QDialog {
    Q_OBJECT
public:
    explicit CommandPalette(QMenuBar* menus, QWidget* parent);

    /// How well `text` answers `typed` (letters in order, word starts count more); 0 = not at all.
    static int match(const QString& typed, const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void collect(const QList<QAction*>& actions, const QString& path);
    void filter(const QString& typed);
    void run();

    struct Command {
        QString text;
        QAction* action;
    };
    QList<Command> m_commands;
    QLineEdit* m_input;
    QListWidget* m_list;
};

} // namespace triptych
