#include "core/engine/models/CheckpointModel.h"
#include "core/engine/models/processors/AudioProcessor.h"
#include "core/engine/features/Resample.h"
#include "core/jobs/Error.h"
#include "core/values/Npz.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <cmath>

using namespace triptych;

namespace {

QString oracles()
{
    return QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles");
}

Config config(const char* text)
{
    return { QJsonDocument::fromJson(text).object(), QStringLiteral("preprocessor_config.json") };
}

std::unique_ptr<const AudioProcessor> processorOf(const char* text, int bands = 0, int frames = 0)
{
    return AudioProcessor::from(config(text), {}, bands, frames);
}

at::Tensor tensorOf(const Array& array)
{
    const std::vector<int64_t> shape(array.shape.begin(), array.shape.end());
    return at::from_blob(const_cast<float*>(array.floats().data()), shape, at::kFloat).clone();
}

Source soundFile(const QString& name)
{
    Source source;
    source.path = oracles() + QStringLiteral("/assets/audio/") + name;
    return source;
}

double worst(const at::Tensor& got, const at::Tensor& wanted)
{
    if (got.sizes() != wanted.sizes())
        return INFINITY;
    const double off = (got - wanted).abs().max().item<double>();
    return std::isnan(off) ? INFINITY : off;
}

/// What the stored array keeps of `got`: all of it, its first or last frames, or every 7th number.
at::Tensor kept(const at::Tensor& got, const QString& name)
{
    if (name.endsWith(QStringLiteral(".features_first240")))
        return got.slice(1, 0, 240);
    if (name.endsWith(QStringLiteral(".features_last8")))
        return got.slice(1, got.size(1) - 8);
    if (name.endsWith(QStringLiteral("_stride7")))
        return got.slice(-1, 0, got.size(-1), 7);
    return got;
}

constexpr char mini[] = R"({"audio": {"sampling_rate": 16000, "log_floor": 1e-5, "mean": -4, "std": 2}})";

} // namespace

class TstAudioProcessor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void featuresAgreeWithTransformers_data();
    void featuresAgreeWithTransformers();
    void aBatchOfWavesIsPaddedAndMasked();
    void stereoIsMixedThenResampled();
    void shortSoundsArePaddedAndLongOnesCut();
    void rangeBringsEveryClipToOneLevel();
    void aTrimmedSoundSaysWhereItBegins();
    void everyKindReadsAnyLength_data();
    void everyKindReadsAnyLength();
    void aLongSoundComesInParts();
    void clapRepeatsWhatIsShort();
    void fusedClapTakesAWindowOfEachThird();
    void badConfigsAreRefused_data();
    void badConfigsAreRefused();
};

