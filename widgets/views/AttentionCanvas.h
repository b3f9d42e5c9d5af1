#pragma once

#include "core/data/Modality.h"
#include "widgets/plots/ColorMap.h"
#include "widgets/plots/Plot.h"
#include "widgets/views/AttentionData.h"

#include <QImage>
#include <QJsonArray>
#include <QJsonObject>
#include <QWidget>
#include <optional>

class QLabel;
class QStackedWidget;

namespace triptych {

class ColorBar;
class HeatmapWidget;
class SpectrogramPlot;
class TokenStrip;

/// How a map is coloured; the same for both panels when they are compared.
struct MapStyle {
    double opacity = 0.6;
    QString colors = QStringLiteral("viridis");
    bool smooth = false;
    std::optional<Range> range; ///< nothing = from the values of each map

    bool operator==(const MapStyle&) const = default;
};

/// Draws one map over the thing it is about: a picture, a sound's spectrogram, or a text.
/// GUI thread.
class AttentionCanvas : public QWidget {
    Q_OBJECT
public:
    explicit AttentionCanvas(QWidget* parent = nullptr);

    void setModality(Modality modality);
    void setPicture(const QImage& picture);
    /// The value of media.sound; null takes it away.
    void setSound(const ValuePtr& sound);
    /// `info` is the value's: tokens and special positions of a text, seconds a sound's grid spans.
    void setMap(const MapSlice& map, const QJsonObject& info = {});
    void setStyle(const MapStyle& style);
    void setMarked(int cell); ///< the query's cell, -1 = none
    void setPosition(std::optional<double> seconds);
    /// A sentence in the place of the plot; empty shows the plot.
    void setMessage(const QString& message);
    void setValueCaption(const QString& caption); ///< beside the colour bar

    const MapSlice& map() const { return m_map; }
    QString message() const;
    /// `picture` as the model reads it: cropped to `region` of its sides, or on empty ground beyond
    /// them, so that the grid lies where the model looked.
    static QImage asRead(const QImage& picture, const QJsonArray& region);
    Range range() const; ///< in use
    HeatmapWidget* heatmap() const { return m_heatmap; }
    SpectrogramPlot* spectrogram() const { return m_spectrogram; }
    TokenStrip* tokens() const { return m_tokens; }
    /// Plot and colour bar, as vectors where they can be.
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const;

Q_SIGNALS:
    void cellClicked(int cell); ///< of a picture or text: index in reading order
    void timeClicked(double seconds); ///< of a sound

private:
    void refresh();
    void refreshText();
    void connectPlots();

    QStackedWidget* m_stack;
    HeatmapWidget* m_heatmap;
    SpectrogramPlot* m_spectrogram;
    TokenStrip* m_tokens;
    QLabel* m_message;
    ColorBar* m_bar;
    Modality m_modality = Modality::Image;
    MapSlice m_map;
    QImage m_picture; ///< whole
    QJsonObject m_info;
    MapStyle m_style;
    int m_marked = -1;
};

} // namespace triptych
