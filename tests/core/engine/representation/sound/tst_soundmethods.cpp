#include "SoundTesting.h"

#include "core/engine/features/Deltas.h"
#include "core/engine/features/Mel.h"
#include "core/engine/representation/sound/SoundStatistics.h"
#include "core/jobs/Error.h"

#include <QJsonArray>
#include <QSet>
#include <QTest>
#include <cmath>

using namespace triptych;
using namespace triptych::representation;
using namespace triptych::testing;
using namespace Qt::StringLiterals;

namespace {

const QStringList plain {u"represent.spectrogram"_s, u"represent.melspectrogram"_s,
    u"represent.mfcc"_s, u"represent.chroma"_s, u"represent.pitch"_s,
    u"represent.soundstatistics"_s};

QStringList titlesOf(const Value& value)
{
    QStringList titles;
    for (const QJsonValue& step : value.info[u"steps"].toArray())
        titles.append(step.toObject()[u"title"].toString());
    return titles;
}

/// The array of the first step with this title.
at::Tensor stepOf(const Value& value, const QString& title)
{
    for (const QJsonValue& step : value.info[u"steps"].toArray())
        if (step.toObject()[u"title"].toString() == title)
            return tensorOf(value, step.toObject()[u"array"].toString());
    return {};
}

double worst(const at::Tensor& a, const at::Tensor& b)
{
    return a.sizes() == b.sizes()
        ? (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>()
        : 1e9;
}

/// The signal of the golden numbers, a tone and a chirp, 1 s at 8 kHz: frame 50 of its MFCC is
/// known.
at::Tensor goldenSound()
{
    const at::Tensor n = at::arange(8000, at::kDouble), t = n / 8000;
    const double turn = 2 * std::numbers::pi;
    return 0.5 * at::sin(turn * 440 * t) + 0.25 * at::sin(turn * (300 * t + 1000 * t.square()));
}

} // namespace

class tst_SoundMethods : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theStepsOfMfccShowTheGoldenNumbers_data()
    {
        QTest::addColumn<QString>("scale");
        QTest::addColumn<QString>("norm");
        QTest::addColumn<QList<double>>("golden");
        QTest::newRow("htk") << u"htk"_s << u"none"_s
                             << QList<double> {-201.1779, 48.1647, -57.7682, -23.7279, -23.6126};
        QTest::newRow("slaney") << u"slaney"_s << u"slaney"_s
                                << QList<double> {-310.8314, 54.3506, -35.3621, 8.4448, 12.9027};
    }

    void theStepsOfMfccShowTheGoldenNumbers()
    {
        QFETCH(QString, scale);
        QFETCH(QString, norm);
        QFETCH(QList<double>, golden);
        const QJsonObject options {{u"sound_rate"_s, 8000}, {u"pre_emphasis"_s, 0},
            {u"scale"_s, scale}, {u"norm"_s, norm}, {u"steps"_s, true}};
        const Value value = run(u"represent.mfcc"_s, options, {soundSample(u"a"_s, goldenSound())});
        const at::Tensor cepstrum = stepOf(value, u"MFCC"_s);
        QCOMPARE(cepstrum.sizes(), (at::IntArrayRef {13, 101}));
        // The file holds 16 bits: 0.01 is above what its rounding changes (0.004 measured), far
        // below a wrong scale or padding.
        for (int c = 0; c < golden.size(); ++c)
            QVERIFY2(std::abs(cepstrum[c][50].item<double>() - golden[c]) < 0.01,
                qPrintable(QString::number(cepstrum[c][50].item<double>() - golden[c])));
        QVERIFY(worst(stepOf(value, u"Deltas"_s), deltas(cepstrum)) < 1e-3);
        const at::Tensor vector = tensorOf(value, u"embeddings"_s);
        QCOMPARE(vector.sizes(), (at::IntArrayRef {1, 78}));
        QVERIFY(worst(vector[0].narrow(0, 0, 13), cepstrum.mean(1)) < 1e-3);
        QVERIFY(worst(vector[0].narrow(0, 39, 13), cepstrum.std(1, false)) < 1e-3);
        QVERIFY(worst(stepOf(value, u"Vector"_s), vector[0]) == 0);
    }

