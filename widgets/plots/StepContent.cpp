#include "widgets/plots/StepContent.h"

#include "widgets/plots/Plot.h"
#include "widgets/plots/Ticks.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>
#include <algorithm>
#include <cmath>

namespace triptych {

using namespace Qt::StringLiterals;

std::unique_ptr<StepContent> StepContent::make(const StepData& step)
{
    if (step.kind == "picture"_L1 || step.kind == "pictures"_L1 || step.kind == "maps"_L1)
        return makePictureContent(step);
    if (step.kind == "heat"_L1)
        return makeTableContent(step);
    if (step.kind == "lines"_L1)
        return makeLineContent(step);
    if (step.kind == "bars"_L1)
        return makeBarContent(step);
    if (step.kind == "vector"_L1)
        return makeVectorContent(step);
    if (step.kind == "points"_L1)
        return makePointContent(step);
    return makeWordContent(step);
}

ColorMap StepContent::colorMap(const StepData& step)
{
    return ColorMap(step.diverging ? u"bluered"_s : u"viridis"_s);
}

Range StepContent::rangeOf(const StepData& step, std::span<const float> values)
{
    return step.diverging ? Range::around(values) : Range::of(values);
}

QRectF besideColorBar(QPainter* painter, const QRectF& area, const QFont& font, const ColorMap& map, const Range& range,
    const ThemeColors& colors)
{
    const QFontMetricsF metrics(font);
    const QString low = shortNumber(range.low);
    const QString high = shortNumber(range.high);
    const bool around = map.isDiverging();
    const double width = std::max(metrics.horizontalAdvance(low), metrics.horizontalAdvance(high)) + 18;
    const QRectF rest = area.adjusted(0, 0, -std::min(width, area.width() / 3), 0);
    if (!painter)
        return rest;
    const QRectF bar(rest.right() + 5, area.top() + 2, 8, area.height() - 4);
    QLinearGradient gradient(bar.bottomLeft(), bar.topLeft());
    for (int i = 0; i <= 32; ++i)
        gradient.setColorAt(i / 32.0, QColor::fromRgb(map.at(i / 32.0)));
    painter->setPen(QPen(colors.border, 1));
    painter->setBrush(gradient);
    painter->drawRect(bar);
    painter->setPen(colors.muted);
    const auto label = [&](double y, const QString& text) {
        painter->drawText(QRectF(bar.right() + 3, y, width, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    label(bar.top() - 2, high);
    label(bar.bottom() - metrics.height() + 2, low);
    if (around && bar.height() > 4 * metrics.height())
        label(bar.center().y() - metrics.height() / 2, shortNumber(0));
    return rest;
}

QRectF StepAxes::plotRect(const QRectF& area, const QFont& font) const
{
    const QFontMetricsF metrics(font);
    double left = 4;
    for (const QString& row : rows)
        left = std::max(left, metrics.horizontalAdvance(row) + 6);
    if (rows.isEmpty() && !yTitle.isNull())
        for (const Tick& tick : ticks(y.low, y.high, 4))
            left = std::max(left, metrics.horizontalAdvance(tick.label) + 6);
    left = std::min(left, area.width() * 0.34);
    const double top = yTitle.isEmpty() ? 2 : metrics.height() + 2;
    return area.adjusted(left, top, -4, -(xTitle.isNull() ? 2 : 2 * metrics.height() + 4));
}

void StepAxes::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors, bool grid) const
{
    const QFontMetricsF metrics(painter.font());
    const QRectF plot = plotRect(area, painter.font());
    const double line = metrics.height();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (!xTitle.isNull()) {
        const double room = metrics.horizontalAdvance(u"-00.00"_s) * 1.5;
        for (const Tick& tick : ticks(x.low, x.high, std::clamp(int(plot.width() / room), 1, 8))) {
            if (xIsWhole && tick.value != std::round(tick.value))
                continue;
            const double at = plot.left() + x.place(tick.value) * plot.width();
            painter.setPen(grid ? colors.grid : colors.border);
            painter.drawLine(QPointF(at, grid ? plot.top() : plot.bottom()), QPointF(at, plot.bottom() + 3));
            painter.setPen(colors.muted);
            const double half = metrics.horizontalAdvance(tick.label) / 2;
            const double left = std::clamp(at - half, area.left(), std::max(area.left(), area.right() - 2 * half));
            painter.drawText(QPointF(left, plot.bottom() + 3 + metrics.ascent()), tick.label);
        }
        painter.drawText(QRectF(plot.left(), plot.bottom() + 3 + line, plot.width(), line), Qt::AlignCenter,
            metrics.elidedText(xTitle, Qt::ElideRight, plot.width()));
    }
    if (!yTitle.isNull() && rows.isEmpty()) {
        for (const Tick& tick : ticks(y.low, y.high, std::clamp(int(plot.height() / line / 2), 1, 5))) {
            const double at = plot.bottom() - y.place(tick.value) * plot.height();
            painter.setPen(grid ? colors.grid : colors.border);
            painter.drawLine(QPointF(plot.left() - 3, at), QPointF(grid ? plot.right() : plot.left(), at));
            painter.setPen(colors.muted);
            const double top = yTitle.isEmpty() ? at - line / 2 : std::max(at - line / 2, plot.top()); // below the title
            painter.drawText(QRectF(area.left(), top, plot.left() - area.left() - 5, line), Qt::AlignRight | Qt::AlignVCenter, tick.label);
        }
    }
    if (!rows.isEmpty()) {
        const double height = plot.height() / double(rows.size());
        const int every = std::max(1, int(std::ceil(line * 0.95 / std::max(0.01, height)))); // no two over each other
        painter.setPen(colors.muted);
        for (int row = 0; row < rows.size(); row += every)
            painter.drawText(QRectF(area.left(), plot.bottom() - (row + 0.5) * height - line / 2, plot.left() - area.left() - 5, line),
                Qt::AlignRight | Qt::AlignVCenter, metrics.elidedText(rows[row], Qt::ElideMiddle, plot.left() - area.left() - 5));
    }
    if (!yTitle.isEmpty()) {
        painter.setPen(colors.muted);
        painter.drawText(QRectF(area.left(), area.top(), area.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
            metrics.elidedText(yTitle, Qt::ElideRight, area.width()));
    }
    painter.setPen(colors.border);
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.drawLine(plot.topLeft(), plot.bottomLeft());
    if (zero && y.low < 0 && y.high > 0) {
        const double at = plot.bottom() - y.place(0) * plot.height();
        painter.setPen(QPen(colors.muted, 1, Qt::DotLine));
        painter.drawLine(QPointF(plot.left(), at), QPointF(plot.right(), at));
    }
    painter.restore();
}

double drawParagraph(QPainter* painter, const QRectF& rect, const QString& text, const QFont& font, Qt::Alignment align)
{
    QString flow = text;
    flow.replace(u'\n', QChar::LineSeparator);
    QTextLayout layout(flow, font);
    QTextOption option(align);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    const QFontMetricsF metrics(font);
    const double height = metrics.lineSpacing();
    double y = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(rect.width());
        if (y > 0 && y + height > rect.height() + 0.5)
            break;
        const bool isLast = y + 2 * height > rect.height() + 0.5 && line.textStart() + line.textLength() < flow.size();
        if (painter && isLast) {
            painter->setFont(font);
            painter->drawText(QRectF(rect.left(), rect.top() + y, rect.width(), height), align | Qt::AlignVCenter,
                metrics.elidedText(flow.mid(line.textStart()).replace(QChar::LineSeparator, u' '), Qt::ElideRight, rect.width()));
        } else if (painter) {
            line.draw(painter, QPointF(rect.left(), rect.top() + y));
        }
        y += height;
        if (isLast)
            break;
    }
    layout.endLayout();
    return y;
}

} // namespace triptych
