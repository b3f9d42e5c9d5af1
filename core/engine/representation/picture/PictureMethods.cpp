#include "core/engine/representation/picture/PictureMethods.h"

#include "core/engine/representation/picture/NetRepresent.h"

namespace triptych::representation {

namespace {

template <const NetKind& (*kind)()>
Method trainer()
{
    return trainerOf(kind(), [](EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress) {
        return trainNet(kind(), context, options, inputs, progress);
    });
}

template <const NetKind& (*kind)()>
Method applier()
{
    return applierOf(kind(), [](EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress) {
        return representNet(kind(), context, options, inputs, progress);
    });
}

} // namespace

std::vector<Method> pictureMethods()
{
    return { applier<leNetKind>(), applier<alexNetKind>(), applier<vggKind>(), applier<googLeNetKind>(),
        applier<resNetKind>(), applier<vitKind>(), pictureNetMethod() };
}

std::vector<Method> pictureTrainers()
{
    return { trainer<leNetKind>(), trainer<alexNetKind>(), trainer<vggKind>(), trainer<googLeNetKind>(),
        trainer<resNetKind>(), trainer<vitKind>() };
}

} // namespace triptych::representation
