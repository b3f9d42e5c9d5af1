#pragma once

#include "widgets/plots/Plot.h"

#include <QImage>
#include <QList>
#include <optional>

namespace triptych {

/// Many small pictures of one size side by side: the filters of a layer. As large as the room allows,
/// in whole pixels a cell; the wheel with Ctrl changes the size, then it scrolls in its scroll area.
class TileGrid : public Plot {
    Q_OBJECT
public:
    explicit TileGrid(QWidget* parent = nullptr);

    void setTiles(const QList<QImage>& tiles);
    void setEmptyText(const QString& text);
    qsizetype count() const { return m_tiles.size(); }
    /// The tile at a place on the widget.
    std::optional<int> tileAt(const QPointF& position) const;
    QRectF tileRect(int tile) const; ///< on the widget

    QSize sizeHint() const override { return { 420, 420 }; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override;

protected:
    bool event(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    struct Frame {
        int columns = 1;
        double step = 1; ///< from one tile to the next
        QSizeF tile;
    };
    /// Everything in `area` at once when it has a height, else as `m_zoom` says.
    Frame frame(const QSizeF& area, bool whole) const;

    QList<QImage> m_tiles;
    int m_zoom = 0; ///< pixels a cell; 0 = chosen by the size of the tiles
    QString m_emptyText;
};

} // namespace triptych
