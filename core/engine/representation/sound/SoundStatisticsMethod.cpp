#include "core/engine/representation/Signals.h"
#include "core/engine/representation/sound/SoundMethods.h"
#include "core/engine/representation/sound/SoundStatistics.h"
#include "core/engine/representation/sound/SoundSteps.h"

#include <QJsonArray>

namespace triptych::representation {

namespace {

Value run(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const StatisticsOptions statistics = statisticsOptionsOf(options);
    const int rate = statistics.sound.mel.rate;
    Value value = representSounds(inputs, rate, QStringLiteral("represent.soundstatistics"),
        soundWarnings(statistics.sound), progress,
        [&](const at::Tensor& sound) { return statisticsOf(sound, statistics); });
    value.info[QStringLiteral("columns")]
        = QJsonArray::fromStringList(statisticsColumns(statistics));
    if (options[u"steps"].toBool()) {
        Steps steps;
        const ShownSound shown
            = shownSound(inputs, statistics.sound, options[u"frame"].toInteger(), progress);
        addSignalSteps(steps, shown);
        addSpectrumSteps(steps, shown);
        addMelSteps(steps, shown);
        addCepstrumSteps(steps, shown);
        const at::Tensor whole = soundsOf({inputs.samples.front()}, rate, progress).front();
        addStatisticsSteps(steps, shown, whole, statistics);
        steps.writeTo(value);
    }
    return value;
}

} // namespace

Method soundStatisticsMethod()
{
    return {
        soundMethodInfo("represent.soundstatistics", "Sound statistics", statisticsOptionLines(),
            "Davis and Mermelstein 1980; statistics over time as in Tzanetakis and Cook 2002"),
        run};
}

} // namespace triptych::representation
