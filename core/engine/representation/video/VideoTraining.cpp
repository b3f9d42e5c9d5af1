#include "core/engine/representation/video/VideoTraining.h"

#include "core/engine/learning/Fit.h"
#include "core/engine/learning/OptionLines.h"
#include "core/engine/learning/Rows.h"
#include "core/engine/representation/Signals.h"
#include "core/engine/representation/video/Motion.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <functional>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

using Clips = std::vector<at::Tensor>;

at::Tensor indexOf(const std::vector<int64_t>& rows)
{
    return at::tensor(at::ArrayRef<int64_t>(rows), at::TensorOptions(at::kLong));
}

Clips chosen(const Clips& clips, const std::vector<int64_t>& rows)
{
    Clips some;
    for (const int64_t row : rows)
        some.push_back(clips[size_t(row)]);
    return some;
}

/// The whole clip moved, around the edge: that keeps its label. Never mirrored, turned or played backwards: that
/// would be another motion.
at::Tensor moved(const at::Tensor& clip, double shift, Chance& chance)
{
    const auto most = int64_t(shift * double(clip.size(2)));
    if (most < 1)
        return clip;
    return clip.roll({ chance.below(2 * most + 1) - most, chance.below(2 * most + 1) - most }, { 2, 3 });
}

class VideoLearner final : public Learner {
public:
    VideoLearner(Parameters& parameters, const VideoNet& net, const QJsonObject& options, Progress& progress)
        : m_parameters(parameters)
        , m_net(net)
        , m_shift(options[u"shift"].toDouble())
        , m_order(options[u"shuffle_frames"].toBool() ? FrameOrder::Shuffled : FrameOrder::Forward)
        , m_seed(quint64(options[u"seed"].toInteger()))
        , m_progress(progress)
    {
    }

    Clips training;
    at::Tensor trainingLabels;
    Clips validation;
    at::Tensor validationLabels;
    QJsonObject facts; ///< what it takes to apply the weights

    Parameters& parameters() override { return m_parameters; }
    int64_t rows() const override { return int64_t(training.size()); }
    FrameOrder order() const { return m_order; }

    at::Tensor loss(const std::vector<int64_t>& rows, Chance& chance) override
    {
        Clips batch;
        for (const int64_t row : rows)
            batch.push_back(moved(inOrder(training[size_t(row)], m_order, chance), m_shift, chance));
        const at::Tensor values = normalised(at::stack(batch)).to(m_parameters.device());
        const at::Tensor labels = trainingLabels.index_select(0, indexOf(rows)).to(m_parameters.device());
        return at::cross_entropy_loss(m_net(values, true).logits, labels);
    }

    std::map<QString, double> validate() override
    {
        if (validation.empty())
            return {};
        const at::Tensor logits
            = scoresOf(m_net, validation, m_order, m_seed, m_parameters.device(), m_progress).logits;
        return { { QStringLiteral("loss"), at::cross_entropy_loss(logits, validationLabels).item<double>() },
            { QStringLiteral("accuracy"), accuracy(logits, validationLabels) } };
    }

    void describe(Value& value) override
    {
        for (auto fact = facts.begin(); fact != facts.end(); ++fact)
            value.info[fact.key()] = fact.value();
    }

private:
    Parameters& m_parameters;
    const VideoNet& m_net;
    double m_shift;
    FrameOrder m_order;
    quint64 m_seed;
    Progress& m_progress;
};

/// Rows by the split, those without a label left out.
Rows labelledRows(const Inputs& inputs, const QJsonObject& options, const at::Tensor& labels)
{
    Rows rows = rowsOf(inputs.samples, options[u"validation"].toDouble(), quint64(options[u"seed"].toInteger()));
    for (std::vector<int64_t>* side : { &rows.train, &rows.validation, &rows.test })
        std::erase_if(*side, [&](int64_t row) { return labels.data_ptr<int64_t>()[row] < 0; });
    if (rows.train.empty())
        throw Error(Tr::tr("No training clip has a label; label some."));
    return rows;
}

