#include "core/engine/models/processors/PictureProcessor.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr std::array<double, 3> clipMean { 0.48145466, 0.4578275, 0.40821073 };
constexpr std::array<double, 3> clipDeviation { 0.26862954, 0.26130258, 0.27577711 };
constexpr std::array<double, 3> imagenetMean { 0.485, 0.456, 0.406 };
constexpr std::array<double, 3> imagenetDeviation { 0.229, 0.224, 0.225 };
constexpr qint64 largestPicture = 200'000'000;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

std::array<double, 3> three(const Config& config, const char* name, std::array<double, 3> fallback)
{
    const QString key = QLatin1String(name);
    const QJsonValue value = config.json().value(key);
    if (value.isUndefined() || value.isNull())
        return fallback;
    const QJsonArray list = value.toArray();
    if (list.size() != 3)
        config.fail(key, Tr::tr("this must be three numbers."));
    return { list[0].toDouble(), list[1].toDouble(), list[2].toDouble() };
}

int floorHalf(int value)
{
    return value >= 0 ? value / 2 : -((1 - value) / 2);
}

} // namespace

PictureProcessor PictureProcessor::ofClass(const QString& name)
{
    PictureProcessor made;
    const auto is = [&name](const char* start) { return name.startsWith(QLatin1String(start)); };
    if (is("CLIP") || is("ChineseCLIP")) {
        made.m_fit = Fit::Shortest;
        made.m_crops = true;
        made.m_mean = clipMean;
        made.m_deviation = clipDeviation;
    } else if (is("Bit")) {
        made.m_fit = Fit::Shortest;
        made.m_crops = true;
        made.m_mean = imagenetMean;
        made.m_deviation = imagenetDeviation;
    } else if (is("ConvNext")) {
        made.m_fit = Fit::Percent;
        made.m_mean = imagenetMean;
        made.m_deviation = imagenetDeviation;
    } else if (is("Vilt")) {
        made.m_fit = Fit::Divided;
    } else if (is("Blip")) {
        made.m_mean = clipMean;
        made.m_deviation = clipDeviation;
    } else if (is("Siglip2")) {
        made.m_fit = Fit::Patches;
        made.m_filter = Filter::Bilinear;
    } else if (is("Deit") || is("DeiT")) {
        made.m_size = { 256, 256 };
        made.m_crops = true;
    } else if (is("VideoMAE") || is("Timesformer") || is("Vivit")) {
        made.m_fit = Fit::Shortest;
        made.m_crops = true;
        made.m_filter = Filter::Bilinear;
    } else if (!is("Siglip")) {
        made.m_filter = Filter::Bilinear; // ViT and what names no class
    }
    return made;
}

PictureProcessor PictureProcessor::from(const Config& config, std::array<int, 2> sides)
{
    const QString older = config.text(QStringLiteral("feature_extractor_type"),
        config.json().isEmpty() ? QStringLiteral("CLIP") : QString());
    PictureProcessor made = ofClass(config.text(QStringLiteral("image_processor_type"), older));
    if (config.json().isEmpty()) {
        made.m_size = { std::min(sides[0], sides[1]), std::min(sides[0], sides[1]) };
        if (sides[0] != sides[1]) {
            made.m_fit = Fit::Exact;
            made.m_size = sides;
        }
        made.m_crop = sides;
    }
    made.m_resizes = config.boolean(QStringLiteral("do_resize"), true);
    made.m_crops = config.boolean(QStringLiteral("do_center_crop"), made.m_crops);
    made.m_rescales = config.boolean(QStringLiteral("do_rescale"), true);
    made.m_normalizes = config.boolean(QStringLiteral("do_normalize"), true);
    made.m_percent = config.real(QStringLiteral("crop_pct"), made.m_percent);
    made.m_divisor = config.integer(QStringLiteral("size_divisor"), made.m_divisor, 1, 4096);
    made.m_patch = config.integer(QStringLiteral("patch_size"), made.m_patch, 1, 4096);
    made.m_patches = config.integer(QStringLiteral("max_num_patches"), made.m_patches, 1, 1 << 20);
    made.m_factor = config.real(QStringLiteral("rescale_factor"), made.m_factor);
    if (config.has(QStringLiteral("resample")))
        made.m_filter = filterFromPillow(config.integer(QStringLiteral("resample"), 3, 0, 5));
    if (!(made.m_percent > 0 && made.m_percent <= 1))
        config.fail(QStringLiteral("crop_pct"), Tr::tr("this must be above 0 and at most 1."));
    made.readSize(config);
    made.readColours(config);
    return made;
}

void PictureProcessor::readSize(const Config& config)
{
    const QString key = QStringLiteral("size");
    const Config size(config.json().value(key).toObject(), config.where() + QStringLiteral(": size"));
    const auto edge = [&size](const char* name) {
        const int side = size.integer(QLatin1String(name), 224, 1, 16384);
        return std::array<int, 2> { side, side };
    };
    if (size.has(QStringLiteral("shortest_edge"))) {
        m_size = edge("shortest_edge");
        if (m_fit == Fit::Exact)
            m_fit = Fit::Shortest;
    } else if (size.has(QStringLiteral("longest_edge"))) {
        m_size = edge("longest_edge");
        m_fit = Fit::Longest;
    } else {
        m_size = config.sides(key, m_size);
        if (size.has(QStringLiteral("height")) && m_fit == Fit::Shortest)
            m_fit = Fit::Exact;
    }
    m_crop = config.sides(QStringLiteral("crop_size"), m_crops ? m_crop : m_size);
    if (config.boolean(QStringLiteral("do_pad"), false) && config.has(QStringLiteral("pad_size")))
        m_padded = config.sides(QStringLiteral("pad_size"), m_size);
}

