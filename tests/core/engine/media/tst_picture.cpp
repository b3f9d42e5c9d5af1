#include "core/engine/media/Media.h"
#include "core/jobs/Error.h"
#include "core/values/Npz.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QBuffer>
#include <QDirIterator>
#include <QFile>
#include <QImage>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>
#include <future>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

Source pasted(const QByteArray& bytes)
{
    Source source;
    source.bytes = bytes;
    return source;
}

Source file(const QString& path)
{
    Source source;
    source.path = path;
    return source;
}

/// Left half red, right half blue, a green line on top: every turn of it looks different.
cv::Mat flag(int width, int height)
{
    cv::Mat mat(height, width, CV_8UC3, cv::Scalar(0, 0, 255));
    mat(cv::Rect(width / 2, 0, width - width / 2, height)) = cv::Scalar(255, 0, 0);
    mat(cv::Rect(0, 0, width, height / 4)) = cv::Scalar(0, 255, 0);
    return mat;
}

QByteArray encoded(const char* ending, const cv::Mat& mat, const std::vector<int>& options = {})
{
    std::vector<uchar> bytes;
    cv::imencode(ending, mat, bytes, options);
    return QByteArray(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
}

/// A JPEG with an EXIF block that holds nothing but the orientation.
QByteArray jpegTurned(const cv::Mat& mat, int orientation)
{
    QByteArray exif("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 25);
    exif.append(char(orientation));
    exif.append(QByteArray(6, '\0'));
    QByteArray segment("\xFF\xE1\0", 3);
    segment.append(char(exif.size() + 2));
    QByteArray jpeg = encoded(".jpg", mat, {cv::IMWRITE_JPEG_QUALITY, 100});
    return jpeg.insert(2, segment + exif);
}

QList<int> pixel(const at::Tensor& t, int x, int y)
{
    QList<int> values;
    for (int64_t c = 0; c < t.size(2); ++c)
        values.append(t[y][x][c].item<int>());
    return values;
}

bool near(const QList<int>& a, const QList<int>& b, int by = 6)
{
    bool all = a.size() == b.size();
    for (qsizetype i = 0; all && i < a.size(); ++i)
        all = std::abs(a[i] - b[i]) <= by;
    return all;
}

QString messageOf(const Source& source)
{
    try {
        readPicture(source);
    } catch (const Error& error) {
        return error.message();
    }
    return {};
}

const QList<int> red {255, 0, 0};
const QList<int> green {0, 255, 0};
const QList<int> blue {0, 0, 255};

QByteArray gif()
{
    // 2 x 1, red and green: a hand-made GIF89a.
    return QByteArray::fromHex("474946383961020001008000"
                               "00ff000000ff002c000000000200010000020244"
                               "0a003b");
}

QByteArray svg(const QByteArray& inside)
{
    return "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" "
           "height=\"20\" viewBox=\"0 0 40 20\">"
        + inside + "</svg>";
}

} // namespace

class tst_Picture : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFormatComesOutInTheSameColours_data();
    void everyFormatComesOutInTheSameColours();
    void everyExifOrientationIsTurnedUpright();
    void sixteenBitsBecomeTheHighByte();
    void grayBecomesThreeEqualChannels();
    void alphaIsLaidOverTheBackgroundOrDropped();
    void scalingDownKeepsTheColourOfEdgesInAlpha();
    void aLargeJpegIsReducedToTheSideAsked();
    void svgIsDrawnOnAWorkerThread();
    void gifGivesItsFirstFrame();
    void anEmojiSequenceIsOneGlyph();
    void everyEmojiOfTheStandardIsOneGlyph();
    void aBadPictureIsNamedWithItsReason_data();
    void aBadPictureIsNamedWithItsReason();
    void aPixelBombIsRefusedBeforeDecoding();
    void pngSurvivesItsRoundTrip();
    void describeKnowsTheSizeWithoutDecoding();
    void decodedPicturesEqualTheReference();
    void sixtyRandomStampsCanBeRead();
};

