#include "MediaFixtures.h"

#include "core/engine/media/Media.h"
#include "core/jobs/Error.h"
#include "core/values/Npz.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QDirIterator>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>
#include <cmath>
#include <future>
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

Source file(const QString& path)
{
    Source source;
    source.path = path;
    return source;
}

QString messageOf(const Source& source)
{
    try {
        readSound(source);
    } catch (const Error& error) {
        return error.message();
    }
    return {};
}

at::Tensor sine(double hz, int rate, int n)
{
    return at::sin(at::arange(n, at::kDouble) * (2 * std::numbers::pi * hz / rate)).to(at::kFloat)
        * 0.5;
}

double worst(const at::Tensor& a, const at::Tensor& b)
{
    return a.sizes() == b.sizes() ? (a - b).abs().max().item<double>() : 1e9;
}

} // namespace

class tst_Sound : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWavComesOutSampleForSample();
    void channelsStayApartAndMixToTheirMean();
    void resamplingKeepsToneAndLength();
    void oggIsReadFromBytesAndFromAFile();
    void aCutOffSoundIsNamedWithItsReason();
    void whatIsNoSoundIsNamedWithItsReason();
    void anHourTooLongIsRefusedBeforeDecoding();
    void severalThreadsReadAtOnce();
    void speechIsSpoken();
    void describeKnowsTheLengthWithoutDecoding();
    void resamplingIsNearTheReference();
    void sixtyRandomStampsCanBeRead();
};

void tst_Sound::aWavComesOutSampleForSample()
{
    const Sound sound = readSound(pasted(fixtures::sineWav(440, 16000, 0.5)));
    QCOMPARE(sound.rate, 16000);
    QCOMPARE(sound.samples.size(0), 1);
    QVERIFY(worst(sound.samples[0], sine(440, 16000, 8000)) < 6e-5);
    QCOMPARE(readSound(pasted(fixtures::sineWav(440, 16000, 1 / 16000.0))).samples.size(1), 1);
}

void tst_Sound::channelsStayApartAndMixToTheirMean()
{
    const Sound sound = readSound(
        pasted(fixtures::wav(8000, 2, 100, [](int c, int) { return c == 0 ? 0.5 : -0.25; })));
    QCOMPARE(sound.samples.size(0), 2);
    QVERIFY(worst(sound.samples[0], at::full({100}, 0.5)) < 1e-4);
    QVERIFY(worst(sound.samples[1], at::full({100}, -0.25)) < 1e-4);
    QVERIFY(worst(mono(sound), at::full({100}, 0.125)) < 1e-4);
    QCOMPARE(readSound(pasted(fixtures::wav(8000, 6, 10, [](int c, int) { return c / 10.0; })))
                 .samples.size(0),
        6);
}

void tst_Sound::resamplingKeepsToneAndLength()
{
    for (const int rate : {8000, 16000, 44100, 48000}) {
        const Sound sound = readSound(pasted(fixtures::sineWav(440, 22050, 1)), rate);
        QCOMPARE(sound.rate, rate);
        QCOMPARE(sound.samples.size(1), rate);
        const at::Tensor middle = sound.samples[0].narrow(0, rate / 4, rate / 2);
        const double difference
            = worst(middle, sine(440, rate, rate).narrow(0, rate / 4, rate / 2));
        QVERIFY2(difference < 5e-3, qPrintable(QString::number(difference)));
    }
    QVERIFY_EXCEPTION_THROWN(readSound(pasted(fixtures::sineWav(440, 8000, 1)), -1), Error);
}

void tst_Sound::oggIsReadFromBytesAndFromAFile()
{
    const QByteArray ogg = fixtures::oggFlac(1);
    const Sound sound = readSound(pasted(ogg));
    QCOMPARE(sound.rate, 44100);
    QCOMPARE(sound.samples.size(1), 44100);
    QVERIFY(std::abs(sound.samples.abs().max().item<double>() - 16000.0 / 32768) < 1e-3);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"klang – 声音.ogg"_s);
    fixtures::write(path, ogg);
    QVERIFY(at::equal(readSound(file(path)).samples, sound.samples));
}

void tst_Sound::aCutOffSoundIsNamedWithItsReason()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"cut"_s);
    for (const QByteArray& whole : {fixtures::sineWav(440, 16000, 2), fixtures::oggFlac(2)}) {
        for (const double part : {0.3, 0.6, 0.8}) {
            fixtures::write(path, whole.first(qsizetype(part * double(whole.size()))));
            const QString message = messageOf(file(path));
            QVERIFY2(message.startsWith(path) && message.contains(u"cut off"_s),
                qPrintable(QString::number(part) + message));
        }
        for (const qsizetype size : {4, 20, 40, 50}) {
            fixtures::write(path, whole.first(size));
            QVERIFY2(messageOf(file(path)).startsWith(path), qPrintable(QString::number(size)));
        }
    }
}

void tst_Sound::whatIsNoSoundIsNamedWithItsReason()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"odd"_s);
    fixtures::write(path, {});
    QVERIFY(messageOf(file(path)).contains(u"empty"_s));
    QVERIFY(messageOf(file(folder.filePath(u"absent.wav"_s))).contains(u"no such file"_s));
    QVERIFY(messageOf(file(folder.path())).contains(u"folder"_s));
    QByteArray noise(20000, Qt::Uninitialized);
    for (char& byte : noise)
        byte = char(QRandomGenerator::global()->bounded(256));
    for (const QByteArray& bytes : {QByteArray("some words\n").repeated(100), noise,
             QByteArray("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"), QByteArray(1000, '\0')}) {
        fixtures::write(path, bytes);
        QVERIFY2(messageOf(file(path)).startsWith(path), bytes.first(20).constData());
    }
    const QString silent = messageOf(pasted(fixtures::video({})));
    QVERIFY2(silent.contains(u"no sound"_s), qPrintable(silent));
    const QString bare = messageOf(pasted(fixtures::wav(8000, 1, 0, [](int, int) { return 0.0; })));
    QVERIFY2(bare.contains(u"no sound"_s), qPrintable(bare));
}

