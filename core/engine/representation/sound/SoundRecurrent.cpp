#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/sound/SoundInputs.h"
#include "core/engine/representation/sound/SoundMethods.h"
#include "core/engine/representation/sound/SoundRecurrentNet.h"

namespace triptych::representation {

namespace {

using learning::RecurrentKind;

QList<OptionInfo> optionLines()
{
    return QList<OptionInfo> {option::integer("hidden", 64, 2, 2048, "Units of a state"),
               option::integer("layers", 1, 1, 4, "Recurrent layers"),
               option::flag("both_ways", true, "A second one reads from the end"),
               option::choice("readout", "mean", {QStringLiteral("mean"), QStringLiteral("last")},
                   "The vector: the mean of all states, or the last"),
               option::real(
                   "dropout", 0.3, 0, 0.9, "Share of units that is left out at random in training"),
               option::integer("time_mask", 0, 0, 1000,
                   "SpecAugment: most frames that are hidden in training; 0 = none"),
               option::integer("frequency_mask", 0, 0, 256,
                   "SpecAugment: most features that are hidden in training; 0 = none")}
    + frameInputLines("mfcc");
}

template <RecurrentKind which>
std::unique_ptr<SoundNet> make(
    Parameters& parameters, const QJsonObject& options, int features, int classes)
{
    SoundRecurrentShape shape;
    shape.kind = which;
    shape.hidden = options[u"hidden"].toInt();
    shape.layers = options[u"layers"].toInt();
    shape.bothWays = options[u"both_ways"].toBool();
    shape.lastState = options[u"readout"].toString() == u"last";
    shape.dropout = options[u"dropout"].toDouble();
    return std::make_unique<SoundRecurrentNet>(parameters, shape, features, classes);
}

template <RecurrentKind which> const SoundKind& kind()
{
    const FitOptions fit {.epochs = 20, .batch = 32, .rate = 3e-3, .weightDecay = 1e-3, .clip = 1};
    static const SoundKind chosen = which == RecurrentKind::Rnn
        ? SoundKind {"soundrnn", "Recurrent net on frames", "Elman 1990", SoundInput::Frames,
            optionLines(), fit, make<which>}
        : which == RecurrentKind::Gru
        ? SoundKind {"soundgru", "GRU on frames", "Cho et al. 2014", SoundInput::Frames,
            optionLines(), fit, make<which>}
        : SoundKind {"soundlstm", "LSTM on frames",
            "Hochreiter and Schmidhuber 1997; Graves and Schmidhuber 2005", SoundInput::Frames,
            optionLines(), fit, make<which>};
    return chosen;
}

template <RecurrentKind which>
Value train(
    EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return trainSound(kind<which>(), context, options, inputs, progress);
}

template <RecurrentKind which>
Value apply(
    EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return applySound(kind<which>(), context, options, inputs, progress);
}

template <RecurrentKind which> Method trainer()
{
    return soundTrainer(kind<which>(), train<which>);
}
template <RecurrentKind which> Method applier()
{
    return soundApplier(kind<which>(), apply<which>);
}

} // namespace

std::vector<Method> soundRecurrentTrainers()
{
    return {trainer<RecurrentKind::Rnn>(), trainer<RecurrentKind::Gru>(),
        trainer<RecurrentKind::Lstm>()};
}

std::vector<Method> soundRecurrentMethods()
{
    return {applier<RecurrentKind::Rnn>(), applier<RecurrentKind::Gru>(),
        applier<RecurrentKind::Lstm>()};
}

} // namespace triptych::representation
