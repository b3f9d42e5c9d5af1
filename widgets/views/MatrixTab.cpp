#include "widgets/views/MatrixTab.h"

#include "widgets/plots/ColorBar.h"
#include "widgets/plots/MatrixPlot.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace triptych {

MatrixTab::MatrixTab(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_orderBox(new QComboBox)
    , m_stack(new QStackedWidget)
    , m_plot(new MatrixPlot)
    , m_bar(new ColorBar(Qt::Vertical))
    , m_message(new QLabel)
    , m_hover(new QLabel)
{
    m_orderBox->addItem(tr("as in the library"), int(MatrixOrder::AsIs));
    m_orderBox->addItem(tr("by retrieval rank"), int(MatrixOrder::Rank));
    m_orderBox->addItem(tr("by label"), int(MatrixOrder::Label));
    m_orderBox->setAccessibleName(tr("Order of rows and columns"));
    m_plot->setAccessibleName(tr("Similarity matrix"));
    m_bar->setCaption(tr("cosine"));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    m_message->setMargin(24);
    m_message->setForegroundRole(QPalette::PlaceholderText);
    m_hover->setForegroundRole(QPalette::PlaceholderText);
    m_hover->setTextFormat(Qt::PlainText);
    m_hover->setMinimumWidth(1); // a long caption must not widen the window

    auto* page = new QWidget;
    auto* plotRow = new QHBoxLayout(page);
    plotRow->setContentsMargins(0, 0, 0, 0);
    plotRow->setSpacing(8);
    plotRow->addWidget(m_plot, 1);
    plotRow->addWidget(m_bar);
    m_stack->addWidget(page);
    m_stack->addWidget(m_message);

    auto* top = new QHBoxLayout;
    auto* label = new QLabel(tr("&Order"));
    label->setBuddy(m_orderBox);
    top->addWidget(label);
    top->addWidget(m_orderBox);
    top->addSpacing(12);
    top->addWidget(m_hover, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 10, 8, 8);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_stack, 1);

    connect(m_orderBox, &QComboBox::currentIndexChanged, this, [this] {
        fill();
        Q_EMIT stateChanged();
    });
    connect(m_plot, &MatrixPlot::cellHovered, this, &MatrixTab::hover);
    connect(m_plot, &MatrixPlot::cellClicked, this, &MatrixTab::click);
    connect(&session, &Session::selectionChanged, this, &MatrixTab::markCurrent);
    hover(-1, -1);
}

void MatrixTab::setResult(const AlignmentResult& result)
{
    m_result = result;
    fill();
}

MatrixOrder MatrixTab::order() const
{
    return MatrixOrder(m_orderBox->currentData().toInt());
}

void MatrixTab::setOrder(MatrixOrder order)
{
    m_orderBox->setCurrentIndex(m_orderBox->findData(int(order)));
}

QString MatrixTab::hoverText() const
{
    return m_hover->text();
}

void MatrixTab::fill()
{
    const bool there = m_result.message.isEmpty() && m_result.similarity;
    m_message->setText(m_result.message.isEmpty() ? tr("Measuring…") : m_result.message);
    m_stack->setCurrentIndex(there ? 0 : 1);
    m_order.clear();
    if (!there)
        return;
    const PairRows& pairs = m_result.pairs;
    const std::vector<double> ranks = m_result.scores
        ? ranksOf(*m_result.scores, QStringLiteral("ranks_a"))
        : std::vector<double>();
    m_order = matrixOrder(m_session, pairs.ids, ranks, order());
    QStringList rows;
    QStringList columns;
    for (const int row : m_order) {
        const Sample* sample = m_session.sample(pairs.ids[row]);
        rows << (sample ? sample->title() : pairs.ids[row]);
        columns << rows.last();
    }
    const int count = int(m_order.size());
    m_plot->setMatrix(
        reordered(m_result.similarity->array(QStringLiteral("similarity")), m_order), count, count);
    m_plot->setLabels(rows, columns);
    m_plot->setAxisTitles(modalityTitle(pairs.a), modalityTitle(pairs.b));
    m_bar->setColorMap(m_plot->colorMap());
    m_bar->setRange(m_plot->range());
    hover(-1, -1);
    markCurrent();
}

void MatrixTab::hover(int row, int column)
{
    if (row < 0 || column < 0 || size_t(std::max(row, column)) >= m_order.size()) {
        m_hover->setText(tr("Point at a cell to read it; click to select both; wheel to zoom."));
        return;
    }
    const auto name = [this](int index, Modality modality) {
        const QString id = m_result.pairs.ids[m_order[size_t(index)]];
        const Sample* sample = m_session.sample(id);
        return sample ? caption(*sample, modality) : id;
    };
    m_hover->setText(
        tr("%1  ·  %2  ·  cosine %3")
            .arg(name(row, m_result.pairs.a), name(column, m_result.pairs.b),
                QLocale().toString(double(m_plot->value(QPoint(column, row))), 'f', 3)));
}

void MatrixTab::click(int row, int column)
{
    if (row < 0 || column < 0 || size_t(std::max(row, column)) >= m_order.size())
        return;
    const QString query = m_result.pairs.ids[m_order[size_t(row)]];
    const QString other = m_result.pairs.ids[m_order[size_t(column)]];
    // The query comes last: it is the one the other views follow.
    m_session.select(query == other ? QStringList {query} : QStringList {other, query});
}

void MatrixTab::markCurrent()
{
    const QStringList& ids = m_result.pairs.ids;
    const auto place = [&](const QString& id) {
        const auto found = std::find_if(
            m_order.begin(), m_order.end(), [&](int row) { return ids.value(row) == id; });
        return found == m_order.end() ? -1 : int(found - m_order.begin());
    };
    const QStringList selection = m_session.selection();
    const int current = place(m_session.current());
    m_plot->setMarkedRow(current);
    m_plot->setMarkedColumn(selection.size() == 2
            ? place(selection.first() == m_session.current() ? selection.last() : selection.first())
            : current);
}

void MatrixTab::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    if (m_stack->currentIndex() != 0) {
        painter.setPen(colors.muted);
        painter.drawText(area, Qt::AlignCenter | Qt::TextWordWrap, m_message->text());
        return;
    }
    m_plot->paint(painter, area.adjusted(0, 0, -84, 0), colors);
    m_bar->paint(painter, QRectF(area.right() - 76, area.top(), 76, area.height()), colors);
}

} // namespace triptych
