#include "core/engine/representation/sound/SoundTraining.h"

#include "core/engine/learning/OptionLines.h"
#include "core/engine/learning/Rows.h"
#include "core/engine/representation/Signals.h"
#include "core/engine/representation/sound/HoldOut.h"
#include "core/engine/representation/sound/SoundInputs.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <numeric>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

constexpr int64_t rowsAtOnce = 128; ///< when a net is applied

QString trainName(const SoundKind& kind)
{
    return QStringLiteral("train.") + QLatin1String(kind.name);
}

std::vector<at::Tensor> inputsOf(const std::vector<Sample>& samples, const SoundKind& kind,
    const QJsonObject& options, Progress& progress)
{
    const std::vector<at::Tensor> sounds
        = soundsOf(samples, soundOptionsOf(options).mel.rate, progress);
    std::vector<at::Tensor> rows;
    for (const at::Tensor& sound : sounds) {
        progress.report(qint64(rows.size()), qint64(sounds.size()), Tr::tr("features"));
        rows.push_back(inputOf(sound, kind.input, options));
    }
    return rows;
}

std::vector<at::Tensor> picked(
    const std::vector<at::Tensor>& rows, const std::vector<int64_t>& which)
{
    std::vector<at::Tensor> some;
    for (const int64_t row : which)
        some.push_back(rows[size_t(row)]);
    return some;
}

/// The outputs of many rows in their order; rows of like length are computed together.
SoundOutput outputsOf(const SoundNet& net, const std::vector<at::Tensor>& rows,
    const at::Device& device, Progress* progress = nullptr)
{
    std::vector<int64_t> order(rows.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
        [&](int64_t a, int64_t b) { return rows[size_t(a)].size(0) < rows[size_t(b)].size(0); });
    std::vector<at::Tensor> vectors, scores;
    for (size_t first = 0; first < order.size(); first += rowsAtOnce) {
        if (progress)
            progress->report(qint64(first), qint64(order.size()), Tr::tr("applying"));
        const size_t last = std::min(order.size(), first + rowsAtOnce);
        const SoundOutput output = net.forward(
            batchOf(picked(rows, {order.begin() + first, order.begin() + last}), device), nullptr);
        vectors.push_back(output.vector.to(at::kCPU));
        scores.push_back(output.scores.to(at::kCPU));
    }
    const at::Tensor back = at::argsort(at::tensor(order));
    return {at::cat(vectors).index_select(0, back), at::cat(scores).index_select(0, back)};
}

class SoundLearner final : public Learner {
public:
    SoundLearner(Parameters& parameters, const SoundNet& net, const std::vector<at::Tensor>& rows,
        const Rows& split, const Labels& labels, const QJsonObject& options)
        : m_parameters(parameters)
        , m_net(net)
        , m_rows(rows)
        , m_split(split)
        , m_labels(labels)
        , m_frames(options[u"time_mask"].toInteger())
        , m_bands(options[u"frequency_mask"].toInteger())
    {
    }

    Parameters& parameters() override { return m_parameters; }
    int64_t rows() const override { return int64_t(m_split.train.size()); }

    at::Tensor loss(const std::vector<int64_t>& rows, Chance& chance) override
    {
        std::vector<int64_t> which;
        for (const int64_t row : rows)
            which.push_back(m_split.train[size_t(row)]);
        SoundBatch batch = batchOf(picked(m_rows, which), m_parameters.device());
        if (m_frames > 0 || m_bands > 0)
            batch = specAugmented(batch, m_frames, m_bands, chance);
        const at::Tensor wanted
            = m_labels.numbers.index_select(0, at::tensor(which)).to(m_parameters.device());
        return at::cross_entropy_loss(m_net.forward(batch, &chance).scores, wanted);
    }

    std::map<QString, double> validate() override
    {
        if (m_split.validation.empty())
            return {};
        const at::Tensor scores
            = outputsOf(m_net, picked(m_rows, m_split.validation), m_parameters.device()).scores;
        const at::Tensor wanted = m_labels.numbers.index_select(0, at::tensor(m_split.validation));
        return {{QStringLiteral("loss"), at::cross_entropy_loss(scores, wanted).item<double>()},
            {QStringLiteral("accuracy"), accuracy(scores, wanted)}};
    }

    void describe(Value& partial) override { tell(partial); }

    /// What it takes to apply the weights, and what they were learned from.
    void tell(Value& value) const
    {
        value.info[QStringLiteral("classes")] = QJsonArray::fromStringList(m_labels.names);
        value.info[QStringLiteral("rows")]
            = QJsonObject {{QStringLiteral("train"), qint64(m_split.train.size())},
                {QStringLiteral("validation"), qint64(m_split.validation.size())},
                {QStringLiteral("test"), qint64(m_split.test.size())}};
        value.info[QStringLiteral("split_hash")] = m_split.hash;
    }

private:
    Parameters& m_parameters;
    const SoundNet& m_net;
    const std::vector<at::Tensor>& m_rows;
    const Rows& m_split;
    const Labels& m_labels;
    int64_t m_frames;
    int64_t m_bands;
};

/// Rows without a label cannot be learned from or scored.
void keepLabelled(Rows& split, const Labels& labels)
{
    const int64_t* numbers = labels.numbers.data_ptr<int64_t>();
    for (std::vector<int64_t>* side : {&split.train, &split.validation, &split.test})
        std::erase_if(*side, [&](int64_t row) { return numbers[row] < 0; });
}

