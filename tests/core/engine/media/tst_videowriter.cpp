#include "core/engine/media/Media.h"
#include "core/engine/media/VideoWriter.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <numbers>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

Source pasted(const QByteArray& bytes)
{
    Source source;
    source.bytes = bytes;
    return source;
}

/// A bright square that moves to the right over a ramp, with colours.
at::Tensor frames(int count, int height, int width)
{
    at::Tensor all = at::empty({count, height, width, 3}, at::TensorOptions(at::kByte));
    const at::Tensor ramp = at::linspace(20, 120, width);
    for (int i = 0; i < count; ++i) {
        at::Tensor frame = all.select(0, i);
        for (int channel = 0; channel < 3; ++channel)
            frame.select(2, channel).copy_((ramp + 20 * channel).expand({height, width}));
        frame.narrow(0, 8, 12).narrow(1, 2 * i, 12).fill_(230);
    }
    return all;
}

double difference(const at::Tensor& a, const at::Tensor& b)
{
    return (a.to(at::kFloat) - b.to(at::kFloat)).abs().mean().item<double>();
}

Video readAll(const QByteArray& file, int count)
{
    VideoOptions options;
    options.frames = count;
    return readVideo(pasted(file), options);
}

Sound sine(int rate, double seconds, double hz)
{
    const at::Tensor times = at::arange(int64_t(rate * seconds), at::TensorOptions(at::kFloat)) / rate;
    return {(0.5 * at::sin(times * (2 * std::numbers::pi * hz))).unsqueeze(0), rate};
}

/// Share of the strength at this frequency, by projection on sine and cosine.
double strengthAt(const Sound& sound, double hz)
{
    const at::Tensor wave = mono(sound).to(at::kDouble);
    const at::Tensor angle
        = at::arange(wave.numel(), at::TensorOptions(at::kDouble)) * (2 * std::numbers::pi * hz / sound.rate);
    const double across = (wave * at::sin(angle)).sum().item<double>();
    const double along = (wave * at::cos(angle)).sum().item<double>();
    const double all = wave.square().sum().item<double>() * double(wave.numel()) / 2;
    return (across * across + along * along) / all;
}

} // namespace

class tst_VideoWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRoundTripKeepsFramesAndTimes_data();
    void aRoundTripKeepsFramesAndTimes();
    void theSameFramesGiveTheSameBytes();
    void aSoundTrackGoesAlong_data();
    void aSoundTrackGoesAlong();
    void aFileIsWrittenByItsEnding();
    void whatCannotBeWrittenIsSaid();
};

void tst_VideoWriter::aRoundTripKeepsFramesAndTimes_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::addColumn<double>("rate");
    QTest::addColumn<double>("most");
    QTest::newRow("mp4") << u"mp4"_s << 48 << 64 << 12.0 << 3.0;
    QTest::newRow("mp4, odd sides") << u"mp4"_s << 33 << 65 << 12.0 << 3.0;
    QTest::newRow("mp4, a broken rate") << u"mp4"_s << 48 << 64 << 30000.0 / 1001 << 3.0;
    QTest::newRow("mkv loses nothing") << u"mkv"_s << 33 << 65 << 25.0 << 0.0;
    QTest::newRow("webm") << u"webm"_s << 48 << 64 << 10.0 << 3.0;
}

void tst_VideoWriter::aRoundTripKeepsFramesAndTimes()
{
    QFETCH(QString, format);
    QFETCH(int, height);
    QFETCH(int, width);
    QFETCH(double, rate);
    QFETCH(double, most);
    const at::Tensor written = frames(16, height, width);
    const Video read = readAll(encodeVideo(written, format, {rate, {}}), 16);
    QCOMPARE(read.frames.sizes().vec(), written.sizes().vec());
    const double error = difference(read.frames, written);
    QVERIFY2(error <= most, qPrintable(QString::number(error)));
    QVERIFY(std::abs(read.rate - rate) < 1e-3 * rate);
    QVERIFY(std::abs(read.duration - 16 / rate) < 0.002);
    for (int i = 0; i < 16; ++i)
        QVERIFY2(std::abs(read.times[size_t(i)] - i / rate) < 0.002, qPrintable(QString::number(i)));
    // Each frame is nearest to the one it was written from.
    for (int i = 0; i < 16; ++i)
        for (const int other : {i - 1, i + 1})
            if (other >= 0 && other < 16)
                QVERIFY(difference(read.frames[i], written[i]) < difference(read.frames[i], written[other]));
}

void tst_VideoWriter::theSameFramesGiveTheSameBytes()
{
    for (const QString& format : {u"mp4"_s, u"mkv"_s, u"webm"_s})
        QCOMPARE(encodeVideo(frames(8, 32, 32), format), encodeVideo(frames(8, 32, 32), format));
}

void tst_VideoWriter::aSoundTrackGoesAlong_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<int>("rate");
    QTest::newRow("mp4") << u"mp4"_s << 44100;
    QTest::newRow("mkv") << u"mkv"_s << 8000;
    QTest::newRow("webm, resampled") << u"webm"_s << 44100;
}

void tst_VideoWriter::aSoundTrackGoesAlong()
{
    QFETCH(QString, format);
    QFETCH(int, rate);
    const QByteArray file = encodeVideo(frames(12, 32, 64), format, {12, sine(rate, 1, 440)});
    const Video video = readAll(file, 12);
    QVERIFY(video.hasSound);
    QVERIFY(std::abs(video.duration - 1) < 0.05);
    const Sound sound = readSound(pasted(file));
    const double seconds = double(sound.samples.size(1)) / sound.rate;
    QVERIFY2(std::abs(seconds - 1) < 0.06, qPrintable(QString::number(seconds)));
    QVERIFY2(strengthAt(sound, 440) > 0.9, qPrintable(QString::number(strengthAt(sound, 440))));
}

void tst_VideoWriter::aFileIsWrittenByItsEnding()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"ein Weg é.MP4"_s);
    writeVideo(path, frames(5, 32, 32));
    Source source;
    source.path = path;
    const QJsonObject facts = describe(source, Modality::Video);
    QCOMPARE(facts["width"_L1].toInt(), 32);
    QVERIFY(std::abs(facts["seconds"_L1].toDouble() - 5.0 / 12) < 0.002);
}

void tst_VideoWriter::whatCannotBeWrittenIsSaid()
{
    QVERIFY_THROWS_EXCEPTION(Error, encodeVideo(frames(2, 32, 32), u"gif"_s));
    QVERIFY_THROWS_EXCEPTION(Error, encodeVideo(frames(2, 32, 32).to(at::kFloat), u"mp4"_s));
    QVERIFY_THROWS_EXCEPTION(Error, encodeVideo(frames(2, 32, 32).narrow(0, 0, 0), u"mp4"_s));
    QVERIFY_THROWS_EXCEPTION(Error, encodeVideo(frames(2, 32, 32), u"mp4"_s, {0, {}}));
    QVERIFY_THROWS_EXCEPTION(
        Error, encodeVideo(frames(2, 32, 32), u"mp4"_s, {12, {at::zeros({3, 100}), 8000}}));
    QVERIFY_THROWS_EXCEPTION(Error, writeVideo(u"/nonexistent/x.mp4"_s, frames(2, 32, 32)));
    try {
        encodeVideo(frames(2, 32, 32), u"avi"_s);
        QFAIL("avi was written");
    } catch (const Error& error) {
        QVERIFY(error.message().contains(u"mp4, mkv, webm"_s));
    }
}

QTEST_GUILESS_MAIN(tst_VideoWriter)
#include "tst_videowriter.moc"
