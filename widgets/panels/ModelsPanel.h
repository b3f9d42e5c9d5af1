#pragma once

#include "core/session/Session.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QTreeWidget;

namespace triptych {

/// The open checkpoints; the ticked one is what the views use. Below it: what is in it.
class ModelsPanel : public QWidget {
    Q_OBJECT
public:
    explicit ModelsPanel(Session& session, QWidget* parent = nullptr);

private:
    void fill();
    void showInfo();
    void chooseFolder();

    Session& m_session;
    QListWidget* m_list;
    QTreeWidget* m_info;
};

} // namespace triptych