void tst_Picture::everyFormatComesOutInTheSameColours_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const cv::Mat mat = flag(32, 16);
    QTest::newRow("PNG") << encoded(".png", mat);
    QTest::newRow("JPEG") << encoded(".jpg", mat, {cv::IMWRITE_JPEG_QUALITY, 100});
    QTest::newRow("WebP") << encoded(".webp", mat, {cv::IMWRITE_WEBP_QUALITY, 101});
    QTest::newRow("TIFF") << encoded(".tiff", mat);
    QTest::newRow("BMP") << encoded(".bmp", mat);
}

void tst_Picture::everyFormatComesOutInTheSameColours()
{
    QFETCH(QByteArray, bytes);
    const at::Tensor t = readPicture(pasted(bytes));
    QCOMPARE(t.size(0), 16);
    QCOMPARE(t.size(1), 32);
    QCOMPARE(t.size(2), 3);
    QVERIFY(near(pixel(t, 4, 12), red));
    QVERIFY(near(pixel(t, 28, 12), blue));
    QVERIFY(near(pixel(t, 4, 1), green));
    const QJsonObject facts = describe(pasted(bytes), Modality::Image);
    QCOMPARE(facts[u"width"_s].toInt(), 32);
    QCOMPARE(facts[u"height"_s].toInt(), 16);
    QCOMPARE(facts[u"format"_s].toString(), QLatin1String(QTest::currentDataTag()));
}

void tst_Picture::everyExifOrientationIsTurnedUpright()
{
    // What is stored so that the stated orientation shows the flag upright (EXIF 2.3, 4.6.4 A).
    const cv::Mat up = flag(64, 32);
    const auto flipped = [](const cv::Mat& m, int code) {
        cv::Mat out;
        cv::flip(m, out, code);
        return out;
    };
    const cv::Mat turned = up.t();
    const std::vector<cv::Mat> stored {up, flipped(up, 1), flipped(up, -1), flipped(up, 0), turned,
        flipped(turned, 0), flipped(turned, -1), flipped(turned, 1)};
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const Source source = pasted(jpegTurned(stored[size_t(orientation - 1)], orientation));
        const at::Tensor t = readPicture(source);
        QCOMPARE(t.size(1), 64);
        QCOMPARE(t.size(0), 32);
        QVERIFY2(near(pixel(t, 8, 24), red, 12), qPrintable(QString::number(orientation)));
        QVERIFY2(near(pixel(t, 56, 24), blue, 12), qPrintable(QString::number(orientation)));
        QVERIFY2(near(pixel(t, 8, 2), green, 12), qPrintable(QString::number(orientation)));
        QCOMPARE(describe(source, Modality::Image)[u"width"_s].toInt(), 64);
    }
}

void tst_Picture::sixteenBitsBecomeTheHighByte()
{
    const cv::Mat wide(2, 2, CV_16UC3, cv::Scalar(0x12FF, 0x3400, 0xFFFF));
    QCOMPARE(pixel(readPicture(pasted(encoded(".png", wide))), 0, 0), (QList {0xFF, 0x34, 0x12}));
    QCOMPARE(pixel(readPicture(pasted(encoded(".tiff", wide))), 1, 1), (QList {0xFF, 0x34, 0x12}));
}

void tst_Picture::grayBecomesThreeEqualChannels()
{
    const cv::Mat gray(3, 5, CV_8UC1, cv::Scalar(77));
    QCOMPARE(pixel(readPicture(pasted(encoded(".png", gray))), 2, 1), (QList {77, 77, 77}));
    QCOMPARE(
        pixel(readPictureAlpha(pasted(encoded(".png", gray))), 2, 1), (QList {77, 77, 77, 255}));
}

void tst_Picture::alphaIsLaidOverTheBackgroundOrDropped()
{
    const cv::Mat half(2, 2, CV_8UC4, cv::Scalar(0, 0, 200, 128));
    const Source source = pasted(encoded(".png", half));
    // 200 * 128/255 + 255 * 127/255 = 227.4; 255 * 127/255 = 127
    QCOMPARE(pixel(readPicture(source), 0, 0), (QList {227, 127, 127}));
    PictureOptions black;
    black.background = {0, 0, 0};
    QCOMPARE(pixel(readPicture(source, black), 0, 0), (QList {100, 0, 0}));
    PictureOptions dropped;
    dropped.background = {};
    QCOMPARE(pixel(readPicture(source, dropped), 0, 0), (QList {200, 0, 0}));
    QCOMPARE(pixel(readPictureAlpha(source), 0, 0), (QList {200, 0, 0, 128}));
}

