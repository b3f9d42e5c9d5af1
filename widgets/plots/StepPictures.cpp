#include "widgets/plots/Plot.h"
#include "widgets/plots/StepContent.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QImage>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <optional>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(StepContent)
};

constexpr double gap = 3;
constexpr double least = 22; ///< pixels a side of a small picture; where more do not fit, some are left out

QImage pictureOf(const uchar* pixels, int width, int height, int channels)
{
    const auto format = channels == 4 ? QImage::Format_RGBA8888 : QImage::Format_RGB888;
    return QImage(pixels, width, height, qsizetype(width) * channels, format).copy();
}

/// Where small pictures of one size lie side by side.
struct Sheet {
    int columns = 1;
    int shown = 0;
    QSizeF step;
    QSizeF tile;
    QPointF origin;

    QRectF rect(int index) const
    {
        return QRectF(origin + QPointF((index % columns) * step.width(), (index / columns) * step.height()), tile);
    }
};

/// The largest size at which `count` pictures fit; as many as fit where they would be too small.
Sheet sheetFor(const QRectF& area, int count, double aspect, double labelHeight)
{
    Sheet sheet;
    double best = 0;
    for (int columns = 1; columns <= count; ++columns) {
        const int rows = (count + columns - 1) / columns;
        const double width = (area.width() - gap * (columns - 1)) / columns;
        const double height = (area.height() - gap * (rows - 1)) / rows - labelHeight;
        const double fit = std::min(width, height * aspect);
        if (fit > best) {
            best = fit;
            sheet.columns = columns;
        }
    }
    sheet.shown = count;
    if (std::min(best, best / aspect) < least && count > 1) {
        best = least * std::max(1.0, aspect);
        sheet.columns = std::max(1, int((area.width() + gap) / (best + gap)));
        const int rows = std::max(1, int((area.height() + gap) / (best / aspect + labelHeight + gap)));
        sheet.shown = std::min(count, sheet.columns * rows);
        best = std::max(best, std::min((area.width() + gap) / sheet.columns - gap, ((area.height() + gap) / rows - gap - labelHeight) * aspect));
    }
    sheet.tile = QSizeF(best, best / aspect);
    sheet.step = sheet.tile + QSizeF(gap, gap + labelHeight);
    const int rows = (sheet.shown + sheet.columns - 1) / sheet.columns;
    const QSizeF whole(std::min(sheet.columns, sheet.shown) * sheet.step.width() - gap, rows * sheet.step.height() - gap);
    sheet.origin = area.center() - QPointF(whole.width(), whole.height()) / 2;
    return sheet;
}

class PictureContent final : public StepContent {
public:
    explicit PictureContent(const StepData& step)
        : m_step(step)
        , m_isMaps(step.kind == "maps"_L1)
        , m_map(colorMap(step))
    {
        const bool isOne = step.kind == "picture"_L1;
        m_count = isOne ? 1 : step.size(0);
        m_height = step.size(isOne ? 0 : 1);
        m_width = step.size(isOne ? 1 : 2);
        if (m_isMaps) {
            m_range = rangeOf(step, step.array.floats());
            for (int i = 0; i < m_count; ++i)
                m_images << colored(mapOf(i), m_height, m_width, m_map, step.shared ? m_range : rangeOf(step, mapOf(i)));
            return;
        }
        m_channels = step.size(isOne ? 2 : 3);
        for (int i = 0; i < m_count; ++i)
            m_images << pictureOf(step.array.octets().data() + qsizetype(i) * m_height * m_width * m_channels, m_width, m_height, m_channels);
    }

    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override
    {
        const QFontMetricsF metrics(painter.font());
        const QRectF room = m_isMaps && m_step.shared ? besideColorBar(&painter, area, painter.font(), m_map, m_range, colors) : area;
        const Sheet sheet = sheetIn(room, painter.font());
        for (int i = 0; i < sheet.shown; ++i) {
            const QRectF rect = sheet.rect(i);
            if (!m_isMaps && m_width > rect.width() / 3)
                painter.drawImage(rect, m_images[i]);
            else
                drawCells(painter, rect, m_images[i]);
            painter.setPen(colors.muted);
            if (i < m_step.labels.size())
                painter.drawText(QRectF(rect.left() - gap / 2, rect.bottom(), rect.width() + gap, metrics.height()), Qt::AlignCenter,
                    metrics.elidedText(m_step.labels[i], Qt::ElideRight, rect.width() + gap));
        }
        painter.setPen(colors.muted);
        painter.drawText(QRectF(area.left(), area.bottom() - metrics.height(), area.width(), metrics.height()), Qt::AlignCenter,
            metrics.elidedText(note(sheet.shown), Qt::ElideRight, area.width()));
    }

    QString readout(const QPointF& position, const QRectF& area, const QFont& font) const override
    {
        const QRectF room = m_isMaps && m_step.shared ? besideColorBar(nullptr, area, font, m_map, m_range, {}) : area;
        const Sheet sheet = sheetIn(room, font);
        for (int i = 0; i < sheet.shown; ++i) {
            const QRectF rect = sheet.rect(i);
            if (!rect.contains(position))
                continue;
            const int x = std::min(int((position.x() - rect.left()) / rect.width() * m_width), m_width - 1);
            const int y = std::min(int((position.y() - rect.top()) / rect.height() * m_height), m_height - 1);
            return textOf(i, x, y);
        }
        return {};
    }

    double aspect() const override { return m_count == 1 ? std::clamp(double(m_width) / m_height, 0.8, 2.2) : 1.35; }

private:
    std::span<const float> mapOf(int index) const
    {
        const size_t cells = size_t(m_height) * size_t(m_width);
        return m_step.array.floats().subspan(size_t(index) * cells, cells);
    }

    Sheet sheetIn(const QRectF& area, const QFont& font) const
    {
        const double line = QFontMetricsF(font).height();
        return sheetFor(area.adjusted(0, 0, 0, -line - 2), m_count, double(m_width) / m_height, m_step.labels.isEmpty() ? 0 : line);
    }

    QString note(int shown) const
    {
        const QString size = Tr::tr("%1 × %2").arg(m_width).arg(m_height);
        QString count;
        if (m_count > 1)
            count = (shown < m_count ? Tr::tr("%1 of %2").arg(shown).arg(m_count) : QLocale().toString(m_count)) + u", "_s;
        if (m_isMaps && !m_step.shared && m_count > 1)
            return Tr::tr("%1%2, each in its own range", "how many, size").arg(count, size);
        return count + size;
    }

    QString textOf(int index, int x, int y) const
    {
        const QString name = index < m_step.labels.size() ? m_step.labels[index] : m_count > 1 ? QString::number(index + 1) : QString();
        const QString place = (name.isEmpty() ? QString() : name + u"  "_s) + Tr::tr("x %1, y %2").arg(x).arg(y);
        if (m_isMaps)
            return place + u":  "_s + shortNumber(double(mapOf(index)[size_t(y) * size_t(m_width) + size_t(x)]));
        const QRgb pixel = m_images[index].pixel(x, y);
        return place + Tr::tr(":  red %1, green %2, blue %3").arg(qRed(pixel)).arg(qGreen(pixel)).arg(qBlue(pixel));
    }

    StepData m_step;
    bool m_isMaps;
    ColorMap m_map;
    Range m_range;
    int m_count = 0;
    int m_width = 0;
    int m_height = 0;
    int m_channels = 3;
    QList<QImage> m_images;
};

} // namespace

std::unique_ptr<StepContent> makePictureContent(const StepData& step)
{
    return std::make_unique<PictureContent>(step);
}

} // namespace triptych
