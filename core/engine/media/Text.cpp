#include "core/engine/media/ByteOrder.h"
#include "core/engine/media/Media.h"
#include "core/engine/media/SourceBytes.h"
#include "core/engine/media/Translate.h"

#include <QStringDecoder>

namespace triptych {

namespace {

/// Counts pairs that a two-byte encoding allows; nothing when some byte stands outside of them.
template <class Lead, class Trail> bool everyPairFits(QByteArrayView bytes, Lead lead, Trail trail)
{
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const uchar byte = uchar(bytes[i]);
        if (byte < 0x80)
            continue;
        if (!lead(byte) || i + 1 >= bytes.size() || !trail(uchar(bytes[i + 1])))
            return false;
        ++i;
    }
    return true;
}

/// The likeliest encoding of bytes that are no UTF-8, for the Error: they are not decoded by a
/// guess.
QString guessedEncoding(QByteArrayView bytes)
{
    const auto between = [](uchar low, uchar high) {
        return [low, high](uchar byte) { return byte >= low && byte <= high; };
    };
    if (everyPairFits(bytes, between(0x81, 0xFE),
            [](uchar byte) { return byte >= 0x40 && byte <= 0xFE && byte != 0x7F; })
        && bytes.size() > 1) {
        const bool isEuc = everyPairFits(bytes, between(0xA1, 0xFE), between(0xA1, 0xFE));
        return isEuc ? QStringLiteral("GB 2312 / EUC") : QStringLiteral("GBK / GB 18030");
    }
    for (const char byte : bytes)
        if (between(0x80, 0x9F)(uchar(byte)))
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
    if (decoder.hasError())
        throw mediaError(source,
            translate("media", "is no valid %1 text; it looks like %2: save it as UTF-8")
                .arg(QLatin1String(QStringConverter::nameForEncoding(encoding)),
                    guessedEncoding(bytes)));
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