/// Class of each class seen backwards; empty where one has no opposite among the classes.
std::vector<int64_t> opposites(const QStringList& classes)
{
    std::vector<int64_t> opposite;
    for (const QString& name : classes)
        opposite.push_back(classes.indexOf(oppositeMotion(name)));
    const bool all = std::none_of(opposite.begin(), opposite.end(), [](int64_t index) { return index < 0; });
    return all ? opposite : std::vector<int64_t>();
}

QJsonObject testScores(const VideoLearner& learner, const QStringList& classes, const Clips& clips, const at::Tensor& labels,
    const std::function<at::Tensor(FrameOrder)>& logitsIn)
{
    QJsonObject scores;
    if (clips.empty())
        return scores;
    scores[QStringLiteral("test_accuracy")] = accuracy(logitsIn(learner.order()), labels);
    const at::Tensor most = learner.trainingLabels.bincount().argmax();
    scores[QStringLiteral("test_majority")] = labels.eq(most).to(at::kDouble).mean().item<double>();
    const at::Tensor reversed = logitsIn(FrameOrder::Reversed);
    scores[QStringLiteral("test_accuracy_reversed")] = accuracy(reversed, labels);
    scores[QStringLiteral("test_accuracy_shuffled")] = accuracy(logitsIn(FrameOrder::Shuffled), labels);
    if (const std::vector<int64_t> opposite = opposites(classes); !opposite.empty()) {
        const at::Tensor wanted = indexOf(opposite).index_select(0, labels);
        scores[QStringLiteral("test_reversed_is_opposite")] = accuracy(reversed, wanted);
    }
    return scores;
}

} // namespace

at::Tensor inOrder(const at::Tensor& clip, FrameOrder order, Chance& chance)
{
    if (order == FrameOrder::Forward)
        return clip;
    if (order == FrameOrder::Reversed)
        return clip.flip({ 0 });
    return clip.index_select(0, indexOf(chance.permutation(clip.size(0))));
}

at::Tensor normalised(const at::Tensor& clips)
{
    const at::Tensor values = clips.to(at::kFloat).transpose(1, 2).flatten(3).flatten(2) / 255; // [N,C,T·h·w]
    const at::Tensor above = values - std::get<0>(values.median(2, true));
    const at::Tensor scaled = above / (above.square().mean(2, true).sqrt() + 0.02); // an even clip stays even
    return scaled.view({ clips.size(0), clips.size(2), clips.size(1), clips.size(3), clips.size(4) }).transpose(1, 2);
}

VideoScores scoresOf(const VideoNet& net, const std::vector<at::Tensor>& clips, FrameOrder order, quint64 seed,
    at::Device device, Progress& progress)
{
    at::AutoGradMode off(false);
    Chance chance(seed);
    constexpr size_t step = 16;
    std::vector<at::Tensor> embeddings, logits;
    for (size_t first = 0; first < clips.size(); first += step) {
        progress.report(qint64(first), qint64(clips.size()), Tr::tr("looking at clips"));
        Clips batch;
        for (size_t i = first; i < std::min(clips.size(), first + step); ++i)
            batch.push_back(inOrder(clips[i], order, chance));
        const VideoOutput output = net(normalised(at::stack(batch)).to(device), false);
        embeddings.push_back(output.embedding.to(at::kCPU));
        logits.push_back(output.logits.to(at::kCPU));
    }
    return { at::cat(embeddings), at::cat(logits) };
}

