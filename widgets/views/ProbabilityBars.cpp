#include "widgets/views/ProbabilityBars.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>

namespace triptych {

ProbabilityBars::ProbabilityBars(QWidget* parent)
    : Plot(parent)
{
    setAccessibleName(tr("Probabilities of the labels"));
}

void ProbabilityBars::setProbabilities(
    const QStringList& labels, const std::vector<float>& probabilities, const QString& truth)
{
    m_truth = truth;
    m_bars.clear();
    for (qsizetype i = 0; i < labels.size() && size_t(i) < probabilities.size(); ++i)
        m_bars.push_back({labels[i], double(probabilities[size_t(i)])});
    std::stable_sort(m_bars.begin(), m_bars.end(),
        [](const Bar& a, const Bar& b) { return a.probability > b.probability; });
    QStringList spoken;
    for (const Bar& bar : m_bars)
        spoken << bar.label + u' ' + QLocale().toString(100 * bar.probability, 'f', 1)
                + QStringLiteral(" %");
    setAccessibleDescription(spoken.mid(0, 5).join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QStringList ProbabilityBars::labels() const
{
    QStringList labels;
    for (const Bar& bar : m_bars)
        labels << bar.label;
    return labels;
}

double ProbabilityBars::rowHeight() const
{
    return fontMetrics().height() + 8;
}

QSize ProbabilityBars::sizeHint() const
{
    return {320, int(rowHeight() * double(std::max<size_t>(1, m_bars.size())))};
}

void ProbabilityBars::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    double name = 0;
    for (const Bar& bar : m_bars)
        name = std::max(name, double(fontMetrics().horizontalAdvance(bar.label)));
    name = std::min(name + 12, area.width() * 0.4);
    const double number = fontMetrics().horizontalAdvance(QStringLiteral("100.0 %")) + 10;
    const double full = std::max(10.0, area.width() - name - number);
    const double row = rowHeight();
    double y = area.top();
    for (const Bar& bar : m_bars) {
        if (y + row > area.bottom() + 1)
            break;
        const bool right = !m_truth.isEmpty() && bar.label == m_truth;
        painter.setPen(right ? colors.text : colors.muted);
        QFont font = painter.font();
        font.setBold(right);
        painter.setFont(font);
        painter.drawText(QRectF(area.left(), y, name - 8, row), Qt::AlignRight | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(bar.label, Qt::ElideRight, int(name) - 8));
        font.setBold(false);
        painter.setFont(font);
        const QRectF track(area.left() + name, y + 4, full, row - 8);
        painter.fillRect(track, colors.grid);
        painter.fillRect(QRectF(track.left(), track.top(), std::max(1.0, full * bar.probability),
                             track.height()),
            right ? colors.good : colors.accent);
        painter.setPen(colors.text);
        painter.drawText(QRectF(track.right() + 6, y, number, row),
            Qt::AlignLeft | Qt::AlignVCenter,
            QLocale().toString(100 * bar.probability, 'f', 1) + QStringLiteral(" %"));
        y += row;
    }
}

} // namespace triptych
