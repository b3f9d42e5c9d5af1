#include "widgets/panels/NeighborList.h"

#include "widgets/views/EmbeddingRows.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace triptych {

namespace {

constexpr int kShown = 6;
constexpr int kIcon = 26;

/// All icons of one size, so that the captions line up.
QIcon squareIcon(const QImage& image)
{
    QPixmap pixmap(kIcon, kIcon);
    pixmap.fill(Qt::transparent);
    if (!image.isNull()) {
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        QRect target(QPoint(), image.size().scaled(pixmap.size(), Qt::KeepAspectRatio));
        target.moveCenter(pixmap.rect().center());
        painter.drawImage(target, image);
    }
    return QIcon(pixmap);
}

}

NeighborList::NeighborList(Session& session, Thumbnails& thumbnails, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_thumbnails(thumbnails)
    , m_query(new QComboBox)
    , m_empty(new QLabel)
    , m_tree(new QTreeWidget)
{
    m_query->setAccessibleName(tr("Whose neighbours"));
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_tree->setColumnCount(2);
    m_tree->setHeaderHidden(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setIconSize({kIcon, kIcon});
    m_tree->setIndentation(0);
    m_tree->setRootIsDecorated(false);
    m_tree->setItemsExpandable(false);
    m_tree->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setAccessibleName(tr("Nearest neighbours"));
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_tree->viewport()->setAutoFillBackground(false);

    auto* bar = new QHBoxLayout;
    auto* label = new QLabel(tr("&Nearest to its"));
    label->setBuddy(m_query);
    bar->addWidget(label);
    bar->addWidget(m_query);
    bar->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(bar);
    layout->addWidget(m_empty);
    layout->addWidget(m_tree);

    connect(m_query, &QComboBox::activated, this, &NeighborList::ask);
    const auto pick = [this](QTreeWidgetItem* item) {
        if (const QString id = item->data(0, Qt::UserRole).toString(); !id.isEmpty())
            m_session.select({id});
    };
    connect(m_tree, &QTreeWidget::itemClicked, this, pick);
    connect(m_tree, &QTreeWidget::itemActivated, this, pick);
    connect(&session, &Session::embeddingsChanged, this, [this] {
        m_names.clear();
        fillQueries();
    });
    connect(
        &session, &Session::valueReady, this, [this](const QString& key, const ValuePtr& value) {
            if (const auto found = m_waiting.constFind(key); found != m_waiting.constEnd()) {
                const Modality modality = *found;
                m_waiting.erase(found);
                showNeighbors(modality, *value);
            }
        });
    connect(
        &session, &Session::valueFailed, this, [this](const QString& key, const QString& error) {
            if (m_waiting.remove(key) > 0) {
                m_empty->setText(error);
                m_empty->show();
            }
        });
    connect(&thumbnails, &Thumbnails::ready, this, [this](const QString& id) {
        for (QTreeWidgetItem* section : std::as_const(m_sections)) {
            for (int i = 0; i < section->childCount(); ++i) {
                if (section->child(i)->data(0, Qt::UserRole).toString() == id)
                    setIcon(section->child(i));
            }
        }
    });
}

void NeighborList::setSample(const QString& id)
{
    if (id == m_id)
        return;
    m_id = id;
    fillQueries();
}

void NeighborList::fillQueries()
{
    const QVariant before = m_query->currentData();
    m_query->clear();
    for (const Modality modality : m_session.embeddedModalities()) {
        const auto set = m_session.embeddings(modality);
        if (set && set->indexOf(m_id) >= 0)
            m_query->addItem(modalityTitle(modality).toLower(), int(modality));
    }
    m_query->setCurrentIndex(m_query->count() == 0 ? -1 : std::max(0, m_query->findData(before)));
    m_query->setEnabled(m_query->count() > 1);
    ask();
}

void NeighborList::ask()
{
    m_waiting.clear();
    m_sections.clear();
    m_tree->clear();
    const bool embedded = m_query->currentIndex() >= 0;
    m_empty->setText(m_session.isEmbedding()
            ? tr("Embedding… neighbours follow.")
            : tr("This sample is not embedded yet, so it has no neighbours."));
    m_empty->setVisible(!embedded);
    m_tree->setVisible(embedded);
    if (!embedded)
        return;
    const auto own = m_session.embeddings(Modality(m_query->currentData().toInt()));
    for (const Modality modality : m_session.embeddedModalities()) {
        const auto set = m_session.embeddings(modality);
        auto* section = new QTreeWidgetItem(m_tree, {modalityTitle(modality), tr("cosine")});
        section->setFlags(Qt::ItemIsEnabled);
        for (const int column : {0, 1})
            section->setForeground(column, palette().placeholderText());
        section->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        m_sections.insert(int(modality), section);
        section->setExpanded(true);
        QString& name = m_names[set.get()];
        if (name.isEmpty())
            name = rowsName(*set, set->ids);
        const int wanted = int(std::min<qsizetype>(kShown + 1, set->size()));
        const Recipe recipe {QStringLiteral("neighbors.exact"), {{QStringLiteral("k"), wanted}},
            {{QStringLiteral("a"), rowsName(*own, {m_id})}, {QStringLiteral("b"), name}}};
        Inputs inputs;
        inputs.values[QStringLiteral("a")] = rowsFor(*own, {m_id});
        inputs.values[QStringLiteral("b")] = set->value;
        m_waiting.insert(recipe.key(), modality);
        m_session.request(recipe, inputs, tr("Neighbours"));
    }
    fitHeight();
}

void NeighborList::showNeighbors(Modality modality, const Value& value)
{
    QTreeWidgetItem* section = m_sections.value(int(modality));
    const auto set = m_session.embeddings(modality);
    if (!section || !set)
        return;
    const auto indices = value.array(QStringLiteral("indices")).integers();
    const Array distances = value.array(QStringLiteral("distances")).toFloat();
    const bool same = int(modality) == m_query->currentData().toInt();
    for (size_t i = 0; i < indices.size() && section->childCount() < kShown; ++i) {
        const QString id = set->ids.value(indices[i]);
        const Sample* sample = m_session.sample(id);
        if (!sample || (same && id == m_id))
            continue;
        const double cosine = 1 - double(distances.floats()[i]);
        auto* item
            = new QTreeWidgetItem(section, {sample->title(), QLocale().toString(cosine, 'f', 3)});
        item->setData(0, Qt::UserRole, id);
        item->setToolTip(
            0, id == m_id ? tr("%1 — its own pair").arg(sample->title()) : sample->title());
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        if (id == m_id) {
            QFont bold = item->font(0);
            bold.setBold(true);
            item->setFont(0, bold);
        }
        setIcon(item);
    }
    fitHeight();
}

void NeighborList::setIcon(QTreeWidgetItem* item)
{
    item->setIcon(0, squareIcon(m_thumbnails.get(item->data(0, Qt::UserRole).toString())));
}

void NeighborList::fitHeight()
{
    int rows = 0;
    for (const QTreeWidgetItem* section : std::as_const(m_sections))
        rows += 1 + section->childCount();
    const int row = std::max(kIcon + 4, m_tree->fontMetrics().height() + 6);
    m_tree->setFixedHeight(rows * row + 8);
}

} // namespace triptych
