#pragma once

#include "widgets/plots/Plot.h"
#include "widgets/views/AlignmentView.h"

class QComboBox;
class QLabel;
class QStackedWidget;

namespace triptych {

class ColorBar;
class MatrixPlot;

/// Cosine of every a with every b. Hovering names both, clicking selects both.
class MatrixTab : public QWidget {
    Q_OBJECT
public:
    explicit MatrixTab(Session& session, QWidget* parent = nullptr);

    void setResult(const AlignmentResult& result);
    MatrixPlot* plot() const { return m_plot; }
    MatrixOrder order() const;
    void setOrder(MatrixOrder order);
    QString hoverText() const;
    /// Row of the matrix on screen → row of the pairs.
    const std::vector<int>& rows() const { return m_order; }
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const;

Q_SIGNALS:
    void stateChanged();

private:
    void fill();
    void hover(int row, int column);
    void click(int row, int column);
    void markCurrent();

    Session& m_session;
    AlignmentResult m_result;
    std::vector<int> m_order;
    QComboBox* m_orderBox;
    QStackedWidget* m_stack;
    MatrixPlot* m_plot;
    ColorBar* m_bar;
    QLabel* m_message;
    QLabel* m_hover;
};

} // namespace triptych
