#include "core/engine/features/Pitch.h"

#include "core/engine/features/Frames.h"
#include "core/engine/media/Translate.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

void check(const PitchOptions& o)
{
    if (o.rate < 1 || o.hop < 1)
        throw Error(translate("features", "pitch: rate and hop must be above 0."));
    if (!(o.lowHz > 0) || !(o.lowHz < o.highHz) || o.highHz > o.rate / 4.0)
        throw Error(translate("features",
            "pitch: the lowest must be above 0 and below the highest, and that at most a quarter "
            "of the rate."));
    if (!(o.threshold > 0))
        throw Error(translate("features", "pitch: the threshold must be above 0."));
}

/// Where the parabola through three neighbours is lowest, relative to the middle one.
double lowest(double before, double here, double after)
{
    const double bend = before - 2 * here + after;
    return bend > 0 ? std::clamp(0.5 * (before - after) / bend, -1.0, 1.0) : 0;
}

} // namespace

int PitchOptions::window() const
{
    return int(std::ceil(rate / lowHz));
}

int PitchOptions::longest() const
{
    return int(std::ceil(rate / lowHz));
}

PitchCurves pitchCurves(const at::Tensor& frame, const PitchOptions& options)
{
    check(options);
    const at::Tensor wide = frame.to(at::kDouble).contiguous();
    if (wide.numel() != options.frameSize())
        throw Error(translate("features", "pitch: a frame must be %1 samples long, not %2.")
                        .arg(options.frameSize())
                        .arg(wide.numel()));
    const double* x = wide.data_ptr<double>();
    const int lags = options.longest() + 2;
    PitchCurves curves {at::zeros({lags}, at::kDouble), at::ones({lags}, at::kDouble)};
    double* difference = curves.difference.data_ptr<double>();
    double* normalised = curves.normalised.data_ptr<double>();
    double sum = 0;
    for (int lag = 1; lag < lags; ++lag) {
        double square = 0;
        for (int i = 0; i < options.window(); ++i)
            square += (x[i] - x[i + lag]) * (x[i] - x[i + lag]);
        difference[lag] = square;
        sum += square;
        if (sum > 0)
            normalised[lag] = square * lag / sum;
    }
    return curves;
}

Period periodOf(const PitchCurves& curves, const PitchOptions& options)
{
    const double* d = curves.difference.data_ptr<double>();
    const double* n = curves.normalised.data_ptr<double>();
    const int first = std::max(2, int(options.rate / options.highHz));
    const int last = options.longest();
    int at = int(std::min_element(n + first, n + last + 1) - n);
    for (int lag = first; lag <= last; ++lag) {
        if (n[lag] < options.threshold) { // the first dip: walk down to its bottom
            while (lag < last && n[lag + 1] < n[lag])
                ++lag;
            at = lag;
            break;
        }
    }
    Period period;
    period.samples = at + lowest(d[at - 1], d[at], d[at + 1]);
    period.aperiodicity = n[at];
    period.voiced = n[at] < options.threshold;
    return period;
}

PitchTrack pitch(const at::Tensor& mono, const PitchOptions& options)
{
    check(options);
    const FrameOptions cut {options.frameSize(), options.hop, FramePadding::None};
    at::Tensor signal = mono;
    if (signal.dim() == 1 && signal.numel() < cut.size)
        signal = at::cat({signal, at::zeros({cut.size - signal.numel()}, signal.options())});
    const at::Tensor frames = framesOf(signal, cut);
    const int64_t count = frames.size(0);
    PitchTrack track {at::zeros({count}, at::kFloat), at::ones({count}, at::kFloat),
        cut.size / 2.0 / options.rate};
    for (int64_t f = 0; f < count; ++f) {
        const Period period = periodOf(pitchCurves(frames[f], options), options);
        track.aperiodicity.data_ptr<float>()[f] = float(period.aperiodicity);
        if (period.voiced)
            track.hz.data_ptr<float>()[f] = float(options.rate / period.samples);
    }
    return track;
}

} // namespace triptych
