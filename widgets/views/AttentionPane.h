#pragma once

#include "core/session/Session.h"
#include "widgets/views/AttentionCanvas.h"

#include <QJsonObject>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QTimer;

namespace triptych {

/// What a panel of the attention view is about.
struct AttentionSubject {
    QString sampleId;
    Modality modality = Modality::Image;
    ValuePtr maps; ///< attend.maps of it, null until it is there
    QString waiting; ///< why there are no maps: a sentence
    int layer = 0;
    int head = -1; ///< -1 = mean
    int query = -1; ///< token index, -1 = where the embedding is read
    int frame = 0; ///< of a video
    bool attends = true; ///< false: a convolutional tower, which Grad-CAM alone looks into
};

/// One panel: a method, its target, the map it gives, and a caption that says what it is and is
/// not. Asks the session for the other methods' values; the raw one is drawn from the maps.
class AttentionPane : public QWidget {
    Q_OBJECT
public:
    explicit AttentionPane(Session& session, QWidget* parent = nullptr);

    void setSubject(const AttentionSubject& subject);
    void setStyle(const MapStyle& style);
    /// So that the maps of two panels stand at the same height.
    int captionHeight() const; ///< that the caption needs at this width
    void setCaptionHeight(int height);
    AttentionCanvas* canvas() const { return m_canvas; }

    QString method() const; ///< id, "attend.raw" …
    void setMethod(const QString& id);
    bool usesLayer() const;
    bool usesHead() const;
    bool isSettled() const { return m_waitingFor.isEmpty(); }

    QJsonObject state() const;
    void setState(const QJsonObject& state);
    /// Map, bar and, in the lowest `caption` pixels, the caption.
    void paint(
        QPainter& painter, const QRectF& area, const ThemeColors& colors, double caption) const;
    double figureCaptionHeight(QPainter& painter, double width) const;
    ValuePtr data() const; ///< array "map" and what it is; null without one
    QString commandLine() const;

Q_SIGNALS:
    void methodChanged();
    void mapChanged();
    void stateChanged();

private:
    static constexpr QLatin1String kOwnText {"own"}; ///< the target that is typed

    void fillMethods();
    void fillTargets();
    void refresh(); ///< draws, or asks for what is to be drawn
    void drawRaw();
    void request();
    void draw(const Value& value);
    void showMessage(const QString& message);
    void setCaption(const QString& about, const QJsonObject& info);
    const MethodInfo* info() const;
    bool hasOption(const QString& name) const;
    bool explainsOwnText() const;
    QJsonObject options() const;
    QString levelText() const;

    Session& m_session;
    AttentionSubject m_subject;
    QComboBox* m_method;
    QLabel* m_towards;
    QComboBox* m_target;
    QLineEdit* m_text;
    AttentionCanvas* m_canvas;
    QLabel* m_caption;
    QTimer* m_delay;
    QString m_waitingFor; // key of the recipe that is under way
    QString m_wantedMethod; // from a saved state, until the engine says which there are
    QString m_chosenTarget; // by a person; empty takes the first
    QString m_shownKey; // key of m_value's recipe
    ValuePtr m_value;
};

} // namespace triptych
