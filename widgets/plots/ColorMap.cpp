#include "widgets/plots/ColorMap.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace triptych {

namespace {

struct MapInfo {
    QString id;
    const char* title;
    bool diverging;
    std::vector<QRgb> stops; // at equal distances
};

/// Sequential maps rise evenly in lightness, so that equal steps of the value look equal; the
/// stops sample viridis, magma, inferno, plasma (Smith, van der Walt 2015) and cividis (Nuñez,
/// Anderton, Renslow 2018). bluered is even in lightness on both sides of a light middle.
const std::vector<MapInfo>& maps()
{
    static const std::vector<MapInfo> table {
        { QStringLiteral("viridis"), QT_TRANSLATE_NOOP("ColorMap", "Viridis"), false,
            { 0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151,
                0xbddf26, 0xfde725 } },
        { QStringLiteral("magma"), QT_TRANSLATE_NOOP("ColorMap", "Magma"), false,
            { 0x000004, 0x140e36, 0x3b0f70, 0x641a80, 0x8c2981, 0xb73779, 0xde4968, 0xf7705c, 0xfe9f6d,
                0xfecf92, 0xfcfdbf } },
        { QStringLiteral("inferno"), QT_TRANSLATE_NOOP("ColorMap", "Inferno"), false,
            { 0x000004, 0x160b39, 0x420a68, 0x6a176e, 0x932667, 0xbc3754, 0xdd513a, 0xf37819, 0xfca50a,
                0xf6d746, 0xfcffa4 } },
        { QStringLiteral("plasma"), QT_TRANSLATE_NOOP("ColorMap", "Plasma"), false,
            { 0x0d0887, 0x41049d, 0x6a00a8, 0x8f0da4, 0xb12a90, 0xcc4778, 0xe16462, 0xf2844b, 0xfca636,
                0xfcce25, 0xf0f921 } },
        { QStringLiteral("cividis"), QT_TRANSLATE_NOOP("ColorMap", "Cividis"), false,
            { 0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55,
                0xfee838 } },
        { QStringLiteral("gray"), QT_TRANSLATE_NOOP("ColorMap", "Gray"), false, { 0x000000, 0xffffff } },
        { QStringLiteral("bluered"), QT_TRANSLATE_NOOP("ColorMap", "Blue to red"), true,
            { 0x1f3a7a, 0x3466b0, 0x6d9bd1, 0xb3cce6, 0xf3f3f3, 0xf0bfaa, 0xde8465, 0xbd4a3c, 0x7d1a28 } },
    };
    return table;
}

const MapInfo& mapInfo(const QString& id)
{
    for (const MapInfo& info : maps())
        if (info.id == id)
            return info;
    return maps().front();
}

int mix(int a, int b, double t)
{
    return int(std::lround(a + (b - a) * t));
}

} // namespace

ColorMap::ColorMap(const QString& id)
{
    const MapInfo& info = mapInfo(id);
    m_id = info.id;
    const int last = int(info.stops.size()) - 1;
    for (int i = 0; i < 256; ++i) {
        const double place = i / 255.0 * last;
        const int stop = std::min(int(place), last - 1);
        const QRgb a = info.stops[size_t(stop)];
        const QRgb b = info.stops[size_t(stop) + 1];
        const double t = place - stop;
        m_table[size_t(i)] = qRgb(
            mix(qRed(a), qRed(b), t), mix(qGreen(a), qGreen(b), t), mix(qBlue(a), qBlue(b), t));
    }
}

bool ColorMap::isDiverging() const
{
    return mapInfo(m_id).diverging;
}

QRgb ColorMap::at(double t) const
{
    if (std::isnan(t))
        return qRgba(0, 0, 0, 0);
    return m_table[size_t(std::clamp(t, 0.0, 1.0) * 255 + 0.5)];
}

QStringList ColorMap::ids()
{
    QStringList ids;
    for (const MapInfo& info : maps())
        ids += info.id;
    return ids;
}

QString ColorMap::title(const QString& id)
{
    return QCoreApplication::translate("ColorMap", mapInfo(id).title);
}