void TstAudioProcessor::featuresAgreeWithTransformers_data()
{
    const QDir cases(oracles() + QStringLiteral("/audioproc"));
    if (!cases.exists())
        QSKIP("the shared oracles are not here");
    QTest::addColumn<QString>("folder");
    for (const QString& name : cases.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        QTest::newRow(qPrintable(name)) << cases.filePath(name);
}

void TstAudioProcessor::featuresAgreeWithTransformers()
{
    QFETCH(QString, folder);
    const auto processor = AudioProcessor::from(preprocessorConfig(folder), {}, 0, 0);
    const Value expected = readNpz(folder + QStringLiteral("/expected.npz"));
    const QJsonObject json = readJsonObject(folder + QStringLiteral("/case.json"));
    const double tolerance = json.value(QStringLiteral("suggested_atol")).toDouble();
    const QJsonObject sounds = json.value(QStringLiteral("sounds")).toObject();
    double most = 0;
    int compared = 0;
    for (const QString& name : sounds.keys()) {
        const QString file = sounds.value(name).toObject().value(QStringLiteral("file")).toString();
        if (file.isEmpty())
            continue; // a batch: its own test
        const at::Tensor heard = processor->read(soundFile(file));
        const QString ready = name + QStringLiteral(".resampled");
        at::Tensor wave = heard;
        if (expected.has(ready)) {
            // The reference's own fp32 rounding in empty bands shows in a logarithm: features are
            // compared from its wave, and waves by themselves.
            wave = tensorOf(expected.array(ready));
            QVERIFY(worst(heard, wave) <= 1e-6);
        }
        const at::Tensor got = (*processor)(wave);
        for (const auto& [array, stored] : expected.arrays) {
            if (!array.startsWith(name + QStringLiteral(".features")))
                continue;
            const double off = worst(kept(got, array), tensorOf(stored));
            QVERIFY2(off <= tolerance, qPrintable(QStringLiteral("%1: %2").arg(array).arg(off)));
            most = std::max(most, off);
            ++compared;
        }
    }
    qInfo() << "largest difference" << most << "of" << tolerance;
    QVERIFY(compared >= 4);
}

void TstAudioProcessor::aBatchOfWavesIsPaddedAndMasked()
{
    const QString folder = oracles() + QStringLiteral("/audioproc/wav2vec2_norm");
    if (!QDir(folder).exists())
        QSKIP("the shared oracles are not here");
    const auto processor = AudioProcessor::from(preprocessorConfig(folder), {}, 0, 0);
    const Value expected = readNpz(folder + QStringLiteral("/expected.npz"));
    const auto lengths = expected.array(QStringLiteral("batch.attention_mask_sum")).integers();
    const QStringList files { QStringLiteral("a16k.wav"), QStringLiteral("b16k_short.wav"), QStringLiteral("silence16k.wav") };
    std::vector<at::Tensor> waves;
    for (int i = 0; i < files.size(); ++i)
        waves.push_back((*processor)(processor->read(soundFile(files[i])).slice(0, 0, lengths[size_t(i)])));
    const EncoderInput input = batchOf(waves);
    const QString name = QStringLiteral("batch.input_values_stride7");
    QVERIFY(worst(kept(input.values, name), tensorOf(expected.array(name))) <= 1e-4);
    for (size_t i = 0; i < lengths.size(); ++i)
        QCOMPARE(input.mask[int64_t(i)].sum().item<int64_t>(), int64_t(lengths[i]));
}

void TstAudioProcessor::stereoIsMixedThenResampled()
{
    const QString file = oracles() + QStringLiteral("/audioproc/resample_expected.npz");
    if (!QFile::exists(file))
        QSKIP("the shared oracles are not here");
    const Value expected = readNpz(file);
    const auto read = [](const char* text) { return processorOf(text)->read(soundFile(QStringLiteral("stereo44k.wav"))); };
    QVERIFY(worst(read(R"({"feature_extractor_type": "WhisperFeatureExtractor"})"),
                tensorOf(expected.array(QStringLiteral("stereo44k.to16000")))) <= 1e-5);
    QVERIFY(worst(read(R"({"feature_extractor_type": "ClapFeatureExtractor"})"),
                tensorOf(expected.array(QStringLiteral("stereo44k.to48000")))) <= 1e-5);
}

void TstAudioProcessor::shortSoundsArePaddedAndLongOnesCut()
{
    const auto processor = processorOf(mini, 64, 50);
    QCOMPARE(processor->seconds(), 0.5);
    bool cut = true;
    const at::Tensor brief = (*processor)(at::randn({ 1600 }) * 0.1, &cut);
    QVERIFY(!cut);
    QVERIFY(brief.sizes() == at::IntArrayRef({ 1, 64, 50 }));
    const double silence = (std::log(1e-5) + 4) / 2;
    QVERIFY((brief.slice(2, 11) - silence).abs().max().item<double>() < 1e-5); // 1 + 1600 / 160 frames
    QVERIFY(brief.slice(2, 0, 11).max().item<double>() > silence + 1);
    (*processor)(at::randn({ 16000 }), &cut);
    QVERIFY(cut);
    QVERIFY((*processor)(at::empty({ 0 })).isfinite().all().item<bool>());
}

void TstAudioProcessor::rangeBringsEveryClipToOneLevel()
{
    const auto processor = processorOf(
        R"({"audio": {"dynamic_range": 14, "trim_silence": true, "lead_frames": 5}})", 64, 200);
    const at::Tensor sound = at::sin(at::arange(8000, at::kFloat) * 0.3) * 0.2;
    const at::Tensor quiet = (*processor)(sound * 0.01);
    const at::Tensor loud = (*processor)(sound);
    QVERIFY((quiet - loud).abs().max().item<double>() < 1e-2);
    QVERIFY((loud.select(2, 0) - loud.min()).abs().max().item<double>() < 1e-6); // the lead is silent
}

void TstAudioProcessor::aTrimmedSoundSaysWhereItBegins()
{
    const auto trims = processorOf(R"({"audio": {"trim_silence": true, "lead_frames": 5}})", 64, 200);
    // Half a second of silence, a second of sound: 40 ms before it are kept, 50 ms are put in front.
    const at::Tensor sound = at::cat({ at::zeros({ 8000 }), at::sin(at::arange(16000, at::kFloat) * 0.3) });
    QVERIFY(std::abs(trims->start(sound) - (0.5 - 0.04 - 0.05)) < 0.011);
    const auto keeps = processorOf(R"({"audio": {"lead_frames": 5}})", 64, 200);
    QVERIFY(std::abs(keeps->start(sound) + 0.05) < 1e-9);
    QCOMPARE(processorOf(R"({"audio": {}})", 64, 200)->start(sound), 0.0);
}

void TstAudioProcessor::everyKindReadsAnyLength_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("triptych") << QByteArray(mini);
    for (const char* kind : { "ASTFeatureExtractor", "ClapFeatureExtractor", "Wav2Vec2FeatureExtractor",
             "WhisperFeatureExtractor" })
        QTest::newRow(kind) << QByteArray("{\"feature_extractor_type\": \"") + kind + "\"}";
}

