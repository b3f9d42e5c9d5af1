#include "core/engine/media/DrawnPicture.h"

#include "core/engine/media/SourceBytes.h"
#include "core/engine/media/Translate.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QImageReader>
#include <QPainter>
#include <QSvgRenderer>

namespace triptych {

namespace {

void load(QSvgRenderer& renderer, const Source& source, const QByteArray& bytes)
{
    // Qt aborts the program when fonts are asked for without a QGuiApplication.
    if (bytes.contains("<text") && !qobject_cast<QGuiApplication*>(QCoreApplication::instance()))
        throw mediaError(source,
            translate("media", "has texts, which cannot be drawn here; turn them into paths"));
    if (!renderer.load(bytes) || renderer.defaultSize().isEmpty())
        throw mediaError(source,
            translate("media", "is an SVG that cannot be drawn; open and save it in Inkscape"));
}

} // namespace

QSize svgSize(const Source& source, const QByteArray& bytes)
{
    QSvgRenderer renderer;
    load(renderer, source, bytes);
    return renderer.defaultSize();
}

QImage drawSvg(const Source& source, const QByteArray& bytes, int side)
{
    QSvgRenderer renderer;
    load(renderer, source, bytes);
    const QSizeF size = renderer.viewBoxF().isEmpty() ? QSizeF(renderer.defaultSize())
                                                      : renderer.viewBoxF().size();
    const QSize pixels = size.scaled(side, side, Qt::KeepAspectRatio).toSize().expandedTo({1, 1});
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        throw mediaError(source,
            translate("media", "does not fit in memory at %1 pixels; draw it smaller").arg(side));
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF({0, 0}, QSizeF(pixels)));
    painter.end();
    return image.convertToFormat(QImage::Format_ARGB32);
}

QImage readGif(const Source& source, const QByteArray& bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, "gif");
    QImage image = reader.read();
    if (image.isNull())
        throw mediaError(source,
            translate("media", "is a damaged GIF (%1); copy it again or save it as PNG")
                .arg(reader.errorString()));
    return image.convertToFormat(QImage::Format_ARGB32);
}

} // namespace triptych
