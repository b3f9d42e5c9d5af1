#include "widgets/Thumbnails.h"

namespace triptych {

QImage toImage(const Array& picture)
{
    if (picture.type != ArrayType::UInt8 || picture.shape.size() != 3)
        return {};
    const int height = int(picture.shape[0]);
    const int width = int(picture.shape[1]);
    const int channels = int(picture.shape[2]);
    if (channels != 3 && channels != 4)
        return {};
    const auto format = channels == 4 ? QImage::Format_RGBA8888 : QImage::Format_RGB888;
    const QImage view(picture.octets().data(), width, height, qsizetype(width) * channels, format);
    return view.copy(); // the array may go before the image
}

std::vector<QImage> toImages(const Array& frames)
{
    std::vector<QImage> images;
    if (frames.type != ArrayType::UInt8 || frames.shape.size() != 4 || frames.shape[3] != 3)
        return images;
    const int height = int(frames.shape[1]);
    const int width = int(frames.shape[2]);
    const qsizetype size = qsizetype(height) * width * 3;
    for (qint64 i = 0; i < frames.shape[0]; ++i) {
        const uchar* from = frames.octets().data() + i * size;
        images.push_back(QImage(from, width, height, qsizetype(width) * 3, QImage::Format_RGB888).copy());
    }
    return images;
}

Thumbnails::Thumbnails(Session& session, int side, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_side(side)
    , m_images(64 * 1024) // kilobytes
{
    connect(&session, &Session::valueReady, this, &Thumbnails::receive);
    connect(&session, &Session::valueFailed, this, [this](const QString& key) {
        if (const QString id = m_waiting.take(key); !id.isEmpty())
            m_without.insert(id);
    });
    connect(&session, &Session::opened, this, [this] {
        m_images.clear();
        m_waiting.clear();
        m_without.clear();
    });
}

QImage Thumbnails::get(const QString& sampleId)
{
    if (const QImage* image = m_images.object(sampleId))
        return *image;
    const Sample* sample = m_session.sample(sampleId);
    if (!sample || m_without.contains(sampleId))
        return {};
    const bool picture = sample->has(Modality::Image);
    if (!picture && !sample->has(Modality::Video)) {
        m_without.insert(sampleId);
        return {};
    }
    const Recipe recipe = m_session.recipeFor(QStringLiteral("media.thumbnail"), sampleId,
        { { QStringLiteral("size"), m_side },
            { QStringLiteral("modality"), modalityName(picture ? Modality::Image : Modality::Video) } });
    const QString key = recipe.key();
    if (!m_waiting.contains(key)) {
        m_waiting.insert(key, sampleId);
        m_session.request(recipe, sampleId, tr("Thumbnail"));
    }
    return {};
}

QImage Thumbnails::known(const QString& sampleId) const
{
    const QImage* image = m_images.object(sampleId);
    return image ? *image : QImage();
}

void Thumbnails::receive(const QString& key, const ValuePtr& value)
{
    const QString id = m_waiting.take(key);
    if (id.isEmpty())
        return;
    auto* image = new QImage(toImage(value->array(QStringLiteral("picture"))));
    m_images.insert(id, image, qMax<qsizetype>(1, image->sizeInBytes() / 1024));
    Q_EMIT ready(id);
}

} // namespace triptych
