#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/sound/SoundConvNet.h"
#include "core/engine/representation/sound/SoundInputs.h"
#include "core/engine/representation/sound/SoundMethods.h"

namespace triptych::representation {

namespace {

std::unique_ptr<SoundNet> make(
    Parameters& parameters, const QJsonObject& options, int features, int classes)
{
    SoundConvShape shape;
    shape.channels = options[u"channels"].toInt();
    shape.blocks = options[u"blocks"].toInt();
    shape.parts = options[u"parts"].toInt();
    shape.width = options[u"width"].toInt();
    shape.dropout = options[u"dropout"].toDouble();
    return std::make_unique<SoundConvNet>(parameters, shape, features, classes);
}

const SoundKind& kind()
{
    static const SoundKind cnn {"soundcnn", "Convolutional net on log-mel",
        "Piczak 2015; masks after SpecAugment, Park et al. 2019", SoundInput::Frames,
        QList<OptionInfo> {option::integer("channels", 16, 1, 256,
                               "Maps of the first block; each further one has twice as many"),
            option::integer("blocks", 3, 1, 6, "Convolutions, each halving bands and frames"),
            option::integer("parts", 4, 1, 32, "Equal parts of a sound that are averaged apart"),
            option::integer("width", 64, 2, 2048, "Numbers of the vector"),
            option::real(
                "dropout", 0.3, 0, 0.9, "Share of units that is left out at random in training"),
            option::integer("time_mask", 8, 0, 1000,
                "SpecAugment: most frames that are hidden in training; 0 = none"),
            option::integer("frequency_mask", 6, 0, 256,
                "SpecAugment: most bands that are hidden in training; 0 = none")}
            + frameInputLines("logmel"),
        {.epochs = 20, .batch = 32, .rate = 2e-3, .weightDecay = 1e-3}, make};
    return cnn;
}

Value train(
    EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return trainSound(kind(), context, options, inputs, progress);
}

Value apply(
    EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return applySound(kind(), context, options, inputs, progress);
}

} // namespace

Method soundCnnTrainer()
{
    return soundTrainer(kind(), train);
}
Method soundCnnMethod()
{
    return soundApplier(kind(), apply);
}

} // namespace triptych::representation
