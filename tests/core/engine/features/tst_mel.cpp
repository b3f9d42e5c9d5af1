#include "core/engine/features/Mel.h"

#include "core/engine/features/Resample.h"
#include "core/jobs/Error.h"
#include "core/values/Npz.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QFile>
#include <QTest>
#include <cmath>
#include <numbers>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

constexpr double pi = std::numbers::pi;

/// The signal of the published golden numbers: a tone and a chirp, 1 s at 8 kHz.
at::Tensor chirp()
{
    at::Tensor x = at::empty({8000}, at::kDouble);
    for (int n = 0; n < 8000; ++n) {
        const double t = n / 8000.0;
        x[n] = .5 * std::sin(2 * pi * 440 * t) + .25 * std::sin(2 * pi * (300 * t + 1000 * t * t));
    }
    return x;
}

at::Tensor sine(double hz, int rate, int n)
{
    return at::sin(at::arange(n, at::kDouble) * (2 * pi * hz / rate)).to(at::kFloat);
}

MelOptions goldenOptions(MelScale scale, MelNorm norm)
{
    MelOptions o;
    o.rate = 8000;
    o.fftSize = 256;
    o.hop = 80;
    o.mels = 40;
    o.scale = scale;
    o.norm = norm;
    return o;
}

void compareColumn(const at::Tensor& coefficients, std::initializer_list<double> expected)
{
    int c = 0;
    for (const double value : expected) {
        const double got = coefficients[c++][50].item<double>();
        QVERIFY2(std::abs(got - value) <= 1e-3,
            qPrintable(u"c%1: %2, expected %3"_s.arg(c - 1).arg(got, 0, 'f', 4).arg(value)));
    }
}

at::Tensor tensorOf(const Array& array)
{
    const std::vector<int64_t> shape(array.shape.begin(), array.shape.end());
    return at::from_blob(const_cast<float*>(array.floats().data()), shape, at::kFloat).clone();
}

double worst(const at::Tensor& a, const at::Tensor& b)
{
    return a.sizes() == b.sizes() ? (a - b).abs().max().item<double>() : 1e9;
}

QString oracles()
{
    return QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles/audioproc/");
}

} // namespace

class tst_Mel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mfccHasTheGoldenNumbersInTheHtkScale();
    void mfccHasTheGoldenNumbersInTheSlaneyScale();
    void filtersEqualTheReferenceBanks();
    void aSinePeaksInItsBin();
    void parsevalHolds();
    void aConstantSoundStaysInTheLowestBins();
    void silenceIsTheFloorAndFinite();
    void oneSampleGivesOneFrame();
    void anEmptySoundHasNoFrames();
    void preEmphasisTakesAConstantAway();
    void aLongSoundIsTheSameAcrossItsParts();
    void emptyFiltersAreCounted();
    void resamplingEqualsTheReference();
    void badOptionsAreNamed();
};

// Golden numbers: librosa and torchaudio on the same signal; n_fft 256, hop 80, 40 mels, 13
// coefficients, reflect padding, top_db 80; frame 50.
void tst_Mel::mfccHasTheGoldenNumbersInTheHtkScale()
{
    const at::Tensor c = mfcc(chirp(), goldenOptions(MelScale::Htk, MelNorm::None));
    QCOMPARE(c.size(0), 13);
    QCOMPARE(c.size(1), 101);
    compareColumn(c, {-201.1779, 48.1647, -57.7682, -23.7279, -23.6126});
}

void tst_Mel::mfccHasTheGoldenNumbersInTheSlaneyScale()
{
    const at::Tensor c = mfcc(chirp(), goldenOptions(MelScale::Slaney, MelNorm::Slaney));
    compareColumn(c, {-310.8314, 54.3506, -35.3621, 8.4448, 12.9027});
}

void tst_Mel::filtersEqualTheReferenceBanks()
{
    if (!QFile::exists(oracles()))
        QSKIP("the reference outputs are not beside the project");
    MelOptions whisper;
    whisper.fftSize = 400;
    whisper.mels = 80;
    whisper.scale = MelScale::Slaney;
    whisper.norm = MelNorm::Slaney;
    const Value w = readNpz(oracles() + u"whisper_80mel_2s/expected.npz"_s);
    QVERIFY(worst(melFilters(whisper), tensorOf(w.array(u"debug.mel_filters"_s)).t()) < 1e-8);
    MelOptions clap;
    clap.rate = 48000;
    clap.fftSize = 1024;
    clap.lowHz = 50;
    clap.highHz = 14000;
    const Value c = readNpz(oracles() + u"clap_unfused_repeatpad/expected.npz"_s);
    QVERIFY(worst(melFilters(clap), tensorOf(c.array(u"debug.mel_filters"_s)).t()) < 1e-6);
    clap.scale = MelScale::Slaney;
    clap.norm = MelNorm::Slaney;
    const at::Tensor slaney = tensorOf(c.array(u"debug.mel_filters_slaney"_s)).t();
    QVERIFY(worst(melFilters(clap), slaney) < 1e-8);
}

void tst_Mel::aSinePeaksInItsBin()
{
    MelOptions o;
    const at::Tensor s = spectrogram(sine(1000, o.rate, 16000), o);
    QCOMPARE(s.size(0), 257);
    QCOMPARE(s.size(1), 101);
    QCOMPARE(s.select(1, 50).argmax().item<int64_t>(), 32); // 1000 Hz / (16000 / 512)
}

