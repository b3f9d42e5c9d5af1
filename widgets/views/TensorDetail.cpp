#include "widgets/views/TensorDetail.h"

#include "widgets/plots/HistogramPlot.h"

#include <QJsonArray>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace triptych {

QString shapeText(const QJsonValue& shape)
{
    QStringList sides;
    for (const QJsonValue& side : shape.toArray())
        sides << QString::number(qint64(side.toDouble()));
    return sides.isEmpty() ? TensorDetail::tr("scalar") : sides.join(QStringLiteral(" × "));
}

TensorDetail::TensorDetail(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel)
    , m_facts(new QLabel)
    , m_numbers(new QLabel)
    , m_histogram(new HistogramPlot)
{
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setWordWrap(true);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_facts->setWordWrap(true);
    m_numbers->setWordWrap(true);
    for (QLabel* label : { m_title, m_facts, m_numbers })
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    layout->addWidget(m_title);
    layout->addWidget(m_facts);
    layout->addWidget(m_numbers);
    layout->addWidget(m_histogram, 1);
    layout->addStretch();
    m_histogram->setMaximumHeight(260);
    showMessage(tr("Choose a tensor to see how its values are spread."));
}

void TensorDetail::showMessage(const QString& text)
{
    m_title->clear();
    m_facts->clear();
    m_numbers->clear();
    m_histogram->setCounts({}, 0, 1);
    m_histogram->setEmptyText(text);
}

void TensorDetail::showTensor(const QJsonObject& row)
{
    m_title->setText(row[QLatin1String("name")].toString());
    m_facts->setText(QStringLiteral("%1 · %2 · %3 · %4")
                         .arg(shapeText(row[QLatin1String("shape")]), row[QLatin1String("dtype")].toString(),
                             tr("%1 values").arg(QLocale().toString(qint64(row[QLatin1String("parameters")].toDouble()))),
                             QLocale().formattedDataSize(qint64(row[QLatin1String("bytes")].toDouble()))));
    m_numbers->clear();
    m_histogram->setCounts({}, 0, 1);
    m_histogram->setEmptyText(tr("Measuring…"));
}

void TensorDetail::showStatistics(const Value& value, qsizetype at)
{
    const auto number = [&](const char* name) { return value.array(QLatin1String(name)).doubles()[size_t(at)]; };
    const auto count = [&](const char* name) { return value.array(QLatin1String(name)).integers()[size_t(at)]; };
    QStringList lines { tr("mean %1, deviation %2").arg(shortNumber(number("mean")), shortNumber(number("deviation"))),
        tr("from %1 to %2").arg(shortNumber(number("minimum")), shortNumber(number("maximum"))),
        tr("zeros %1 %").arg(shortNumber(100 * number("zeros"))) };
    if (count("nan") + count("infinite") > 0) {
        lines << tr("NaN %1, infinite %2").arg(QLocale().toString(count("nan")), QLocale().toString(count("infinite")));
    }
    m_numbers->setText(lines.join(u'\n'));
    const Array& all = value.array(QStringLiteral("histogram"));
    const auto bins = size_t(all.shape.value(1));
    const auto row = all.integers().subspan(size_t(at) * bins, bins);
    m_histogram->setCounts(std::vector<double>(row.begin(), row.end()), number("minimum"), number("maximum"));
}

QString TensorDetail::statisticsText() const
{
    return m_numbers->text();
}

} // namespace triptych
