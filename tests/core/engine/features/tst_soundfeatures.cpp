#include "core/engine/features/Chroma.h"
#include "core/engine/features/Deltas.h"
#include "core/engine/features/Frames.h"
#include "core/engine/features/Mel.h"
#include "core/engine/features/SoundShape.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <cmath>
#include <numbers>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

constexpr double pi = std::numbers::pi;

at::Tensor sine(double hz, int rate, int n)
{
    return at::sin(at::arange(n, at::kDouble) * (2 * pi * hz / rate));
}

/// The signal of data/sound_golden.py.
at::Tensor twoTones()
{
    const at::Tensor t = at::arange(512, at::kDouble);
    return at::sin(t * 0.05) + 0.3 * at::sin(t * 0.9 + 1);
}

at::Tensor features(int64_t frames)
{
    at::Tensor table = at::empty({3, frames}, at::kDouble);
    for (int c = 0; c < 3; ++c)
        for (int t = 0; t < frames; ++t)
            table[c][t] = std::sin(1 + 0.7 * c + 0.31 * t * (c + 1));
    return table;
}

at::Tensor rowOf(const QJsonValue& json)
{
    std::vector<double> row;
    for (const QJsonValue& value : json.toArray())
        row.push_back(value.toDouble());
    return at::tensor(row, at::kDouble);
}

at::Tensor tableOf(const QJsonValue& json)
{
    std::vector<at::Tensor> rows;
    for (const QJsonValue& row : json.toArray())
        rows.push_back(rowOf(row));
    return at::stack(rows);
}

double worst(const at::Tensor& a, const at::Tensor& b)
{
    return a.sizes() == b.sizes()
        ? (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>()
        : 1e9;
}

/// Chroma of a sound with 128 ms windows, without its edges.
at::Tensor chromaOf(const at::Tensor& sound)
{
    MelOptions cut;
    cut.fftSize = 2048;
    cut.hop = 512;
    cut.padding = FramePadding::None;
    return chroma(spectrogram(sound, cut), ChromaOptions {});
}

} // namespace

