#include "widgets/plots/Markers.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>
#include <thread>

namespace triptych {

QPainterPath markerPath(MarkerShape shape, double diameter)
{
    QPainterPath path;
    const double r = diameter / 2;
    switch (shape) {
    case MarkerShape::Circle:
        path.addEllipse(QPointF(0, 0), r, r);
        break;
    case MarkerShape::Square:
        path.addRect(QRectF(-r * 0.88, -r * 0.88, r * 1.76, r * 1.76));
        break;
    case MarkerShape::Triangle:
        path.addPolygon(QPolygonF { QPointF(0, -r * 1.25), QPointF(r * 1.16, r * 0.8), QPointF(-r * 1.16, r * 0.8) });
        path.closeSubpath();
        break;
    case MarkerShape::Diamond:
        path.addPolygon(QPolygonF {
            QPointF(0, -r * 1.25), QPointF(r * 1.25, 0), QPointF(0, r * 1.25), QPointF(-r * 1.25, 0) });
        path.closeSubpath();
        break;
    }
    return path;
}

QImage markerSprite(MarkerShape shape, const QColor& color, double diameter, double devicePixelRatio)
{
    const int half = int(std::ceil(diameter * devicePixelRatio * 0.65)) + 1;
    QImage image(2 * half + 1, 2 * half + 1, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(half + 0.5, half + 0.5);
    QColor edge = color.darker(150);
    edge.setAlpha(color.alpha());
    painter.setPen(QPen(edge, 0.8 * devicePixelRatio));
    painter.setBrush(color);
    painter.drawPath(markerPath(shape, diameter * devicePixelRatio));
    return image;
}

namespace {

/// Sums of at most 255 points: enough for the mean, and it fits 16 bits.
struct Pixel {
    quint16 red, green, blue, count;
};

constexpr int Full = 255;

struct Band {
    int top;
    int bottom; // one past
};

void addPoints(const PointGrid& grid, const PointColors& colors, const PixelMap& map, QSize size, int splat,
    Band band, Pixel* buffer)
{
    const int width = size.width();
    const QRectF area(QPointF(-map.shiftX / map.scale - splat / map.scale, (map.shiftY - band.bottom) / map.scale),
        QPointF((width - map.shiftX) / map.scale, (map.shiftY - band.top + splat) / map.scale));
    const PointGrid::Cells cells = grid.cellsIn(area);
    const float scale = float(map.scale);
    const float shiftX = float(map.shiftX);
    const float shiftY = float(map.shiftY);
    for (int row = cells.top; row <= cells.bottom; ++row) {
        const auto [from, to] = grid.run(row, cells.left, cells.right);
        const float* xs = grid.x().data();
        const float* ys = grid.y().data();
        for (int i = from; i < to; ++i) {
            // The offset makes the cast round down on both sides of zero.
            const int x = int(xs[i] * scale + shiftX + 16384.f) - 16384;
            const int y = int(shiftY - ys[i] * scale + 16384.f) - 16384;
            const QRgb color = colors.palette[colors.colorOf[size_t(i)]];
            for (int v = std::max(y, band.top); v < std::min(y + splat, band.bottom); ++v)
                for (int u = std::max(x, 0); u < std::min(x + splat, width); ++u) {
                    Pixel& pixel = buffer[size_t(v) * size_t(width) + size_t(u)];
                    if (pixel.count == Full)
                        continue;
                    pixel.red = quint16(pixel.red + qRed(color));
                    pixel.green = quint16(pixel.green + qGreen(color));
                    pixel.blue = quint16(pixel.blue + qBlue(color));
                    ++pixel.count;
                }
        }
    }
}

void toneMap(const Pixel* buffer, Band band, QImage& image)
{
    // One point is well visible, a crowd is solid; between them by the logarithm.
    static const auto alphas = [] {
        std::array<int, Full + 1> table {};
        for (int n = 1; n <= Full; ++n)
            table[size_t(n)] = std::min(255, int(120 + 135 * std::log(double(n)) / std::log(24.0)));
        return table;
    }();
    const int width = image.width();
    for (int y = band.top; y < band.bottom; ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.bits() + y * image.bytesPerLine());
        const Pixel* pixels = buffer + size_t(y) * size_t(width);
        for (int x = 0; x < width; ++x) {
            const Pixel& p = pixels[x];
            if (p.count == 0) {
                line[x] = 0;
                continue;
            }
            const int alpha = alphas[p.count];
            const float share = float(alpha) / (255.f * float(p.count));
            line[x] = qRgba(int(p.red * share), int(p.green * share), int(p.blue * share), alpha);
        }
    }
}

} // namespace

QImage paintDensity(const PointGrid& grid, const PointColors& colors, const PixelMap& map, QSize size)
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull() || grid.isEmpty())
        return image;
    std::vector<Pixel> buffer(size_t(size.width()) * size_t(size.height()));
    const int splat = grid.count() > 400000 ? 1 : 2;
    const int threads = std::clamp(int(std::thread::hardware_concurrency()), 1, 8);
    image.bits(); // detach here, not in a thread
    std::vector<std::jthread> workers;
    for (int i = 0; i < threads; ++i) {
        const Band band { size.height() * i / threads, size.height() * (i + 1) / threads };
        auto work = [&, band] {
            addPoints(grid, colors, map, size, splat, band, buffer.data());
            toneMap(buffer.data(), band, image);
        };
        if (i + 1 == threads)
            work();
        else
            workers.emplace_back(work);
    }
    workers.clear(); // joins
    return image;
}

} // namespace triptych
