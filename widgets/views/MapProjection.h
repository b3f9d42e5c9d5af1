#pragma once

#include "widgets/views/MapRows.h"

#include <QHash>
#include <QPointF>
#include <QPointer>
#include <QSet>
#include <optional>

namespace triptych {

/// Where the points of a map are: runs a projection live, pauses and resumes it, places what is
/// added later, measures the result. Only asks the session; computes nothing. GUI thread.
class MapProjection : public QObject {
    Q_OBJECT
public:
    enum class State { Empty, Waiting, Running, Paused, Done, Failed };

    explicit MapProjection(Session& session, QObject* parent = nullptr);

    /// Method id and its options; nothing runs until `run` or `setRows`.
    void setMethod(const QString& method, const QJsonObject& options);
    /// All rows there are now. A few new ones are placed on the map that is there; a first or a
    /// much changed set is projected anew. With `preview`, linearly only, since more is coming.
    void setRows(MapRows rows, bool preview);
    void run();      ///< everything anew with the method and options that are set
    void pause();    ///< keeps the epoch that was reached
    void resume();

    State state() const { return m_state; }
    QString error() const { return m_error; }
    int epoch() const { return m_epoch; }
    int epochs() const { return m_epochs; }
    QString method() const { return m_recipe.method; }   ///< what is shown or under way
    const Recipe& recipe() const { return m_recipe; }
    const MapRows& rows() const { return m_all; }
    const std::vector<float>& x() const { return m_x; }  ///< one a row; NaN while unknown
    const std::vector<float>& y() const { return m_y; }
    ValuePtr value() const { return m_value; }           ///< of the projection; null before the first
    ValuePtr quality() const { return m_quality; }
    bool isSettled() const;
    int placedCount() const { return int(m_placed.size()); }

    QJsonObject toJson() const;
    void restore(const QJsonObject& json);   ///< before setRows

Q_SIGNALS:
    void stateChanged();
    /// `anew`: another layout than the one before, so that the old viewport means nothing.
    void moved(bool anew);
    void qualityChanged();

private:
    void start(MapRows base);
    void startLinear();
    void runMethod(const QJsonObject& further, const QString& stateName);
    void place(const std::vector<size_t>& rows);
    void takeReady(const QString& key, const ValuePtr& value);
    void takePartial(const QString& key, const ValuePtr& value);
    void takeFailure(const QString& key, const QString& error);
    void takePlaced(const ValuePtr& value);
    void takeCoords(const ValuePtr& value, bool anew);
    void finish(const ValuePtr& value, bool anew);
    void measure();
    void refreshPoints();
    void placeSimply();
    void drop();
    void setState(State state);
    Inputs baseInputs() const;

    Session& m_session;
    QString m_method = QStringLiteral("project.umap");
    QJsonObject m_options;
    MapRows m_all;
    MapRows m_base;                       // what the projection was made from
    QHash<QString, qsizetype> m_inBase;   // row key → row of m_base
    QHash<QString, QPointF> m_placed;
    QSet<QString> m_later;                // restored: rows that were placed, not projected
    std::optional<Recipe> m_restored;
    Recipe m_recipe;
    QString m_linearKey;
    QString m_placeKey;
    QString m_qualityKey;
    QPointer<Job> m_qualityJob;
    std::vector<MapRow> m_placing;
    bool m_preview = false;
    bool m_pausing = false;
    QPointer<Job> m_job;
    QPointer<Job> m_dropped;
    State m_state = State::Empty;
    QString m_error;
    int m_epoch = 0;
    int m_epochs = 0;
    ValuePtr m_value;
    ValuePtr m_paused;                    // state to resume from
    ValuePtr m_quality;
    std::vector<float> m_x;
    std::vector<float> m_y;
};

} // namespace triptych