void PictureProcessor::readColours(const Config& config)
{
    m_mean = three(config, "image_mean", m_mean);
    m_deviation = three(config, "image_std", m_deviation);
    if (std::any_of(m_deviation.begin(), m_deviation.end(), [](double part) { return part == 0; }))
        config.fail(QStringLiteral("image_std"), Tr::tr("0 cannot be divided by."));
    if (config.has(QStringLiteral("background"))) {
        for (const double part : three(config, "background", {}))
            m_background.push_back(static_cast<uchar>(std::clamp(part, 0.0, 255.0)));
    }
}

namespace {

// Where the middle part of one axis comes from and goes to. Python's rounding: down for a crop; a
// smaller picture goes up and left of the middle.
struct Placement {
    int from;
    int to;
    int length;
};

Placement placed(int have, int side, bool onBackground)
{
    const int spare = have - side;
    const int to = spare < 0 && onBackground ? -spare / 2 : std::max(0, -floorHalf(spare));
    return { std::max(0, floorHalf(spare)), to, std::min(have, side) };
}

} // namespace

// What lies outside the picture is black (a crop, as transformers has it) or the background (a pad).
at::Tensor PictureProcessor::frame(
    const at::Tensor& picture, std::array<int, 2> sides, bool onBackground) const
{
    at::Tensor framed = at::zeros({ sides[0], sides[1], 3 }, at::kByte);
    if (onBackground && !m_background.empty()) {
        for (int channel = 0; channel < 3; ++channel)
            framed.select(2, channel).fill_(m_background[channel]);
    }
    const Placement rows = placed(static_cast<int>(picture.size(0)), sides[0], onBackground);
    const Placement columns = placed(static_cast<int>(picture.size(1)), sides[1], onBackground);
    framed.narrow(0, rows.to, rows.length)
        .narrow(1, columns.to, columns.length)
        .copy_(picture.narrow(0, rows.from, rows.length).narrow(1, columns.from, columns.length));
    return framed;
}

std::vector<std::pair<std::array<int, 2>, bool>> PictureProcessor::frames() const
{
    std::vector<std::pair<std::array<int, 2>, bool>> frames;
    if (m_crops)
        frames.push_back({ m_crop, false });
    else if (m_fit == Fit::Percent && cropsPercent())
        frames.push_back({ m_size, false });
    if (m_padded[0] > 0)
        frames.push_back({ m_padded, true });
    return frames;
}

std::array<int, 2> PictureProcessor::resized(int rows, int columns) const
{
    if (!m_resizes)
        return { rows, columns };
    const auto sides = target(rows, columns);
    if (sides[0] < 1 || sides[1] < 1 || qint64(sides[0]) * sides[1] > largestPicture) {
        throw Error(Tr::tr("A picture of %1 × %2 is too long and thin for this model; crop it.")
                        .arg(columns)
                        .arg(rows));
    }
    return sides;
}

std::array<double, 4> PictureProcessor::region(int rows, int columns) const
{
    const auto whole = resized(rows, columns);
    std::array<int, 2> origin { 0, 0 };
    std::array<int, 2> sides = whole;
    for (const auto& [next, onBackground] : frames()) {
        for (int axis = 0; axis < 2; ++axis) {
            const Placement at = placed(sides[axis], next[axis], onBackground);
            origin[axis] += at.from - at.to;
        }
        sides = next;
    }
    return { double(origin[1]) / whole[1], double(origin[0]) / whole[0], double(sides[1]) / whole[1],
        double(sides[0]) / whole[0] };
}

// A byte has 256 values: one table a channel does rescaling and normalising in the reference's own
// order and precision.
at::Tensor PictureProcessor::numbers(const at::Tensor& picture) const
{
    const at::Tensor planes = picture.permute({ 2, 0, 1 }).contiguous();
    at::Tensor result = at::empty(planes.sizes(), at::kFloat);
    const int64_t count = planes.size(1) * planes.size(2);
    for (int channel = 0; channel < 3; ++channel) {
        std::array<float, 256> table {};
        for (int byte = 0; byte < 256; ++byte) {
            float value = m_rescales ? static_cast<float>(byte * m_factor) : static_cast<float>(byte);
            if (m_normalizes)
                value = (value - static_cast<float>(m_mean[channel])) / static_cast<float>(m_deviation[channel]);
            table[byte] = value;
        }
        const uchar* from = planes.data_ptr<uchar>() + channel * count;
        std::transform(from, from + count, result.data_ptr<float>() + channel * count,
            [&table](uchar byte) { return table[byte]; });
    }
    return result;
}

at::Tensor PictureProcessor::operator()(const at::Tensor& picture) const
{
    const auto [rows, columns]
        = resized(static_cast<int>(picture.size(0)), static_cast<int>(picture.size(1)));
    at::Tensor sized = m_resizes ? resizePillow(picture, columns, rows, m_filter) : picture;
    for (const auto& [sides, onBackground] : frames())
        sized = frame(sized, sides, onBackground);
    return numbers(sized);
}

} // namespace triptych
