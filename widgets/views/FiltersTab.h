#pragma once

#include "core/values/Value.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace triptych {

class ColorBar;
class MatrixPlot;
class Session;
class TileGrid;
class ValueAsker;
struct ThemeColors;

/// What the first layer of a model looks for, and how alike its positions are: the filters as
/// pictures, and for each position on the grid the cosine with every other.
class FiltersTab : public QWidget {
    Q_OBJECT
public:
    explicit FiltersTab(Session& session, QWidget* parent = nullptr);

    /// Asks for the filters of the model at `path`; empty for none.
    void setModel(const QString& path);
    bool isSettled() const;
    /// A value of model.filters.
    void setFilters(const ValuePtr& filters);
    TileGrid* tiles() const { return m_tiles; }
    MatrixPlot* positions() const { return m_positions; }
    ValuePtr value() const { return m_value; }
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const;

private:
    void ask();
    void fill(QComboBox* box, const QString& names, const QString& chosen);
    void fillPositions();
    void hover(int row, int column);

    ValueAsker* m_asker;
    QComboBox* m_filterBox;
    QComboBox* m_positionBox;
    QLabel* m_filterNote;
    QLabel* m_positionNote;
    TileGrid* m_tiles;
    MatrixPlot* m_positions;
    ColorBar* m_bar;
    QString m_path;
    ValuePtr m_value;
};

} // namespace triptych
