#include "widgets/views/CompareModelsTab.h"

#include "core/session/Session.h"
#include "widgets/plots/Plot.h"
#include "widgets/views/TensorDetail.h"
#include "widgets/views/ValueAsker.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

namespace triptych {

namespace {

struct Status {
    const char* id;
    const char* title; ///< source text
};

constexpr Status statuses[] = { { "differs", QT_TRANSLATE_NOOP("triptych::CompareModelsTab", "other values") },
    { "other_shape", QT_TRANSLATE_NOOP("triptych::CompareModelsTab", "other shape") },
    { "only_a", QT_TRANSLATE_NOOP("triptych::CompareModelsTab", "only here") },
    { "only_b", QT_TRANSLATE_NOOP("triptych::CompareModelsTab", "only in the other") },
    { "equal", QT_TRANSLATE_NOOP("triptych::CompareModelsTab", "equal") } };

QString statusTitle(const QString& id)
{
    for (const Status& status : statuses) {
        if (id == QLatin1String(status.id))
            return CompareModelsTab::tr(status.title);
    }
    return id;
}

ValueTable::Cell numberCell(const QJsonValue& value)
{
    return value.isDouble() ? ValueTable::Cell { shortNumber(value.toDouble()), value.toDouble(), {} }
                            : ValueTable::Cell { QString(), -1.0, {} };
}

}

CompareModelsTab::CompareModelsTab(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_asker(new ValueAsker(session, this))
    , m_other(new QComboBox)
    , m_show(new QComboBox)
    , m_filter(new QLineEdit)
    , m_summary(new QLabel)
    , m_table(new ValueTable)
{
    m_other->setAccessibleName(tr("Model to compare with"));
    m_other->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_show->setAccessibleName(tr("Which tensors"));
    m_show->addItem(tr("All that differ"), QStringLiteral("different"));
    m_show->addItem(tr("All"), QString());
    for (const Status& status : statuses)
        m_show->addItem(statusTitle(QLatin1String(status.id)), QLatin1String(status.id));
    m_filter->setPlaceholderText(tr("Filter by name"));
    m_filter->setClearButtonEnabled(true);
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_summary->setWordWrap(true);
    m_table->setAccessibleName(tr("Tensors of both models"));
    m_table->setHeaders({ tr("Tensor"), tr("Status"), tr("Shape here"), tr("Shape there"), tr("Types"),
        tr("Largest difference"), tr("Mean difference"), tr("Mean, relative") });
    auto* top = new QHBoxLayout;
    auto* with = new QLabel(tr("&With"));
    with->setBuddy(m_other);
    top->addWidget(with);
    top->addWidget(m_other);
    top->addSpacing(10);
    top->addWidget(m_show);
    top->addWidget(m_filter, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(top);
    layout->addWidget(m_summary);
    layout->addWidget(m_table, 1);
    connect(m_other, &QComboBox::activated, this, [this] { compareWith(other()); });
    connect(m_show, &QComboBox::currentIndexChanged, this, &CompareModelsTab::fillRows);
    connect(m_filter, &QLineEdit::textChanged, m_table, &ValueTable::setFilter);
    connect(&session, &Session::modelsChanged, this, &CompareModelsTab::fillOthers);
}

QString CompareModelsTab::other() const
{
    return m_other->currentData().toString();
}

void CompareModelsTab::setModel(const QString& path)
{
    m_asker->forget();
    m_path = path;
    setComparison(nullptr);
    fillOthers();
}

void CompareModelsTab::fillOthers()
{
    const QString before = other();
    m_other->clear();
    m_other->addItem(tr("Choose a model"), QString());
    for (const QString& path : m_session.models()) {
        if (path != m_path)
            m_other->addItem(QFileInfo(path).fileName(), path);
    }
    m_other->setCurrentIndex(std::max(0, m_other->findData(before)));
    m_other->setEnabled(m_other->count() > 1);
    if (!m_value)
        setComparison(nullptr);
}

void CompareModelsTab::compareWith(const QString& path)
{
    m_asker->forget();
    setComparison(nullptr);
    m_other->setCurrentIndex(std::max(0, m_other->findData(path)));
    if (path.isEmpty() || m_path.isEmpty())
        return;
    m_summary->setText(tr("Comparing…"));
    m_asker->ask(QStringLiteral("compare"), QStringLiteral("model.compare"), m_path,
        { { QStringLiteral("other"), path } }, tr("Compare with %1").arg(QFileInfo(path).fileName()),
        [this](const ValuePtr& value) { setComparison(value); }, [this](const QString& error) { m_summary->setText(error); });
}

void CompareModelsTab::setComparison(const ValuePtr& comparison)
{
    m_value = comparison;
    if (!comparison) {
        m_summary->setText(m_other->count() > 1
                ? tr("Choose a model of the list to see which tensors differ.")
                : tr("Open a second model (Model ▸ Open a model folder) to compare it with this one."));
    } else {
        const QJsonObject counts = comparison->info[QLatin1String("counts")].toObject();
        QStringList parts;
        for (const Status& status : statuses) {
            const int count = counts[QLatin1String(status.id)].toInt();
            if (count > 0)
                parts << QStringLiteral("%1: %2").arg(statusTitle(QLatin1String(status.id)), QLocale().toString(count));
        }
        m_summary->setText(parts.join(QStringLiteral(" · ")));
    }
    fillRows();
}

void CompareModelsTab::fillRows()
{
    QList<ValueTable::Row> rows;
    const QString wanted = m_show->currentData().toString();
    const QJsonArray all = m_value ? m_value->info[QLatin1String("rows")].toArray() : QJsonArray();
    for (const QJsonValue& value : all) {
        const QJsonObject row = value.toObject();
        const QString status = row[QLatin1String("status")].toString();
        const bool shown = wanted.isEmpty() || status == wanted
            || (wanted == QLatin1String("different") && status != QLatin1String("equal"));
        if (!shown)
            continue;
        const auto shape = [&row](const char* key) {
            return row.contains(QLatin1String(key)) ? shapeText(row[QLatin1String(key)]) : QString();
        };
        const QString a = row[QLatin1String("dtype_a")].toString();
        const QString b = row[QLatin1String("dtype_b")].toString();
        const QString types = a == b || b.isEmpty() ? a : a.isEmpty() ? b : a + QStringLiteral(" → ") + b;
        const QString name = row[QLatin1String("name")].toString();
        rows << ValueTable::Row { name,
            { { name, name, {} }, { statusTitle(status), {}, {} }, { shape("shape_a"), {}, {} }, { shape("shape_b"), {}, {} },
                { types, {}, {} }, numberCell(row[QLatin1String("max")]), numberCell(row[QLatin1String("mean")]),
                numberCell(row[QLatin1String("relative")]) } };
    }
    m_table->setRows(rows);
    m_table->resizeColumnsToContents();
}

QString CompareModelsTab::summary() const
{
    return m_summary->text();
}

bool CompareModelsTab::isSettled() const
{
    return !m_asker->isWaiting();
}

} // namespace triptych
