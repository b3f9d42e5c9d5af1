#pragma once

#include "widgets/plots/CellGrid.h"
#include "widgets/plots/Plot.h"

#include <optional>
#include <vector>

namespace triptych {

/// Shared by plots over time: seconds to pixels, the playing position, click and hover.
class TimePlot : public Plot {
    Q_OBJECT
public:
    explicit TimePlot(QWidget* parent = nullptr);

    double seconds() const { return m_seconds; }          ///< length of what is shown
    void setPosition(std::optional<double> seconds);      ///< a line where it plays; nothing = none
    /// The drawing area inside ticks when the plot fills `area`.
    virtual QRectF plotRect(const QRectF& area) const = 0;
    double timeAt(double x) const;                        ///< seconds, clamped to what is shown

Q_SIGNALS:
    void clicked(double seconds);                         ///< also while dragging: scrubbing
    void hovered(std::optional<double> seconds);

protected:
    void setSeconds(double seconds);
    void paintTimeAxis(QPainter& painter, const QRectF& plot, const ThemeColors& colors) const;
    void paintPosition(QPainter& painter, const QRectF& plot, const ThemeColors& colors) const;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    double m_seconds = 0;
    std::optional<double> m_position;
};

/// The envelope of a sound over time.
class Waveform : public TimePlot {
    Q_OBJECT
public:
    explicit Waveform(QWidget* parent = nullptr);

    /// `peaks` [k × 2]: lowest and highest sample (-1…1) of k equal stretches of `seconds`.
    void setPeaks(std::vector<float> peaks, double seconds);
    void setAxisVisible(bool visible);   ///< ticks below; on at first

    QRectF plotRect(const QRectF& area) const override;
    QSize sizeHint() const override { return { 320, 90 }; }
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override;

private:
    std::vector<float> m_peaks;
    bool m_axis = true;
};

/// A mel spectrogram with time and frequency ticks, and an optional grid of heat over it.
class SpectrogramPlot : public TimePlot {
    Q_OBJECT
public:
    explicit SpectrogramPlot(QWidget* parent = nullptr);

    /// `decibels` [bands × frames], row 0 lowest; `hz` the bands' centre frequencies.
    void setSpectrogram(std::vector<float> decibels, int bands, int frames, std::vector<float> hz, double hopSeconds);
    /// `values` [rows × columns], row 0 lowest, over `overlaySeconds` (0 = all) from second `start` on
    /// (below 0: silence before the sound) and all bands. Empty takes it away.
    void setOverlay(std::vector<float> values, int rows, int columns, double overlaySeconds = 0, double start = 0);
    void setOpacity(double opacity);           ///< of the overlay, 0.6 at first
    void setColorMap(const ColorMap& map);     ///< of the overlay
    void setRange(std::optional<Range> range); ///< of the overlay; nothing = from its values
    void setSmooth(bool smooth);
    void setMarked(std::optional<QPoint> cell); ///< a ring around one overlay cell
    void setEmptyText(const QString& text);

    Range range() const { return m_overlay.range(); }
    /// Overlay cell as QPoint(column, row), row 0 lowest.
    std::optional<QPoint> cellAt(const QPointF& position) const;
    QRectF cellRect(QPoint cell) const;        ///< on the widget
    float value(QPoint cell) const { return m_overlay.value(cell); }
    QRectF plotRect(const QRectF& area) const override;
    QSize sizeHint() const override { return { 420, 220 }; }
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override;

Q_SIGNALS:
    void cellClicked(QPoint cell);             ///< `clicked` comes with it
    void cellHovered(std::optional<QPoint> cell);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void rebuild();
    QRectF overlayRect(const QRectF& plot) const;
    void paintFrequencyAxis(QPainter& painter, const QRectF& plot, const ThemeColors& colors) const;

    std::vector<float> m_decibels;
    int m_bands = 0;
    int m_frames = 0;
    QImage m_picture;
    std::vector<float> m_hz;
    CellGrid m_overlay { true };
    double m_overlaySeconds = 0;
    double m_overlayStart = 0;
    QString m_emptyText;
};

} // namespace triptych
