#pragma once

#include <QColor>
#include <QImage>
#include <QString>
#include <QStringList>
#include <array>
#include <span>
#include <vector>

namespace triptych {

/// A continuous colour map: values 0…1 to colours. Cheap to copy (1 kB); any thread.
class ColorMap {
public:
    /// An id of `ids()`; an unknown one gives viridis.
    explicit ColorMap(const QString& id = QStringLiteral("viridis"));

    QString id() const { return m_id; }
    QString title() const { return title(m_id); }
    /// Diverging maps have their middle at 0.5: give them a range that is symmetric around zero.
    bool isDiverging() const;
    /// Opaque colour of `t` in 0…1 (clamped); NaN is transparent.
    QRgb at(double t) const;

    /// viridis, magma, inferno, plasma, cividis, gray, bluered: the order is the order on screen.
    static QStringList ids();
    static QString title(const QString& id);

    bool operator==(const ColorMap& other) const { return m_id == other.m_id; }

private:
    QString m_id;
    std::array<QRgb, 256> m_table;
};

/// The smallest range that holds the finite values; [0, 1] when there are none, never empty.
struct Range {
    double low = 0;
    double high = 1;

    double size() const { return high - low; }
    /// Where `value` lies, 0 at low, 1 at high.
    double place(double value) const { return (value - low) / (high - low); }
    static Range of(std::span<const float> values);
    /// The same, symmetric around zero.
    static Range around(std::span<const float> values);

    bool operator==(const Range&) const = default;
};

/// rows × columns values as a picture, one pixel a cell; row 0 on top unless `flip`.
/// `alpha` 0…1 is for all of it; NaN cells are transparent. ARGB32_Premultiplied.
QImage colored(std::span<const float> values, int rows, int columns, const ColorMap& map,
    const Range& range, double alpha = 1, bool flip = false);

/// Values between the cells' middles, bilinear, `factor` × as many a side. NaN stays NaN.
std::vector<float> smoothed(std::span<const float> values, int rows, int columns, int factor);

/// Colour of category `index` (≥ 0), readable on a light or dark ground: Okabe and Ito's colours
/// (2008, safe for colour-blind eyes) first, then shades of other lightness, then hues by the golden angle.
QColor categoryColor(int index, bool dark);

} // namespace triptych