void tst_Sound::anHourTooLongIsRefusedBeforeDecoding()
{
    // Five hours at 8 kHz, 16 bits: a header and a hole.
    const quint32 size = 5 * 3600 * 16000U;
    QByteArray head = fixtures::sineWav(440, 8000, 0.1).first(44);
    qToLittleEndian<quint32>(36 + size, head.data() + 4);
    qToLittleEndian<quint32>(size, head.data() + 40);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"long.wav"_s);
    fixtures::write(path, head);
    QVERIFY(QFile::resize(path, 44 + qint64(size)));
    const QString message = messageOf(file(path));
    QVERIFY2(message.contains(u"300 minutes"_s), qPrintable(message));
}

void tst_Sound::severalThreadsReadAtOnce()
{
    const QByteArray ogg = fixtures::oggFlac(0.5);
    std::vector<std::future<at::Tensor>> reads;
    for (int i = 0; i < 16; ++i)
        reads.push_back(std::async(
            std::launch::async, [&ogg] { return readSound(pasted(ogg), 16000).samples; }));
    const at::Tensor first = reads.front().get();
    for (size_t i = 1; i < reads.size(); ++i)
        QVERIFY(at::equal(reads[i].get(), first));
}

void tst_Sound::speechIsSpoken()
{
    if (QStandardPaths::findExecutable(u"espeak-ng"_s).isEmpty()) {
        QVERIFY(messageOf(file(u"speech:en:hello"_s)).contains(u"espeak-ng"_s));
        return;
    }
    const Sound hello = readSound(file(u"speech:en:hello, world: again"_s), 16000);
    QCOMPARE(hello.rate, 16000);
    QVERIFY(hello.samples.size(1) > 8000);
    QVERIFY(hello.samples.abs().max().item<double>() > 0.1);
    QVERIFY(readSound(file(u"speech:zh_CN:你好"_s)).samples.size(1) > 4000);
    // A text that looks like an option is spoken all the same.
    QVERIFY(readSound(file(u"speech:en:--version"_s)).samples.size(1) > 4000);
    QVERIFY(messageOf(file(u"speech:xx-none:hello"_s)).contains(u"xx-none"_s));
    QVERIFY(messageOf(file(u"speech:en:"_s)).contains(u"speech:LANGUAGE:TEXT"_s));
    QVERIFY(messageOf(file(u"speech:hello"_s)).contains(u"speech:LANGUAGE:TEXT"_s));
}

void tst_Sound::describeKnowsTheLengthWithoutDecoding()
{
    const QJsonObject facts = describe(pasted(fixtures::oggFlac(1.5)), Modality::Audio);
    QCOMPARE(facts[u"kind"_s].toString(), u"audio"_s);
    QCOMPARE(facts[u"rate"_s].toInt(), 44100);
    QCOMPARE(facts[u"channels"_s].toInt(), 1);
    QVERIFY(std::abs(facts[u"seconds"_s].toDouble() - 1.5) < 0.01);
    QCOMPARE(facts[u"codec"_s].toString(), u"flac"_s);
}

void tst_Sound::resamplingIsNearTheReference()
{
    const QString oracles = QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles");
    if (!QFile::exists(oracles))
        QSKIP("the reference outputs are not beside the project");
    const Value expected = readNpz(oracles + u"/audioproc/resample_expected.npz"_s);
    const Source source = file(oracles + u"/assets/audio/stereo44k.wav"_s);
    const auto compare = [&expected](const at::Tensor& got, const QString& name) {
        const Array& array = expected.array(name);
        const at::Tensor want = at::from_blob(
            const_cast<float*>(array.floats().data()), {array.shape.front()}, at::kFloat);
        if (got.numel() != want.numel())
            return 1e9;
        return (got - want).pow(2).mean().sqrt().item<double>()
            / want.pow(2).mean().sqrt().item<double>();
    };
    QVERIFY(compare(mono(readSound(source)), u"stereo44k.mono"_s) < 1e-6);
    // The reference is torchaudio's sinc (features/Resample.h follows that one exactly);
    // libswresample has another window, so only the sound is the same, not the samples.
    for (const int rate : {16000, 48000}) {
        const double difference
            = compare(mono(readSound(source, rate)), u"stereo44k.to%1"_s.arg(rate));
        qInfo("to %d Hz: %.4f of the reference's level apart", rate, difference);
        QVERIFY(difference < 0.05);
    }
}

void tst_Sound::sixtyRandomStampsCanBeRead()
{
    QStringList all;
    QDirIterator stamps(u"/usr/share/tuxpaint/stamps"_s, {u"*.ogg"_s, u"*.wav"_s}, QDir::Files,
        QDirIterator::Subdirectories);
    while (stamps.hasNext())
        all.append(stamps.next());
    if (all.isEmpty())
        QSKIP("tuxpaint-stamps-default is not installed");
    for (int i = 0; i < 60; ++i) {
        const QString path = all[QRandomGenerator::global()->bounded(all.size())];
        const QString message = messageOf(file(path));
        QVERIFY2(message.isEmpty(), qPrintable(message));
    }
}

QTEST_GUILESS_MAIN(tst_Sound)
#include "tst_sound.moc"