void tst_Mel::parsevalHolds()
{
    // One frame, no overlap: sum over the whole spectrum = n times the energy of the windowed
    // frame.
    MelOptions o;
    o.padding = FramePadding::None;
    const at::Tensor x = chirp().narrow(0, 0, 512);
    const at::Tensor s = spectrogram(x, o);
    QCOMPARE(s.size(1), 1);
    const at::Tensor hann = 0.5 - 0.5 * at::cos(at::arange(512, at::kDouble) * (2 * pi / 512));
    const double energy = (x * hann).pow(2).sum().item<double>() * 512;
    const at::Tensor column = s.select(1, 0).to(at::kDouble);
    const double sum
        = 2 * column.sum().item<double>() - column[0].item<double>() - column[256].item<double>();
    QVERIFY(std::abs(sum / energy - 1) < 1e-6);
}

void tst_Mel::aConstantSoundStaysInTheLowestBins()
{
    const at::Tensor s = spectrogram(at::ones({4000}), MelOptions {});
    QVERIFY(s.narrow(0, 2, 255).max().item<double>() < 1e-12);
    QVERIFY(std::abs(s[0][10].item<double>() - 256.0 * 256.0) < 1e-1);
}

void tst_Mel::silenceIsTheFloorAndFinite()
{
    MelOptions o;
    const at::Tensor ln = logMel(at::zeros({8000}), o);
    QVERIFY(worst(ln, at::full_like(ln, std::log(1e-10))) < 1e-5);
    o.log = MelLog::Db;
    const at::Tensor db = logMel(at::zeros({8000}), o);
    QVERIFY(worst(db, at::full_like(db, -100)) < 1e-4);
}

void tst_Mel::oneSampleGivesOneFrame()
{
    for (const FramePadding padding : {FramePadding::Reflect, FramePadding::Constant}) {
        MelOptions o;
        o.padding = padding;
        const at::Tensor m = logMel(at::full({1}, 0.5f), o);
        QCOMPARE(m.size(1), 1);
        QVERIFY(at::isfinite(m).all().item<bool>());
    }
}

void tst_Mel::anEmptySoundHasNoFrames()
{
    const at::Tensor m = logMel(at::zeros({0}), MelOptions {});
    QCOMPARE(m.size(0), 64);
    QCOMPARE(m.size(1), 0);
    QCOMPARE(mfcc(at::zeros({0}), MelOptions {}).size(1), 0);
    QCOMPARE(spectrogram(at::zeros({0}), MelOptions {}).size(1), 0);
}

void tst_Mel::preEmphasisTakesAConstantAway()
{
    MelOptions o;
    o.preEmphasis = 1;
    const at::Tensor s = spectrogram(at::ones({8000}), o);
    QVERIFY(s.narrow(1, 3, 40).max().item<double>() < 1e-12);
}

void tst_Mel::aLongSoundIsTheSameAcrossItsParts()
{
    // 1024 frames are transformed at once: the seam must not show.
    const at::Tensor x = sine(440, 16000, 160 * 1100);
    const at::Tensor whole = logMel(x, MelOptions {});
    QCOMPARE(whole.size(1), 1101);
    const at::Tensor part = logMel(x.narrow(0, 160 * 1000, 160 * 100), MelOptions {});
    QVERIFY(worst(whole.narrow(1, 1010, 30), part.narrow(1, 10, 30)) < 1e-5);
}

void tst_Mel::emptyFiltersAreCounted()
{
    // 128 mels at 8 kHz with 256 bins leave 6 triangles that no bin falls into.
    MelOptions o = goldenOptions(MelScale::Htk, MelNorm::None);
    QCOMPARE(emptyMelFilters(o), 0);
    o.mels = 128;
    QCOMPARE(emptyMelFilters(o), 6);
}

void tst_Mel::resamplingEqualsTheReference()
{
    const at::Tensor up = resampleSinc(sine(440, 8000, 8000), 8000, 16000);
    QCOMPARE(up.size(0), 16000);
    QVERIFY(worst(up.narrow(0, 200, 15000), sine(440, 16000, 16000).narrow(0, 200, 15000)) < 2e-3);
    QCOMPARE(resampleSinc(at::zeros({0}), 8000, 16000).size(0), 0);
    if (!QFile::exists(oracles()))
        QSKIP("the reference outputs are not beside the project");
    const Value v = readNpz(oracles() + u"resample_expected.npz"_s);
    const at::Tensor in = tensorOf(v.array(u"stereo44k.mono"_s));
    for (const int rate : {16000, 48000}) {
        const at::Tensor expected = tensorOf(v.array(u"stereo44k.to%1"_s.arg(rate)));
        const double difference = worst(resampleSinc(in, 44100, rate), expected);
        // The reference computes its kernel in float32: 2.4e-6 apart was measured.
        QVERIFY2(difference < 5e-6, qPrintable(QString::number(difference)));
    }
}

void tst_Mel::badOptionsAreNamed()
{
    const auto fails = [](auto change) {
        MelOptions o;
        change(o);
        QVERIFY_EXCEPTION_THROWN(logMel(at::zeros({100}), o), Error);
    };
    fails([](MelOptions& o) { o.hop = 0; });
    fails([](MelOptions& o) { o.highHz = 9000; });
    fails([](MelOptions& o) { o.windowSize = 1000; });
    fails([](MelOptions& o) { o.floor = 0; });
    QVERIFY_EXCEPTION_THROWN(mfcc(at::zeros({100}), MelOptions {}, 65), Error);
    QVERIFY_EXCEPTION_THROWN(logMel(at::zeros({2, 100}), MelOptions {}), Error);
}

QTEST_APPLESS_MAIN(tst_Mel)
#include "tst_mel.moc"
