#pragma once

#include "core/values/Value.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QSlider;

namespace triptych {

class HeadGrid;

/// Picks layer and head: the grid of all of them, a slider each, and what the chosen one does.
class HeadNavigator : public QWidget {
    Q_OBJECT
public:
    explicit HeadNavigator(QWidget* parent = nullptr);

    /// The value of attend.maps; null disables the sliders.
    void setMaps(const ValuePtr& maps, bool flip);
    /// Layer from 0 (-1 = the last), head from 0 (-1 = mean). Does not tell `changed`.
    void setLevel(int layer, int head);
    void setUses(bool layer, bool head); ///< what the shown methods depend on
    void setQuery(const QString& text); ///< empty: the position the embedding is read from
    int layer() const;
    int head() const;
    HeadGrid* grid() const { return m_grid; }
    QSlider* layerSlider() const { return m_layer; }
    QSlider* headSlider() const { return m_head; }

Q_SIGNALS:
    void changed();
    void queryReset();

private:
    void moved();
    void showLevel();

    HeadGrid* m_grid;
    QSlider* m_layer;
    QSlider* m_head;
    QLabel* m_layerText;
    QLabel* m_headText;
    QLabel* m_stats;
    QLabel* m_query;
    QPushButton* m_reset;
    ValuePtr m_maps;
    int m_wantedLayer = -1;
    int m_wantedHead = -1;
};

} // namespace triptych
