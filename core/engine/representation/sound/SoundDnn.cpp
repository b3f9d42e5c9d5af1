#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/sound/SoundInputs.h"
#include "core/engine/representation/sound/SoundMethods.h"
#include "core/engine/representation/sound/SoundStatistics.h"

#include <ATen/Functions.h>
#include <QtGlobal>

namespace triptych::representation {

namespace {

using namespace learning;

/// Dense layers with ReLU over the statistics of a sound; the last one is its vector.
class SoundDnn final : public SoundNet {
public:
    SoundDnn(Parameters& parameters, const QJsonObject& options, int features, int classes)
        : m_dropout(options[u"dropout"].toDouble())
    {
        int in = features;
        for (int layer = 0; layer < options[u"layers"].toInt(); ++layer) {
            m_layers.emplace_back(
                parameters, "dense." + std::to_string(layer), in, options[u"hidden"].toInt());
            in = options[u"hidden"].toInt();
        }
        m_classes = Dense(parameters, "classes", in, classes);
    }

    SoundOutput forward(const SoundBatch& batch, Chance* chance) const override
    {
        at::Tensor values = batch.values.squeeze(1);
        for (const Dense& layer : m_layers) {
            values = layer(values).relu();
            if (chance)
                values = chance->dropout(values, m_dropout);
        }
        return {values, m_classes(values)};
    }

    void show(
        Steps& steps, const SoundBatch& one, const StepAxis&, const QStringList&) const override
    {
        const StepAxis units {QT_TRANSLATE_NOOP("Step", "unit"), "", 0, 1};
        at::Tensor values = one.values.squeeze(1);
        steps.lines(QT_TRANSLATE_NOOP("Step", "Standardised"), values)
            .about(QT_TRANSLATE_NOOP("Step",
                "Each number minus its mean over the training sounds, divided by its deviation: "
                "now all count alike."))
            .axes({QT_TRANSLATE_NOOP("Step", "feature"), "", 0, 1});
        for (size_t i = 0; i < m_layers.size(); ++i) {
            values = m_layers[i](values).relu();
            steps.lines(QT_TRANSLATE_NOOP("Step", "Dense layer %1"), values)
                .about(QT_TRANSLATE_NOOP("Step",
                           "Layer %1: %2 units, each a weighted sum of everything before, cut off "
                           "below zero (ReLU); %3 "
                           "of them are silent."),
                    {QString::number(i + 1), QString::number(values.size(1)),
                        QString::number(values.eq(0).sum().item<int64_t>())})
                .axes(units);
        }
    }

private:
    std::vector<Dense> m_layers;
    Dense m_classes;
    double m_dropout;
};

std::unique_ptr<SoundNet> make(
    Parameters& parameters, const QJsonObject& options, int features, int classes)
{
    return std::make_unique<SoundDnn>(parameters, options, features, classes);
}

const SoundKind& kind()
{
    static const SoundKind dnn {"sounddnn", "Dense net on statistics of sounds",
        "Hinton et al. 2012 (deep nets for sounds); here on statistics of MFCC",
        SoundInput::Statistics,
        QList<OptionInfo> {option::integer("hidden", 128, 2, 4096, "Units a layer"),
            option::integer("layers", 2, 1, 8, "Dense layers"),
            option::real(
                "dropout", 0.3, 0, 0.9, "Share of units that is left out at random in training")}
            + statisticsOptionLines(),
        {.epochs = 60, .batch = 64, .rate = 2e-3, .weightDecay = 1e-3}, make};
    return dnn;
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

Method soundDnnTrainer()
{
    return soundTrainer(kind(), train);
}
Method soundDnnMethod()
{
    return soundApplier(kind(), apply);
}

} // namespace triptych::representation
