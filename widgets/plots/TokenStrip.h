#pragma once

#include "widgets/plots/ColorMap.h"
#include "widgets/plots/Plot.h"

#include <QStringList>
#include <optional>
#include <vector>

namespace triptych {

/// Text tokens in reading order, each on a ground coloured by its weight; wraps like text.
class TokenStrip : public Plot {
    Q_OBJECT
public:
    explicit TokenStrip(QWidget* parent = nullptr);

    /// `weights` one a token, or empty for none; NaN = no weight.
    void setTokens(const QStringList& tokens, std::vector<float> weights = {});
    void setColorMap(const ColorMap& map);
    void setRange(std::optional<Range> range); ///< nothing = from the weights
    void setOpacity(double opacity);           ///< of the colour, 1 at first
    void setMarked(int token);                 ///< a ring around one token; -1 = none

    int count() const { return int(m_tokens.size()); }
    Range range() const;
    int tokenAt(const QPointF& position) const; ///< -1 when there is none
    QRectF tokenRect(int token) const;          ///< on the widget

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override;

Q_SIGNALS:
    void tokenClicked(int token);
    void tokenHovered(int token);              ///< -1 when it leaves

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    std::vector<QRectF> layoutIn(double width, const QFont& font) const;
    void setHovered(int token);

    QStringList m_tokens;
    std::vector<float> m_weights;
    ColorMap m_map;
    std::optional<Range> m_range;
    Range m_valueRange;
    double m_opacity = 1;
    int m_marked = -1;
    int m_hovered = -1;
};

} // namespace triptych