void TstAudioProcessor::everyKindReadsAnyLength()
{
    QFETCH(QByteArray, text);
    const bool own = QByteArray(QTest::currentDataTag()) == "triptych";
    const auto processor = processorOf(text.constData(), own ? 64 : 0, own ? 50 : 0);
    const auto whole = int64_t(processor->seconds() * processor->rate());
    bool cut = false;
    for (const int64_t samples : { int64_t(0), int64_t(1), int64_t(399), int64_t(7001), whole, 2 * whole + 3 }) {
        const at::Tensor made = (*processor)(at::sin(at::arange(samples, at::kFloat) * 0.1), &cut);
        QVERIFY(made.isfinite().all().item<bool>());
        // The frame that is centred on the end counts for the model that ships.
        QCOMPARE(cut, samples > whole || (own && samples == whole));
        if (processor->fills())
            QVERIFY(made.sizes() == (*processor)(at::zeros({ 500 })).sizes());
        else
            QCOMPARE(made.numel(), std::min(samples, whole));
    }
    QVERIFY((*processor)(at::zeros({ 5000 })).isfinite().all().item<bool>());
}

void TstAudioProcessor::aLongSoundComesInParts()
{
    const auto processor = processorOf(R"({"feature_extractor_type": "WhisperFeatureExtractor", "chunk_length": 2})");
    const at::Tensor sound = at::arange(70000, at::kFloat);
    const auto parts = processor->parts(sound);
    QCOMPARE(parts.size(), size_t(3));
    QVERIFY(at::cat(parts).equal(sound));
    QCOMPARE(parts.front().numel(), int64_t(32000));
    QCOMPARE(processor->parts(at::empty({ 0 })).size(), size_t(1));
}

void TstAudioProcessor::clapRepeatsWhatIsShort()
{
    const char* text = R"({"feature_extractor_type": "ClapFeatureExtractor", "max_length_s": 1,
        "truncation": "rand_trunc", "padding": "%1"})";
    const auto made = [&](const char* padding) {
        QByteArray filled(text);
        const auto processor = processorOf(filled.replace("%1", padding).constData());
        return (*processor)(at::sin(at::arange(20000, at::kFloat) * 0.05))[0];
    };
    const at::Tensor silent = at::full({ 64 }, -100.0);
    QVERIFY(worst(made("pad")[60], silent) < 1e-4);           // 60 * 480 > 20000 samples
    QVERIFY(made("repeatpad")[60].max().item<double>() > -50); // twice: 40000 samples
    QVERIFY(worst(made("repeatpad")[95], silent) < 1e-4);
    QVERIFY(made("repeat")[95].max().item<double>() > -50);
}

void TstAudioProcessor::fusedClapTakesAWindowOfEachThird()
{
    const auto processor = processorOf(R"({"feature_extractor_type": "ClapFeatureExtractor", "max_length_s": 1})");
    bool cut = false;
    const at::Tensor brief = (*processor)(at::randn({ 20000 }), &cut);
    QVERIFY(!cut);
    QVERIFY(brief.sizes() == at::IntArrayRef({ 4, 101, 64 }));
    QVERIFY(brief[0].equal(brief[3]));
    // A beep from 2.5 to 3.5 s of four: only the squeezed window and the last third's first hear it.
    at::Tensor sound = at::zeros({ 192000 });
    sound.slice(0, 120000, 168000).copy_(at::sin(at::arange(48000, at::kFloat) * 0.3));
    const at::Tensor made = (*processor)(sound, &cut);
    QVERIFY(cut);
    QVERIFY(made.sizes() == at::IntArrayRef({ 4, 101, 64 }));
    QVERIFY(made[0].max().item<double>() > 0);
    QVERIFY(worst(made[1], at::full({ 101, 64 }, -100.0)) < 1e-4);
    QVERIFY(made[3].max().item<double>() > 0);
}

void TstAudioProcessor::badConfigsAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("bands") << QByteArray(R"({"audio": {"num_mel_bins": 80}})");
    QTest::newRow("scale") << QByteArray(R"({"audio": {"mel": "bark"}})");
    QTest::newRow("kind") << QByteArray(R"({"feature_extractor_type": "EncodecFeatureExtractor"})");
    QTest::newRow("frames") << QByteArray(R"({"feature_extractor_type": "ASTFeatureExtractor", "max_length": 0})");
    QTest::newRow("deviation") << QByteArray(R"({"feature_extractor_type": "ASTFeatureExtractor", "std": 0})");
    QTest::newRow("padding") << QByteArray(R"({"feature_extractor_type": "ClapFeatureExtractor", "padding": "x"})");
    QTest::newRow("rate") << QByteArray(R"({"feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": "16k"})");
}

void TstAudioProcessor::badConfigsAreRefused()
{
    QFETCH(QByteArray, text);
    QVERIFY_EXCEPTION_THROWN(processorOf(text.constData(), 64, 50), Error);
}

QTEST_MAIN(TstAudioProcessor)
#include "tst_audioprocessor.moc"
