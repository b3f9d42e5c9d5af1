#include "widgets/panels/ModelsPanel.h"

#include "widgets/views/ModelText.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace triptych {

namespace {

    constexpr int clockTick = 3000; // milliseconds between two looks at the memory

    QString shortText(const QString& key, const QJsonValue& value)
    {
        if (key == QLatin1String("size_bytes"))
            return QLocale().formattedDataSize(qint64(value.toDouble()));
        if (value.isDouble()) {
            const double number = value.toDouble();
            return number == double(qint64(number)) ? QLocale().toString(qint64(number))
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
            if (it->isArray() && it->toArray().isEmpty())
                continue;
            auto* item = new QTreeWidgetItem(parent, { key.replace(u'_', u' ') });
            if (it->isObject()) {
                addRows(item, it->toObject());
            } else {
                item->setText(1, shortText(it.key(), *it));
                item->setToolTip(1, item->text(1));
            }
        }
    }

    QString canonical(const QString& path)
    {
        const QString real = QFileInfo(path).canonicalFilePath();
        return real.isEmpty() ? path : real;
    }

}

ModelsPanel::ModelsPanel(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_list(new QListWidget)
    , m_memory(new QLabel)
    , m_look(new QPushButton(tr("Look inside")))
    , m_unload(new QPushButton(tr("Unload")))
    , m_info(new QTreeWidget)
    , m_clock(new QTimer(this))
{
    buildLayout();
    m_clock->setInterval(clockTick);
    connect(m_clock, &QTimer::timeout, this, &ModelsPanel::readMemory);
    connect(m_look, &QPushButton::clicked, this, &ModelsPanel::pageRequested);
    connect(m_unload, &QPushButton::clicked, this, [this] { m_session.unloadModel(chosen()); });
    connect(m_list, &QListWidget::itemClicked, this, [this] { m_session.setCurrentModel(chosen()); });
    connect(m_list, &QListWidget::itemActivated, this, [this] {
        m_session.setCurrentModel(chosen());
        Q_EMIT pageRequested();
    });
    connect(m_list, &QWidget::customContextMenuRequested, this, &ModelsPanel::showMenu);
    connect(&session, &Session::modelsChanged, this, &ModelsPanel::fill);
    connect(&session, &Session::currentModelChanged, this, &ModelsPanel::fill);
    connect(&session, &Session::opened, this, &ModelsPanel::fill);
    connect(&session, &Session::engineReady, this, &ModelsPanel::readMemory);
    fill();
}

void ModelsPanel::buildLayout()
{
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMaximumHeight(160);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setAccessibleName(tr("Models"));
    m_memory->setForegroundRole(QPalette::PlaceholderText);
    m_memory->setWordWrap(true);
    m_look->setToolTip(tr("Modules, tensors, filters and positions of the current model"));
    m_unload->setToolTip(tr("Takes the model out of memory; it is read again when something uses it"));
    m_info->setColumnCount(2);
    m_info->setHeaderHidden(true);
    m_info->setFrameShape(QFrame::NoFrame);
    m_info->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_info->setAccessibleName(tr("What is in the model"));
    auto* open = new QToolButton;
    open->setText(tr("Open…"));
    open->setPopupMode(QToolButton::InstantPopup);
    open->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto* menu = new QMenu(open);
    menu->addAction(tr("Open a model folder…"), this, [this] { choose(true); });
    menu->addAction(tr("Open a file of weights…"), this, [this] { choose(false); });
    open->setMenu(menu);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(open);
    buttons->addWidget(m_look);
    buttons->addWidget(m_unload);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    layout->addWidget(m_list);
    layout->addWidget(m_memory);
    layout->addLayout(buttons);
    layout->addWidget(m_info, 1);
}

QString ModelsPanel::chosen() const
{
    const QListWidgetItem* item = m_list->currentItem();
    return item ? item->data(Qt::UserRole).toString() : QString();
}

QString ModelsPanel::lineOf(const QString& path) const
{
    const QJsonObject info = m_session.modelInfo(path);
    const QJsonObject held = m_open[canonical(path)].toObject();
    QStringList parts;
    if (info.contains(QLatin1String("problem")))
        parts << tr("cannot be used, only looked into");
    else if (!info.isEmpty())
        parts << info[QLatin1String("family")].toString();
    if (!info.isEmpty())
        parts << tr("%1 parameters").arg(countText(info[QLatin1String("parameters")].toDouble()));
    if (!held.isEmpty())
        parts << tr("in memory: %1").arg(QLocale().formattedDataSize(qint64(held[QLatin1String("weight_bytes")].toDouble())));
    else if (!info.isEmpty())
        parts << tr("not loaded");
    return parts.join(QStringLiteral(" · "));
}

void ModelsPanel::fill()
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const QString& path : m_session.models()) {
        auto* item = new QListWidgetItem(m_list);
        item->setData(Qt::UserRole, path);
        item->setText(QFileInfo(path).fileName());
        item->setToolTip(QDir::toNativeSeparators(path));
        const bool current = path == m_session.currentModel();
        QFont font = item->font();
        font.setBold(current);
        item->setFont(font);
        if (current)
            m_list->setCurrentItem(item);
    }
    m_look->setEnabled(m_list->currentItem() != nullptr);
    readMemory();
    showInfo();
}

