#include "core/engine/media/ByteOrder.h"
#include "core/engine/media/Media.h"
#include "core/engine/media/SourceBytes.h"
#include "core/engine/media/Translate.h"

#include <QStringDecoder>

namespace triptych {

namespace {

/// Do all bytes above 0x7F stand in pairs (lead in lead…0xFE, then trail…0xFE), most of them with
/// both above 0x7F? So it is in Chinese, Japanese and Korean encodings, hardly ever in Latin ones.
bool isPaired(QByteArrayView bytes, uchar lead, uchar trail)
{
    qsizetype pairs = 0;
    qsizetype high = 0;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const uchar byte = uchar(bytes[i]);
        if (byte < 0x80)
            continue;
        const uchar next = i + 1 < bytes.size() ? uchar(bytes[i + 1]) : 0;
        if (byte < lead || byte > 0xFE || next < trail || next > 0xFE)
            return false;
        ++pairs;
        high += next >= 0x80;
        ++i;
    }
    return 2 * high > pairs;
}

/// The likeliest encoding of bytes that are no UTF-8, for the Error: nothing is decoded by a guess.
QString guessedEncoding(QByteArrayView bytes)
{
    if (isPaired(bytes, 0xA1, 0xA1))
        return QStringLiteral("GB 2312 / EUC");
    if (isPaired(bytes, 0x81, 0x40))
        return QStringLiteral("GBK / GB 18030");
    for (const char byte : bytes)
        if (uchar(byte) >= 0x80 && uchar(byte) <= 0x9F)
            return QStringLiteral("Windows-1252");
    return QStringLiteral("ISO 8859-1");
}

/// Latin text in UTF-16 has a zero in every other byte.
QString utf16Without(QByteArrayView bytes)
{
    qsizetype zeros[2] = {0, 0};
    const qsizetype looked = qMin(bytes.size(), qsizetype(4096));
    for (qsizetype i = 0; i < looked; ++i)
        if (bytes[i] == 0)
            ++zeros[i % 2];
    if (zeros[0] == 0 && zeros[1] > looked / 4)
        return QStringLiteral("UTF-16LE");
    if (zeros[1] == 0 && zeros[0] > looked / 4)
        return QStringLiteral("UTF-16BE");
    return {};
}

QString decoded(const Source& source, QByteArrayView bytes, QStringConverter::Encoding encoding)
{
    QStringDecoder decoder(encoding, QStringConverter::Flag::Stateless);
    const QString text = decoder.decode(bytes);
    if (encoding != QStringConverter::Utf8 && (decoder.hasError() || bytes.size() % 2 != 0))
        throw mediaError(source,
            translate("media", "is marked as %1 but is not, or was cut off; save it as UTF-8")
                .arg(QLatin1String(QStringConverter::nameForEncoding(encoding))));
    if (decoder.hasError())
        throw mediaError(source,
            translate("media", "is no valid UTF-8 text; it looks like %1: save it as UTF-8")
                .arg(guessedEncoding(bytes)));
    return text;
}

} // namespace

QString readText(const Source& source)
{
    if (source.path.isEmpty() && source.bytes.isEmpty())
        return source.text.normalized(QString::NormalizationForm_C);
    const SourceBytes file(source, MediaLimits {}.textBytes);
    QByteArrayView bytes(file.bytes());
    QStringConverter::Encoding encoding = QStringConverter::Utf8;
    if (const auto marked = QStringConverter::encodingForData(bytes)) {
        encoding = *marked;
    } else if (bytes.contains('\0')) {
        const QString wide = utf16Without(bytes);
        throw mediaError(source,
            wide.isEmpty()
                ? translate("media", "holds zero bytes, so it is no text; drop it as what it is")
                : translate("media", "looks like %1 without its mark; save it as UTF-8").arg(wide));
    }
    QString text = decoded(source, bytes, encoding);
    if (text.startsWith(QChar::ByteOrderMark))
        text.remove(0, 1);
    if (text.contains(QChar::Null))
        throw mediaError(source,
            translate("media", "holds zero characters, so it is no text; drop it as what it is"));
    return text.normalized(QString::NormalizationForm_C);
}

} // namespace triptych
