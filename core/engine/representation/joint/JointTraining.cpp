#include "core/engine/representation/joint/JointTraining.h"

#include "core/engine/representation/joint/JointCoherence.h"

#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>

namespace triptych::representation {

namespace {

QString trainName(const JointKind& kind) { return QStringLiteral("train.") + QLatin1String(kind.name); }

/// The same shape of loss for every joint model: its weight of the prior grows over `warmup` epochs.
class JointLearner final : public Learner {
public:
    JointLearner(Parameters& parameters, const JointModel& model, const JointSet& set, const QString& method,
        const QJsonObject& options)
        : m_parameters(parameters)
        , m_model(model)
        , m_set(set)
        , m_method(method)
        , m_options(options)
        , m_training(movedTo(set.values.at(set.rows.train), parameters.device()))
        , m_validation(movedTo(set.values.at(set.rows.validation), parameters.device()))
        , m_finalBeta(options[u"beta"].toDouble(1))
    {
    }

    Parameters& parameters() override { return m_parameters; }
    int64_t rows() const override { return m_training.rows(); }

    void startEpoch(int epoch, int) override
    {
        const int warmup = m_options[u"warmup"].toInt();
        m_beta = m_finalBeta * (warmup > 0 ? std::min(1.0, double(epoch) / warmup) : 1.0);
    }

    at::Tensor loss(const std::vector<int64_t>& rows, Chance& chance) override
    {
        return m_model.loss(m_training.at(rows), chance, m_beta);
    }

    /// With the final weight of the prior and the same draws each time, so that epochs can be compared.
    std::map<QString, double> validate() override
    {
        const int64_t count = m_validation.rows();
        if (count == 0)
            return {};
        constexpr int64_t step = 256;
        Chance chance(quint64(m_options[u"seed"].toInteger()) + 1);
        double sum = 0;
        for (int64_t first = 0; first < count; first += step) {
            std::vector<int64_t> rows;
            for (int64_t row = first; row < std::min(count, first + step); ++row)
                rows.push_back(row);
            sum += m_model.loss(m_validation.at(rows), chance, m_finalBeta).item<double>() * double(rows.size());
        }
        return { { QStringLiteral("loss"), sum / double(count) } };
    }

    void describe(Value& partial) override { tell(partial); }

    /// What it takes to apply the weights.
    void tell(Value& value) const
    {
        value.info[QStringLiteral("method")] = m_method;
        value.info[QStringLiteral("options")] = m_options;
        value.info[QStringLiteral("joint")] = m_set.format.toJson();
    }

private:
    Parameters& m_parameters;
    const JointModel& m_model;
    const JointSet& m_set;
    QString m_method;
    const QJsonObject& m_options;
    JointValues m_training;
    JointValues m_validation;
    double m_finalBeta;
    double m_beta = 0;
};

} // namespace

JointValues movedTo(const JointValues& values, const at::Device& device)
{
    JointValues moved;
    for (const at::Tensor& numbers : values.values)
        moved.values.push_back(numbers.to(device));
    moved.present = values.present.to(device);
    return moved;
}

Method trainerOf(const JointKind& kind, RunMethod run)
{
    MethodInfo info;
    info.id = trainName(kind);
    info.room = QStringLiteral("training");
    info.title = QLatin1String(kind.title);
    info.reference = QLatin1String(kind.reference);
    info.options = jointDataOptions("image,label") + kind.options + fitOptionLines(kind.fit);
    info.inputs = { QStringLiteral("samples") };
    return { info, run };
}

Value trainJoint(const JointKind& kind, EngineContext& context, const QJsonObject& options, const Inputs& inputs,
    Progress& progress)
{
    const JointSet set = jointSetOf(inputs.samples, options, progress);
    Parameters parameters(
        quint64(options[u"seed"].toInteger()), at::Device(context.options.device.toStdString()));
    const auto model = kind.make(parameters, set.format.modalities(), options);
    JointLearner learner(parameters, *model, set, trainName(kind), options);
    const FitReport report = fit(learner, fitOptionsOf(options), progress);
    Value value = fittedValue(trainName(kind), options, parameters, report);
    learner.tell(value);
    value.info[QStringLiteral("rows")] = QJsonObject { { QStringLiteral("train"), qint64(set.rows.train.size()) },
        { QStringLiteral("validation"), qint64(set.rows.validation.size()) },
        { QStringLiteral("test"), qint64(set.rows.test.size()) } };
    value.info[QStringLiteral("split_hash")] = set.rows.hash;
    value.info[QStringLiteral("pairs_made")] = set.pairsMade;
    addCoherence(value, *model, set, parameters.device(), progress);
    return value;
}

} // namespace triptych::representation
