#pragma once

#include "widgets/Thumbnails.h"

#include <QFrame>
#include <QTimer>

class QLabel;

namespace triptych {

/// What a point is: picture, caption, category, modality. Comes 125 ms after the pointer rests
/// on it, beside it and inside the view.
class MapCard : public QFrame {
    Q_OBJECT
public:
    MapCard(Session& session, QWidget* parent);

    /// Shows the card of `id` near `position` (of the parent) after the delay.
    void showLater(const QString& id, Modality modality, const QPointF& position);
    void hideNow();
    QString sampleId() const { return m_id; }

private:
    void fill();
    void place();

    Session& m_session;
    Thumbnails m_thumbnails;
    QTimer m_delay;
    QString m_id;
    Modality m_modality = Modality::Features;
    QPointF m_position;
    QLabel* m_picture;
    QLabel* m_title;
    QLabel* m_facts;
};

} // namespace triptych
