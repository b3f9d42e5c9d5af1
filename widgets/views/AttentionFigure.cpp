// What the attention view keeps and hands out: state, figure, numbers, command line.
#include "widgets/views/AttentionView.h"
#include "widgets/views/AttentionWords.h"

#include "widgets/views/HeadNavigator.h"
#include "widgets/views/MapStyleBar.h"

#include <QPainter>
#include <QToolButton>
#include <algorithm>

namespace triptych {

QJsonObject AttentionView::state() const
{
    return {{QStringLiteral("modality"), modalityName(m_modality)},
        {QStringLiteral("frame"), m_frame}, {QStringLiteral("layer"), m_navigator->layer()},
        {QStringLiteral("head"), m_navigator->head()},
        {QStringLiteral("compare"), m_compare->isChecked()},
        {QStringLiteral("style"), m_style->state()}, {QStringLiteral("first"), m_first->state()},
        {QStringLiteral("second"), m_second->state()},
        {QStringLiteral("words"), m_words->state()}};
}

void AttentionView::setState(const QJsonObject& state)
{
    m_navigator->setLevel(state.value(QLatin1String("layer")).toInt(-1),
        state.value(QLatin1String("head")).toInt(-1));
    m_compare->setChecked(state.value(QLatin1String("compare")).toBool(false));
    m_style->setState(state.value(QLatin1String("style")).toObject());
    m_first->setState(state.value(QLatin1String("first")).toObject());
    m_second->setState(state.value(QLatin1String("second")).toObject());
    m_words->setState(state.value(QLatin1String("words")).toObject());
    if (const auto modality = modalityFromName(state.value(QLatin1String("modality")).toString())) {
        const Sample* sample = session().sample(m_sampleId);
        if (*modality != m_modality && (!sample || sample->has(*modality)))
            setModality(*modality);
    }
    if (const int frame = state.value(QLatin1String("frame")).toInt();
        frame != m_frame && m_modality == Modality::Video && missingReason().isEmpty())
        setFrame(frame);
    showSubject();
}

void AttentionView::paintFigure(QPainter& painter, const QRectF& area, bool dark) const
{
    const ThemeColors colors = themeColors(dark);
    painter.save();
    painter.fillRect(area, colors.ground);
    const QRectF inner = area.adjusted(16, 16, -16, -12);
    painter.setFont(font());
    if (!isComparing()) {
        m_first->paint(
            painter, inner, colors, m_first->figureCaptionHeight(painter, inner.width()));
    } else {
        const double half = (inner.width() - 24) / 2;
        const double caption = std::max(m_first->figureCaptionHeight(painter, half),
            m_second->figureCaptionHeight(painter, half));
        const QSizeF size(half, inner.height());
        m_first->paint(painter, QRectF(inner.topLeft(), size), colors, caption);
        m_second->paint(
            painter, QRectF(QPointF(inner.right() - half, inner.top()), size), colors, caption);
    }
    painter.restore();
}

QSizeF AttentionView::figureSize() const
{
    const double height = m_modality == Modality::Text ? 260
        : m_modality == Modality::Audio                ? 420
                                                       : 640;
    return {isComparing() ? 1240.0 : 720.0, height};
}

ValuePtr AttentionView::data() const
{
    const ValuePtr first = m_first->data();
    const ValuePtr second = isComparing() ? m_second->data() : nullptr;
    if (!first || !second)
        return first;
    auto both = std::make_shared<Value>(*first);
    both->arrays[QStringLiteral("second")] = second->array(QStringLiteral("map"));
    both->info[QStringLiteral("second")] = second->info;
    return both;
}

QString AttentionView::commandLine() const
{
    const QString first = m_first->commandLine();
    const QString second = isComparing() ? m_second->commandLine() : QString();
    return second.isEmpty() ? first : first + u'\n' + second;
}

bool AttentionView::isSettled() const
{
    return m_mapsKey.isEmpty() && m_mediaKey.isEmpty() && m_first->isSettled()
        && (!isComparing() || m_second->isSettled()) && m_words->isSettled();
}

View* makeAttentionView(Session& session)
{
    return new AttentionView(session);
}

} // namespace triptych
