#include "core/engine/representation/sound/SoundStatistics.h"

#include "core/engine/features/SoundShape.h"
#include "core/engine/learning/OptionLines.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QtGlobal>

namespace triptych::representation {

QList<OptionInfo> statisticsOptionLines()
{
    return soundOptionLines(SoundLevel::Cepstrum, {.coefficients = 15, .deltas = 1})
        + QList<OptionInfo> {option::flag("shape", false,
            "Energy, zero crossings, centroid, bandwidth, roll-off and length too")};
}

StatisticsOptions statisticsOptionsOf(const QJsonObject& options)
{
    return {soundOptionsOf(options), options[u"shape"].toBool()};
}

at::Tensor shapeOf(const at::Tensor& sound, const SoundOptions& options)
{
    const at::Tensor frames
        = framesOf(atLeastOneFrame(sound, options.mel.frames()), options.mel.frames());
    const SpectralShape shape = spectralShape(powersOf(sound, options).sqrt(), options.mel.rate);
    const at::Tensor energy = rootMeanSquare(frames).clamp_min(1e-5).log10() * 20;
    return at::stack({energy, zeroCrossingRate(frames), shape.centroid / 1000,
        shape.bandwidth / 1000, shape.rollOff / 1000});
}

at::Tensor statisticsOf(const at::Tensor& sound, const StatisticsOptions& options)
{
    std::vector<at::Tensor> parts {meanAndDeviation(cepstraOf(sound, options.sound))};
    if (options.shape) {
        parts.push_back(meanAndDeviation(shapeOf(sound, options.sound)));
        parts.push_back(at::full({1}, double(sound.numel()) / options.sound.mel.rate, at::kFloat));
    }
    return at::cat(parts);
}

QStringList statisticsColumns(const StatisticsOptions& options)
{
    const auto measured = [](const QStringList& rows) {
        QStringList columns;
        for (const char* measure : {"mean ", "deviation "})
            for (const QString& row : rows)
                columns.append(QLatin1String(measure) + row);
        return columns;
    };
    QStringList rows;
    for (int order = 0; order <= options.sound.deltas; ++order)
        for (int c = 0; c < options.sound.coefficients; ++c)
            rows.append(QString(order, QChar(u'Δ')) + QStringLiteral("c%1").arg(c));
    QStringList columns = measured(rows);
    if (options.shape) {
        columns += measured({QStringLiteral("energy dB"), QStringLiteral("zero crossings"),
            QStringLiteral("centroid kHz"), QStringLiteral("bandwidth kHz"),
            QStringLiteral("roll-off kHz")});
        columns.append(QStringLiteral("seconds"));
    }
    return columns;
}

void addStatisticsSteps(Steps& steps, const ShownSound& shown, const at::Tensor& whole,
    const StatisticsOptions& options)
{
    const at::Tensor vector = statisticsOf(whole, options);
    if (!options.shape) {
        addVectorSteps(steps, cepstraOf(whole, options.sound), vector);
        return;
    }
    const at::Tensor shape = shapeOf(shown.sound, shown.options);
    steps.lines(QT_TRANSLATE_NOOP("Step", "Energy"), shape[0])
        .about(QT_TRANSLATE_NOOP(
            "Step", "Root of the mean square of each frame, in dB of full scale."))
        .axes(frameAxis(shown.options), {QT_TRANSLATE_NOOP("Step", "level"), "dB"});
    steps.lines(QT_TRANSLATE_NOOP("Step", "Zero crossings"), shape[1])
        .about(QT_TRANSLATE_NOOP("Step",
            "How often the sign changes from one value to the next: high in hisses such as s and "
            "f, low in vowels."))
        .axes(frameAxis(shown.options));
    steps.lines(QT_TRANSLATE_NOOP("Step", "Shape of the spectrum"), shape.narrow(0, 2, 3))
        .named(
            {QStringLiteral("centroid"), QStringLiteral("bandwidth"), QStringLiteral("roll-off")})
        .about(QT_TRANSLATE_NOOP("Step",
            "The mean frequency, the deviation around it, and the frequency under which 85 % of "
            "the magnitude lies."))
        .axes(frameAxis(shown.options), {QT_TRANSLATE_NOOP("Step", "frequency"), "kHz"});
    addVectorSteps(
        steps, at::cat({cepstraOf(whole, options.sound), shapeOf(whole, options.sound)}), vector);
}

} // namespace triptych::representation
