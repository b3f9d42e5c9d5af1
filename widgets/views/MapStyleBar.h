#pragma once

#include "widgets/views/AttentionCanvas.h"

#include <QJsonObject>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QSlider;

namespace triptych {

/// Opacity, colours, range and smoothing of maps. Changes how they are drawn, never what they are.
class MapStyleBar : public QWidget {
    Q_OBJECT
public:
    enum class RangeMode { Own, Shared, Fixed };

    explicit MapStyleBar(QWidget* parent = nullptr);

    /// The style, with the range only when it is fixed.
    MapStyle style() const;
    RangeMode rangeMode() const;
    /// Whether there are two maps that could share a range.
    void setComparing(bool comparing);
    /// What the fixed range starts from.
    void suggestRange(const Range& range);
    void setColors(const QString& map); ///< an id of ColorMap
    QSlider* opacity() const { return m_opacity; }

    QJsonObject state() const;
    void setState(const QJsonObject& state);

Q_SIGNALS:
    void changed();

private:
    QSlider* m_opacity;
    QComboBox* m_colors;
    QComboBox* m_range;
    QDoubleSpinBox* m_low;
    QDoubleSpinBox* m_high;
    QCheckBox* m_smooth;
};

} // namespace triptych
