#include "widgets/views/AttentionCanvas.h"

#include "widgets/Thumbnails.h"
#include "widgets/plots/ColorBar.h"
#include "widgets/plots/HeatmapWidget.h"
#include "widgets/plots/TimePlots.h"
#include "widgets/plots/TokenStrip.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QStackedWidget>
#include <limits>

namespace triptych {

namespace {

constexpr double kBarWidth = 98; // the bar with ticks such as 0.004583 and its caption

std::vector<float> floatsOf(const Value& value, const QString& name)
{
    const Array array = value.array(name).toFloat();
    const auto values = array.floats();
    return {values.begin(), values.end()};
}

}

AttentionCanvas::AttentionCanvas(QWidget* parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget)
    , m_heatmap(new HeatmapWidget)
    , m_spectrogram(new SpectrogramPlot)
    , m_tokens(new TokenStrip)
    , m_message(new QLabel)
    , m_bar(new ColorBar(Qt::Vertical))
{
    m_heatmap->setAccessibleName(tr("Attention over the picture"));
    m_spectrogram->setAccessibleName(tr("Attention over the spectrogram"));
    m_tokens->setAccessibleName(tr("Attention over the text"));
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setMargin(24);
    m_message->setForegroundRole(QPalette::PlaceholderText);
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_tokens);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    for (QWidget* page :
        std::initializer_list<QWidget*> {m_heatmap, m_spectrogram, scroll, m_message})
        m_stack->addWidget(page);
    m_bar->setFixedWidth(int(kBarWidth));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_bar);
    connectPlots();
}

void AttentionCanvas::connectPlots()
{
    connect(m_heatmap, &HeatmapWidget::cellClicked, this,
        [this](QPoint cell) { Q_EMIT cellClicked(cell.y() * m_heatmap->columns() + cell.x()); });
    connect(m_tokens, &TokenStrip::tokenClicked, this, &AttentionCanvas::cellClicked);
    connect(m_spectrogram, &SpectrogramPlot::clicked, this, &AttentionCanvas::timeClicked);
}

void AttentionCanvas::setModality(Modality modality)
{
    m_modality = modality;
    setMap({});
}

void AttentionCanvas::setPicture(const QImage& picture)
{
    m_picture = picture;
    m_heatmap->setPicture(asRead(m_picture, m_info.value(QLatin1String("region")).toArray()));
}

QImage AttentionCanvas::asRead(const QImage& picture, const QJsonArray& region)
{
    if (picture.isNull() || region.size() != 4)
        return picture;
    const double left = region[0].toDouble() * picture.width();
    const double top = region[1].toDouble() * picture.height();
    const QSize size(qRound(region[2].toDouble() * picture.width()), qRound(region[3].toDouble() * picture.height()));
    if (size.isEmpty() || size == picture.size())
        return picture;
    QImage read(size, QImage::Format_ARGB32_Premultiplied);
    read.fill(Qt::transparent);
    QPainter painter(&read);
    painter.drawImage(QPointF(-left, -top), picture);
    return read;
}

void AttentionCanvas::setSound(const ValuePtr& sound)
{
    if (!sound) {
        m_spectrogram->setSpectrogram({}, 0, 0, {}, 0);
        return;
    }
    const Array& picture = sound->array(QStringLiteral("spectrogram"));
    std::vector<float> hz;
    for (const QJsonValue& value : sound->info.value(QLatin1String("mel_hz")).toArray())
        hz.push_back(float(value.toDouble()));
    if (sound->has(QStringLiteral("mel_hz")))
        hz = floatsOf(*sound, QStringLiteral("mel_hz"));
    m_spectrogram->setSpectrogram(floatsOf(*sound, QStringLiteral("spectrogram")),
        int(picture.shape.value(0)), int(picture.shape.value(1)), std::move(hz),
        sound->info.value(QLatin1String("hop_seconds")).toDouble());
}

void AttentionCanvas::setMap(const MapSlice& map, const QJsonObject& info)
{
    const QJsonValue before = m_info.value(QLatin1String("region"));
    m_map = map;
    m_info = info;
    if (m_info.value(QLatin1String("region")) != before)
        setPicture(m_picture);
    refresh();
}

void AttentionCanvas::setStyle(const MapStyle& style)
{
    m_style = style;
    refresh();
}

void AttentionCanvas::setMarked(int cell)
{
    m_marked = cell;
    refresh();
}