class tst_SoundFeatures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(
            TRIPTYCH_SOURCE_DIR "/tests/core/engine/features/data/sound_golden.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_golden = QJsonDocument::fromJson(file.readAll()).object();
    }

    void windowsEqualTheReference()
    {
        QVERIFY(worst(windowOf(WindowShape::Hann, 10), rowOf(m_golden[u"hann"])) < 1e-12);
        QVERIFY(worst(windowOf(WindowShape::Hamming, 10), rowOf(m_golden[u"hamming"])) < 1e-12);
        QVERIFY(worst(windowOf(WindowShape::Hann, 10, false), rowOf(m_golden[u"hann_symmetric"]))
            < 1e-12);
        QVERIFY(worst(windowOf(WindowShape::Rectangular, 7), at::ones({7})) == 0);
        QCOMPARE(windowOf(WindowShape::Hann, 1).item<double>(), 1.0);
    }

    void preEmphasisIsADifference()
    {
        const at::Tensor x = at::tensor(std::vector<double> {1, 2, 4, 4});
        const at::Tensor y = at::tensor(std::vector<double> {1, 2 - .97, 4 - 1.94, 4 - 3.88});
        QVERIFY(worst(preEmphasised(x, 0.97), y) < 1e-15);
        QVERIFY(worst(preEmphasised(x, 0), x) == 0);
        QCOMPARE(preEmphasised(at::zeros({0}), 0.97).numel(), 0);
        QVERIFY_THROWS_EXCEPTION(Error, preEmphasised(at::zeros({2, 3}), 0.97));
    }

    void framesMirrorOrPadOrStopAtTheEnds()
    {
        const at::Tensor x = at::arange(1, 8, at::kDouble); // 1 … 7
        const auto row = [&](FramePadding padding, int64_t frame) {
            return framesOf(x, {4, 3, padding})[frame];
        };
        const auto is = [](const at::Tensor& frame, std::vector<double> wanted) {
            return worst(frame, at::tensor(wanted)) == 0;
        };
        QVERIFY(is(row(FramePadding::Reflect, 0), {3, 2, 1, 2}));
        QVERIFY(is(row(FramePadding::Constant, 0), {0, 0, 1, 2}));
        QVERIFY(is(row(FramePadding::None, 0), {1, 2, 3, 4}));
        QVERIFY(is(row(FramePadding::None, 1), {4, 5, 6, 7}));
        QCOMPARE(framesOf(x, {4, 3, FramePadding::None}).size(0), 2);
        QCOMPARE(framesOf(x, {4, 3, FramePadding::Reflect}).size(0), 3);
        QVERIFY(is(framesOf(x, {4, 3, FramePadding::None}, 1, 1)[0], {4, 5, 6, 7}));
        QCOMPARE(framesOf(at::ones({1}), {8, 4, FramePadding::Reflect}).sum().item<double>(), 8.0);
        QVERIFY_THROWS_EXCEPTION(Error, framesOf(x, {4, 0, FramePadding::None}));
    }

    void parsevalHoldsInDouble()
    {
        for (const WindowShape shape :
            {WindowShape::Hann, WindowShape::Hamming, WindowShape::Rectangular}) {
            const at::Tensor frame = twoTones() * windowOf(shape, 512);
            const at::Tensor power = powerSpectrum(frame.unsqueeze(0))[0];
            const double whole = 2 * power.sum().item<double>() - power[0].item<double>()
                - power[256].item<double>();
            const double energy = 512 * frame.square().sum().item<double>();
            QVERIFY(std::abs(whole / energy - 1) <= 1e-10);
        }
        const at::Tensor power = powerSpectrum(twoTones() * windowOf(WindowShape::Hann, 512));
        QVERIFY(worst(power.slice(0, 0, 257, 16), rowOf(m_golden[u"power"])) < 1e-8);
    }

    void aClippedSineGetsOddHarmonics()
    {
        MelOptions o;
        const at::Tensor clean = sine(500, o.rate, 16000), clipped = (3 * clean).clamp(-1, 1);
        const auto level = [&](const at::Tensor& x, int64_t bin) {
            return spectrogram(x, o)[bin][50].item<double>()
                / spectrogram(x, o)[16][50].item<double>();
        };
        QVERIFY(level(clean, 48) < 1e-8); // 1500 Hz
        QVERIFY(level(clipped, 48) > 1e-2);
        QVERIFY(level(clipped, 32) < 1e-6); // 1000 Hz, even
    }

    void theWindowIsAnOption()
    {
        MelOptions o;
        o.windowSize = 400;
        o.window = WindowShape::Hamming;
        const at::Tensor window = analysisWindow(o);
        QCOMPARE(window.narrow(0, 0, 56).abs().max().item<double>(), 0.0);
        QVERIFY(worst(window.narrow(0, 56, 400), windowOf(WindowShape::Hamming, 400)) == 0);
    }

    void deltasEqualSavitzkyAndGolay()
    {
        QVERIFY(worst(deltas(features(23)), tableOf(m_golden[u"delta"])) < 1e-6);
        QVERIFY(worst(deltas(features(23), 9, 2), tableOf(m_golden[u"delta2"])) < 1e-6);
        QVERIFY(worst(deltas(features(6)), tableOf(m_golden[u"short"]))
            < 1e-6); // width 5, the largest odd
    }

    void deltasOfALineAreItsSlope()
    {
        const at::Tensor line = (at::arange(30, at::kDouble) * 0.5 + 2).unsqueeze(0);
        QVERIFY(worst(deltas(line), at::full({1, 30}, 0.5)) < 1e-6);
        QVERIFY(worst(deltas(line, 9, 2), at::zeros({1, 30})) < 1e-6);
        QVERIFY(worst(deltas(line.square(), 9, 2), at::full({1, 30}, 0.5)) < 1e-4);
        for (int64_t frames : {0, 1, 2})
            QCOMPARE(deltas(at::ones({2, frames})).sizes(), (at::IntArrayRef {2, frames}));
        QVERIFY_THROWS_EXCEPTION(Error, deltas(line, 8));
        QVERIFY_THROWS_EXCEPTION(Error, deltas(line, 9, 3));
    }

    void chromaFiltersEqualTheirDefinition()
    {
        const at::Tensor filters = chromaFilters(ChromaOptions {});
        QCOMPARE(filters.size(1), 1025);
        const QJsonObject columns = m_golden[u"chroma"].toObject();
        QCOMPARE(columns.size(), 4);
        for (auto it = columns.begin(); it != columns.end(); ++it) {
            const int64_t bin = std::lround(it.key().toDouble() * 2048 / 16000);
            QVERIFY(worst(filters.select(1, bin), rowOf(it.value())) < 1e-6);
        }
    }

    void everyNoteLightsItsClassInEveryOctave()
    {
        for (int note = 48; note < 96; ++note) { // C3 … B6
            const at::Tensor c = chromaOf(sine(440 * std::exp2((note - 69) / 12.0), 16000, 8000));
            for (int64_t t = 0; t < c.size(1); ++t)
                QCOMPARE(c.select(1, t).argmax().item<int64_t>(), note % 12);
            QCOMPARE(c.max().item<float>(), 1.f);
        }
        QCOMPARE(chromaOf(at::zeros({8000})).abs().max().item<float>(), 0.f);
        QVERIFY_THROWS_EXCEPTION(Error, chromaFilters({16000, 2048, 0}));
    }

    void aChordLightsItsThreeClasses()
    {
        const at::Tensor chord
            = sine(261.63, 16000, 8000) + sine(329.63, 16000, 8000) + sine(392.0, 16000, 8000);
        const at::Tensor top = std::get<0>(std::get<1>(chromaOf(chord).mean(1).topk(3)).sort());
        QVERIFY(at::equal(top, at::tensor(std::vector<int64_t> {0, 4, 7})));
    }

    void spectralShapeEqualsTheReference()
    {
        const at::Tensor magnitude
            = powerSpectrum(twoTones() * windowOf(WindowShape::Hann, 512)).sqrt().unsqueeze(1);
        const SpectralShape shape = spectralShape(magnitude, 8000);
        QVERIFY(std::abs(shape.centroid.item<double>() - m_golden[u"centroid"].toDouble()) < 1e-3);
        QVERIFY(
            std::abs(shape.bandwidth.item<double>() - m_golden[u"bandwidth"].toDouble()) < 1e-3);
        QVERIFY(std::abs(shape.rollOff.item<double>() - m_golden[u"rolloff"].toDouble()) < 1e-3);
        const SpectralShape silent = spectralShape(at::zeros({257, 3}), 8000);
        for (const at::Tensor& values : {silent.centroid, silent.bandwidth, silent.rollOff})
            QCOMPARE(values.abs().max().item<float>(), 0.f);
        QCOMPARE(spectralShape(at::zeros({257, 0}), 8000).centroid.numel(), 0);
    }

    void crossingsAndEnergyEqualTheReference()
    {
        const at::Tensor frame = twoTones().unsqueeze(0);
        QVERIFY(std::abs(zeroCrossingRate(frame).item<double>() - m_golden[u"crossings"].toDouble())
            < 1e-6);
        QVERIFY(
            std::abs(rootMeanSquare(frame).item<double>() - m_golden[u"rms"].toDouble()) < 1e-6);
        QCOMPARE(zeroCrossingRate(at::zeros({2, 100})).sum().item<float>(), 0.f);
        QCOMPARE(zeroCrossingRate(at::zeros({2, 1})).sum().item<float>(), 0.f);
    }

private:
    QJsonObject m_golden;
};

QTEST_APPLESS_MAIN(tst_SoundFeatures)
#include "tst_soundfeatures.moc"
