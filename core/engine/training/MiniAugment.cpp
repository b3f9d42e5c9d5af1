#include "core/engine/training/MiniAugment.h"

#include "core/engine/features/SpeechFrames.h"
#include "core/engine/training/MiniConfig.h"

#include <ATen/Functions.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

    at::Generator tensorGenerator(Random& random)
    {
        return at::make_generator<at::CPUGeneratorImpl>(random());
    }

    double normal(Random& random, double deviation)
    {
        return std::normal_distribution<double>(0, deviation)(random);
    }

    /// One number a picture, [N,1,1,1].
    template <class Draw>
    at::Tensor perPicture(size_t count, Draw draw)
    {
        at::Tensor values = at::empty({ int64_t(count), 1, 1, 1 });
        for (size_t i = 0; i < count; ++i)
            values.data_ptr<float>()[i] = float(draw(i));
        return values;
    }

    /// Affine maps from output to input coordinates, [N,2,3].
    at::Tensor randomMaps(const std::vector<const MiniConcept*>& concepts, Random& random)
    {
        at::Tensor maps = at::zeros({ int64_t(concepts.size()), 2, 3 });
        for (size_t i = 0; i < concepts.size(); ++i) {
            const double scale = 1 / uniform(random, 0.7, 1.05);
            const double angle = chance(random, 0.7) ? uniform(random, -0.3, 0.3) : 0;
            const double shear = chance(random, 0.5) ? uniform(random, -0.12, 0.12) : 0;
            const double aspect = std::exp(uniform(random, -0.12, 0.12));
            const bool letters = concepts[i]->category.compare(QLatin1String("symbols"), Qt::CaseInsensitive) == 0;
            const double mirror = !letters && chance(random, 0.5) ? -1 : 1;
            const double cosine = std::cos(angle) * scale;
            const double sine = std::sin(angle) * scale;
            const double shift = std::abs(scale - 1) + 0.1;
            const double rows[6] = { cosine * mirror * aspect, -sine + shear, uniform(random, -1, 1) * shift,
                sine * mirror, cosine / aspect, uniform(random, -1, 1) * shift };
            std::copy(rows, rows + 6, maps.data_ptr<float>() + i * 6);
        }
        return maps;
    }

    at::Tensor warp(const at::Tensor& pictures, const at::Tensor& maps)
    {
        const at::Tensor grid = at::affine_grid_generator(maps,
            { pictures.size(0), pictures.size(1), kMiniPicture, kMiniPicture }, false);
        return at::grid_sampler_2d(pictures, grid, 0, 0, false);
    }

    at::Tensor stackPictures(const std::vector<const MiniConcept*>& concepts)
    {
        std::vector<at::Tensor> pictures;
        for (const MiniConcept* item : concepts)
            pictures.push_back(item->picture);
        return at::stack(pictures).permute({ 0, 3, 1, 2 }).to(at::kFloat) / 255.f;
    }

    at::Tensor jitterColour(at::Tensor rgb, Random& random)
    {
        const int64_t count = rgb.size(0);
        const at::Generator generator = tensorGenerator(random);
        const auto gauss = [&](int64_t channels, double deviation) {
            return at::exp(at::randn({ count, channels, 1, 1 }, generator, at::TensorOptions()) * deviation);
        };
        rgb = rgb * gauss(3, 0.07) * gauss(1, 0.16);
        const at::Tensor gray = rgb.mean(1, true);
        const at::Tensor saturation = perPicture(size_t(count),
            [&](size_t) { return chance(random, 0.1) ? 0 : std::exp(normal(random, 0.3)); });
        rgb = gray + (rgb - gray) * saturation;
        for (int64_t i = 0; i < count; ++i) {
            if (chance(random, 0.1)) {
                std::array<int64_t, 3> order { 0, 1, 2 };
                std::shuffle(order.begin(), order.end(), random);
                rgb[i] = rgb[i].index_select(0, at::tensor(at::ArrayRef<int64_t>(order)));
            }
        }
        return rgb;
    }

    /// White, one colour, or a soft texture.
    at::Tensor randomGrounds(int64_t count, Random& random)
    {
        const at::Generator generator = tensorGenerator(random);
        const at::Tensor solid = at::rand({ count, 3, 1, 1 }, generator, at::TensorOptions());
        const at::Tensor texture = at::upsample_bilinear2d(at::rand({ count, 3, 4, 4 }, generator, at::TensorOptions()),
            { kMiniPicture, kMiniPicture }, false);
        std::vector<at::Tensor> grounds;
        for (int64_t i = 0; i < count; ++i) {
            const double kind = uniform(random, 0, 1);
            at::Tensor ground = kind < 0.35 ? at::ones({ 3, 1, 1 })
                : kind < 0.7                ? solid[i]
                : kind < 0.9                ? solid[i] * 0.5 + texture[i] * 0.5
                                            : texture[i];
            grounds.push_back(ground.expand({ 3, kMiniPicture, kMiniPicture }));
        }
        return at::stack(grounds);
    }

    void cutHoles(at::Tensor& pictures, Random& random)
    {
        for (int64_t i = 0; i < pictures.size(0); ++i) {
            if (!chance(random, 0.22))
                continue;
            const int height = int(uniform(random, 12, 40));
            const int width = int(uniform(random, 12, 40));
            const int top = int(uniform(random, 0, kMiniPicture - height));
            const int left = int(uniform(random, 0, kMiniPicture - width));
            at::Tensor colour = at::empty({ 3, 1, 1 });
            for (int channel = 0; channel < 3; ++channel)
                colour.data_ptr<float>()[channel] = float(uniform(random, 0, 1));
            pictures[i].narrow(1, top, height).narrow(2, left, width).copy_(colour.expand({ 3, height, width }));
        }
    }

    /// Straight-line interpolation of `values` (n of them) at `at`, clamped to the ends.
    float between(const std::vector<float>& values, double at)
    {
        const double clamped = std::clamp(at, 0.0, double(values.size() - 1));
        const size_t low = size_t(clamped);
        const size_t high = std::min(low + 1, values.size() - 1);
        const float part = float(clamped - double(low));
        return values[low] * (1 - part) + values[high] * part;
    }

    std::vector<float> randomCurve(Random& random, int points, double deviation)
    {
        std::vector<float> curve;
        for (int i = 0; i < points; ++i)
            curve.push_back(float(normal(random, deviation)));
        return curve;
    }

    /// Other tempo and vocal tract: bilinear resampling of [64,T] along both axes.
    at::Tensor stretch(const at::Tensor& mel, Random& random)
    {
        const int64_t frames = mel.size(1);
        const int64_t made = std::max<int64_t>(20, int64_t(double(frames) * uniform(random, 0.85, 1.2)));
        const double slope = uniform(random, 0.94, 1.06);
        const double shift = uniform(random, -1, 1);
        const at::Tensor columns = at::linspace(0, double(frames - 1), made);
        const at::Tensor rows = at::clamp(at::arange(kMiniMels, at::kFloat) * slope + shift, 0, kMiniMels - 1);
        const auto blend = [](const at::Tensor& from, int64_t axis, const at::Tensor& at_) {
            const at::Tensor low = at_.to(at::kLong);
            const at::Tensor high = at::clamp_max(low + 1, from.size(axis) - 1);
            at::Tensor part = at_ - low.to(at::kFloat);
            part = axis == 0 ? part.unsqueeze(1) : part.unsqueeze(0);
            return from.index_select(axis, low) * (1 - part) + from.index_select(axis, high) * part;
        };
        return blend(blend(mel, 1, columns), 0, rows);
    }

    at::Tensor disturb(at::Tensor mel, Random& random)
    {
        const auto bandCurve = [&](int points) {
            const std::vector<float> curve = randomCurve(random, points, 0.8);
            at::Tensor bands = at::empty({ kMiniMels, 1 });
            for (int band = 0; band < kMiniMels; ++band)
                bands.data_ptr<float>()[band] = between(curve, double(band) / (kMiniMels - 1) * (points - 1));
            return bands;
        };
        mel = mel + bandCurve(6);
        if (chance(random, 0.5)) {
            const double level = mel.max().item<float>() - uniform(random, 4, 13);
            const at::Tensor noise = at::randn({ mel.size(0), mel.size(1) }, tensorGenerator(random), at::TensorOptions()) * 0.5
                + bandCurve(4) + level;
            mel = at::logaddexp(mel, noise);
        }
        return mel;
    }

    void maskParts(at::Tensor& mel, Random& random)
    {
        const int64_t frames = mel.size(1);
        for (int i = 0; i < 2; ++i) {
            const int64_t bands = int64_t(uniform(random, 0, 9));
            mel.narrow(0, int64_t(uniform(random, 0, double(kMiniMels - bands + 1))), bands).zero_();
            const int64_t steps = int64_t(uniform(random, 0, double(std::min<int64_t>(14, frames / 6) + 1)));
            mel.narrow(1, int64_t(uniform(random, 0, double(frames - steps + 1))), steps).zero_();
        }
    }

}

