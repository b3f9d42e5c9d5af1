// What the alignment view keeps and hands out: state, figure, numbers, command line.
#include "widgets/views/AlignmentView.h"

#include "widgets/views/CommandText.h"
#include "widgets/views/MatrixTab.h"
#include "widgets/views/RetrievalTab.h"
#include "widgets/views/ZeroShotTab.h"

#include <QComboBox>
#include <QFileInfo>
#include <QPainter>
#include <QTabWidget>

namespace triptych {

QJsonObject AlignmentView::state() const
{
    return {{QStringLiteral("pair"),
                m_wantedPair.isEmpty() ? m_pair->currentData().toString() : m_wantedPair},
        {QStringLiteral("scope"), m_scopeChosen ? m_scope->currentData().toString() : QString()},
        {QStringLiteral("tab"), m_tabs->currentIndex()},
        {QStringLiteral("order"), int(m_matrix->order())},
        {QStringLiteral("zeroshot"), m_zeroShot->state()}};
}

void AlignmentView::setState(const QJsonObject& state)
{
    m_wantedPair = state.value(QLatin1String("pair")).toString();
    const QString scope = state.value(QLatin1String("scope")).toString();
    m_scopeChosen = scopeFromName(scope).has_value();
    if (m_scopeChosen)
        m_scope->setCurrentIndex(m_scope->findData(scope));
    m_tabs->setCurrentIndex(state.value(QLatin1String("tab")).toInt(0));
    m_matrix->setOrder(MatrixOrder(qBound(0, state.value(QLatin1String("order")).toInt(0), 2)));
    m_zeroShot->setState(state.value(QLatin1String("zeroshot")).toObject());
    fillPairs();
}

namespace {

/// The rows of a table as text in columns, for figures.
void paintTable(
    QPainter& painter, const QRectF& area, const ValueTable& table, const ThemeColors& colors)
{
    const QStringList lines = table.text(u'\t', false).split(u'\n', Qt::SkipEmptyParts);
    const double row = painter.fontMetrics().height() + 8;
    std::vector<double> widths;
    for (const QString& line : lines) {
        const QStringList cells = line.split(u'\t');
        widths.resize(std::max(widths.size(), size_t(cells.size())), 0);
        for (qsizetype c = 0; c < cells.size(); ++c)
            widths[size_t(c)] = std::max(
                widths[size_t(c)], double(painter.fontMetrics().horizontalAdvance(cells[c]) + 24));
    }
    double y = area.top();
    for (qsizetype r = 0; r < lines.size() && y + row <= area.bottom(); ++r, y += row) {
        const QStringList cells = lines[r].split(u'\t');
        double x = area.left();
        painter.setPen(r == 0 ? colors.muted : colors.text);
        for (qsizetype c = 0; c < cells.size() && x < area.right(); ++c) {
            const QRectF cell(x, y, std::min(widths[size_t(c)], area.right() - x), row);
            painter.drawText(cell, Qt::AlignVCenter | Qt::AlignLeft,
                painter.fontMetrics().elidedText(cells[c], Qt::ElideRight, int(cell.width()) - 6));
            x += widths[size_t(c)];
        }
        painter.setPen(colors.grid);
        painter.drawLine(QPointF(area.left(), y + row), QPointF(area.right(), y + row));
    }
}

}

QString AlignmentView::scopeText() const
{
    return tr("%1 · %2 · N = %3 · model %4")
        .arg(m_pair->currentText(), m_scope->currentText(),
            QLocale().toString(m_result.pairs.size()),
            QFileInfo(session().currentModel()).fileName());
}

void AlignmentView::paintFigure(QPainter& painter, const QRectF& area, bool dark) const
{
    const ThemeColors colors = themeColors(dark);
    painter.save();
    painter.setFont(font());
    painter.fillRect(area, colors.ground);
    const QRectF inner = area.adjusted(16, 16, -16, -12);
    const double foot = painter.fontMetrics().height() + 8;
    const QRectF body = inner.adjusted(0, 0, 0, -foot);
    const bool there = m_result.message.isEmpty() && m_result.scores;
    const QWidget* tab = m_tabs->currentWidget();
    if (tab == m_zeroShot) {
        m_zeroShot->paint(painter, body, colors);
    } else if (tab == m_matrix) {
        m_matrix->paint(painter, body, colors);
    } else if (!there) {
        painter.setPen(colors.muted);
        painter.drawText(body, Qt::AlignCenter | Qt::TextWordWrap, m_result.message);
    } else if (tab == m_scores) {
        paintTable(painter, body, *m_scores->table(), colors);
    } else {
        const double height = 6 * (painter.fontMetrics().height() + 8.0) + 20;
        paintTable(painter, QRectF(body.left(), body.top(), body.width(), height),
            *m_retrieval->numbers(), colors);
        paintTable(painter, body.adjusted(0, height, 0, 0), *m_retrieval->missTable(), colors);
    }
    painter.setPen(colors.muted);
    painter.drawText(QRectF(inner.left(), inner.bottom() - foot, inner.width(), foot),
        Qt::AlignBottom | Qt::AlignLeft, scopeText());
    painter.restore();
}

ValuePtr AlignmentView::data() const
{
    if (m_tabs->currentWidget() == m_zeroShot)
        return m_zeroShot->data();
    if (!m_result.similarity && !m_result.scores)
        return nullptr;
    auto value = std::make_shared<Value>();
    if (m_result.scores)
        *value = *m_result.scores;
    if (m_result.similarity)
        value->arrays[QStringLiteral("similarity")]
            = m_result.similarity->array(QStringLiteral("similarity"));
    value->info[QStringLiteral("ids")] = QJsonArray::fromStringList(m_result.pairs.ids);
    return value;
}

QString AlignmentView::commandLine() const
{
    if (m_tabs->currentWidget() == m_zeroShot)
        return m_zeroShot->commandLine();
    if (m_result.pairs.size() == 0)
        return {};
    // The embeddings are exported from the map or made by `triptych embed`; scores start from them.
    return commandText({QStringLiteral("triptych"), QStringLiteral("score"),
        modalityName(m_result.pairs.a) + QStringLiteral(".npz"),
        modalityName(m_result.pairs.b) + QStringLiteral(".npz"), QStringLiteral("--json")});
}

} // namespace triptych
