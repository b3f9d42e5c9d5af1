#include "widgets/plots/TokenStrip.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr double Pad = 5;    // inside a token, left and right
constexpr double Space = 3;  // between tokens and between lines
constexpr double Margin = 6;

double lineHeight(const QFont& font)
{
    return QFontMetricsF(font).height() + 8;
}

} // namespace

TokenStrip::TokenStrip(QWidget* parent)
    : Plot(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Tokens"));
}

void TokenStrip::setTokens(const QStringList& tokens, std::vector<float> weights)
{
    m_tokens = tokens;
    m_weights = std::move(weights);
    m_weights.resize(m_weights.empty() ? 0 : size_t(tokens.size()), NAN);
    m_valueRange = Range::of(m_weights);
    m_marked = m_marked < count() ? m_marked : -1;
    m_hovered = -1;
    setAccessibleDescription(tokens.join(QLatin1Char(' ')));
    updateGeometry();
    update();
}

void TokenStrip::setColorMap(const ColorMap& map)
{
    m_map = map;
    update();
}

void TokenStrip::setRange(std::optional<Range> range)
{
    m_range = range;
    update();
}

void TokenStrip::setOpacity(double opacity)
{
    m_opacity = std::clamp(opacity, 0.0, 1.0);
    update();
}

void TokenStrip::setMarked(int token)
{
    m_marked = token;
    update();
}

Range TokenStrip::range() const
{
    return m_range.value_or(m_valueRange);
}

std::vector<QRectF> TokenStrip::layoutIn(double width, const QFont& font) const
{
    const QFontMetricsF metrics(font);
    const double height = lineHeight(font);
    std::vector<QRectF> rects;
    rects.reserve(size_t(m_tokens.size()));
    double x = Margin;
    double y = Margin;
    for (const QString& token : m_tokens) {
        const double wide = std::max(14.0, metrics.horizontalAdvance(token) + 2 * Pad);
        if (x > Margin && x + wide > width - Margin) {
            x = Margin;
            y += height + Space;
        }
        rects.emplace_back(x, y, wide, height);
        x += wide + Space;
    }
    return rects;
}

int TokenStrip::heightForWidth(int width) const
{
    const auto rects = layoutIn(width, font());
    const double bottom = rects.empty() ? Margin + lineHeight(font()) : rects.back().bottom();
    return int(std::ceil(bottom + Margin));
}

QSize TokenStrip::sizeHint() const
{
    return { 320, heightForWidth(width() > 60 ? width() : 320) };
}

QSize TokenStrip::minimumSizeHint() const
{
    return { 80, int(lineHeight(font()) + 2 * Margin) };
}

int TokenStrip::tokenAt(const QPointF& position) const
{
    const auto rects = layoutIn(width(), font());
    for (size_t i = 0; i < rects.size(); ++i)
        if (rects[i].contains(position))
            return int(i);
    return -1;
}

QRectF TokenStrip::tokenRect(int token) const
{
    const auto rects = layoutIn(width(), font());
    return token >= 0 && size_t(token) < rects.size() ? rects[size_t(token)] : QRectF();
}

void TokenStrip::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    painter.save();
    painter.translate(area.topLeft());
    painter.setFont(font());
    const auto rects = layoutIn(area.width(), font());
    const Range values = range();
    for (size_t i = 0; i < rects.size(); ++i) {
        QColor ground = colors.panel;
        QColor ink = colors.text;
        if (i < m_weights.size() && !std::isnan(m_weights[i])) {
            QColor heat = QColor::fromRgb(m_map.at(values.place(m_weights[i])));
            const auto blend = [this](int a, int b) { return int(a * m_opacity + b * (1 - m_opacity)); };
            ground = QColor(blend(heat.red(), colors.ground.red()), blend(heat.green(), colors.ground.green()),
                blend(heat.blue(), colors.ground.blue()));
            const double light = 0.299 * ground.red() + 0.587 * ground.green() + 0.114 * ground.blue();
            ink = light > 140 ? QColor(0x111418) : QColor(0xffffff);
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawRoundedRect(rects[i], 3, 3);
        painter.setPen(ink);
        painter.drawText(rects[i], Qt::AlignCenter, m_tokens.at(qsizetype(i)));
        if (int(i) == m_marked)
            drawRing(painter, rects[i].adjusted(1, 1, -1, -1), colors);
    }
    painter.restore();
}

void TokenStrip::paintEvent(QPaintEvent* event)
{
    Plot::paintEvent(event);
    if (m_hovered < 0)
        return;
    QPainter painter(this);
    drawRing(painter, tokenRect(m_hovered), colors(), 1);
}

void TokenStrip::setHovered(int token)
{
    if (token == m_hovered)
        return;
    m_hovered = token;
    update();
    Q_EMIT tokenHovered(token);
}

void TokenStrip::mousePressEvent(QMouseEvent* event)
{
    const int token = tokenAt(event->position());
    if (event->button() == Qt::LeftButton && token >= 0)
        Q_EMIT tokenClicked(token);
    else
        Plot::mousePressEvent(event);
}

void TokenStrip::mouseMoveEvent(QMouseEvent* event)
{
    setHovered(tokenAt(event->position()));
}

void TokenStrip::leaveEvent(QEvent*)
{
    setHovered(-1);
}

void TokenStrip::keyPressEvent(QKeyEvent* event)
{
    const int from = m_hovered >= 0 ? m_hovered : std::max(m_marked, 0);
    if (event->key() == Qt::Key_Left && count() > 0)
        setHovered(std::max(0, from - 1));
    else if (event->key() == Qt::Key_Right && count() > 0)
        setHovered(std::min(count() - 1, from + 1));
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Space) && m_hovered >= 0)
        Q_EMIT tokenClicked(m_hovered);
    else
        Plot::keyPressEvent(event);
}

bool TokenStrip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return Plot::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int token = tokenAt(help->pos());
    if (token >= 0 && size_t(token) < m_weights.size())
        QToolTip::showText(help->globalPos(),
            tr("“%1”: %2").arg(m_tokens.at(token), shortNumber(m_weights[size_t(token)])), this);
    else
        QToolTip::hideText();
    return true;
}

} // namespace triptych
