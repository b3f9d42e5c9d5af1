#pragma once

#include "widgets/panels/LibraryModel.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QListView;

namespace triptych {

class LibraryFilter;

/// Every sample with its thumbnail; filter by words, modality and split; one selection with the
/// rest of the window.
class LibraryPanel : public QWidget {
    Q_OBJECT
public:
    LibraryPanel(Session& session, Thumbnails& thumbnails, QWidget* parent = nullptr);
    void focusFilter();

private:
    void buildFilters();
    void showSelection();
    void takeSelection();
    void showMenu(const QPoint& at);
    void updateCount();
    QStringList selectedIds() const;

    Session& m_session;
    LibraryModel* m_model;
    LibraryFilter* m_filter;
    QLineEdit* m_search;
    QComboBox* m_modality;
    QComboBox* m_split;
    QListView* m_list;
    QLabel* m_count;
    bool m_syncing = false;
};

} // namespace triptych
