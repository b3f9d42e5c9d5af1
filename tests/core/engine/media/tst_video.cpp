#include "MediaFixtures.h"

#include "core/engine/media/Media.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

Source pasted(const QByteArray& bytes)
{
    Source source;
    source.bytes = bytes;
    return source;
}

QString messageOf(const Source& source)
{
    try {
        readVideo(source);
    } catch (const Error& error) {
        return error.message();
    }
    return {};
}

/// Brightness of frame `index` of the fixture in its right half, in full-range RGB.
double brightness(int index)
{
    return std::min(10 * index, 180) * 255.0 / 219;
}

double level(const at::Tensor& t)
{
    return t.to(at::kFloat).mean().item<double>();
}

} // namespace

class tst_Video : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void framesAreTheOnesOnScreenAtTheirTimes_data();
    void framesAreTheOnesOnScreenAtTheirTimes();
    void aSpanIsKeptAndALongWayIsSought();
    void moreFramesThanThereAreRepeat();
    void rotationTurnsTheFrames();
    void theSideIsLimited();
    void aSoundTrackIsSeen();
    void aBadVideoIsNamedWithItsReason();
    void describeKnowsTheFacts();
};

void tst_Video::framesAreTheOnesOnScreenAtTheirTimes_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::newRow("MP4") << QByteArray("mp4");
    QTest::newRow("MKV") << QByteArray("matroska");
    QTest::newRow("AVI") << QByteArray("avi");
}

void tst_Video::framesAreTheOnesOnScreenAtTheirTimes()
{
    QFETCH(QByteArray, format);
    fixtures::VideoSpec spec;
    spec.format = format.constData();
    VideoOptions options;
    options.frames = 4;
    const Video video = readVideo(pasted(fixtures::video(spec)), options);
    QCOMPARE(video.frames.sizes(), (at::IntArrayRef {4, 48, 64, 3}));
    QVERIFY(std::abs(video.duration - 2.0) < 0.15);
    QVERIFY(std::abs(video.rate - 10) < 0.01);
    QVERIFY(!video.hasSound);
    // Four parts of 2 s: their middles .25, .75, 1.25 and 1.75 s show frames 2, 7, 12 and 17.
    for (int i = 0; i < 4; ++i) {
        QVERIFY2(std::abs(video.times[size_t(i)] - (0.2 + 0.5 * i)) < 1e-3,
            qPrintable(QString::number(video.times[size_t(i)])));
        const at::Tensor frame = video.frames[i];
        const double right = level(frame.narrow(1, 40, 20));
        QVERIFY2(std::abs(right - brightness(2 + 5 * i)) < 6, qPrintable(QString::number(right)));
        QVERIFY(level(frame.narrow(1, 4, 20)) - right > 25);
    }
}

void tst_Video::aSpanIsKeptAndALongWayIsSought()
{
    fixtures::VideoSpec spec;
    spec.frames = 200; // 20 s: more than the way that is decoded rather than sought
    VideoOptions options;
    options.frames = 2;
    options.start = 0.5;
    options.end = 0.9;
    const QByteArray bytes = fixtures::video(spec);
    const Video early = readVideo(pasted(bytes), options);
    QVERIFY(std::abs(level(early.frames[0].narrow(1, 40, 20)) - brightness(6)) < 6);
    QVERIFY(std::abs(early.times[1] - 0.8) < 1e-3);
    options.start = 15;
    options.end = 19;
    const Video late = readVideo(pasted(bytes), options);
    QVERIFY2(std::abs(late.times[0] - 16) < 1e-3, qPrintable(QString::number(late.times[0])));
    QVERIFY(std::abs(late.times[1] - 18) < 1e-3);
    options.end = 3;
    QVERIFY_EXCEPTION_THROWN(readVideo(pasted(bytes), options), Error);
}

