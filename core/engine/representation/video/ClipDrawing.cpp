#include "core/engine/representation/video/ClipDrawing.h"

#include "core/engine/media/Media.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace triptych::representation {

namespace {

constexpr int readSide = 256;        ///< pixels that a picture is read with before it is cut out
constexpr double evenBorder = 0.06;  ///< a border's colours that differ by no more are one ground

/// Colours along the four edges, [n,3].
at::Tensor borderOf(const at::Tensor& rgb)
{
    return at::cat({ rgb.select(0, 0), rgb.select(0, -1), rgb.select(1, 0), rgb.select(1, -1) });
}

/// Alpha of an opaque picture: how far each pixel is from the border's colour, where that is even.
at::Tensor keyedAlpha(const at::Tensor& rgb, const at::Tensor& ground)
{
    const at::Tensor room = at::maximum(ground, 1 - ground); // the farthest that a colour can be
    return ((rgb - ground).abs() / room).amax(2).clamp(0, 1);
}

/// Colour times alpha, and alpha.
at::Tensor cutOut(const at::Tensor& rgba)
{
    const at::Tensor rgb = rgba.narrow(2, 0, 3);
    at::Tensor alpha = rgba.select(2, 3);
    if (alpha.min().item<float>() < 0.98F)
        return at::cat({ rgb * alpha.unsqueeze(2), alpha.unsqueeze(2) }, 2);
    const at::Tensor border = borderOf(rgb);
    const at::Tensor ground = std::get<0>(border.median(0));
    const at::Tensor even = (border - ground).abs().amax(1).lt(evenBorder).to(at::kFloat);
    if (even.mean().item<float>() < 0.9F)
        return at::cat({ rgb, at::ones_like(alpha).unsqueeze(2) }, 2);
    alpha = keyedAlpha(rgb, ground).unsqueeze(2);
    return at::cat({ (rgb - ground * (1 - alpha)).clamp(0, 1).minimum(alpha), alpha }, 2);
}

/// Without its empty edges; undefined when nothing is seen.
at::Tensor cropped(const at::Tensor& colours)
{
    const at::Tensor seen = colours.select(2, 3).gt(0.1);
    const at::Tensor rows = seen.any(1).nonzero(), columns = seen.any(0).nonzero();
    if (rows.numel() == 0)
        return {};
    const auto first = [](const at::Tensor& places) { return places[0].item<int64_t>(); };
    const auto count = [&](const at::Tensor& places) { return places[-1].item<int64_t>() - first(places) + 1; };
    return colours.narrow(0, first(rows), count(rows)).narrow(1, first(columns), count(columns));
}

/// Colours of a sprite between its pixels, premultiplied.
class Sampler {
public:
    explicit Sampler(const at::Tensor& colours)
        : m_pixels(colours.data_ptr<float>())
        , m_height(colours.size(0))
        , m_width(colours.size(1))
    {
    }

    /// Adds the colour at a place in pixels from the sprite's centre.
    void add(double x, double y, std::array<float, 4>& sum) const
    {
        const double column = x + double(m_width) / 2 - 0.5, row = y + double(m_height) / 2 - 0.5;
        const double left = std::floor(column), top = std::floor(row);
        const auto right = float(column - left), down = float(row - top);
        addPixel(int64_t(left), int64_t(top), (1 - right) * (1 - down), sum);
        addPixel(int64_t(left) + 1, int64_t(top), right * (1 - down), sum);
        addPixel(int64_t(left), int64_t(top) + 1, (1 - right) * down, sum);
        addPixel(int64_t(left) + 1, int64_t(top) + 1, right * down, sum);
    }

private:
    void addPixel(int64_t column, int64_t row, float weight, std::array<float, 4>& sum) const
    {
        if (column < 0 || row < 0 || column >= m_width || row >= m_height)
            return;
        const float* pixel = m_pixels + (row * m_width + column) * 4;
        for (size_t i = 0; i < 4; ++i)
            sum[i] += weight * pixel[i];
    }