double uniform(Random& random, double low, double high)
{
    return std::uniform_real_distribution<double>(low, high)(random);
}

bool chance(Random& random, double probability)
{
    return uniform(random, 0, 1) < probability;
}

at::Tensor trainingPictures(const std::vector<const MiniConcept*>& concepts, Random& random)
{
    const int64_t count = int64_t(concepts.size());
    const at::Tensor warped = warp(stackPictures(concepts), randomMaps(concepts, random));
    const at::Tensor alpha = warped.narrow(1, 3, 1);
    const at::Tensor rgb = jitterColour(warped.narrow(1, 0, 3), random);
    at::Tensor pictures = rgb + (1 - alpha) * randomGrounds(count, random);
    for (int64_t i = 0; i < count; ++i) {
        if (chance(random, 0.15))
            pictures[i] = at::avg_pool2d(pictures[i].unsqueeze(0), { 3, 3 }, { 1, 1 }, { 1, 1 }).squeeze(0);
    }
    const at::Tensor strength = perPicture(concepts.size(), [&](size_t) { return uniform(random, 0, 0.04); });
    pictures = pictures + at::randn(pictures.sizes(), tensorGenerator(random), at::TensorOptions()) * strength;
    cutHoles(pictures, random);
    return (at::clamp(pictures, 0, 1) - kMiniMean) / kMiniDeviation;
}

at::Tensor trainingSounds(const std::vector<const MiniClip*>& clips, Random& random)
{
    at::Tensor batch = at::empty({ int64_t(clips.size()), 1, kMiniMels, kMiniFrames });
    for (size_t i = 0; i < clips.size(); ++i) {
        at::Tensor mel = disturb(stretch(clips[i]->logMel(), random), random);
        mel = normalizeClip(mel, MiniClip::kMelRange, kMiniFrames);
        const float silence = mel.min().item<float>();
        mel = mel.clone();
        maskParts(mel, random);
        const int64_t start = int64_t(uniform(random, 0, double(std::min<int64_t>(15, kMiniFrames - mel.size(1)) + 1)));
        at::Tensor row = batch[int64_t(i)][0];
        row.fill_(silence);
        row.narrow(1, start, mel.size(1)).copy_(mel);
    }
    return batch;
}

} // namespace triptych
