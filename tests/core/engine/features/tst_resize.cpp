#include "core/engine/features/Resize.h"

#include "core/jobs/Error.h"
#include "core/values/Npz.h"

#include <ATen/Functions.h>
#include <QCryptographicHash>
#include <QFile>
#include <QImage>
#include <QTest>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

at::Tensor pattern(int channels)
{
    at::Tensor t = at::empty({61, 83, channels}, at::kByte);
    uint8_t* p = t.data_ptr<uint8_t>();
    for (int y = 0; y < 61; ++y)
        for (int x = 0; x < 83; ++x)
            for (int c = 0; c < channels; ++c)
                *p++ = uint8_t((x * 7 + y * 13 + c * 50 + x * y) % 256);
    return t;
}

QByteArray md5(const at::Tensor& t)
{
    return QCryptographicHash::hash(
        QByteArrayView(reinterpret_cast<const char*>(t.data_ptr<uint8_t>()), t.numel()),
        QCryptographicHash::Md5)
        .toHex();
}

struct Golden {
    Filter filter;
    int width;
    int height;
    const char* md5;
};

// Pillow 9.4.0: md5 of numpy.asarray(Image.fromarray(a, 'RGB').resize((w, h), filter)).tobytes()
// with a[y, x, c] = (x*7 + y*13 + c*50 + x*y) % 256, 61 rows, 83 columns.
constexpr Golden rgbGoldens[] = {
    {Filter::Nearest, 40, 23, "32669a114d0966e16f47732bd9ff7f26"},
    {Filter::Nearest, 200, 150, "96f2c7ee053d2387c58149c333f084e6"},
    {Filter::Nearest, 83, 17, "2eb604301eaa1e83cc1f55b1aa89aef8"},
    {Filter::Nearest, 19, 61, "0a6a2712712e122127a0c89ecd761f64"},
    {Filter::Nearest, 1, 1, "97e055064c6755bd18fafbdc86c72b1c"},
    {Filter::Nearest, 97, 30, "077ee2d7da375d83b075beeb9ec20b91"},
    {Filter::Box, 40, 23, "8b278073adf4a0c05b2fd38b6d7a7957"},
    {Filter::Box, 200, 150, "96f2c7ee053d2387c58149c333f084e6"},
    {Filter::Box, 83, 17, "0c129efafdcb3d35b749b66fa68dc410"},
    {Filter::Box, 19, 61, "ffdca369279caf9c578570b4a6c07758"},
    {Filter::Box, 1, 1, "f2f897cc9849341fbba78cfa5117514d"},
    {Filter::Box, 97, 30, "ad25c34532d8e7dd3a37bd0e79ab8356"},
    {Filter::Bilinear, 40, 23, "fe4c1870c16e25ca928a81b55ca12730"},
    {Filter::Bilinear, 200, 150, "1d1b717c255e63967930da324a1e761a"},
    {Filter::Bilinear, 83, 17, "869de713a52c96a5d3498785a008cd58"},
    {Filter::Bilinear, 19, 61, "73b9ddebceb69e065ce9e12472fd5360"},
    {Filter::Bilinear, 1, 1, "f2f897cc9849341fbba78cfa5117514d"},
    {Filter::Bilinear, 97, 30, "bd1c85ad0a9a2fb92937f9dad911f16b"},
    {Filter::Hamming, 40, 23, "ea9eb3f4849d5dee869cac1a7a521aae"},
    {Filter::Hamming, 200, 150, "4ca17ced382cea2cf0c91481c5166e3a"},
    {Filter::Hamming, 83, 17, "0c9a0f82d07d6fa63bd1a5c07c6d6ba2"},
    {Filter::Hamming, 19, 61, "3bcee7c9d2271bd28eee495e58ddc71f"},
    {Filter::Hamming, 1, 1, "f2f897cc9849341fbba78cfa5117514d"},
    {Filter::Hamming, 97, 30, "5a1f427d34dd704b67c95a9c0b0874f2"},
    {Filter::Bicubic, 40, 23, "9a8a6f71462b52aa999683924292580e"},
    {Filter::Bicubic, 200, 150, "b316486d3830cd1c913d188fa7dd40f1"},
    {Filter::Bicubic, 83, 17, "044480aa4c4d38712c8b03c2a7ab9118"},
    {Filter::Bicubic, 19, 61, "8f7bcbf2efeabeed52d9c228fffa6760"},
    {Filter::Bicubic, 1, 1, "f2f897cc9849341fbba78cfa5117514d"},
    {Filter::Bicubic, 97, 30, "c2ba9ef140b60ad16eb2d261d467bf68"},
    {Filter::Lanczos, 40, 23, "38e6a03f5a1c49500f8ca1aab510bea1"},
    {Filter::Lanczos, 200, 150, "e5802abeb15ee6900888424344a00ceb"},
    {Filter::Lanczos, 83, 17, "df52194a4656e1fe65e02aa6dce16244"},
    {Filter::Lanczos, 19, 61, "5ce1494b97255d10f51a84dd14ca8de9"},
    {Filter::Lanczos, 1, 1, "f2f897cc9849341fbba78cfa5117514d"},
    {Filter::Lanczos, 97, 30, "e8d5ce6612b614bb05e99b29a1fcd9e2"},
};

