#include "MediaFixtures.h"

#include "core/engine/features/MediaMethods.h"
#include "core/engine/media/Media.h"
#include "core/engine/models/Model.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QJsonArray>
#include <QTest>
#include <cmath>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

Value run(const QString& id, const Inputs& inputs, const QJsonObject& options = {})
{
    ModelStore models(u"cpu"_s, {});
    EngineContext context {models, {}};
    SilentProgress progress;
    for (const Method& method : mediaMethods())
        if (method.info.id == id)
            return method.run(context, completeOptions(method.info, options), inputs, progress);
    throw Error(u"no such method"_s);
}

Inputs sample(Modality modality, const QByteArray& bytes, const QString& text = {})
{
    Source source;
    source.bytes = bytes;
    source.text = text;
    Sample made;
    made.id = u"s"_s;
    made.sources[modality] = source;
    Inputs inputs;
    inputs.samples.push_back(made);
    return inputs;
}

QByteArray redPng(int width, int height)
{
    at::Tensor red = at::zeros({height, width, 3}, at::kByte);
    red.select(2, 0).fill_(255);
    return encodePng(red);
}

} // namespace

class tst_MediaMethods : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMethodRunsOnAnyThread();
    void aThumbnailHasItsLongestSide();
    void aPictureTellsItsOriginalSize();
    void aSoundHasWaveformPeaksAndSpectrogram();
    void aShortSoundHasNoMorePeaksThanSamples();
    void framesComeWithTheirTimes();
    void aTextIsCounted();
    void factsAreToldForEveryModality();
    void aMissingModalityIsNamed();
};

void tst_MediaMethods::everyMethodRunsOnAnyThread()
{
    QStringList ids;
    for (const Method& method : mediaMethods()) {
        QVERIFY(method.info.anyThread);
        QCOMPARE(method.info.room, u"media"_s);
        ids.append(method.info.id);
    }
    QCOMPARE(ids,
        (QStringList {u"media.thumbnail"_s, u"media.picture"_s, u"media.sound"_s, u"media.frames"_s,
            u"media.text"_s, u"media.describe"_s}));
}

void tst_MediaMethods::aThumbnailHasItsLongestSide()
{
    const Value value
        = run(u"media.thumbnail"_s, sample(Modality::Image, redPng(300, 150)), {{u"size"_s, 100}});
    const Array& picture = value.array(u"picture"_s);
    QCOMPARE(picture.shape, (QList<qint64> {50, 100, 4}));
    QCOMPARE(int(picture.octets()[0]), 255);
    QCOMPARE(int(picture.octets()[1]), 0);
    QCOMPARE(int(picture.octets()[3]), 255);
    const Value video = run(u"media.thumbnail"_s, sample(Modality::Video, fixtures::video({})),
        {{u"modality"_s, u"video"_s}});
    QCOMPARE(video.array(u"picture"_s).shape, (QList<qint64> {48, 64, 4}));
}

void tst_MediaMethods::aPictureTellsItsOriginalSize()
{
    const Value value
        = run(u"media.picture"_s, sample(Modality::Image, redPng(300, 150)), {{u"max"_s, 30}});
    QCOMPARE(value.array(u"picture"_s).shape, (QList<qint64> {15, 30, 4}));
    QCOMPARE(value.info[u"width"_s].toInt(), 300);
    QCOMPARE(value.info[u"height"_s].toInt(), 150);
}

void tst_MediaMethods::aSoundHasWaveformPeaksAndSpectrogram()
{
    const Value value = run(u"media.sound"_s,
        sample(Modality::Audio, fixtures::sineWav(1000, 16000, 1)), {{u"peaks"_s, 50}});
    QCOMPARE(value.array(u"samples"_s).shape, (QList<qint64> {16000}));
    const Array& peaks = value.array(u"peaks"_s);
    QCOMPARE(peaks.shape, (QList<qint64> {50, 2}));
    QVERIFY(std::abs(peaks.floats()[40] + 0.5f) < 0.01f);
    QVERIFY(std::abs(peaks.floats()[41] - 0.5f) < 0.01f);
    const Array& mel = value.array(u"spectrogram"_s);
    QCOMPARE(mel.shape, (QList<qint64> {64, 101}));
    // The loudest row is the one whose centre is nearest to 1 kHz.
    const QJsonArray hz = value.info[u"mel_hz"_s].toArray();
    QCOMPARE(hz.size(), 64);
    size_t loudest = 0;
    for (size_t row = 0; row < 64; ++row)
        if (mel.floats()[row * 101 + 50] > mel.floats()[loudest * 101 + 50])
            loudest = row;
    QVERIFY(std::abs(hz[qsizetype(loudest)].toDouble() - 1000) < 60);
    QVERIFY(std::abs(value.info[u"seconds"_s].toDouble() - 1) < 1e-9);
    QVERIFY(std::abs(value.info[u"hop_seconds"_s].toDouble() - 0.01) < 1e-9);
}

void tst_MediaMethods::aShortSoundHasNoMorePeaksThanSamples()
{
    const Value value
        = run(u"media.sound"_s, sample(Modality::Audio, fixtures::sineWav(100, 8000, 5 / 8000.0)));
    QCOMPARE(value.array(u"peaks"_s).shape, (QList<qint64> {5, 2}));
}

void tst_MediaMethods::framesComeWithTheirTimes()
{
    const Value value = run(u"media.frames"_s, sample(Modality::Video, fixtures::video({})),
        {{u"count"_s, 3}, {u"max"_s, 32}});
    QCOMPARE(value.array(u"frames"_s).shape, (QList<qint64> {3, 24, 32, 3}));
    QCOMPARE(value.array(u"times"_s).doubles().size(), size_t(3));
    QVERIFY(std::abs(value.info[u"seconds"_s].toDouble() - 2) < 0.01);
    QVERIFY(!value.info[u"hasSound"_s].toBool(true));
}

void tst_MediaMethods::aTextIsCounted()
{
    const Value value = run(u"media.text"_s, sample(Modality::Text, {}, u"a dog, and été"_s));
    QCOMPARE(value.info[u"text"_s].toString(), u"a dog, and été"_s);
    QCOMPARE(value.info[u"words"_s].toInt(), 4);
}

void tst_MediaMethods::factsAreToldForEveryModality()
{
    const auto kind = [](Modality modality, const QByteArray& bytes) {
        return run(
            u"media.describe"_s, sample(modality, bytes), {{u"modality"_s, modalityName(modality)}})
            .info[u"kind"_s]
            .toString();
    };
    QCOMPARE(kind(Modality::Image, redPng(3, 2)), u"image"_s);
    QCOMPARE(kind(Modality::Audio, fixtures::sineWav(440, 8000, 0.1)), u"audio"_s);
    QCOMPARE(kind(Modality::Video, fixtures::video({})), u"video"_s);
    QCOMPARE(kind(Modality::Text, "words"), u"text"_s);
}

void tst_MediaMethods::aMissingModalityIsNamed()
{
    QVERIFY_EXCEPTION_THROWN(run(u"media.sound"_s, sample(Modality::Text, "words")), Error);
    QVERIFY_EXCEPTION_THROWN(run(u"media.sound"_s, Inputs {}), Error);
}

QTEST_GUILESS_MAIN(tst_MediaMethods)
#include "tst_mediamethods.moc"
