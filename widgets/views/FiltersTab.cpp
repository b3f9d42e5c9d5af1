#include "widgets/views/FiltersTab.h"

#include "widgets/plots/ColorBar.h"
#include "widgets/plots/MatrixPlot.h"
#include "widgets/plots/TileGrid.h"
#include "widgets/views/ValueAsker.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

/// Filter `index` of [N,C,h,w] as a picture: its own range around zero, which is middle grey; three
/// channels are red, green and blue.
QImage tile(const Array& filters, qint64 index)
{
    const qint64 channels = filters.shape[1];
    const qint64 rows = filters.shape[2];
    const qint64 columns = filters.shape[3];
    const qint64 plane = rows * columns;
    const auto values = filters.floats().subspan(size_t(index * channels * plane), size_t(channels * plane));
    float most = 1e-12f;
    for (const float value : values) {
        if (std::isfinite(value))
            most = std::max(most, std::abs(value));
    }
    QImage image(int(columns), int(rows), QImage::Format_RGB32);
    for (qint64 y = 0; y < rows; ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(int(y)));
        for (qint64 x = 0; x < columns; ++x) {
            int levels[3];
            for (qint64 c = 0; c < 3; ++c) {
                const float value = values[size_t((channels == 3 ? c : 0) * plane + y * columns + x)];
                levels[c] = std::isfinite(value) ? int(std::lround(127.5f + 127.5f * value / most)) : 0;
            }
            line[x] = qRgb(levels[0], levels[1], levels[2]);
        }
    }
    return image;
}

QWidget* column(QComboBox* box, QLabel* note, QWidget* content, QWidget* below = nullptr)
{
    auto* widget = new QWidget;
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 6, 0);
    layout->setSpacing(6);
    layout->addWidget(box);
    layout->addWidget(content, 1);
    if (below)
        layout->addWidget(below);
    layout->addWidget(note);
    note->setForegroundRole(QPalette::PlaceholderText);
    note->setWordWrap(true);
    return widget;
}

}

FiltersTab::FiltersTab(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_asker(new ValueAsker(session, this))
    , m_filterBox(new QComboBox)
    , m_positionBox(new QComboBox)
    , m_filterNote(new QLabel)
    , m_positionNote(new QLabel)
    , m_tiles(new TileGrid)
    , m_positions(new MatrixPlot)
    , m_bar(new ColorBar(Qt::Horizontal))
{
    m_filterBox->setAccessibleName(tr("Layer whose filters are shown"));
    m_positionBox->setAccessibleName(tr("Table of positions"));
    for (QComboBox* box : { m_filterBox, m_positionBox }) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(24);
        connect(box, &QComboBox::activated, this, &FiltersTab::ask);
    }
    m_positions->setAccessibleName(tr("Similarity of positions"));
    m_bar->setCaption(tr("cosine"));
    m_bar->setRange({ -1, 1 });
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_tiles);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(column(m_filterBox, m_filterNote, scroll));
    splitter->addWidget(column(m_positionBox, m_positionNote, m_positions, m_bar));
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({ 500, 500 });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(splitter);
    connect(m_positions, &MatrixPlot::cellHovered, this, &FiltersTab::hover);
    setFilters(nullptr);
}

void FiltersTab::setModel(const QString& path)
{
    m_asker->forget();
    m_path = path;
    m_filterBox->clear();
    m_positionBox->clear();
    setFilters(nullptr);
    if (!path.isEmpty())
        ask();
}

void FiltersTab::ask()
{
    QJsonObject options;
    if (!m_filterBox->currentText().isEmpty())
        options.insert(QStringLiteral("tensor"), m_filterBox->currentText());
    if (!m_positionBox->currentText().isEmpty())
        options.insert(QStringLiteral("positions"), m_positionBox->currentText());
    m_asker->ask(QStringLiteral("filters"), QStringLiteral("model.filters"), m_path, options, tr("Filters and positions"),
        [this](const ValuePtr& value) { setFilters(value); },
        [this](const QString& error) {
            m_tiles->setEmptyText(error);
            m_positions->setEmptyText(error);
        });
}

void FiltersTab::fill(QComboBox* box, const QString& names, const QString& chosen)
{
    box->clear();
    box->addItems(m_value ? m_value->strings(names) : QStringList());
    box->setCurrentText(m_value ? m_value->info[chosen].toString() : QString());
    box->setVisible(box->count() > 0);
}

