#include "widgets/views/ModuleTree.h"

#include "widgets/views/TensorDetail.h"

#include <QHeaderView>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>
#include <QTreeWidget>
#include <map>
#include <memory>
#include <vector>

namespace triptych {

namespace {

constexpr qsizetype deepest = 40;

struct Module {
    QString name;
    std::vector<std::unique_ptr<Module>> parts; ///< in the order of the file
    std::map<QString, Module*> byName;
    QJsonObject tensor; ///< empty: a module
    qint64 parameters = 0;
    qint64 bytes = 0;
    QString type; ///< "" none yet, "…" several

    Module& part(const QString& called)
    {
        Module*& found = byName[called];
        if (!found) {
            parts.push_back(std::make_unique<Module>());
            found = parts.back().get();
            found->name = called;
        }
        return *found;
    }

    void add(const QJsonObject& row)
    {
        parameters += qint64(row[QLatin1String("parameters")].toDouble());
        bytes += qint64(row[QLatin1String("bytes")].toDouble());
        const QString own = row[QLatin1String("dtype")].toString();
        type = type.isEmpty() || type == own ? own : QStringLiteral("…");
    }
};

/// layers.2 before layers.10.
bool before(const std::unique_ptr<Module>& a, const std::unique_ptr<Module>& b)
{
    bool numbers = true;
    bool both = true;
    const int left = a->name.toInt(&numbers);
    const int right = b->name.toInt(&both);
    if (numbers && both)
        return left < right;
    return a->name < b->name;
}

void show(QTreeWidgetItem* parent, Module& module)
{
    std::sort(module.parts.begin(), module.parts.end(), before);
    for (const auto& part : module.parts) {
        Module* shown = part.get();
        QString name = shown->name;
        while (shown->tensor.isEmpty() && shown->parts.size() == 1 && shown->parts.front()->tensor.isEmpty()) {
            shown = shown->parts.front().get();
            name += u'.' + shown->name;
        }
        auto* item = new QTreeWidgetItem(parent, { name, QString(), shown->type, QLocale().toString(shown->parameters),
                                                     QLocale().formattedDataSize(shown->bytes) });
        item->setTextAlignment(3, Qt::AlignRight | Qt::AlignVCenter);
        item->setTextAlignment(4, Qt::AlignRight | Qt::AlignVCenter);
        if (!shown->tensor.isEmpty()) {
            item->setText(1, shapeText(shown->tensor[QLatin1String("shape")]));
            item->setData(0, Qt::UserRole, shown->tensor[QLatin1String("name")].toString());
        }
        show(item, *shown);
    }
}

bool filter(QTreeWidgetItem& item, const QString& text, bool shownAll)
{
    const QString name = item.data(0, Qt::UserRole).toString();
    const auto holds = [&text](const QString& cell) { return cell.contains(text, Qt::CaseInsensitive); };
    const bool own = shownAll || holds(item.text(0)) || holds(name) || holds(item.text(1))
        || (!name.isEmpty() && holds(item.text(2)));
    bool any = item.childCount() == 0 && own;
    for (int i = 0; i < item.childCount(); ++i)
        any = filter(*item.child(i), text, own) || any;
    item.setHidden(!any);
    if (item.childCount() > 0 && !text.isEmpty())
        item.setExpanded(any);
    return any;
}

}

void fillModules(QTreeWidget& tree, const QJsonArray& rows)
{
    Module root;
    for (const QJsonValue& value : rows) {
        const QJsonObject row = value.toObject();
        Module* at = &root;
        QStringList names = row[QLatin1String("name")].toString().split(u'.');
        if (names.size() > deepest) // of no real model: a name made of dots must not exhaust the stack
            names = names.mid(0, deepest - 1) + QStringList(names.mid(deepest - 1).join(u'.'));
        for (const QString& name : names) {
            at = &at->part(name);
            at->add(row);
        }
        at->tensor = row;
    }
    tree.clear();
    tree.setUpdatesEnabled(false);
    show(tree.invisibleRootItem(), root);
    tree.expandToDepth(0);
    tree.setUpdatesEnabled(true);
    tree.header()->setSectionResizeMode(QHeaderView::Interactive);
    tree.setColumnWidth(0, 240);
    for (int column = 1; column < tree.columnCount(); ++column)
        tree.resizeColumnToContents(column);
}

void filterModules(QTreeWidget& tree, const QString& text)
{
    tree.setUpdatesEnabled(false);
    for (int i = 0; i < tree.topLevelItemCount(); ++i)
        filter(*tree.topLevelItem(i), text.trimmed(), text.trimmed().isEmpty());
    tree.setUpdatesEnabled(true);
}

} // namespace triptych
