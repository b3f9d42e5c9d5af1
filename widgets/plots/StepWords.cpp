#include "widgets/plots/Plot.h"
#include "widgets/plots/StepContent.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(StepContent)
};

/// Words or pieces in reading order, each on the colour of its number; or one text.
class WordContent final : public StepContent {
public:
    explicit WordContent(const StepData& step)
        : m_step(step)
        , m_map(colorMap(step))
    {
        m_hasValues = !step.labels.isEmpty() && step.array.count() == step.labels.size() && step.array.type == ArrayType::Float32
            && !step.array.bytes.isEmpty();
        if (m_hasValues)
            m_range = rangeOf(step, step.array.floats());
    }

    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override
    {
        if (m_step.kind == "text"_L1) {
            QFont font = painter.font();
            font.setPixelSize(int(std::lround(font.pixelSize() * (m_step.text.size() < 80 ? 1.3 : 1.1))));
            painter.setPen(colors.text);
            const double height = drawParagraph(nullptr, area, m_step.text, font);
            drawParagraph(&painter, area.adjusted(0, std::max(0.0, (area.height() - height) / 2.5), 0, 0), m_step.text, font);
            return;
        }
        const QRectF room = m_hasValues ? besideColorBar(&painter, area, painter.font(), m_map, m_range, colors) : area;
        const QFontMetricsF metrics(painter.font());
        const std::vector<QRectF> chips = chipsIn(room, painter.font());
        for (size_t i = 0; i < chips.size(); ++i) {
            const QColor ground = m_hasValues ? QColor::fromRgb(m_map.at(m_range.place(double(m_step.array.floats()[i])))) : colors.ground;
            painter.setPen(QPen(colors.border, 1));
            painter.setBrush(ground);
            painter.drawRoundedRect(chips[i], 4, 4);
            painter.setPen(!m_hasValues ? colors.text : qGray(ground.rgb()) > 130 ? QColor(0x101418) : QColor(0xffffff));
            painter.drawText(chips[i], Qt::AlignCenter, metrics.elidedText(shown(int(i)), Qt::ElideRight, chips[i].width() - 4));
        }
        if (chips.size() < size_t(m_step.labels.size())) {
            painter.setPen(colors.muted);
            painter.drawText(QRectF(room.left(), room.bottom() - metrics.height(), room.width(), metrics.height()), Qt::AlignCenter,
                Tr::tr("the first %1 of %2").arg(chips.size()).arg(m_step.labels.size()));
        }
    }

    QString readout(const QPointF& position, const QRectF& area, const QFont& font) const override
    {
        if (m_step.kind == "text"_L1)
            return {};
        const QRectF room = m_hasValues ? besideColorBar(nullptr, area, font, m_map, m_range, {}) : area;
        const std::vector<QRectF> chips = chipsIn(room, font);
        for (size_t i = 0; i < chips.size(); ++i)
            if (chips[i].contains(position))
                return Tr::tr("%1: \"%2\"", "place in the text, token").arg(i + 1).arg(m_step.labels[qsizetype(i)])
                    + (m_hasValues ? u"  "_s + shortNumber(double(m_step.array.floats()[i])) : QString());
        return {};
    }

    double aspect() const override { return 1.6; }

private:
    /// Spaces and line ends are seen as marks.
    QString shown(int index) const
    {
        QString word = m_step.labels[index];
        return word.replace(u' ', u'␣').replace(u'\n', u'↵');
    }

    std::vector<QRectF> chipsIn(const QRectF& area, const QFont& font) const
    {
        const QFontMetricsF metrics(font);
        const double height = metrics.height() + 6;
        std::vector<QRectF> chips;
        double x = area.left();
        double y = area.top() + 1;
        for (int i = 0; i < m_step.labels.size(); ++i) {
            const double width = std::min(metrics.horizontalAdvance(shown(i)) + 10, area.width());
            if (x + width > area.right() && x > area.left()) {
                x = area.left();
                y += height + 4;
            }
            const bool isLastLine = y + 2 * height + 4 > area.bottom();
            if (y + height > area.bottom() || (isLastLine && y + height + metrics.height() > area.bottom() && !chips.empty()))
                break;
            chips.emplace_back(x, y, width, height);
            x += width + 4;
        }
        return chips;
    }

    StepData m_step;
    ColorMap m_map;
    Range m_range;
    bool m_hasValues = false;
};

} // namespace

std::unique_ptr<StepContent> makeWordContent(const StepData& step)
{
    return std::make_unique<WordContent>(step);
}

} // namespace triptych