void AttentionCanvas::setPosition(std::optional<double> seconds)
{
    m_spectrogram->setPosition(seconds);
}

void AttentionCanvas::setMessage(const QString& message)
{
    m_message->setText(message);
    refresh();
}

QString AttentionCanvas::message() const
{
    return m_message->text();
}

void AttentionCanvas::setValueCaption(const QString& caption)
{
    m_bar->setCaption(caption);
}

Range AttentionCanvas::range() const
{
    if (m_style.range)
        return *m_style.range;
    if (m_modality == Modality::Text)
        return m_tokens->range();
    return Range::of(m_map.values);
}

void AttentionCanvas::refresh()
{
    const ColorMap colors(m_style.colors);
    const int page = !m_message->text().isEmpty() ? 3
        : m_modality == Modality::Text            ? 2
        : m_modality == Modality::Audio           ? 1
                                                  : 0;
    m_stack->setCurrentIndex(page);
    std::optional<QPoint> marked;
    if (m_marked >= 0 && m_map.cols > 0)
        marked = QPoint(m_marked % m_map.cols, m_marked / m_map.cols);

    if (m_modality == Modality::Text) {
        refreshText();
    } else if (m_modality == Modality::Audio) {
        m_spectrogram->setOverlay(m_map.values, m_map.rows, m_map.cols,
            m_info.value(QLatin1String("seconds")).toDouble(), m_info.value(QLatin1String("start")).toDouble());
        m_spectrogram->setColorMap(colors);
        m_spectrogram->setRange(m_style.range);
        m_spectrogram->setOpacity(m_style.opacity);
        m_spectrogram->setSmooth(m_style.smooth);
        m_spectrogram->setMarked(marked);
    } else {
        m_heatmap->setGrid(m_map.values, m_map.rows, m_map.cols);
        m_heatmap->setColorMap(colors);
        m_heatmap->setRange(m_style.range);
        m_heatmap->setOpacity(m_style.opacity);
        m_heatmap->setSmooth(m_style.smooth);
        m_heatmap->setMarked(marked);
    }
    m_bar->setColorMap(colors);
    m_bar->setRange(range());
    m_bar->setVisible(page != 3 && !m_map.isEmpty());
}

void AttentionCanvas::refreshText()
{
    const QJsonArray tokens = m_info.value(QLatin1String("tokens")).toArray();
    const QJsonArray special = m_info.value(QLatin1String("special")).toArray();
    QStringList texts;
    std::vector<float> weights = m_map.values;
    for (int i = 0; i < tokens.size(); ++i) {
        const QString token = tokens[i].toString();
        texts << attention::readableToken(token);
        // Start and end take most of the attention and mean nothing: without a colour, the words
        // share the range.
        const bool muted = attention::isSpecialToken(token) || special.contains(i);
        if (muted && size_t(i) < weights.size())
            weights[size_t(i)] = std::numeric_limits<float>::quiet_NaN();
    }
    m_tokens->setTokens(texts, weights);
    m_tokens->setColorMap(ColorMap(m_style.colors));
    m_tokens->setRange(m_style.range);
    m_tokens->setOpacity(m_style.opacity);
    m_tokens->setMarked(m_marked);
}

void AttentionCanvas::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    if (!m_message->text().isEmpty()) {
        painter.setPen(colors.muted);
        painter.drawText(
            area.adjusted(24, 0, -24, 0), Qt::AlignCenter | Qt::TextWordWrap, m_message->text());
        return;
    }
    QRectF plot = area.adjusted(0, 0, -kBarWidth - 8, 0);
    const Plot* drawn = m_heatmap;
    if (m_modality == Modality::Text) {
        drawn = m_tokens;
        plot.setHeight(
            std::min(plot.height(), double(m_tokens->heightForWidth(int(plot.width())))));
    } else if (m_modality == Modality::Audio) {
        drawn = m_spectrogram;
    }
    drawn->paint(painter, plot, colors);
    if (m_map.isEmpty())
        return;
    QRectF bar(plot.right() + 8, area.top(), kBarWidth, area.height());
    if (drawn == m_heatmap) { // as tall as the picture, and beside it
        const QRectF picture = m_heatmap->pictureRect(plot);
        bar = QRectF(picture.right() + 12, picture.top(), kBarWidth, picture.height());
    }
    m_bar->paint(painter, bar, colors);
}

} // namespace triptych