void ModelsPanel::readMemory()
{
    const QJsonObject facts = m_session.modelsInMemory();
    m_open = {};
    double copied = 0;
    double weights = 0;
    for (const QJsonValue& value : facts[QLatin1String("models")].toArray()) {
        m_open[value[QLatin1String("path")].toString()] = value;
        weights += value[QLatin1String("weight_bytes")].toDouble();
        copied += value[QLatin1String("copied_bytes")].toDouble();
    }
    for (int i = 0; i < m_list->count(); ++i) {
        QListWidgetItem* item = m_list->item(i);
        const QString path = item->data(Qt::UserRole).toString();
        const QString line = lineOf(path);
        const QString text = QFileInfo(path).fileName() + (line.isEmpty() ? QString() : u'\n' + line);
        if (item->text() != text)
            item->setText(text);
    }
    m_memory->setVisible(!m_open.isEmpty());
    m_memory->setText(tr("%1 of weights open, %2 of them copied, the rest mapped from files; %3 of memory free")
                          .arg(QLocale().formattedDataSize(qint64(weights)), QLocale().formattedDataSize(qint64(copied)),
                              QLocale().formattedDataSize(qint64(facts[QLatin1String("free_bytes")].toDouble()))));
    m_unload->setEnabled(m_open.contains(canonical(chosen())));
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

void ModelsPanel::showMenu(const QPoint& at)
{
    const QListWidgetItem* item = m_list->itemAt(at);
    if (!item)
        return;
    const QString path = item->data(Qt::UserRole).toString();
    QMenu menu;
    menu.addAction(tr("Use this model"), this, [this, path] { m_session.setCurrentModel(path); });
    menu.addAction(tr("Look inside"), this, [this, path] {
        m_session.setCurrentModel(path);
        Q_EMIT pageRequested();
    });
    QAction* unload = menu.addAction(tr("Unload"), this, [this, path] { m_session.unloadModel(path); });
    unload->setEnabled(m_open.contains(canonical(path)));
    menu.addSeparator();
    menu.addAction(tr("Remove from the list"), this, [this, path] { m_session.removeModel(path); });
    menu.exec(m_list->viewport()->mapToGlobal(at));
}

void ModelsPanel::choose(bool folder)
{
    const QString path = folder
        ? QFileDialog::getExistingDirectory(this, tr("Open a model folder"))
        : QFileDialog::getOpenFileName(this, tr("Open a file of weights"), QString(),
              tr("Weights (*.safetensors *.pth *.pt *.bin);;All files (*)"));
    if (!path.isEmpty())
        m_session.addModel(path);
}

void ModelsPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    readMemory();
    m_clock->start();
}

void ModelsPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_clock->stop();
}

} // namespace triptych