    void everyStepIsTitledExplainedAndFinite()
    {
        const Sample sample = soundSample(u"a"_s, glide(200, 400, 5000));
        for (const QString& id : plain) {
            const Value value = run(id, {{u"steps"_s, true}}, {sample});
            QVERIFY2(titlesOf(value).size() >= 6, qPrintable(id));
            QCOMPARE(titlesOf(value).first(), u"Waveform"_s);
            QCOMPARE(titlesOf(value).last(), u"Vector"_s);
            for (const QJsonValue& json : value.info[u"steps"].toArray()) {
                const QJsonObject step = json.toObject();
                QVERIFY2(!step[u"about"].toString().isEmpty(),
                    qPrintable(id + step[u"title"].toString()));
                QVERIFY(!step[u"about"].toString().contains(
                    u"%%1"_s.arg(step[u"args"].toArray().size() + 1)));
                QVERIFY(
                    at::isfinite(tensorOf(value, step[u"array"].toString())).all().item<bool>());
            }
            QVERIFY(!run(id, {}, {sample}).info.contains(u"steps"_s));
        }
    }

    void timesAndFrequenciesAreTrue()
    {
        const Value value
            = run(u"represent.spectrogram"_s, {{u"sound_rate"_s, 8000}, {u"steps"_s, true}},
                {soundSample(u"a"_s, glide(1000, 1000, 8000))});
        const QJsonArray steps = value.info[u"steps"].toArray();
        const QJsonObject heat
            = steps[qsizetype(titlesOf(value).indexOf(u"Spectrogram |STFT|²"_s))].toObject();
        const at::Tensor levels = tensorOf(value, heat[u"array"].toString());
        const QJsonObject x = heat[u"x"].toObject(), y = heat[u"y"].toObject();
        QCOMPARE(x[u"step"].toDouble(), 0.01);
        QCOMPARE(
            y[u"step"].toDouble() * double(levels.select(1, 50).argmax().item<int64_t>()), 1000.0);
        QVERIFY(std::abs(x[u"step"].toDouble() * double(levels.size(1) - 1) - 1) < 1e-9);
    }