// The same with 4 channels, Image.fromarray(a, 'CMYK').resize((40, 23), filter): CMYK, since
// Pillow premultiplies RGBA.
constexpr Golden fourGoldens[] = {
    {Filter::Nearest, 40, 23, "b26dcf3aa3f9e82cbb42ad33626923f1"},
    {Filter::Box, 40, 23, "ebe073e9364add636b2d6dfac1235988"},
    {Filter::Bilinear, 40, 23, "0c726d18e2c84c62bb7fe0240b91954e"},
    {Filter::Hamming, 40, 23, "69933d50bcd1bdca7b5eb8cf08d9d19f"},
    {Filter::Bicubic, 40, 23, "fbff9cb8e836d7e9884c9da60bf559a2"},
    {Filter::Lanczos, 40, 23, "206e027e0aa77ed60c3803009604d67a"},
};

void compareAll(std::span<const Golden> goldens, int channels)
{
    const at::Tensor in = pattern(channels);
    for (const Golden& g : goldens) {
        const at::Tensor out = resizePillow(in, g.width, g.height, g.filter);
        QCOMPARE(out.size(0), g.height);
        QCOMPARE(out.size(1), g.width);
        QVERIFY2(md5(out) == g.md5,
            qPrintable(u"filter %1, %2 x %3"_s.arg(int(g.filter)).arg(g.width).arg(g.height)));
    }
}

} // namespace

class tst_Resize : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void threeChannelsAreEqualToPillowsByteForByte() { compareAll(rgbGoldens, 3); }
    void fourChannelsAreEqualToPillowsByteForByte() { compareAll(fourGoldens, 4); }
    void aGrayPictureGivesWhatEachChannelOfItsColourTwinGives();
    void theSameSizeIsACopy();
    void theReferencePhotographComesOutAsPillowsBytes();
    void badInputIsNamed();
};

void tst_Resize::aGrayPictureGivesWhatEachChannelOfItsColourTwinGives()
{
    const at::Tensor gray = pattern(1);
    const at::Tensor colour = gray.expand({61, 83, 3});
    const at::Tensor a = resizePillow(gray, 20, 33, Filter::Lanczos);
    const at::Tensor b = resizePillow(colour, 20, 33, Filter::Lanczos);
    QVERIFY(at::equal(a.expand({33, 20, 3}), b));
}

void tst_Resize::theSameSizeIsACopy()
{
    const at::Tensor in = pattern(3);
    at::Tensor out = resizePillow(in, 83, 61, Filter::Bicubic);
    QVERIFY(at::equal(in, out));
    out.fill_(0);
    QVERIFY(!at::equal(in, out));
}

void tst_Resize::theReferencePhotographComesOutAsPillowsBytes()
{
    const QString oracles = QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles");
    if (!QFile::exists(oracles))
        QSKIP("the reference outputs are not beside the project");
    // CLIP: shortest edge to 224, bicubic, then the centre 224 x 224.
    const Value expected = readNpz(oracles + u"/imageproc/clip_real_224/expected.npz"_s);
    const QImage image
        = QImage(oracles + u"/assets/images/photo.png"_s).convertToFormat(QImage::Format_RGB888);
    QVERIFY(!image.isNull());
    at::Tensor in = at::empty({image.height(), image.width(), 3}, at::kByte);
    for (int y = 0; y < image.height(); ++y)
        std::copy_n(image.constScanLine(y), image.width() * 3, in[y].data_ptr<uint8_t>());
    const int shorter = std::min(image.width(), image.height());
    const int width = image.width() * 224 / shorter;
    const int height = image.height() * 224 / shorter;
    const at::Tensor out = resizePillow(in, width, height, Filter::Bicubic)
                               .narrow(0, (height - 224) / 2, 224)
                               .narrow(1, (width - 224) / 2, 224)
                               .contiguous();
    const Array& array = expected.array(u"photo.resized_uint8_hwc"_s);
    QCOMPARE(array.bytes.size(), out.numel());
    QVERIFY(std::equal(array.octets().begin(), array.octets().end(), out.data_ptr<uint8_t>()));
}

void tst_Resize::badInputIsNamed()
{
    QVERIFY_EXCEPTION_THROWN(resizePillow(pattern(3), 0, 5, Filter::Box), Error);
    QVERIFY_EXCEPTION_THROWN(
        resizePillow(at::zeros({4, 4, 3}, at::kFloat), 2, 2, Filter::Box), Error);
    QVERIFY_EXCEPTION_THROWN(
        resizePillow(at::zeros({0, 4, 3}, at::kByte), 2, 2, Filter::Box), Error);
    QVERIFY_EXCEPTION_THROWN(filterFromPillow(6), Error);
    QVERIFY(filterFromPillow(3) == Filter::Bicubic);
}

QTEST_APPLESS_MAIN(tst_Resize)
#include "tst_resize.moc"
