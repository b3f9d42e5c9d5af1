#include "core/engine/models/processors/VideoProcessor.h"

#include <ATen/Functions.h>
#include <QJsonArray>

namespace triptych {

namespace {

/// VideoMAE's way, for a folder that does not say.
QJsonObject usual(std::array<int, 2> sides)
{
    return { { QStringLiteral("image_processor_type"), QStringLiteral("VideoMAEImageProcessor") },
        { QStringLiteral("size"), QJsonObject { { QStringLiteral("shortest_edge"), std::min(sides[0], sides[1]) } } },
        { QStringLiteral("crop_size"),
            QJsonObject { { QStringLiteral("height"), sides[0] }, { QStringLiteral("width"), sides[1] } } },
        { QStringLiteral("image_mean"), QJsonArray { 0.485, 0.456, 0.406 } },
        { QStringLiteral("image_std"), QJsonArray { 0.229, 0.224, 0.225 } } };
}

} // namespace

VideoProcessor::VideoProcessor(PictureProcessor pictures, int frames)
    : m_pictures(std::move(pictures))
    , m_frames(frames)
{
}

VideoProcessor VideoProcessor::from(const Config& config, const QJsonObject& facts)
{
    const QJsonArray input = facts.value(QStringLiteral("input")).toArray();
    const std::array sides { input.at(1).toInt(), input.at(2).toInt() };
    const Config whole = config.json().isEmpty() ? Config(usual(sides), config.where()) : config;
    return { PictureProcessor::from(whole, sides), facts.value(QStringLiteral("frames")).toInt() };
}

at::Tensor VideoProcessor::operator()(const at::Tensor& frames) const
{
    const int64_t have = frames.size(0);
    std::vector<at::Tensor> rows;
    for (int64_t i = 0; i < m_frames; ++i) {
        const int64_t at = have > m_frames ? i * have / m_frames : std::min(i, have - 1);
        rows.push_back(m_pictures(frames[at]));
    }
    return at::stack(rows);
}

} // namespace triptych
