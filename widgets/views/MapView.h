#pragma once

#include "widgets/View.h"
#include "widgets/views/MapColoring.h"
#include "widgets/views/MapProjection.h"

#include <QHash>
#include <QSet>

class QLabel;
class QTimer;

namespace triptych {

class MapBar;
class MapCard;
class Thumbnails;

/// The embedding space as a map: every sample of every modality under the current model, laid out
/// by a projection that runs live.
class MapView : public View {
    Q_OBJECT
public:
    explicit MapView(Session& session);
    ~MapView() override;

    QString id() const override { return QStringLiteral("map"); }
    QString title() const override;
    QJsonObject state() const override;
    void setState(const QJsonObject& state) override;
    void paintFigure(QPainter& painter, const QRectF& area, bool dark) const override;
    QSizeF figureSize() const override { return { 900, 640 }; }
    ValuePtr data() const override;
    QString commandLine() const override;
    bool isSettled() const override;

    ScatterPlot& plot() { return *m_plot; }
    MapBar& bar() { return *m_bar; }
    const MapProjection& projection() const { return *m_projection; }
    /// The line under the map: method, points, epochs, seed, quality.
    QString caption() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void connectSession();
    void connectBar();
    void connectPlot();
    void takeEmbeddings();
    void applyMethod();
    void movePoints(bool anew);
    void recolor();
    void showModalities();
    void showPairs();
    void showPictures();
    QImage pictureOf(int point);
    void showSelection();
    void showSearch();
    void showArrivals();
    void forgetArrivals();
    void updateCaption();
    void updateEmptyText();
    bool isHidden(size_t row) const;
    std::vector<ScatterPlot::Pair> pairsOf(const QStringList& ids) const;
    QStringList idsOf(const std::vector<int>& points) const;

    MapBar* m_bar;
    ScatterPlot* m_plot;
    QLabel* m_caption;
    MapCard* m_card;
    MapProjection* m_projection;
    QHash<QString, std::vector<int>> m_pointsOf;   // sample id → rows
    QSet<QString> m_arrivals;                      // samples added to a map that was there
    std::vector<int> m_matches;
    Thumbnails* m_thumbnails;
    QSet<QString> m_wantedPictures;                // asked for when the map is painted
    QTimer* m_pictureTimer;
    QRectF m_wantedViewport;                       // of a saved state
    bool m_viewportTouched = false;                // by the person: then nothing moves it
    bool m_fitting = false;
};

} // namespace triptych