    void theChosenFrameIsShown()
    {
        // Silence, then a tone: the loudest frame is in the tone, frame 0 is silent.
        const at::Tensor sound = at::cat({at::zeros({4000}, at::kDouble), glide(440, 440, 4000)});
        const QJsonObject first {{u"sound_rate"_s, 8000}, {u"steps"_s, true}, {u"frame"_s, 0}};
        const QJsonObject last {{u"sound_rate"_s, 8000}, {u"steps"_s, true}, {u"frame"_s, 100'000}};
        const QString title = u"One frame and the window"_s;
        const std::vector<Sample> samples {soundSample(u"a"_s, sound)};
        QCOMPARE(
            stepOf(run(u"represent.mfcc"_s, first, samples), title)[0].abs().max().item<float>(),
            0.f);
        QVERIFY(stepOf(run(u"represent.mfcc"_s, last, samples), title)[0].abs().max().item<float>()
            > 0.1f);
        const Value loudest
            = run(u"represent.mfcc"_s, {{u"sound_rate"_s, 8000}, {u"steps"_s, true}}, samples);
        QVERIFY(stepOf(loudest, title)[0].abs().max().item<float>() > 0.1f);
    }

    void everyOptionChangesWhatItNames()
    {
        const std::vector<Sample> samples {soundSample(u"a"_s, glide(300, 900, 5000))};
        const auto changes = [&](const QString& id, const QString& name, const QJsonValue& to) {
            const at::Tensor before = tensorOf(run(id, {}, samples), u"embeddings"_s);
            return worst(before, tensorOf(run(id, {{name, to}}, samples), u"embeddings"_s)) > 1e-6;
        };
        const std::map<QString, QJsonValue> common {{u"sound_rate"_s, 8000},
            {u"pre_emphasis"_s, 0.5}, {u"n_fft"_s, 1024}, {u"window"_s, 200},
            {u"window_shape"_s, u"hamming"_s}, {u"hop"_s, 100}, {u"pad"_s, u"none"_s}};
        for (const QString& id : plain)
            for (const auto& [name, to] : common)
                if (id != u"represent.pitch" || name == u"hop")
                    QVERIFY2(changes(id, name, to), qPrintable(id + u" "_s + name));
        const std::map<QString, QJsonValue> bands {{u"mels"_s, 30}, {u"scale"_s, u"slaney"_s},
            {u"norm"_s, u"slaney"_s}, {u"low_hz"_s, 100}, {u"high_hz"_s, 5000}, {u"top_db"_s, 20}};
        for (const QString& id :
            {u"represent.melspectrogram"_s, u"represent.mfcc"_s, u"represent.soundstatistics"_s})
            for (const auto& [name, to] : bands)
                QVERIFY2(changes(id, name, to), qPrintable(id + u" "_s + name));
        QVERIFY(changes(u"represent.melspectrogram"_s, u"log"_s, u"ln"_s));
        QVERIFY(changes(u"represent.mfcc"_s, u"coefficients"_s, 12));
        QVERIFY(changes(u"represent.mfcc"_s, u"deltas"_s, 1));
        QVERIFY(changes(u"represent.mfcc"_s, u"delta_width"_s, 5));
        QVERIFY(changes(u"represent.soundstatistics"_s, u"shape"_s, true));
        QVERIFY(changes(u"represent.chroma"_s, u"tuning"_s, 420));
        QVERIFY(changes(u"represent.chroma"_s, u"octaves"_s, 0));
    }

    void shortSilentClippedAndStereoSoundsGiveFiniteVectors()
    {
        const std::vector<Sample> samples {soundSample(u"one"_s, at::full({1}, 0.5, at::kDouble)),
            soundSample(u"silent"_s, at::zeros({3000}, at::kDouble)),
            soundSample(u"constant"_s, at::full({3000}, 0.5, at::kDouble)),
            soundSample(u"clipped"_s, glide(300, 300) * 9),
            soundSample(u"noise"_s, Chance(1).normal({3000}, at::kDouble))};
        for (const QString& id : plain) {
            for (const QString& pad : {u"reflect"_s, u"none"_s}) {
                if (id == u"represent.pitch" && pad == u"none")
                    continue;
                const QJsonObject options
                    = id == u"represent.pitch" ? QJsonObject() : QJsonObject {{u"pad"_s, pad}};
                const at::Tensor rows = tensorOf(run(id, options, samples), u"embeddings"_s);
                QCOMPARE(rows.size(0), 5);
                QVERIFY2(at::isfinite(rows).all().item<bool>(), qPrintable(id));
            }
            for (const Sample& sample : samples) {
                const Value value = run(id, {{u"steps"_s, true}}, {sample});
                QVERIFY2(titlesOf(value).size() >= 6, qPrintable(id + sample.id));
            }
        }
    }

    void pitchStatisticsTellVoicesApart()
    {
        const Value value = run(u"represent.pitch"_s, {},
            {soundSample(u"low"_s, glide(110, 110)), soundSample(u"high"_s, glide(300, 300)),
                soundSample(u"none"_s, at::zeros({3000}, at::kDouble))});
        const at::Tensor rows = tensorOf(value, u"embeddings"_s);
        QVERIFY(std::abs(rows[0][0].item<double>() - 110) < 0.5);
        QVERIFY(std::abs(rows[1][0].item<double>() - 300) < 1);
        QCOMPARE(rows[2][0].item<float>(), 0.f);
        QCOMPARE(rows[2][4].item<float>(), 0.f);
        QVERIFY(rows[0][4].item<float>() > 0.9f);
        QCOMPARE(value.info[u"columns"].toArray().size(), qsizetype(rows.size(1)));
    }

    void statisticsAreSixtyNumbersAndAllAreNamed()
    {
        const std::vector<Sample> samples {soundSample(u"a"_s, glide(300, 900))};
        const Value value = run(u"represent.soundstatistics"_s, {}, samples);
        QCOMPARE(value.array(u"embeddings"_s).shape, (QList<qint64> {1, 60}));
        for (int deltas = 0; deltas <= 2; ++deltas) {
            const Value more = run(u"represent.soundstatistics"_s,
                {{u"shape"_s, true}, {u"deltas"_s, deltas}}, samples);
            const QStringList columns = more.strings(u"columns"_s);
            QCOMPARE(qint64(columns.size()), more.array(u"embeddings"_s).shape[1]);
            QCOMPARE(QSet<QString>(columns.begin(), columns.end()).size(), columns.size());
            QCOMPARE(columns.last(), u"seconds"_s);
            QVERIFY(std::abs(tensorOf(more, u"embeddings"_s)[0][-1].item<double>() - 0.4) < 1e-3);
        }
    }

    void aLongSoundIsShownByItsEnvelopeButRepresentedWhole()
    {
        // 12 s, loud at the end: 10 s are drawn, the vector knows the rest.
        const at::Tensor quiet = 0.01 * glide(300, 300, 88'000);
        const at::Tensor sound = at::cat({quiet, glide(900, 900, 8000)});
        const QJsonObject options {{u"sound_rate"_s, 8000}, {u"steps"_s, true}};
        const Value value
            = run(u"represent.melspectrogram"_s, options, {soundSample(u"a"_s, sound)});
        const at::Tensor wave = stepOf(value, u"Waveform"_s);
        QCOMPARE(wave.size(0), 2); // lowest and highest
        QVERIFY(wave.size(1) <= 16'384);
        QVERIFY(wave.max().item<float>() < 0.02f);
        QCOMPARE(stepOf(value, u"Logarithm"_s).size(1), 1001);
        QVERIFY(worst(stepOf(value, u"Vector"_s), tensorOf(value, u"embeddings"_s)[0]) == 0);
    }

    void emptyMelBandsAreWarnedOf()
    {
        const std::vector<Sample> samples {soundSample(u"a"_s, glide(300, 900))};
        QJsonObject options {{u"sound_rate"_s, 8000}, {u"n_fft"_s, 256}, {u"mels"_s, 40}};
        QVERIFY(run(u"represent.melspectrogram"_s, options, samples)
                    .info[u"warnings"]
                    .toArray()
                    .isEmpty());
        options[u"mels"_s] = 128;
        const QJsonArray warnings
            = run(u"represent.melspectrogram"_s, options, samples).info[u"warnings"].toArray();
        QCOMPARE(warnings.size(), 1);
        QVERIFY(warnings[0].toString().contains(
            QString::number(emptyMelFilters(soundOptionsOf(options).mel))));
    }

    void whatIsMissingIsNamed()
    {
        Sample text;
        text.id = u"only a text"_s;
        text.sources[Modality::Text]
            = {.path = {}, .text = u"only a text"_s, .bytes = {}, .language = {}};
        const auto message = [](const QString& id, const QJsonObject& options,
                                 const std::vector<Sample>& samples) {
            try {
                run(id, options, samples);
            } catch (const Error& error) {
                return error.message();
            }
            return QString();
        };
        for (const QString& id : plain) {
            QVERIFY(message(id, {}, {text}).contains(u"only a text"_s));
            QVERIFY(message(id, {}, {}).endsWith(u'.'));
        }
        const std::vector<Sample> samples {soundSample(u"a"_s, glide(300, 900))};
        QVERIFY(message(u"represent.mfcc"_s, {{u"coefficients"_s, 50}}, samples)
                    .contains(u"coefficients"_s));
        QVERIFY(message(u"represent.mfcc"_s, {{u"delta_width"_s, 4}}, samples)
                    .contains(u"delta width"_s));
        QVERIFY(message(u"represent.mfcc"_s, {{u"window"_s, 5000}}, samples).contains(u"window"_s));
        QVERIFY(message(u"represent.pitch"_s, {{u"low_hz"_s, 800}}, samples).contains(u"pitch"_s));
    }
};

QTEST_APPLESS_MAIN(tst_SoundMethods)
#include "tst_soundmethods.moc"
