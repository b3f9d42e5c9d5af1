#include "widgets/views/HeadNavigator.h"

#include "widgets/plots/Plot.h"
#include "widgets/views/AttentionData.h"
#include "widgets/views/HeadGrid.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <algorithm>

namespace triptych {

namespace {

QSlider* levelSlider(const QString& name)
{
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setPageStep(1);
    slider->setAccessibleName(name);
    slider->setEnabled(false);
    return slider;
}

}

HeadNavigator::HeadNavigator(QWidget* parent)
    : QWidget(parent)
    , m_grid(new HeadGrid)
    , m_layer(levelSlider(tr("Layer")))
    , m_head(levelSlider(tr("Head")))
    , m_layerText(new QLabel)
    , m_headText(new QLabel)
    , m_stats(new QLabel)
    , m_query(new QLabel)
    , m_reset(new QPushButton(tr("Reset")))
{
    auto* title = new QLabel(tr("Layers (down) × heads (across)"));
    title->setForegroundRole(QPalette::PlaceholderText);
    m_stats->setForegroundRole(QPalette::PlaceholderText);
    m_stats->setWordWrap(true);
    m_query->setWordWrap(true);
    m_reset->setToolTip(tr("Look again from the position the embedding is read from"));
    const int width = m_headText->fontMetrics().horizontalAdvance(tr("mean")) + 12;
    m_layerText->setMinimumWidth(width);
    m_headText->setMinimumWidth(width);

    auto* sliders = new QGridLayout;
    sliders->setHorizontalSpacing(8);
    auto* layerLabel = new QLabel(tr("&Layer"));
    auto* headLabel = new QLabel(tr("&Head"));
    layerLabel->setBuddy(m_layer);
    headLabel->setBuddy(m_head);
    sliders->addWidget(layerLabel, 0, 0);
    sliders->addWidget(m_layer, 0, 1);
    sliders->addWidget(m_layerText, 0, 2);
    sliders->addWidget(headLabel, 1, 0);
    sliders->addWidget(m_head, 1, 1);
    sliders->addWidget(m_headText, 1, 2);
    auto* query = new QHBoxLayout;
    query->addWidget(m_query, 1);
    query->addWidget(m_reset);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addWidget(m_grid);
    layout->addLayout(sliders);
    layout->addWidget(m_stats);
    layout->addLayout(query);
    layout->addStretch(1);

    connect(m_layer, &QSlider::valueChanged, this, &HeadNavigator::moved);
    connect(m_head, &QSlider::valueChanged, this, &HeadNavigator::moved);
    connect(m_reset, &QPushButton::clicked, this, &HeadNavigator::queryReset);
    connect(m_grid, &HeadGrid::picked, this, [this](int layer, int head) {
        setLevel(layer, head);
        Q_EMIT changed();
    });
    setQuery({});
    showLevel();
}

void HeadNavigator::setMaps(const ValuePtr& maps, bool flip)
{
    m_maps = maps;
    m_grid->setMaps(maps, flip);
    if (maps) {
        const QSignalBlocker layer(m_layer);
        const QSignalBlocker head(m_head);
        m_layer->setRange(0, std::max(0, attention::layers(*maps) - 1));
        m_head->setRange(-1, attention::heads(*maps) - 1);
    }
    setLevel(m_wantedLayer, m_wantedHead);
}

void HeadNavigator::setLevel(int layer, int head)
{
    m_wantedLayer = layer;
    m_wantedHead = head;
    if (m_maps) {
        const QSignalBlocker quietLayer(m_layer);
        const QSignalBlocker quietHead(m_head);
        m_layer->setValue(layer < 0 ? m_layer->maximum() : layer);
        m_head->setValue(head);
    }
    showLevel();
}

void HeadNavigator::setUses(bool layer, bool head)
{
    m_layer->setEnabled(m_maps && layer);
    m_head->setEnabled(m_maps && head);
}

void HeadNavigator::setQuery(const QString& text)
{
    m_query->setText(text);
    m_query->setVisible(!text.isEmpty());
    m_reset->setVisible(!text.isEmpty());
}

int HeadNavigator::layer() const
{
    return m_maps ? m_layer->value() : m_wantedLayer;
}

int HeadNavigator::head() const
{
    return m_maps ? m_head->value() : m_wantedHead;
}

void HeadNavigator::moved()
{
    m_wantedLayer = m_layer->value();
    m_wantedHead = m_head->value();
    showLevel();
    Q_EMIT changed();
}

void HeadNavigator::showLevel()
{
    m_grid->setVisible(m_maps != nullptr);
    if (!m_maps) {
        m_layerText->setText(QStringLiteral("–"));
        m_headText->setText(QStringLiteral("–"));
        m_stats->clear();
        return;
    }
    m_grid->setCurrent(layer(), head());
    m_layerText->setText(QString::number(layer() + 1));
    m_headText->setText(head() < 0 ? tr("mean") : QString::number(head() + 1));
    QStringList lines;
    if (m_maps->has(QStringLiteral("entropy")))
        lines << tr("mean entropy %1 nats")
                     .arg(shortNumber(attention::entropy(*m_maps, layer(), head())));
    if (m_maps->has(QStringLiteral("distance")))
        lines << tr("mean attended distance %1 cells")
                     .arg(shortNumber(attention::distance(*m_maps, layer(), head())));
    lines << tr("on special positions %1 %")
                 .arg(shortNumber(100 * attention::specialShare(*m_maps, layer(), head())));
    m_stats->setText(lines.join(u'\n'));
}

} // namespace triptych
