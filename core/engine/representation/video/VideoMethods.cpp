#include "core/engine/representation/video/VideoMethods.h"

#include "core/engine/representation/video/MovingClips.h"
#include "core/engine/representation/video/VideoRepresent.h"

namespace triptych::representation {

namespace {

template <VideoKind kind>
Method trainer()
{
    return videoTrainer(videoKind(kind),
        [](EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress) {
            return trainVideo(videoKind(kind), context, options, inputs, progress);
        });
}

template <VideoKind kind>
Method applier()
{
    return videoApplier(videoKind(kind),
        [](EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress) {
            return representVideo(videoKind(kind), context, options, inputs, progress);
        });
}

} // namespace

std::vector<Method> videoMethods()
{
    return { applier<VideoKind::FrameMean>(), applier<VideoKind::Rnn>(), applier<VideoKind::Lstm>(),
        applier<VideoKind::Gru>(), clipsMethod() };
}

std::vector<Method> videoTrainers()
{
    return { trainer<VideoKind::FrameMean>(), trainer<VideoKind::Rnn>(), trainer<VideoKind::Lstm>(),
        trainer<VideoKind::Gru>() };
}

} // namespace triptych::representation
