#pragma once

#include "core/session/Session.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;
class QTimer;
class QTreeWidget;

namespace triptych {

/// The open checkpoints, each with its family and the memory it holds; the current one is what the
/// views use. Below it: what is in it.
class ModelsPanel : public QWidget {
    Q_OBJECT
public:
    explicit ModelsPanel(Session& session, QWidget* parent = nullptr);

    QListWidget* list() const { return m_list; }
    /// Reads anew which models are in memory; happens by itself while the panel is visible.
    void readMemory();

Q_SIGNALS:
    /// The current model's page should come to the front.
    void pageRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void buildLayout();
    void fill();
    void showInfo();
    void showMenu(const QPoint& at);
    void choose(bool folder);
    QString chosen() const;
    /// Second line of a model's entry.
    QString lineOf(const QString& path) const;

    Session& m_session;
    QListWidget* m_list;
    QLabel* m_memory;
    QPushButton* m_look;
    QPushButton* m_unload;
    QTreeWidget* m_info;
    QTimer* m_clock;
    QJsonObject m_open; ///< by path: a line of model.open
};

} // namespace triptych