QJsonObject scoresOf(const SoundNet& net, const std::vector<at::Tensor>& rows, const Rows& split,
    const Labels& labels, const at::Device& device, Progress& progress)
{
    QJsonObject scores;
    const auto measure = [&](const std::vector<int64_t>& side, const QString& name) {
        if (side.empty())
            return;
        const at::Tensor given = outputsOf(net, picked(rows, side), device, &progress).scores;
        const at::Tensor wanted = labels.numbers.index_select(0, at::tensor(side));
        scores[name + QStringLiteral("_accuracy")] = accuracy(given, wanted);
        scores[name + QStringLiteral("_balanced_accuracy")] = balancedAccuracy(given, wanted);
    };
    measure(split.validation, QStringLiteral("validation"));
    measure(split.test, QStringLiteral("test"));
    return scores;
}

} // namespace

Method soundTrainer(const SoundKind& kind, decltype(Method::run) run)
{
    MethodInfo info;
    info.id = trainName(kind);
    info.room = QStringLiteral("training");
    info.title = QLatin1String(kind.title);
    info.options = kind.options + holdOutLines()
        + QList<OptionInfo> {option::real(
            "validation_share", 0.1, 0, 0.9, "Share of training groups that choose the epoch")}
        + fitOptionLines(kind.fit);
    info.reference = QLatin1String(kind.reference);
    info.inputs = {QStringLiteral("samples")};
    return {info, run};
}

Method soundApplier(const SoundKind& kind, decltype(Method::run) run)
{
    const QByteArray id = QByteArrayLiteral("represent.") + kind.name;
    MethodInfo info = soundMethodInfo(id.constData(), kind.title, {}, kind.reference);
    info.inputs.append(QStringLiteral("fitted"));
    return {info, run};
}

Value trainSound(const SoundKind& kind, EngineContext& context, const QJsonObject& options,
    const Inputs& inputs, Progress& progress)
{
    const std::vector<Sample> samples = heldOut(inputs.samples, options);
    const auto seed = quint64(options[u"seed"].toInteger());
    const Labels labels = labelsOf(samples);
    Rows split = rowsOf(samples, options[u"validation_share"].toDouble(), seed);
    keepLabelled(split, labels);
    if (split.train.empty())
        throw Error(Tr::tr("No sample of the train side has a label; label the samples."));
    std::vector<at::Tensor> rows = inputsOf(samples, kind, options, progress);

    Parameters parameters(seed, at::Device(context.options.device.toStdString()));
    InputScale scale(parameters, int(rows.front().size(1)));
    scale.measure(picked(rows, split.train));
    for (at::Tensor& row : rows)
        row = scale(row);
    const auto net
        = kind.make(parameters, options, int(rows.front().size(1)), int(labels.names.size()));
    SoundLearner learner(parameters, *net, rows, split, labels, options);
    const FitReport report = fit(learner, fitOptionsOf(options), progress);

    Value value = fittedValue(trainName(kind), options, parameters, report);
    learner.tell(value);
    value.info[QStringLiteral("scores")]
        = scoresOf(*net, rows, split, labels, parameters.device(), progress);
    value.info[QStringLiteral("warnings")]
        = QJsonArray::fromStringList(soundWarnings(soundOptionsOf(options)));
    return value;
}

Value applySound(const SoundKind& kind, EngineContext& context, const QJsonObject& options,
    const Inputs& inputs, Progress& progress)
{
    const Value& fitted = fittedOf(inputs, trainName(kind));
    if (inputs.samples.empty())
        throw Error(Tr::tr("No samples were given; choose samples that have a sound."));
    const QJsonObject trained = fitted.info[u"options"].toObject();
    const QStringList classes = fitted.strings(QStringLiteral("classes"));
    const int features = int(fitted.array(QStringLiteral("weights.input.mean")).count());
    Parameters parameters(
        fitted, QStringLiteral("weights"), at::Device(context.options.device.toStdString()));
    const InputScale scale(parameters, features);
    const auto net = kind.make(parameters, trained, features, int(classes.size()));

    std::vector<at::Tensor> rows = inputsOf(inputs.samples, kind, trained, progress);
    for (at::Tensor& row : rows)
        row = scale(row);
    const SoundOutput output = outputsOf(*net, rows, parameters.device(), &progress);
    const at::Tensor probabilities = output.scores.softmax(1);
    const QString method = QStringLiteral("represent.") + QLatin1String(kind.name);
    Value value = embeddingValue(output.vector, inputs.samples, method, Modality::Audio);
    value.arrays[QStringLiteral("probabilities")] = arrayOf(probabilities);
    value.info[QStringLiteral("classes")] = QJsonArray::fromStringList(classes);
    if (options[u"steps"].toBool()) {
        const SoundOptions sound = soundOptionsOf(trained);
        const ShownSound shown = shownSound(inputs, sound, options[u"frame"].toInteger(), progress);
        const at::Tensor whole
            = soundsOf({inputs.samples.front()}, sound.mel.rate, progress).front();
        Steps steps;
        addInputSteps(steps, shown, whole, kind.input, trained);
        net->show(steps, batchOf({rows.front()}, parameters.device()), frameAxis(sound), classes);
        steps.bars(QT_TRANSLATE_NOOP("Step", "Probabilities"), probabilities[0], classes)
            .about(QT_TRANSLATE_NOOP("Step",
                "What the net holds the sound for: its scores, made positive and summing to 1 "
                "(softmax)."));
        steps.vector(QT_TRANSLATE_NOOP("Step", "Vector"), output.vector[0])
            .about(QT_TRANSLATE_NOOP("Step", "%1 numbers stand for the whole sound."),
                {QString::number(output.vector.size(1))});
        steps.writeTo(value);
    }
    return value;
}

} // namespace triptych::representation
