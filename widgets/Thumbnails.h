#pragma once

#include "core/session/Session.h"

#include <QCache>
#include <QHash>
#include <QImage>
#include <QObject>
#include <QSet>
#include <vector>

namespace triptych {

/// uint8 [h,w,3|4] as a picture; a null image when the array is none.
QImage toImage(const Array& picture);
/// uint8 [T,h,w,3] as pictures (array "frames" of media.frames); none when the array is no such thing.
std::vector<QImage> toImages(const Array& frames);

/// Small pictures of samples, decoded on the decode pool and kept. One per window; GUI thread.
class Thumbnails : public QObject {
    Q_OBJECT
public:
    explicit Thumbnails(Session& session, int side = 128, QObject* parent = nullptr);

    /// The picture when it is there; else null, and `ready` follows when the sample has one.
    QImage get(const QString& sampleId);

    /// The picture when it is there; asks for nothing.
    QImage known(const QString& sampleId) const;

Q_SIGNALS:
    void ready(const QString& sampleId);

private:
    void receive(const QString& key, const ValuePtr& value);

    Session& m_session;
    int m_side;
    QCache<QString, QImage> m_images;
    QHash<QString, QString> m_waiting; // recipe key → sample id
    QSet<QString> m_without;           // samples that have no picture, or none that can be read
};

} // namespace triptych