Range Range::of(std::span<const float> values)
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const float value : values) {
        if (!std::isfinite(value))
            continue;
        low = std::min(low, double(value));
        high = std::max(high, double(value));
    }
    if (low > high)
        return {};
    if (low == high) { // one value everywhere: it is the top of its range
        const double width = low == 0 ? 1 : std::abs(low);
        return { low - width, low };
    }
    return { low, high };
}

Range Range::around(std::span<const float> values)
{
    const Range range = of(values);
    const double reach = std::max(std::abs(range.low), std::abs(range.high));
    return { -reach, reach };
}

QImage colored(std::span<const float> values, int rows, int columns, const ColorMap& map,
    const Range& range, double alpha, bool flip)
{
    if (rows <= 0 || columns <= 0 || values.size() < size_t(rows) * size_t(columns))
        return {};
    std::array<QRgb, 256> table;
    for (int i = 0; i < 256; ++i) {
        const QRgb color = map.at(i / 255.0);
        table[size_t(i)] = qPremultiply(
            qRgba(qRed(color), qGreen(color), qBlue(color), int(std::lround(255 * alpha))));
    }
    QImage image(columns, rows, QImage::Format_ARGB32_Premultiplied);
    const double scale = 255 / range.size();
    for (int row = 0; row < rows; ++row) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(flip ? rows - 1 - row : row));
        const float* from = values.data() + size_t(row) * size_t(columns);
        for (int column = 0; column < columns; ++column) {
            const double place = (from[column] - range.low) * scale;
            line[column] = std::isnan(place)
                ? 0u
                : table[size_t(std::clamp(place, 0.0, 255.0) + 0.5)];
        }
    }
    return image;
}

std::vector<float> smoothed(std::span<const float> values, int rows, int columns, int factor)
{
    const int height = rows * factor;
    const int width = columns * factor;
    std::vector<float> result(size_t(height) * size_t(width));
    const auto split = [factor](int pixel, int cells, int& cell, float& t) {
        const float place = std::clamp((float(pixel) + 0.5f) / float(factor) - 0.5f, 0.f, float(cells - 1));
        cell = std::min(int(place), std::max(0, cells - 2));
        t = place - float(cell);
    };
    for (int y = 0; y < height; ++y) {
        int row = 0;
        float v = 0;
        split(y, rows, row, v);
        const float* top = values.data() + size_t(row) * size_t(columns);
        const float* bottom = rows > 1 ? top + columns : top;
        for (int x = 0; x < width; ++x) {
            int column = 0;
            float u = 0;
            split(x, columns, column, u);
            const int next = columns > 1 ? column + 1 : column;
            const float a = std::lerp(top[column], top[next], u);
            const float b = std::lerp(bottom[column], bottom[next], u);
            result[size_t(y) * size_t(width) + size_t(x)] = std::lerp(a, b, v);
        }
    }
    return result;
}

QColor categoryColor(int index, bool dark)
{
    // Yellow is too pale on white and the blue too deep on black, so these two have their own.
    static constexpr std::array<QRgb, 7> onLight { 0xe69f00, 0x56b4e9, 0x009e73, 0xc8b400, 0x0072b2,
        0xd55e00, 0xcc79a7 };
    static constexpr std::array<QRgb, 7> onDark { 0xe69f00, 0x56b4e9, 0x00b085, 0xf0e442, 0x3f8fd9,
        0xe8702a, 0xd98bb5 };
    const auto& base = dark ? onDark : onLight;
    const int count = int(base.size());
    if (index < count)
        return QColor::fromRgb(base[size_t(std::max(0, index))]);
    if (index < 2 * count) {
        const QColor color = QColor::fromRgb(base[size_t(index - count)]);
        return dark ? color.lighter(145) : color.darker(165);
    }
    const int extra = index - 2 * count;
    const double hue = std::fmod(20 + extra * 137.508, 360.0);
    const double lightness = (dark ? 0.62 : 0.42) + (extra % 3 - 1) * 0.12;
    return QColor::fromHslF(float(hue / 360), extra % 2 ? 0.45f : 0.65f, float(lightness));
}

} // namespace triptych