void FiltersTab::setFilters(const ValuePtr& filters)
{
    m_value = filters;
    fill(m_filterBox, QStringLiteral("filter_tensors"), QStringLiteral("tensor"));
    fill(m_positionBox, QStringLiteral("position_tensors"), QStringLiteral("position_tensor"));
    QList<QImage> tiles;
    if (filters && filters->has(QStringLiteral("filters"))) {
        const Array& all = filters->array(QStringLiteral("filters"));
        for (qint64 i = 0; i < all.rows(); ++i)
            tiles << tile(all, i);
    }
    m_tiles->setEmptyText(filters ? tr("This model has no first layer that reads pixels: nothing to show as pictures.")
                                  : tr("Reading…"));
    m_tiles->setTiles(tiles);
    const qint64 all = filters ? qint64(filters->info[QLatin1String("filters_in_all")].toDouble()) : 0;
    m_filterNote->setText(tiles.isEmpty() ? QString()
                                          : tr("%1 of %2 filters, each in its own range; grey is zero. Ctrl+wheel changes the size.")
                                                .arg(QLocale().toString(tiles.size()), QLocale().toString(all)));
    fillPositions();
}

// Block (r, c) of the picture is the similarity of position (r, c) with the whole grid.
void FiltersTab::fillPositions()
{
    const bool there = m_value && m_value->has(QStringLiteral("positions"));
    m_bar->setVisible(there);
    m_positions->setEmptyText(m_value ? tr("This model has no table of positions.") : tr("Reading…"));
    if (!there) {
        m_positionNote->clear();
        return m_positions->setMatrix({}, 0, 0);
    }
    const Array& all = m_value->array(QStringLiteral("positions"));
    const auto rows = int(all.shape[0]);
    const auto columns = int(all.shape[1]);
    const auto values = all.floats();
    const bool words = columns == 1;
    m_positionNote->setText(words
            ? tr("Cosine of every position with every other; %1 positions.").arg(rows)
            : tr("%1 × %2 positions: each block is one position, and shows its cosine with the whole grid.").arg(rows).arg(columns));
    if (words)
        return m_positions->setMatrix(std::vector<float>(values.begin(), values.end()), rows, rows);
    const int height = rows * (rows + 1) - 1; // a line between blocks
    const int width = columns * (columns + 1) - 1;
    std::vector<float> matrix(size_t(height) * size_t(width), std::nanf(""));
    for (int r = 0; r < rows; ++r) {
        for (int c = 0; c < columns; ++c) {
            for (int y = 0; y < rows; ++y) {
                const size_t from = ((size_t(r) * size_t(columns) + size_t(c)) * size_t(rows) + size_t(y)) * size_t(columns);
                const size_t to = size_t(r * (rows + 1) + y) * size_t(width) + size_t(c * (columns + 1));
                std::copy_n(values.begin() + ptrdiff_t(from), columns, matrix.begin() + ptrdiff_t(to));
            }
        }
    }
    m_positions->setRange(Range { -1, 1 });
    m_positions->setMatrix(std::move(matrix), height, width);
}

void FiltersTab::hover(int row, int column)
{
    if (!m_value || row < 0)
        return;
    const QJsonArray grid = m_value->info[QLatin1String("grid")].toArray();
    const int rows = grid.at(0).toInt();
    const int columns = grid.at(1).toInt();
    const float cosine = m_positions->value(QPoint(column, row));
    if (columns <= 1 || std::isnan(cosine))
        return;
    m_positionNote->setText(tr("position (%1, %2) with (%3, %4): cosine %5")
                                .arg(row / (rows + 1))
                                .arg(column / (columns + 1))
                                .arg(row % (rows + 1))
                                .arg(column % (columns + 1))
                                .arg(shortNumber(double(cosine))));
}

bool FiltersTab::isSettled() const
{
    return !m_asker->isWaiting();
}

void FiltersTab::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    const double half = area.width() / 2 - 8;
    m_tiles->paint(painter, QRectF(area.topLeft(), QSizeF(half, area.height())), colors);
    m_positions->paint(painter, QRectF(area.left() + half + 16, area.top(), half, area.height()), colors);
}

} // namespace triptych
