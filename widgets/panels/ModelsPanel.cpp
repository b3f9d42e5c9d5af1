#include "widgets/panels/ModelsPanel.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QJsonArray>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace triptych {

namespace {

    QString shortText(const QString& key, const QJsonValue& value)
    {
        if (key == QLatin1String("size_bytes"))
            return QLocale().formattedDataSize(qint64(value.toDouble()));
        if (value.isDouble()) {
            const double number = value.toDouble();
            return number == qint64(number) ? QLocale().toString(qint64(number))
                                            : QLocale().toString(number, 'g', 6);
        }
        if (value.isBool())
            return value.toBool() ? ModelsPanel::tr("yes") : ModelsPanel::tr("no");
        if (value.isArray()) {
            QStringList parts;
            for (const QJsonValue& part : value.toArray())
                parts << shortText({}, part);
            return parts.join(QStringLiteral(", "));
        }
        return value.toString();
    }

    /// Rows of `object`; objects become branches.
    void addRows(QTreeWidgetItem* parent, const QJsonObject& object)
    {
        for (auto it = object.begin(); it != object.end(); ++it) {
            QString key = it.key();
            auto* item = new QTreeWidgetItem(parent, { key.replace(u'_', u' ') });
            if (it->isObject()) {
                addRows(item, it->toObject());
            } else {
                item->setText(1, shortText(it.key(), *it));
                item->setToolTip(1, item->text(1));
            }
        }
    }

}

ModelsPanel::ModelsPanel(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_list(new QListWidget)
    , m_info(new QTreeWidget)
{
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMaximumHeight(110);
    m_list->setAccessibleName(tr("Models"));
    m_info->setColumnCount(2);
    m_info->setHeaderHidden(true);
    m_info->setFrameShape(QFrame::NoFrame);
    m_info->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_info->setAccessibleName(tr("What is in the model"));
    auto* open = new QPushButton(tr("Open a model folder…"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    layout->addWidget(m_list);
    layout->addWidget(open);
    layout->addWidget(m_info, 1);

    connect(open, &QPushButton::clicked, this, &ModelsPanel::chooseFolder);
    connect(m_list, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) {
        m_session.setCurrentModel(item->data(Qt::UserRole).toString());
    });
    connect(m_list, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) {
        m_session.setCurrentModel(item->data(Qt::UserRole).toString());
    });
    connect(&session, &Session::modelsChanged, this, &ModelsPanel::fill);
    connect(&session, &Session::currentModelChanged, this, &ModelsPanel::fill);
    connect(&session, &Session::opened, this, &ModelsPanel::fill);
    fill();
}

void ModelsPanel::fill()
{
    m_list->clear();
    for (const QString& path : m_session.models()) {
        auto* item = new QListWidgetItem(QFileInfo(path).fileName(), m_list);
        item->setData(Qt::UserRole, path);
        item->setToolTip(QDir::toNativeSeparators(path));
        const bool current = path == m_session.currentModel();
        QFont font = item->font();
        font.setBold(current);
        item->setFont(font);
        if (current)
            m_list->setCurrentItem(item);
    }
    showInfo();
}

void ModelsPanel::showInfo()
{
    m_info->clear();
    addRows(m_info->invisibleRootItem(), m_session.modelInfo(m_session.currentModel()));
    for (int i = 0; i < m_info->topLevelItemCount(); ++i) {
        if (m_info->topLevelItem(i)->text(0) == QLatin1String("towers"))
            m_info->expandItem(m_info->topLevelItem(i));
    }
}

void ModelsPanel::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a model folder"));
    if (!folder.isEmpty())
        m_session.addModel(folder);
}

} // namespace triptych
