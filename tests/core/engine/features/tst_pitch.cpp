#include "core/engine/features/Pitch.h"
#include "core/engine/learning/Chance.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QTest>
#include <cmath>
#include <numbers>

using namespace triptych;

namespace {

constexpr double pi = std::numbers::pi;

at::Tensor sine(double hz, int n = 8000)
{
    return at::sin(at::arange(n, at::kDouble) * (2 * pi * hz / 16000)) * 0.3;
}

double worstError(const PitchTrack& track, double hz)
{
    return (track.hz / hz - 1).abs().max().item<double>();
}

} // namespace

class tst_Pitch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sinesAreFoundWithinAThousandth()
    {
        for (const double hz : {70.0, 100.0, 123.4, 220.0, 440.0, 487.0}) {
            const PitchTrack track = pitch(sine(hz), {});
            QVERIFY(track.hz.numel() > 30);
            QVERIFY2(worstError(track, hz) < 1e-3, qPrintable(QString::number(hz)));
            QVERIFY(track.aperiodicity.max().item<double>() < 0.01);
        }
    }

    void aRichToneIsHeardAtItsFundamental()
    {
        at::Tensor tone = at::zeros({8000}, at::kDouble);
        for (int k = 2; k <= 8; ++k) // the fundamental itself is missing
            tone += sine(110.0 * k) / k;
        QVERIFY(worstError(pitch(tone, {}), 110) < 2e-3);
    }

    void aSweepIsFollowed()
    {
        // 100 Hz rising by 200 Hz a second.
        const at::Tensor t = at::arange(16000, at::kDouble) / 16000;
        const PitchTrack track = pitch(at::sin(2 * pi * (100 * t + 100 * t * t)), {});
        const at::Tensor times
            = at::arange(track.hz.numel(), at::kDouble) * 0.01 + track.startSeconds;
        const at::Tensor expected = 100 + 200 * times;
        QVERIFY((track.hz / expected - 1).abs().max().item<double>() < 0.03);
    }

    void noiseAndSilenceAreUnvoiced()
    {
        const PitchTrack noise = pitch(Chance(1).normal({16000}, at::kDouble), {});
        QVERIFY(noise.hz.gt(0).to(at::kFloat).mean().item<double>() < 0.02);
        const PitchTrack silence = pitch(at::zeros({4000}), {});
        QCOMPARE(silence.hz.abs().max().item<float>(), 0.f);
        QCOMPARE(silence.aperiodicity.min().item<float>(), 1.f);
        QVERIFY(at::isfinite(silence.aperiodicity).all().item<bool>());
    }

    void aStricterThresholdVoicesLess()
    {
        const at::Tensor noisy = sine(150, 16000) + 0.05 * Chance(2).normal({16000}, at::kDouble);
        PitchOptions strict;
        strict.threshold = 0.01;
        const auto voiced
            = [](const PitchTrack& track) { return track.hz.gt(0).sum().item<int64_t>(); };
        QVERIFY(voiced(pitch(noisy, {})) > 80);
        QVERIFY(voiced(pitch(noisy, strict)) < voiced(pitch(noisy, {})) / 2);
    }

    void shortSoundsGiveOneFrame()
    {
        QCOMPARE(pitch(at::ones({1}), {}).hz.numel(), 1);
        QCOMPARE(pitch(at::zeros({0}), {}).hz.numel(), 1);
    }

    void theCurvesAreThoseOfThePaper()
    {
        PitchOptions o;
        const at::Tensor frame = sine(200, o.frameSize());
        const PitchCurves curves = pitchCurves(frame, o);
        // A whole period later nothing differs; half a period later the sound is turned over.
        QVERIFY(curves.difference[80].item<double>() < 1e-20);
        const at::Tensor x = frame.narrow(0, 0, o.window()), y = frame.narrow(0, 40, o.window());
        const double half = (x - y).square().sum().item<double>();
        QVERIFY(std::abs(curves.difference[40].item<double>() - half) < 1e-12);
        const double mean = curves.difference.narrow(0, 1, 40).mean().item<double>();
        QVERIFY(std::abs(curves.normalised[40].item<double>() - half / mean) < 1e-12);
        QCOMPARE(curves.normalised[0].item<double>(), 1.0);
        QVERIFY(std::abs(periodOf(curves, o).samples - 80) < 0.02);
    }

    void badOptionsAreNamed()
    {
        PitchOptions o;
        o.lowHz = 600;
        QVERIFY_THROWS_EXCEPTION(Error, pitch(sine(100), o));
        o = {};
        o.highHz = 5000;
        QVERIFY_THROWS_EXCEPTION(Error, pitch(sine(100), o));
        QVERIFY_THROWS_EXCEPTION(Error, pitchCurves(sine(100), {}));
    }
};

QTEST_APPLESS_MAIN(tst_Pitch)
#include "tst_pitch.moc"