void tst_Video::moreFramesThanThereAreRepeat()
{
    fixtures::VideoSpec spec;
    spec.frames = 3;
    VideoOptions options;
    options.frames = 9;
    const Video video = readVideo(pasted(fixtures::video(spec)), options);
    QCOMPARE(video.frames.size(0), 9);
    QVERIFY(at::equal(video.frames[0], video.frames[1]));
    QVERIFY(!at::equal(video.frames[0], video.frames[8]));
    options.frames = 0;
    QVERIFY_EXCEPTION_THROWN(readVideo(pasted(fixtures::video(spec)), options), Error);
}

void tst_Video::rotationTurnsTheFrames()
{
    fixtures::VideoSpec spec;
    spec.rotation = 90;
    const Source source = pasted(fixtures::video(spec));
    const Video clockwise = readVideo(source);
    QCOMPARE(clockwise.frames.size(1), 64);
    QCOMPARE(clockwise.frames.size(2), 48);
    QCOMPARE(describe(source, Modality::Video)[u"height"_s].toInt(), 64);
    // The bright left half is on top after a clockwise quarter turn.
    const at::Tensor frame = clockwise.frames[0];
    QVERIFY(level(frame.narrow(0, 4, 20)) - level(frame.narrow(0, 40, 20)) > 25);
    spec.rotation = 180;
    const at::Tensor upside = readVideo(pasted(fixtures::video(spec))).frames[0];
    QVERIFY(level(upside.narrow(1, 40, 20)) - level(upside.narrow(1, 4, 20)) > 25);
}

void tst_Video::theSideIsLimited()
{
    VideoOptions options;
    options.maxSide = 30; // not a multiple of anything that swscale likes
    const Video video = readVideo(pasted(fixtures::video({})), options);
    QCOMPARE(video.frames.size(2), 30);
    QCOMPARE(video.frames.size(1), 23);
    const at::Tensor frame = video.frames[0];
    QVERIFY(level(frame.narrow(1, 2, 10)) - level(frame.narrow(1, 18, 10)) > 25);
}

void tst_Video::aSoundTrackIsSeen()
{
    fixtures::VideoSpec spec;
    spec.sound = true;
    const Source source = pasted(fixtures::video(spec));
    QVERIFY(readVideo(source).hasSound);
    QVERIFY(describe(source, Modality::Video)[u"hasSound"_s].toBool());
    QCOMPARE(readSound(source).rate, 44100);
}

void tst_Video::aBadVideoIsNamedWithItsReason()
{
    QTemporaryDir folder;
    Source source;
    source.path = folder.filePath(u"bad.mp4"_s);
    fixtures::VideoSpec spec;
    spec.frames = 100;
    for (const char* format : {"mp4", "avi", "matroska"}) {
        spec.format = format;
        const QByteArray whole = fixtures::video(spec);
        for (const double part : {0.01, 0.5}) {
            fixtures::write(source.path, whole.first(qsizetype(part * double(whole.size()))));
            const QString message = messageOf(source);
            QVERIFY2(message.startsWith(source.path), format);
        }
    }
    fixtures::write(source.path, {});
    QVERIFY(messageOf(source).contains(u"empty"_s));
    fixtures::write(source.path, "words, not frames");
    QVERIFY(messageOf(source).startsWith(source.path));
    QVERIFY(messageOf(pasted(fixtures::sineWav(440, 8000, 1))).contains(u"no moving picture"_s));
    const QString still = messageOf(pasted(encodePng(at::zeros({20, 20, 3}, at::kByte))));
    QVERIFY2(still.contains(u"is a picture"_s), qPrintable(still));
}

void tst_Video::describeKnowsTheFacts()
{
    const QJsonObject facts = describe(pasted(fixtures::video({})), Modality::Video);
    QCOMPARE(facts[u"kind"_s].toString(), u"video"_s);
    QCOMPARE(facts[u"width"_s].toInt(), 64);
    QCOMPARE(facts[u"height"_s].toInt(), 48);
    QCOMPARE(facts[u"frames"_s].toInt(), 20);
    QVERIFY(std::abs(facts[u"seconds"_s].toDouble() - 2) < 0.01);
}

QTEST_GUILESS_MAIN(tst_Video)
#include "tst_video.moc"
