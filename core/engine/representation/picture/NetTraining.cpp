#include "core/engine/representation/picture/NetTraining.h"

#include "core/engine/learning/OptionLines.h"
#include "core/engine/learning/Rows.h"
#include "core/engine/representation/Signals.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QCoreApplication>
#include <QJsonArray>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

at::Tensor indexOf(const std::vector<int64_t>& rows)
{
    return at::tensor(at::ArrayRef<int64_t>(rows), at::TensorOptions(at::kLong));
}

std::vector<int64_t> labelledOnly(const std::vector<int64_t>& rows, const at::Tensor& labels)
{
    std::vector<int64_t> kept;
    for (const int64_t row : rows) {
        if (labels.data_ptr<int64_t>()[row] >= 0)
            kept.push_back(row);
    }
    return kept;
}

/// Pictures and labels of one side of the split.
struct Part {
    at::Tensor pictures; ///< uint8 [n,3,side,side]
    at::Tensor labels;   ///< int64 [n]

    static Part of(const std::vector<int64_t>& rows, const at::Tensor& pictures, const at::Tensor& labels)
    {
        return { pictures.index_select(0, indexOf(rows)), labels.index_select(0, indexOf(rows)) };
    }
    int64_t size() const { return labels.size(0); }
};

class NetLearner final : public Learner {
public:
    NetLearner(Parameters& parameters, const PictureNet& net, const PictureFormat& format, const QJsonObject& options,
        Progress& progress)
        : m_parameters(parameters)
        , m_net(net)
        , m_format(format)
        , m_augmentation(Augmentation::of(options))
        , m_progress(progress)
    {
    }

    Part training;
    Part validation;

    Parameters& parameters() override { return m_parameters; }
    int64_t rows() const override { return training.size(); }

    at::Tensor loss(const std::vector<int64_t>& rows, Chance& chance) override
    {
        const Part batch = Part::of(rows, training.pictures, training.labels);
        const at::Tensor values = m_augmentation(m_format.scaled(batch.pictures), chance);
        const at::Tensor pixels = m_format.normalised(values).to(m_parameters.device());
        const NetOutput output = m_net.run(pixels, { true, &chance, false });
        return netLoss(m_net, output, batch.labels.to(m_parameters.device()));
    }

    std::map<QString, double> validate() override
    {
        if (validation.size() == 0)
            return {};
        const at::Tensor logits
            = scoresOf(m_net, m_format, validation.pictures, {}, m_parameters.device(), m_progress).logits;
        return { { QStringLiteral("loss"), at::cross_entropy_loss(logits, validation.labels).item<double>() },
            { QStringLiteral("accuracy"), accuracy(logits, validation.labels) } };
    }

    void tell(const NetKind& kind, const QJsonObject& options, const QStringList& classes)
    {
        m_facts = { { QStringLiteral("method"), QStringLiteral("train.") + QLatin1String(kind.name) },
            { QStringLiteral("options"), options }, { QStringLiteral("classes"), QJsonArray::fromStringList(classes) },
            { QStringLiteral("picture"), m_format.toJson() } };
    }
    /// What it takes to apply the weights.
    void describe(Value& value) override
    {
        for (auto fact = m_facts.begin(); fact != m_facts.end(); ++fact)
            value.info[fact.key()] = fact.value();
    }

private:
    Parameters& m_parameters;
    const PictureNet& m_net;
    const PictureFormat& m_format;
    Augmentation m_augmentation;
    Progress& m_progress;
    QJsonObject m_facts;
};

void score(QJsonObject& scores, const char* side, const NetLearner& learner, const PictureNet& net,
    const PictureFormat& format, const Part& part, at::Device device, Progress& progress)
{
    if (part.size() == 0)
        return;
    const at::Tensor logits = scoresOf(net, format, part.pictures, {}, device, progress).logits;
    const QString name = QLatin1String(side);
    scores[name + QStringLiteral("_accuracy")] = accuracy(logits, part.labels);
    scores[name + QStringLiteral("_balanced_accuracy")] = balancedAccuracy(logits, part.labels);
    // What always naming the most frequent training class would reach.
    const at::Tensor most = learner.training.labels.bincount().argmax();
    scores[name + QStringLiteral("_majority")] = part.labels.eq(most).to(at::kDouble).mean().item<double>();
}

QList<OptionInfo> dataOptions(const NetKind& kind)
{
    return { option::integer("side", kind.side, kind.smallestSide, 512, "Pixels of a picture's side"),
        option::choice("channels", kind.channels == 1 ? "1" : "3", { QStringLiteral("1"), QStringLiteral("3") },
            "Brightness alone, or red, green and blue"),
        option::flag("invert", false, "Dark on light becomes light on dark"),
        option::real("width", kind.width, 0.01, 4, "Times the published numbers of maps"),
        option::choice("split", "own", { QStringLiteral("own"), QStringLiteral("new") },
            "The samples' own split, or a new one by group with a fifth for testing"),
        option::real("validation", 0.1, 0, 0.5, "Share of the training groups that choose the epoch; 0 keeps the last") };
}

