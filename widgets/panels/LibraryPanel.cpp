#include "widgets/panels/LibraryPanel.h"

#include "widgets/panels/SampleDelegate.h"

#include <QAction>
#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace triptych {

/// Words (all of them), one modality, one side of the split.
class LibraryFilter : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void set(const QString& words, const QString& modality, const QString& split)
    {
        m_words = words.split(u' ', Qt::SkipEmptyParts);
        m_modality = modality;
        m_split = split;
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override
    {
        const QModelIndex index = sourceModel()->index(row, 0, parent);
        if (!m_split.isEmpty() && index.data(LibraryModel::SplitRole).toString() != m_split)
            return false;
        if (!m_modality.isEmpty()
            && !index.data(LibraryModel::ModalitiesRole).toStringList().contains(m_modality))
            return false;
        const QString text = index.data(LibraryModel::SearchRole).toString();
        return std::all_of(m_words.begin(), m_words.end(),
            [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
    }

private:
    QStringList m_words;
    QString m_modality;
    QString m_split;
};

LibraryPanel::LibraryPanel(Session& session, Thumbnails& thumbnails, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new LibraryModel(session, thumbnails, this))
    , m_filter(new LibraryFilter(this))
    , m_search(new QLineEdit)
    , m_modality(new QComboBox)
    , m_split(new QComboBox)
    , m_list(new QListView)
    , m_count(new QLabel)
{
    m_filter->setSourceModel(m_model);
    m_list->setModel(m_filter);
    m_list->setItemDelegate(new SampleDelegate(m_list));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setAccessibleName(tr("Samples"));
    m_count->setProperty("muted", true);
    buildFilters();

    auto* combos = new QHBoxLayout;
    combos->addWidget(m_modality, 1);
    combos->addWidget(m_split, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(6);
    layout->addWidget(m_search);
    layout->addLayout(combos);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_count);

    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &LibraryPanel::takeSelection);
    connect(m_list, &QListView::customContextMenuRequested, this, &LibraryPanel::showMenu);
    connect(&m_session, &Session::selectionChanged, this, &LibraryPanel::showSelection);
    connect(&m_session, &Session::samplesChanged, this, [this] {
        showSelection();
        updateCount();
    });
    connect(&m_session, &Session::opened, this, &LibraryPanel::updateCount);
    updateCount();
    showSelection();
}

void LibraryPanel::buildFilters()
{
    m_search->setPlaceholderText(tr("Filter by words"));
    m_search->setClearButtonEnabled(true);
    m_search->setAccessibleName(tr("Filter by words"));
    m_modality->addItem(tr("Every modality"), QString());
    for (Modality modality : { Modality::Image, Modality::Text, Modality::Audio, Modality::Video })
        m_modality->addItem(modalityTitle(modality), modalityName(modality));
    m_modality->setAccessibleName(tr("Modality"));
    m_split->addItem(tr("Seen and unseen"), QString());
    m_split->addItem(tr("Seen (train)"), QStringLiteral("train"));
    m_split->addItem(tr("Unseen (test)"), QStringLiteral("test"));
    m_split->setAccessibleName(tr("Split"));
    const auto apply = [this] {
        m_syncing = true; // rows that go out of sight stay selected in the session
        m_filter->set(m_search->text(), m_modality->currentData().toString(),
            m_split->currentData().toString());
        m_syncing = false;
        showSelection();
        updateCount();
    };
    connect(m_search, &QLineEdit::textChanged, this, apply);
    connect(m_modality, &QComboBox::currentIndexChanged, this, apply);
    connect(m_split, &QComboBox::currentIndexChanged, this, apply);
}

void LibraryPanel::focusFilter()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

QStringList LibraryPanel::selectedIds() const
{
    QStringList ids;
    for (const QModelIndex& index : m_list->selectionModel()->selectedIndexes())
        ids << index.data(LibraryModel::IdRole).toString();
    return ids;
}

void LibraryPanel::takeSelection()
{
    if (m_syncing)
        return;
    QStringList ids = selectedIds();
    const QString current = m_list->currentIndex().data(LibraryModel::IdRole).toString();
    if (ids.removeOne(current))
        ids << current; // the last one is what the other views show
    m_syncing = true;
    m_session.select(ids);
    m_syncing = false;
}

void LibraryPanel::showSelection()
{
    if (m_syncing)
        return;
    m_syncing = true;
    QItemSelection selection;
    for (const QString& id : m_session.selection()) {
        const qsizetype row = m_session.indexOf(id);
        const QModelIndex index = m_filter->mapFromSource(m_model->index(int(row)));
        if (row >= 0 && index.isValid())
            selection.select(index, index);
    }
    m_list->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    const qsizetype row = m_session.indexOf(m_session.current());
    const QModelIndex current = row < 0 ? QModelIndex() : m_filter->mapFromSource(m_model->index(int(row)));
    if (current.isValid()) {
        m_list->selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
        m_list->scrollTo(current);
    }
    m_syncing = false;
}

void LibraryPanel::showMenu(const QPoint& at)
{
    const QStringList ids = selectedIds();
    if (ids.isEmpty())
        return;
    QMenu menu(this);
    menu.addAction(tr("Set label…"), this, [this, ids] {
        bool accepted = false;
        const QString label = QInputDialog::getText(this, tr("Set label"),
            tr("Label of %n sample(s)", nullptr, int(ids.size())), QLineEdit::Normal,
            m_session.sample(ids.last())->label, &accepted);
        if (accepted)
            m_session.setLabel(ids, label);
    });
    menu.addAction(tr("Remove from workspace"), this, [this, ids] { m_session.remove(ids); });
    menu.exec(m_list->viewport()->mapToGlobal(at));
}

void LibraryPanel::updateCount()
{
    const int shown = m_filter->rowCount();
    const int total = m_model->rowCount();
    m_count->setText(shown == total ? tr("%n sample(s)", nullptr, total)
                                    : tr("%1 of %n sample(s)", nullptr, total).arg(shown));
}

} // namespace triptych
