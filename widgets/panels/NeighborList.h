#pragma once

#include "widgets/Thumbnails.h"

#include <QHash>
#include <QWidget>

class QComboBox;
class QLabel;
class QTreeWidget;
class QTreeWidgetItem;

namespace triptych {

/// Who stands nearest to a sample in the shared space, in each embedded modality: exact, by cosine.
/// Picking one selects it.
class NeighborList : public QWidget {
    Q_OBJECT
public:
    NeighborList(Session& session, Thumbnails& thumbnails, QWidget* parent = nullptr);

    void setSample(const QString& id);
    QTreeWidget* tree() const { return m_tree; }
    /// Fills the section of one modality with the value of neighbors.exact over its set.
    void showNeighbors(Modality modality, const Value& value);

private:
    void fillQueries();
    void ask();
    void setIcon(QTreeWidgetItem* item);
    void fitHeight();

    Session& m_session;
    Thumbnails& m_thumbnails;
    QString m_id;
    QComboBox* m_query;
    QLabel* m_empty;
    QTreeWidget* m_tree;
    QHash<QString, Modality> m_waiting; // recipe key → section
    QHash<int, QTreeWidgetItem*> m_sections;
    QHash<const EmbeddingSet*, QString> m_names; // names of whole sets, hashed once
};

} // namespace triptych
