#include "widgets/views/TensorsTab.h"

#include "core/session/Session.h"
#include "widgets/plots/Plot.h"
#include "widgets/views/ModuleTree.h"
#include "widgets/views/TensorDetail.h"
#include "widgets/views/ValueAsker.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace triptych {

TensorsTab::TensorsTab(Session& session, Show show, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_asker(new ValueAsker(session, this))
    , m_detail(new TensorDetail)
{
    if (show == Show::Tree)
        m_tree = new QTreeWidget;
    else
        m_table = new ValueTable;
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(buildList());
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({ 720, 280 });
    splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(splitter);
}

QWidget* TensorsTab::buildList()
{
    auto* list = new QWidget;
    auto* layout = new QVBoxLayout(list);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_filter = new QLineEdit;
    m_filter->setPlaceholderText(tr("Filter by name, shape or type"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setAccessibleName(tr("Filter"));
    m_count = new QLabel;
    m_count->setForegroundRole(QPalette::PlaceholderText);
    auto* top = new QHBoxLayout;
    top->addWidget(m_filter, 1);
    top->addWidget(m_count);
    layout->addLayout(top);
    if (m_tree) {
        m_tree->setFrameShape(QFrame::NoFrame);
        m_tree->setAlternatingRowColors(true);
        m_tree->setUniformRowHeights(true);
        m_tree->setHeaderLabels({ tr("Module"), tr("Shape"), tr("Type"), tr("Parameters"), tr("Size") });
        m_tree->setAccessibleName(tr("Modules of the model"));
        layout->addWidget(m_tree, 1);
        connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) { filterModules(*m_tree, text); });
        connect(m_tree, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
            if (item)
                choose(item->data(0, Qt::UserRole).toString());
        });
        return list;
    }
    m_measure = new QPushButton(tr("Measure all"));
    m_measure->setToolTip(tr("Reads every tensor once: mean, deviation, range, zeros, NaN"));
    top->addWidget(m_measure);
    m_table->setHeaders({ tr("Tensor"), tr("Shape"), tr("Type"), tr("Parameters"), tr("Mean"), tr("Deviation"),
        tr("Smallest"), tr("Largest"), tr("Zeros %"), tr("NaN") });
    m_table->setAccessibleName(tr("Tensors of the model"));
    layout->addWidget(m_table, 1);
    connect(m_filter, &QLineEdit::textChanged, m_table, &ValueTable::setFilter);
    connect(m_table, &ValueTable::picked, this, &TensorsTab::choose);
    connect(m_measure, &QPushButton::clicked, this, &TensorsTab::measureAll);
    return list;
}

void TensorsTab::setTensors(const QString& path, const ValuePtr& tensors)
{
    m_asker->forget();
    m_path = path;
    m_tensors = tensors;
    m_measured.reset();
    m_chosen.clear();
    m_detail->showMessage(tr("Choose a tensor to see how its values are spread."));
    const qsizetype count = tensors ? tensors->info[QLatin1String("tensors")].toArray().size() : 0;
    m_count->setText(tensors ? tr("%n tensors", nullptr, int(count)) : QString());
    if (m_measure)
        m_measure->setEnabled(count > 0);
    m_tree ? fillTree() : fillTable();
}

void TensorsTab::fillTree()
{
    const QSignalBlocker quiet(m_tree);
    fillModules(*m_tree, m_tensors ? m_tensors->info[QLatin1String("tensors")].toArray() : QJsonArray());
    filterModules(*m_tree, m_filter->text());
}

void TensorsTab::fillTable()
{
    QList<ValueTable::Row> rows;
    const QJsonArray tensors = m_tensors ? m_tensors->info[QLatin1String("tensors")].toArray() : QJsonArray();
    const auto cell = [](double number) { return ValueTable::Cell { shortNumber(number), number, {} }; };
    for (qsizetype i = 0; i < tensors.size(); ++i) {
        const QJsonObject tensor = tensors[i].toObject();
        const QString name = tensor[QLatin1String("name")].toString();
        const double count = tensor[QLatin1String("parameters")].toDouble();
        ValueTable::Row row { name, { { name, name, {} }, { shapeText(tensor[QLatin1String("shape")]), {}, {} },
                                        { tensor[QLatin1String("dtype")].toString(), {}, {} },
                                        { QLocale().toString(qint64(count)), count, {} } } };
        if (m_measured) {
            for (const char* column : { "mean", "deviation", "minimum", "maximum" })
                row.cells << cell(m_measured->array(QLatin1String(column)).doubles()[size_t(i)]);
            row.cells << cell(100 * m_measured->array(QStringLiteral("zeros")).doubles()[size_t(i)]);
            row.cells << cell(double(m_measured->array(QStringLiteral("nan")).integers()[size_t(i)]));
        }
        rows << row;
    }
    m_table->setRows(rows);
    m_table->resizeColumnsToContents();
}

void TensorsTab::measureAll()
{
    if (!m_tensors || m_measured)
        return;
    m_measure->setEnabled(false);
    m_asker->ask(QStringLiteral("all"), QStringLiteral("model.tensors"), m_path,
        { { QStringLiteral("statistics"), true } }, tr("Measure every tensor"),
        [this](const ValuePtr& value) {
            if (value->array(QStringLiteral("mean")).rows() == m_tensors->info[QLatin1String("tensors")].toArray().size())
                m_measured = value;
            fillTable();
        },
        [this](const QString& error) {
            m_measure->setEnabled(true);
            m_detail->showMessage(error);
        });
}

void TensorsTab::choose(const QString& name)
{
    if (name.isEmpty() || !m_tensors || name == m_chosen)
        return;
    const QJsonArray tensors = m_tensors->info[QLatin1String("tensors")].toArray();
    const auto found = std::find_if(tensors.begin(), tensors.end(),
        [&name](const QJsonValue& row) { return row[QLatin1String("name")].toString() == name; });
    if (found == tensors.end())
        return;
    m_chosen = name;
    m_detail->showTensor((*found).toObject());
    if (m_table)
        m_table->showSample(name);
    Q_EMIT chosenChanged(name);
    if (m_measured)
        return m_detail->showStatistics(*m_measured, found - tensors.begin());
    m_asker->ask(QStringLiteral("one"), QStringLiteral("model.tensors"), m_path, { { QStringLiteral("tensor"), name } },
        tr("Measure %1").arg(name), [this](const ValuePtr& value) { m_detail->showStatistics(*value, 0); },
        [this](const QString& error) { m_detail->showMessage(error); });
}

bool TensorsTab::isSettled() const
{
    return !m_asker->isWaiting();
}

} // namespace triptych