Rows splitOf(std::vector<Sample> samples, const QJsonObject& options, const at::Tensor& labels)
{
    if (options[u"split"].toString() == u"new") {
        for (Sample& sample : samples)
            sample.split.clear();
    }
    Rows rows = rowsOf(samples, options[u"validation"].toDouble(), quint64(options[u"seed"].toInteger()));
    for (std::vector<int64_t>* side : { &rows.train, &rows.validation, &rows.test })
        *side = labelledOnly(*side, labels);
    if (rows.train.empty())
        throw Error(Tr::tr("No training sample has a label; label some."));
    return rows;
}

} // namespace

NetShape shapeOf(const QJsonObject& options, int classes)
{
    return { options[u"channels"].toString() == u"1" ? 1 : 3, options[u"side"].toInt(), classes,
        options[u"width"].toDouble(), options };
}

const Stage& stageOf(const NetOutput& output, const QString& name)
{
    QStringList names;
    for (const Stage& stage : output.stages) {
        names.append(QString::fromStdString(stage.name));
        if (names.back() == name)
            return stage;
    }
    throw Error(Tr::tr("layer: this net has no \"%1\"; it has %2.").arg(name, names.join(QStringLiteral(", "))));
}

NetScores scoresOf(const PictureNet& net, const PictureFormat& format, const at::Tensor& pictures, const QString& layer,
    at::Device device, Progress& progress)
{
    at::AutoGradMode off(false);
    const int64_t count = pictures.size(0);
    const int64_t step = std::clamp<int64_t>(128 * 1024 / (int64_t(format.side) * format.side), 4, 128);
    std::vector<at::Tensor> embeddings, logits;
    for (int64_t first = 0; first < count; first += step) {
        progress.report(first, count, Tr::tr("looking at pictures"));
        const at::Tensor pixels = format.normalised(format.scaled(pictures.slice(0, first, first + step))).to(device);
        const NetOutput output = net.run(pixels, { false, nullptr, !layer.isEmpty() });
        const at::Tensor chosen = layer.isEmpty() ? output.embedding : stageOf(output, layer).values.mean({ 2, 3 });
        embeddings.push_back(chosen.to(at::kCPU));
        logits.push_back(output.logits.to(at::kCPU));
    }
    return { at::cat(embeddings), at::cat(logits) };
}

Method trainerOf(const NetKind& kind, RunMethod run)
{
    MethodInfo info;
    info.id = QStringLiteral("train.") + QLatin1String(kind.name);
    info.room = QStringLiteral("training");
    info.title = QLatin1String(kind.title);
    info.reference = QLatin1String(kind.reference);
    info.options = dataOptions(kind) + kind.options + augmentationOptions(kind.augmentation) + fitOptionLines(kind.fit);
    info.inputs = { QStringLiteral("samples") };
    return { info, run };
}

Value trainNet(const NetKind& kind, EngineContext& context, const QJsonObject& options, const Inputs& inputs,
    Progress& progress)
{
    const Labels labels = labelsOf(inputs.samples);
    const Rows rows = splitOf(inputs.samples, options, labels.numbers);
    PictureFormat format = PictureFormat::of(options);
    const at::Tensor pictures = picturesOf(inputs.samples, format.side, progress);
    format.measure(pictures.index_select(0, indexOf(rows.train)));
    const at::Device device(context.options.device.toStdString());
    Parameters parameters(quint64(options[u"seed"].toInteger()), device);
    const auto net = kind.make(parameters, shapeOf(options, int(labels.names.size())));
    NetLearner learner(parameters, *net, format, options, progress);
    learner.training = Part::of(rows.train, pictures, labels.numbers);
    learner.validation = Part::of(rows.validation, pictures, labels.numbers);
    learner.tell(kind, options, labels.names);
    const FitReport report = fit(learner, fitOptionsOf(options), progress);
    Value value = fittedValue({}, options, parameters, report);
    learner.describe(value);
    value.info[QStringLiteral("rows")] = QJsonObject { { QStringLiteral("train"), qint64(rows.train.size()) },
        { QStringLiteral("validation"), qint64(rows.validation.size()) },
        { QStringLiteral("test"), qint64(rows.test.size()) } };
    value.info[QStringLiteral("split_hash")] = rows.hash;
    QJsonObject scores;
    score(scores, "validation", learner, *net, format, learner.validation, device, progress);
    score(scores, "test", learner, *net, format, Part::of(rows.test, pictures, labels.numbers), device, progress);
    value.info[QStringLiteral("scores")] = scores;
    return value;
}

} // namespace triptych::representation