void tst_Picture::scalingDownKeepsTheColourOfEdgesInAlpha()
{
    // Every other column is clear black: the red must not turn dark.
    cv::Mat stripes(8, 8, CV_8UC4, cv::Scalar(0, 0, 255, 255));
    for (int x = 0; x < 8; x += 2)
        stripes.col(x) = cv::Scalar(0, 0, 0, 0);
    PictureOptions small;
    small.maxSide = 4;
    const at::Tensor t = readPictureAlpha(pasted(encoded(".png", stripes)), small);
    QCOMPARE(t.size(0), 4);
    QVERIFY(near(pixel(t, 1, 1), {255, 0, 0, 128}, 1));
}

void tst_Picture::aLargeJpegIsReducedToTheSideAsked()
{
    PictureOptions small;
    small.maxSide = 100;
    for (const int width : {2000, 1100, 450, 120}) {
        const Source source = pasted(encoded(".jpg", flag(width, width / 2)));
        const at::Tensor t = readPicture(source, small);
        QCOMPARE(t.size(1), 100);
        QCOMPARE(t.size(0), 50);
        QVERIFY(near(pixel(t, 20, 40), red, 12));
    }
    small.maxSide = 500;
    QCOMPARE(readPicture(pasted(encoded(".png", flag(100, 50))), small).size(1), 100);
}

void tst_Picture::svgIsDrawnOnAWorkerThread()
{
    const Source source
        = pasted(svg("<rect x=\"0\" y=\"0\" width=\"20\" height=\"20\" fill=\"#ff0000\"/>"));
    const at::Tensor t
        = std::async(std::launch::async, [&source] { return readPicture(source); }).get();
    QCOMPARE(t.size(0), 256);
    QCOMPARE(t.size(1), 512);
    QCOMPARE(pixel(t, 100, 100), red);
    QCOMPARE(pixel(t, 400, 100), (QList {255, 255, 255}));
    PictureOptions small;
    small.maxSide = 64;
    const at::Tensor alpha = readPictureAlpha(source, small);
    QCOMPARE(alpha.size(1), 64);
    QCOMPARE(pixel(alpha, 60, 10)[3], 0);
    QCOMPARE(describe(source, Modality::Image)[u"width"_s].toInt(), 40);
    // This test has no QGuiApplication, hence no fonts: told, not crashed.
    QVERIFY(messageOf(pasted(svg("<text x=\"1\" y=\"9\">a</text>"))).contains(u"texts"_s));
}

void tst_Picture::gifGivesItsFirstFrame()
{
    const at::Tensor t = readPicture(pasted(gif()));
    QCOMPARE(t.size(1), 2);
    QCOMPARE(pixel(t, 0, 0), red);
    QCOMPARE(pixel(t, 1, 0), green);
}

void tst_Picture::anEmojiSequenceIsOneGlyph()
{
    if (!QFile::exists(u"/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"_s))
        QSKIP("fonts-noto-color-emoji is not installed");
    for (const QString& path : {u"emoji:1f435"_s, u"emoji:1f1eb-1f1f7"_s, u"emoji:2764-fe0f"_s,
             u"emoji:1f468-200d-1f469-200d-1f467"_s, u"emoji:0031-fe0f-20e3"_s}) {
        const at::Tensor t = readPictureAlpha(file(path));
        QCOMPARE(t.size(0), 128);
        QCOMPARE(t.size(1), 136);
        QVERIFY(t.select(2, 3).max().item<int>() == 255);
        QVERIFY(pixel(t, 0, 0)[3] == 0);
    }
    // A monkey face is brown: red over green over blue.
    const at::Tensor monkey
        = readPicture(file(u"emoji:1f435"_s)).to(at::kFloat).mean(at::IntArrayRef({0, 1}));
    QVERIFY(monkey[0].item<float>() > monkey[1].item<float>());
    QVERIFY(monkey[1].item<float>() > monkey[2].item<float>());
    QVERIFY(!messageOf(file(u"emoji:1f435-1f435"_s)).isEmpty());
    QVERIFY(messageOf(file(u"emoji:monkey"_s)).contains(u"monkey"_s));
    QVERIFY(!messageOf(file(u"emoji:"_s)).isEmpty());
}