    const float* m_pixels;
    int64_t m_height;
    int64_t m_width;
};

/// Draws one pose into a frame that holds the ground, float [side,side,3].
void drawPose(const Sampler& sampler, int64_t longer, const Pose& pose, const SpriteSizes& sizes, at::Tensor& frame)
{
    const int64_t side = frame.size(0);
    const double share = sizes.smallest * std::pow(sizes.largest / sizes.smallest, pose.size);
    const double scale = share * double(side) / double(longer); // pixels of the frame a pixel of the sprite
    const double reach = share * double(side) * std::numbers::sqrt2 / 2 + 1;
    const double angle = 2 * std::numbers::pi * pose.turn;
    const double cosine = std::cos(angle) / scale, sine = std::sin(angle) / scale;
    // The nearest of all copies: one frame's side is once around.
    const auto offset = [side](double at, double centre) { return std::remainder(at - centre * double(side), double(side)); };
    float* pixels = frame.data_ptr<float>();
    for (int64_t row = 0; row < side; ++row) {
        if (std::abs(offset(double(row) + 0.5, pose.y)) > reach)
            continue;
        for (int64_t column = 0; column < side; ++column) {
            if (std::abs(offset(double(column) + 0.5, pose.x)) > reach)
                continue;
            std::array<float, 4> sum {}; // of four places in the pixel
            for (const double down : { 0.25, 0.75 }) {
                const double dy = offset(double(row) + down, pose.y);
                for (const double right : { 0.25, 0.75 }) {
                    const double dx = offset(double(column) + right, pose.x);
                    sampler.add(cosine * dx + sine * dy, cosine * dy - sine * dx, sum);
                }
            }
            float* pixel = pixels + (row * side + column) * 3;
            for (size_t i = 0; i < 3; ++i)
                pixel[i] = pixel[i] * (1 - sum[3] / 4) + sum[i] / 4;
        }
    }
}

} // namespace

Sprite spriteOf(const Source& source, int side)
{
    PictureOptions options;
    options.maxSide = options.svgSide = readSide;
    const at::Tensor read = readPictureAlpha(source, options).to(at::kFloat) / 255;
    at::Tensor colours = cropped(cutOut(read));
    if (!colours.defined()) {
        throw Error(QCoreApplication::translate("representation",
            "%1: nothing is seen in this picture that could be moved; leave it out.").arg(source.path));
    }
    const int64_t longer = std::max(colours.size(0), colours.size(1));
    if (longer > side) {
        const auto scaled = [&](int64_t length) { return std::max<int64_t>(1, length * side / longer); };
        colours = at::adaptive_avg_pool2d(colours.permute({ 2, 0, 1 }).unsqueeze(0),
            { scaled(colours.size(0)), scaled(colours.size(1)) }).squeeze(0).permute({ 1, 2, 0 });
    }
    colours = colours.contiguous();
    const double seen = colours.select(2, 3).sum().item<double>();
    return { colours, colours.narrow(2, 0, 3).mean(2).sum().item<double>() / std::max(seen, 1e-6) };
}

at::Tensor groundFor(const Sprite& sprite, int side, bool textured, Chance& chance)
{
    const double low = sprite.brightness > 0.5 ? 0.1 : 0.7;
    at::Tensor ground = (low + 0.2 * chance.uniform({ 3 })).expand({ side, side, 3 });
    if (!textured)
        return ground.contiguous();
    const at::Tensor places = at::arange(side, at::TensorOptions(at::kFloat)) * (2 * std::numbers::pi / side);
    for (int wave = 0; wave < 8; ++wave) {
        const double across = double(chance.below(9)) - 4, down = double(chance.below(9)) - 4;
        const at::Tensor phases = chance.uniform({ 3 }) * (2 * std::numbers::pi);
        const at::Tensor heights = (chance.uniform({ 3 }) - 0.5) * 0.12;
        const at::Tensor angle = (places * down).unsqueeze(1) + (places * across).unsqueeze(0);
        ground = ground + heights * at::cos(angle.unsqueeze(2) + phases);
    }
    return ground.clamp(0, 1).contiguous();
}

at::Tensor drawClip(const Sprite& sprite, const at::Tensor& ground, const Route& route, int frames,
    const SpriteSizes& sizes)
{
    const int64_t longer = std::max(sprite.colours.size(0), sprite.colours.size(1));
    const Sampler sampler(sprite.colours);
    std::vector<at::Tensor> drawn;
    for (int i = 0; i < frames; ++i) {
        at::Tensor frame = ground.clone();
        drawPose(sampler, longer, route.at(i), sizes, frame);
        drawn.push_back((frame.clamp(0, 1) * 255).round().to(at::kByte));
    }
    return at::stack(drawn);
}

} // namespace triptych::representation
