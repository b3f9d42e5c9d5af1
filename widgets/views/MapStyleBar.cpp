#include "widgets/views/MapStyleBar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSettings>
#include <QSlider>
#include <QStandardItemModel>

namespace triptych {

namespace {

QIcon swatch(const ColorMap& map)
{
    QPixmap pixmap(48, 12);
    QPainter painter(&pixmap);
    for (int x = 0; x < pixmap.width(); ++x)
        painter.fillRect(
            x, 0, 1, pixmap.height(), QColor::fromRgb(map.at(x / double(pixmap.width() - 1))));
    return QIcon(pixmap);
}

/// What a person prefers for maps whose colours were not chosen yet.
QString preferredColors()
{
    return QSettings().value(QStringLiteral("colorMap")).toString();
}

QDoubleSpinBox* bound(const QString& name)
{
    auto* spin = new QDoubleSpinBox;
    spin->setRange(-1000, 1000);
    spin->setDecimals(4);
    spin->setSingleStep(0.01);
    spin->setButtonSymbols(QAbstractSpinBox::NoButtons);
    spin->setFixedWidth(76);
    spin->setAccessibleName(name);
    spin->setToolTip(name);
    spin->hide();
    return spin;
}

}

MapStyleBar::MapStyleBar(QWidget* parent)
    : QWidget(parent)
    , m_opacity(new QSlider(Qt::Horizontal))
    , m_colors(new QComboBox)
    , m_range(new QComboBox)
    , m_low(bound(tr("Lowest value")))
    , m_high(bound(tr("Highest value")))
    , m_smooth(new QCheckBox(tr("S&mooth")))
{
    m_high->setValue(1);
    m_opacity->setRange(0, 100);
    m_opacity->setValue(60);
    m_opacity->setFixedWidth(110);
    m_opacity->setAccessibleName(tr("Opacity"));
    m_colors->setIconSize({48, 12});
    m_colors->setAccessibleName(tr("Colour map"));
    for (const QString& id : ColorMap::ids())
        m_colors->addItem(swatch(ColorMap(id)), ColorMap::title(id), id);
    setColors(preferredColors());
    m_range->setAccessibleName(tr("Range of the colours"));
    m_range->addItem(tr("each map's own"), int(RangeMode::Own));
    m_range->addItem(tr("shared by both"), int(RangeMode::Shared));
    m_range->addItem(tr("fixed"), int(RangeMode::Fixed));
    m_smooth->setToolTip(
        tr("Interpolates between cells. The numbers stay one a cell: this only looks softer."));

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    const auto labelled = [layout](const QString& text, QWidget* widget) {
        auto* label = new QLabel(text);
        label->setBuddy(widget);
        layout->addWidget(label);
        layout->addWidget(widget);
    };
    labelled(tr("&Opacity"), m_opacity);
    layout->addSpacing(10);
    labelled(tr("&Colours"), m_colors);
    layout->addSpacing(10);
    labelled(tr("&Range"), m_range);
    layout->addWidget(m_low);
    layout->addWidget(m_high);
    layout->addSpacing(10);
    layout->addWidget(m_smooth);
    layout->addStretch();

    connect(m_opacity, &QSlider::valueChanged, this, &MapStyleBar::changed);
    connect(m_colors, &QComboBox::currentIndexChanged, this, &MapStyleBar::changed);
    connect(m_range, &QComboBox::currentIndexChanged, this, [this] {
        const bool fixed = rangeMode() == RangeMode::Fixed;
        m_low->setVisible(fixed);
        m_high->setVisible(fixed);
        Q_EMIT changed();
    });
    connect(m_low, &QDoubleSpinBox::valueChanged, this, &MapStyleBar::changed);
    connect(m_high, &QDoubleSpinBox::valueChanged, this, &MapStyleBar::changed);
    connect(m_smooth, &QCheckBox::toggled, this, &MapStyleBar::changed);
    setComparing(false);
}

MapStyle MapStyleBar::style() const
{
    MapStyle style;
    style.opacity = m_opacity->value() / 100.0;
    style.colors = m_colors->currentData().toString();
    style.smooth = m_smooth->isChecked();
    if (rangeMode() == RangeMode::Fixed && m_low->value() < m_high->value())
        style.range = Range {m_low->value(), m_high->value()};
    return style;
}

MapStyleBar::RangeMode MapStyleBar::rangeMode() const
{
    return RangeMode(m_range->currentData().toInt());
}

void MapStyleBar::setComparing(bool comparing)
{
    auto* items = qobject_cast<QStandardItemModel*>(m_range->model());
    items->item(int(RangeMode::Shared))->setEnabled(comparing);
    if (!comparing && rangeMode() == RangeMode::Shared)
        m_range->setCurrentIndex(int(RangeMode::Own));
}

void MapStyleBar::suggestRange(const Range& range)
{
    if (rangeMode() == RangeMode::Fixed)
        return; // a person's numbers stay
    const QSignalBlocker low(m_low);
    const QSignalBlocker high(m_high);
    m_low->setValue(range.low);
    m_high->setValue(range.high);
}

void MapStyleBar::setColors(const QString& map)
{
    m_colors->setCurrentIndex(qMax(0, m_colors->findData(map)));
}

QJsonObject MapStyleBar::state() const
{
    QJsonObject state {{QStringLiteral("opacity"), m_opacity->value()},
        {QStringLiteral("colors"), m_colors->currentData().toString()},
        {QStringLiteral("range"), m_range->currentIndex()},
        {QStringLiteral("smooth"), m_smooth->isChecked()}};
    if (rangeMode() == RangeMode::Fixed) {
        state[QStringLiteral("low")] = m_low->value();
        state[QStringLiteral("high")] = m_high->value();
    }
    return state;
}

void MapStyleBar::setState(const QJsonObject& state)
{
    m_opacity->setValue(state.value(QLatin1String("opacity")).toInt(60));
    const QString colors = state.value(QLatin1String("colors")).toString();
    setColors(colors.isEmpty() ? preferredColors() : colors);
    m_low->setValue(state.value(QLatin1String("low")).toDouble(0));
    m_high->setValue(state.value(QLatin1String("high")).toDouble(1));
    m_range->setCurrentIndex(
        qBound(0, state.value(QLatin1String("range")).toInt(0), m_range->count() - 1));
    m_smooth->setChecked(state.value(QLatin1String("smooth")).toBool(false));
}

} // namespace triptych
