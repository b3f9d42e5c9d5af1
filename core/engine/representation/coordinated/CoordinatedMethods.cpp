#include "core/engine/representation/coordinated/CoordinatedMethods.h"

#include "core/engine/representation/coordinated/CoordinatedKind.h"

#include <array>

namespace triptych::representation {

namespace {

constexpr std::array<CoordinatedKind, 4> kinds { {
    { "vse", "Visual-semantic embedding (VSE)", "Kiros, Salakhutdinov and Zemel 2014", Constraint::HingeSum, 0.2 },
    { "vsepp", "Visual-semantic embedding with hard negatives (VSE++)", "Faghri et al. 2018", Constraint::HingeMax, 0.2 },
    { "orderembedding", "Order embedding", "Vendrov et al. 2016", Constraint::Order, 0.05 },
    { "coordinatedcca", "Correlation-coordinated representation (CCA)", "Hotelling 1936; ridge: Vinod 1976",
        Constraint::Correlation, 0 },
} };

template <size_t I>
Value train(EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return trainCoordinated(kinds[I], context, options, inputs, progress);
}

template <size_t I>
Value represent(EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return representCoordinated(kinds[I], context, options, inputs, progress);
}

MethodInfo infoOf(const CoordinatedKind& kind, const char* prefix, const char* room)
{
    MethodInfo info;
    info.id = QLatin1String(prefix) + QLatin1String(kind.name);
    info.room = QLatin1String(room);
    info.title = QLatin1String(kind.title);
    info.reference = QLatin1String(kind.reference);
    info.inputs = { QStringLiteral("samples") };
    return info;
}

template <size_t I>
Method trainer()
{
    MethodInfo info = infoOf(kinds[I], "train.", "training");
    info.options = coordinatedTrainOptions(kinds[I]);
    return { info, train<I> };
}

template <size_t I>
Method applier()
{
    MethodInfo info = infoOf(kinds[I], "represent.", "representation");
    info.options = coordinatedOptions();
    info.inputs.append(QStringLiteral("fitted"));
    return { info, represent<I> };
}

} // namespace

std::vector<Method> coordinatedMethods() { return { applier<0>(), applier<1>(), applier<2>(), applier<3>() }; }

std::vector<Method> coordinatedTrainers() { return { trainer<0>(), trainer<1>(), trainer<2>(), trainer<3>() }; }

} // namespace triptych::representation
