#pragma once

#include <QByteArray>
#include <QString>

namespace triptych {

enum class PictureFormat { Unknown, Png, Jpeg, WebP, Gif, Tiff, Bmp, Svg };

QString pictureFormatName(PictureFormat format);

/// What the first bytes of a picture say, found without decoding it.
struct PictureHeader {
    PictureFormat format = PictureFormat::Unknown;
    qint64 width = 0; ///< as stored, before the orientation; 0 for SVG
    qint64 height = 0;
    int orientation = 1; ///< EXIF 1…8
    bool complete = true; ///< false: the file ends before the picture does
    bool damaged = false; ///< PNG: a checksum is wrong
    bool animated = false; ///< WebP only

    bool turned() const { return orientation >= 5; } ///< width and height change places
};

/// Never throws: an unknown or broken header is `Unknown` or has no size.
PictureHeader readPictureHeader(const QByteArray& bytes);

/// The PNG without its side chunks (profiles, texts, times): nothing that the decoder does not need
/// can complain or blow up. Only for a complete PNG.
QByteArray withoutSideChunks(const QByteArray& png);

} // namespace triptych