void tst_Picture::everyEmojiOfTheStandardIsOneGlyph()
{
    QFile list(u"/usr/share/unicode/emoji/emoji-test.txt"_s);
    if (!list.open(QIODevice::ReadOnly)
        || !QFile::exists(u"/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"_s))
        QSKIP("unicode-data or fonts-noto-color-emoji is not installed");
    QStringList paths;
    while (!list.atEnd()) {
        const QString line = QString::fromUtf8(list.readLine());
        if (line.contains(u"; fully-qualified"_s) && !line.contains(u"skin tone"_s))
            paths.append(u"emoji:"_s
                + line.section(QLatin1Char(';'), 0, 0)
                      .trimmed()
                      .replace(QLatin1Char(' '), QLatin1Char('-')));
    }
    QVERIFY(paths.size() > 1800);
    QStringList failed;
    for (qsizetype i = 0; i < paths.size(); i += 7) {
        if (!messageOf(file(paths[i])).isEmpty())
            failed.append(paths[i]);
    }
    QVERIFY2(failed.isEmpty(), qPrintable(failed.join(QLatin1Char(' '))));
}

void tst_Picture::aBadPictureIsNamedWithItsReason_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");
    cv::Mat noise(64, 64, CV_8UC3);
    cv::randu(noise, 0, 256);
    for (const char* ending : {".png", ".jpg", ".webp", ".bmp", ".tiff"}) {
        const QByteArray whole = encoded(ending, noise);
        for (const double part : {0.02, 0.3, 0.6, 0.95})
            QTest::addRow("%s cut to %g", ending, part)
                << whole.first(qMax(qsizetype(12), qsizetype(part * double(whole.size()))))
                << QString();
    }
    QTest::newRow("PNG cut") << encoded(".png", noise).first(2000) << u"cut off"_s;
    QTest::newRow("JPEG cut") << encoded(".jpg", noise).first(2000) << u"cut off"_s;
    QTest::newRow("GIF cut") << gif().first(33) << u"cut off"_s;
    QTest::newRow("text") << QByteArray("hello, I am no picture") << u"no picture"_s;
    QTest::newRow("empty") << QByteArray() << u"nothing"_s;
    QTest::newRow("SVG broken") << QByteArray("<svg width='3'><rect") << u"SVG"_s;
    QByteArray rotten = encoded(".png", noise);
    for (qsizetype i = 60; i < rotten.size() - 20; i += 3)
        rotten[i] = char(~rotten[i]);
    QTest::newRow("PNG rotten") << rotten << QString();
}

void tst_Picture::aBadPictureIsNamedWithItsReason()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, reason);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"bad.picture"_s);
    QFile out(path);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(bytes);
    out.close();
    const QString message = messageOf(bytes.isEmpty() ? pasted({}) : file(path));
    QVERIFY2(!message.isEmpty() && message.contains(reason), qPrintable(message));
    QVERIFY(bytes.isEmpty() || message.startsWith(path));
    QVERIFY(messageOf(file(folder.filePath(u"absent.png"_s))).contains(u"no such file"_s));
    QVERIFY(messageOf(file(folder.path())).contains(u"folder"_s));
}

void tst_Picture::aPixelBombIsRefusedBeforeDecoding()
{
    // The header says 60000 x 60000; the data is that of 8 x 8.
    QByteArray bomb = encoded(".png", flag(8, 8));
    qToBigEndian<quint32>(60000, bomb.data() + 16);
    qToBigEndian<quint32>(60000, bomb.data() + 20);
    QVERIFY(messageOf(pasted(bomb)).contains(u"60000 x 60000"_s));
    QVERIFY_EXCEPTION_THROWN(describe(pasted(bomb), Modality::Image), Error);
    QByteArray canvas = gif();
    qToLittleEndian<quint16>(65000, canvas.data() + 6);
    qToLittleEndian<quint16>(65000, canvas.data() + 8);
    QVERIFY(messageOf(pasted(canvas)).contains(u"65000"_s));
}

