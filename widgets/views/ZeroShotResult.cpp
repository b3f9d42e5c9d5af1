// What the zero-shot tab makes of the answers, and what it keeps and hands out.
#include "widgets/views/ZeroShotTab.h"

#include "widgets/views/CommandText.h"
#include "widgets/views/ProbabilityBars.h"

#include <QComboBox>
#include <QHash>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTimer>
#include <algorithm>

namespace triptych {

void ZeroShotTab::showCurrent(const Value& value)
{
    const Array array = value.array(QStringLiteral("probabilities")).toFloat();
    const auto values = array.floats();
    const Sample* sample = m_session.sample(m_session.current());
    m_bars->setProbabilities(
        m_asked, {values.begin(), values.end()}, sample ? sample->label : QString());
    if (!sample || m_bars->labels().isEmpty())
        return;
    const QString best = m_bars->labels().first();
    const QString verdict = sample->label.isEmpty() || !m_asked.contains(sample->label) ? QString()
        : best == sample->label ? tr(" — right")
                                : tr(" — its label is %1").arg(sample->label);
    m_headline->setText(tr("“%1” looks most like %2%3").arg(sample->title(), best, verdict));
}

void ZeroShotTab::showAccuracy(const Value& value)
{
    const Array array = value.array(QStringLiteral("probabilities")).toFloat();
    const auto values = array.floats();
    const QStringList names = m_asked;
    QStringList truths;
    for (const QString& id : m_scopeIds) {
        const Sample* sample = m_session.sample(id);
        truths << (sample ? sample->label : QString());
    }
    const size_t width = size_t(names.size());
    const size_t rows = std::min(values.size() / std::max<size_t>(1, width), size_t(truths.size()));
    qsizetype right = 0;
    for (size_t r = 0; r < rows; ++r) {
        const auto row = values.subspan(r * width, width);
        const auto best = std::max_element(row.begin(), row.end()) - row.begin();
        right += names[best] == truths[qsizetype(r)] ? 1 : 0;
    }
    if (rows == 0)
        return;
    QHash<QString, int> counts;
    for (const QString& truth : truths)
        ++counts[truth];
    const int largest = *std::max_element(counts.cbegin(), counts.cend());
    m_accuracy->setText(
        tr("%1: accuracy %2 (%3 of %4 right). Chance: %5 by guessing evenly over %6 labels, %7 by "
           "always saying the "
           "most frequent one. Accuracy = share of samples whose most probable label is their own.")
            .arg(m_scopeTitle, QLocale().toString(double(right) / double(rows), 'f', 3))
            .arg(right)
            .arg(rows)
            .arg(QLocale().toString(1.0 / double(width), 'f', 3))
            .arg(width)
            .arg(QLocale().toString(double(largest) / double(truths.size()), 'f', 3)));
}

QString ZeroShotTab::commandLine() const
{
    const Sample* sample = m_session.sample(m_session.current());
    if (!sample || m_modality->currentIndex() < 0)
        return {};
    const auto source = sample->sources.find(Modality(m_modality->currentData().toInt()));
    if (source == sample->sources.end())
        return {};
    return commandText({QStringLiteral("triptych"), QStringLiteral("zeroshot"),
        m_session.currentModel(), QStringLiteral("--labels"), QStringLiteral("labels.txt"),
        QStringLiteral("--templates"), QStringLiteral("templates.txt"), source->second.path});
}

QJsonObject ZeroShotTab::state() const
{
    QJsonObject state {{QStringLiteral("templates"), m_templates->toPlainText()}};
    if (m_ownLabels)
        state[QStringLiteral("labels")] = m_labels->toPlainText();
    return state;
}

void ZeroShotTab::setState(const QJsonObject& state)
{
    const QSignalBlocker labels(m_labels);
    const QSignalBlocker templates(m_templates);
    m_templates->setPlainText(
        state.value(QLatin1String("templates")).toString(QStringLiteral("{}")));
    m_ownLabels = state.contains(QLatin1String("labels"));
    if (m_ownLabels)
        m_labels->setPlainText(state.value(QLatin1String("labels")).toString());
    else
        fillLabels();
    m_delay->start();
}

void ZeroShotTab::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    painter.setPen(colors.text);
    const double line = painter.fontMetrics().height() + 10;
    painter.drawText(
        QRectF(area.left(), area.top(), area.width(), line), Qt::AlignVCenter, m_headline->text());
    const QRectF foot = painter.boundingRect(area, Qt::TextWordWrap, m_accuracy->text());
    m_bars->paint(painter, area.adjusted(0, line + 4, 0, -foot.height() - 8), colors);
    painter.setPen(colors.muted);
    painter.drawText(
        QRectF(area.left(), area.bottom() - foot.height(), area.width(), foot.height()),
        Qt::TextWordWrap, m_accuracy->text());
}

} // namespace triptych
