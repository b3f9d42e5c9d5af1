#include "core/engine/media/Emoji.h"

#include "core/engine/media/SourceBytes.h"
#include "core/engine/media/Translate.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>

#include <QStringList>
#include <memory>
#include <vector>

namespace triptych {

namespace {

QString fontPath()
{
    return QStringLiteral("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf");
}

template <auto Free> struct Deleter {
    template <class T> void operator()(T* object) const { Free(object); }
};
using Library = std::unique_ptr<FT_LibraryRec_, Deleter<FT_Done_FreeType>>;
using Face = std::unique_ptr<FT_FaceRec_, Deleter<FT_Done_Face>>;
using HbBlob = std::unique_ptr<hb_blob_t, Deleter<hb_blob_destroy>>;
using HbFace = std::unique_ptr<hb_face_t, Deleter<hb_face_destroy>>;
using HbFont = std::unique_ptr<hb_font_t, Deleter<hb_font_destroy>>;
using HbBuffer = std::unique_ptr<hb_buffer_t, Deleter<hb_buffer_destroy>>;

std::vector<uint32_t> codePoints(const Source& source)
{
    std::vector<uint32_t> points;
    for (const QString& part : source.path.mid(6).split(QLatin1Char('-'))) {
        bool ok = false;
        const uint32_t point = part.toUInt(&ok, 16);
        if (!ok || point == 0 || point > 0x10FFFF)
            throw mediaError(source,
                translate("media", "“%1” is no code point; write them as emoji:1f468-200d-1f469")
                    .arg(part));
        points.push_back(point);
    }
    return points;
}

/// The one glyph the sequence becomes, 0 when the font has none.
uint32_t shaped(const QByteArray& font, const std::vector<uint32_t>& points)
{
    const HbBlob blob(hb_blob_create(
        font.constData(), unsigned(font.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
    const HbFace face(hb_face_create(blob.get(), 0));
    const HbFont shaper(hb_font_create(face.get()));
    const HbBuffer buffer(hb_buffer_create());
    hb_buffer_add_utf32(buffer.get(), points.data(), int(points.size()), 0, int(points.size()));
    hb_buffer_set_flags(buffer.get(), HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_buffer_set_direction(buffer.get(), HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer.get(), HB_SCRIPT_COMMON);
    hb_shape(shaper.get(), buffer.get(), nullptr, 0);
    unsigned count = 0;
    const hb_glyph_info_t* glyphs = hb_buffer_get_glyph_infos(buffer.get(), &count);
    return count == 1 ? glyphs[0].codepoint : 0;
}

/// FreeType hands out colours multiplied by alpha.
QByteArray straight(const FT_Bitmap& bitmap)
{
    QByteArray out;
    out.reserve(qsizetype(bitmap.width) * qsizetype(bitmap.rows) * 4);
    for (unsigned y = 0; y < bitmap.rows; ++y) {
        const uchar* p = bitmap.buffer + qsizetype(y) * bitmap.pitch;
        for (unsigned x = 0; x < bitmap.width; ++x, p += 4) {
            const unsigned alpha = p[3];
            for (int c = 0; c < 3; ++c)
                out.append(char(alpha == 0 ? 0 : qMin(255U, (p[c] * 255U + alpha / 2) / alpha)));
            out.append(char(alpha));
        }
    }
    return out;
}

} // namespace

Glyph drawEmoji(const Source& source)
{
    const std::vector<uint32_t> points = codePoints(source);
    Source font;
    font.path = fontPath();
    std::unique_ptr<SourceBytes> file;
    try {
        file = std::make_unique<SourceBytes>(font, 256'000'000);
    } catch (const Error&) {
        throw mediaError(source,
            translate(
                "media", "the font %1 cannot be read; install the package fonts-noto-color-emoji")
                .arg(font.path));
    }
    const uint32_t glyph = shaped(file->bytes(), points);
    if (glyph == 0)
        throw mediaError(source,
            translate("media",
                "Noto Color Emoji has no single picture for this sequence; check its code points"));

    FT_Library rawLibrary = nullptr;
    if (FT_Init_FreeType(&rawLibrary) != 0)
        throw mediaError(
            source, translate("media", "FreeType does not start; install libfreetype6 again"));
    const Library library(rawLibrary);
    FT_Face rawFace = nullptr;
    if (FT_New_Memory_Face(library.get(),
            reinterpret_cast<const FT_Byte*>(file->bytes().constData()),
            FT_Long(file->bytes().size()), 0, &rawFace)
        != 0)
        throw mediaError(source,
            translate("media", "%1 is damaged; install fonts-noto-color-emoji again")
                .arg(font.path));
    const Face face(rawFace);
    if (FT_Select_Size(face.get(), 0) != 0 || FT_Load_Glyph(face.get(), glyph, FT_LOAD_COLOR) != 0
        || face->glyph->bitmap.pixel_mode != FT_PIXEL_MODE_BGRA)
        throw mediaError(source,
            translate(
                "media", "%1 has no colour bitmaps; install the package fonts-noto-color-emoji")
                .arg(font.path));
    const FT_Bitmap& bitmap = face->glyph->bitmap;
    return {int(bitmap.width), int(bitmap.rows), straight(bitmap)};
}

} // namespace triptych