void tst_Picture::pngSurvivesItsRoundTrip()
{
    const at::Tensor rgb = at::randint(256, {9, 7, 3}, at::kByte);
    QVERIFY(at::equal(readPicture(pasted(encodePng(rgb))), rgb));
    const at::Tensor rgba = at::randint(256, {9, 7, 4}, at::kByte);
    QVERIFY(at::equal(readPictureAlpha(pasted(encodePng(rgba))), rgba));
    QVERIFY_EXCEPTION_THROWN(encodePng(at::zeros({9, 7}, at::kByte)), Error);
    QVERIFY_EXCEPTION_THROWN(encodePng(at::zeros({9, 7, 3})), Error);
}

void tst_Picture::describeKnowsTheSizeWithoutDecoding()
{
    QByteArray hollow = encoded(".webp", flag(300, 200), {cv::IMWRITE_WEBP_QUALITY, 90});
    for (qsizetype i = 30; i < hollow.size(); ++i)
        hollow[i] = 0; // nothing left to decode
    QVERIFY(!messageOf(pasted(hollow)).isEmpty());
    QCOMPARE(describe(pasted(hollow), Modality::Image)[u"width"_s].toInt(), 300);
    QCOMPARE(describe(pasted(gif()), Modality::Image)[u"format"_s].toString(), u"GIF"_s);
    QCOMPARE(describe(file(u"emoji:1f435"_s), Modality::Image)[u"width"_s].toInt(), 136);
}

void tst_Picture::decodedPicturesEqualTheReference()
{
    const QString assets = QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles/assets");
    if (!QFile::exists(assets))
        QSKIP("the reference outputs are not beside the project");
    const Value expected = readNpz(assets + u"/decoded.npz"_s);
    PictureOptions likePillow;
    likePillow.background = {};
    for (const QString& name :
        {u"gray.png"_s, u"alpha.png"_s, u"palette.png"_s, u"jpeg.jpg"_s, u"exif6.jpg"_s}) {
        const at::Tensor t = readPicture(file(assets + u"/images/"_s + name), likePillow);
        const Array& array = expected.array(name.section(QLatin1Char('.'), 0, 0));
        QCOMPARE(array.shape, QList<qint64>(t.sizes().begin(), t.sizes().end()));
        int worst = 0;
        for (qint64 i = 0; i < array.count(); ++i)
            worst = qMax(worst, qAbs(int(array.octets()[size_t(i)]) - t.data_ptr<uint8_t>()[i]));
        qInfo("%s: at most %d of 255 apart", qPrintable(name), worst);
        QVERIFY(worst <= (name.endsWith(u"jpg"_s) ? 2 : 0));
    }
}

void tst_Picture::sixtyRandomStampsCanBeRead()
{
    QStringList all;
    QDirIterator stamps(u"/usr/share/tuxpaint/stamps"_s, {u"*.png"_s, u"*.svg"_s}, QDir::Files,
        QDirIterator::Subdirectories);
    while (stamps.hasNext())
        all.append(stamps.next());
    if (all.isEmpty())
        QSKIP("tuxpaint-stamps-default is not installed");
    PictureOptions small;
    small.maxSide = 64;
    for (int i = 0; i < 60; ++i) {
        const QString path = all[QRandomGenerator::global()->bounded(all.size())];
        try {
            const at::Tensor t = readPictureAlpha(file(path), small);
            QVERIFY2(t.size(0) <= 64 && t.size(1) <= 64, qPrintable(path));
            QVERIFY2(t.select(2, 3).max().item<int>() > 0, qPrintable(path));
        } catch (const Error& error) {
            QVERIFY2(error.message().contains(u"texts"_s), qPrintable(error.message()));
        }
    }
}

// Without a QGuiApplication: the readers must not need a window system.
QTEST_GUILESS_MAIN(tst_Picture)
#include "tst_picture.moc"