Method videoTrainer(const VideoMethodKind& kind, VideoRun run)
{
    MethodInfo info;
    info.id = QStringLiteral("train.") + QLatin1String(kind.name);
    info.room = QStringLiteral("training");
    info.title = QLatin1String(kind.title);
    info.reference = QLatin1String(kind.reference);
    info.inputs = { QStringLiteral("samples") };
    info.options = { option::integer("frames", 16, 1, 256, "Frames of a clip, evenly spaced; 1 = the middle one"),
        option::integer("side", 64, 16, 256, "Pixels of a frame's side"),
        option::choice("channels", "1", { QStringLiteral("1"), QStringLiteral("3") },
            "Brightness alone, or red, green and blue"),
        option::integer("maps", 8, 1, 256, "Maps of the first convolution; doubled by the second and the third"),
        option::integer("features", 64, 1, 4096, "Numbers that stand for a frame") };
    const bool recurs = kind.kind != VideoKind::FrameMean;
    if (recurs) {
        info.options << option::integer("hidden", 128, 1, 4096, "Numbers in the recurrent layer's state")
                     << option::choice("read", "last", { QStringLiteral("last"), QStringLiteral("mean") },
                            "What stands for the clip: the last state, or the mean of all");
    }
    info.options << option::flag("shuffle_frames", false, "Frames in random order, as an ablation: without order no motion")
                 << option::real("shift", 0.25, 0, 0.5, "Clips are moved by up to this share of the side, around the edge")
                 << option::real("validation", 0.1, 0, 0.5,
                        "Share of the training groups that choose the epoch; 0 keeps the last");
    const double rate = kind.kind == VideoKind::Rnn ? 1e-3 : 2e-3;
    info.options += fitOptionLines({ .epochs = 12, .batch = 16, .rate = rate, .clip = 1 });
    return { info, run };
}

Value trainVideo(const VideoMethodKind& kind, EngineContext& context, const QJsonObject& options, const Inputs& inputs,
    Progress& progress)
{
    const Labels labels = labelsOf(inputs.samples);
    const Rows rows = labelledRows(inputs, options, labels.numbers);
    const VideoShape shape = VideoShape::of(kind.kind, options, int(labels.names.size()));
    const Clips clips = videosOf(inputs.samples, { options[u"frames"].toInt(), shape.side, shape.channels }, progress);
    const at::Device device(context.options.device.toStdString());
    const quint64 seed = quint64(options[u"seed"].toInteger());
    Parameters parameters(seed, device);
    const VideoNet net(parameters, shape);
    if (shape.kind == VideoKind::Rnn) // what it saw lasts from the start, near the identity (Le et al. 2015)
        net.recurrent().weights[1].copy_(0.9 * at::eye(shape.hidden));
    VideoLearner learner(parameters, net, options, progress);
    learner.training = chosen(clips, rows.train);
    learner.trainingLabels = labels.numbers.index_select(0, indexOf(rows.train));
    learner.validation = chosen(clips, rows.validation);
    learner.validationLabels = labels.numbers.index_select(0, indexOf(rows.validation));
    const QString method = QStringLiteral("train.") + QLatin1String(kind.name);
    learner.facts = { { QStringLiteral("method"), method }, { QStringLiteral("options"), options },
        { QStringLiteral("classes"), QJsonArray::fromStringList(labels.names) } };
    const FitReport report = fit(learner, fitOptionsOf(options), progress);
    Value value = fittedValue(method, options, parameters, report);
    learner.describe(value);
    value.info[QStringLiteral("rows")] = QJsonObject { { QStringLiteral("train"), qint64(rows.train.size()) },
        { QStringLiteral("validation"), qint64(rows.validation.size()) },
        { QStringLiteral("test"), qint64(rows.test.size()) } };
    value.info[QStringLiteral("split_hash")] = rows.hash;
    const Clips testing = chosen(clips, rows.test);
    QJsonObject scores = testScores(learner, labels.names, testing, labels.numbers.index_select(0, indexOf(rows.test)),
        [&](FrameOrder order) { return scoresOf(net, testing, order, seed, device, progress).logits; });
    if (!learner.validation.empty())
        scores[QStringLiteral("validation_accuracy")] = learner.validate().at(QStringLiteral("accuracy"));
    value.info[QStringLiteral("scores")] = scores;
    return value;
}

} // namespace triptych::representation
