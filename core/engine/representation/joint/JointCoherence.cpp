#include "core/engine/representation/joint/JointCoherence.h"

#include "core/engine/learning/Fit.h"
#include "core/engine/representation/joint/JointTraining.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>
#include <bit>

namespace triptych::representation {

namespace {

constexpr int64_t priorDraws = 1000;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

/// The judges' own training is nothing to be looked at.
class Unseen final : public Progress {
public:
    explicit Unseen(Progress& progress)
        : m_progress(progress)
    {
    }
    void report(qint64 done, qint64 total, const QString&) override
    {
        m_progress.report(done, total, Tr::tr("training judges"));
    }

private:
    Progress& m_progress;
};

/// A small classifier of one modality's expected values.
class Judge final : public Learner {
public:
    Judge(at::Tensor rows, at::Tensor labels, int classes, const at::Device& device)
        : m_parameters(0, device)
        , m_net(m_parameters, "judge", { int(rows.size(1)), 64, classes })
        , m_mean(rows.mean(0, true))
        , m_scale(rows.std(0, false, true).clamp_min(rows.std(false)).reciprocal())
        , m_rows(std::move(rows))
        , m_labels(std::move(labels))
    {
    }

    Parameters& parameters() override { return m_parameters; }
    int64_t rows() const override { return m_rows.size(0); }
    at::Tensor loss(const std::vector<int64_t>& rows, Chance&) override
    {
        const at::Tensor index = at::tensor(at::ArrayRef<int64_t>(rows), at::TensorOptions(at::kLong)).to(m_rows.device());
        return at::cross_entropy_loss(scores(m_rows.index_select(0, index)), m_labels.index_select(0, index));
    }
    at::Tensor verdict(const at::Tensor& rows) const { return scores(rows).argmax(1); }

private:
    at::Tensor scores(const at::Tensor& rows) const { return m_net((rows - m_mean) * m_scale); }

    Parameters m_parameters;
    Perceptron m_net;
    at::Tensor m_mean, m_scale, m_rows, m_labels;
};

/// One judge a modality; a label judges itself.
class Judges {
public:
    Judges(const JointModel& model, const JointValues& training, const at::Tensor& labels, const QStringList& names,
        Progress& progress)
    {
        Unseen unseen(progress);
        for (size_t m = 0; m < model.modalities().size(); ++m) {
            const JointModality& modality = model.modalities()[m];
            m_judges.push_back(nullptr);
            if (modality.name == u"label")
                continue;
            const at::Tensor known = labels.ge(0).logical_and(training.present.select(1, int64_t(m)));
            const at::Tensor rows = known.nonzero().flatten();
            auto judge = std::make_unique<Judge>(targetValues(modality, training.values[m].index_select(0, rows)),
                labels.index_select(0, rows), int(names.size()), labels.device());
            fit(*judge, { .epochs = 8, .batch = 64, .rate = 2e-3, .weightDecay = 0.05 }, unseen);
            m_judges.back() = std::move(judge);
        }
    }

    at::Tensor verdict(size_t m, const at::Tensor& expected) const
    {
        return m_judges[m] ? m_judges[m]->verdict(expected) : expected.argmax(1);
    }

private:
    std::vector<std::unique_ptr<Judge>> m_judges;
};

QString nameOf(unsigned subset, const std::vector<JointModality>& modalities)
{
    QStringList names;
    for (size_t m = 0; m < modalities.size(); ++m) {
        if (subset & 1U << m)
            names.append(modalities[m].name);
    }
    return names.join(u'+');
}

double average(const at::Tensor& numbers)
{
    return numbers.numel() ? numbers.to(at::kDouble).mean().item<double>() : 0;
}

const std::vector<int64_t>& measuredRows(const JointSet& set)
{
    return set.rows.test.empty() ? set.rows.validation : set.rows.test;
}

/// Rows (bool [N]) that have every modality of the subset.
at::Tensor haveAll(unsigned subset, const at::Tensor& present)
{
    return presentIn(subset, present).sum(1).eq(std::popcount(subset));
}

/// One measuring of a model.
class Measuring {
public:
    Measuring(const JointModel& model, const JointSet& set, const at::Device& device, Progress& progress)
        : m_model(model)
        , m_names(namesOf(set))
        , m_training(movedTo(set.values.at(set.rows.train), device))
        , m_test(movedTo(set.values.at(measuredRows(set)), device))
    {
        if (m_names.size() < 2)
            return;
        const at::Tensor labels = labelsOf(set.samples, m_names).numbers.to(device);
        const auto rowsOfLabels = [&](const std::vector<int64_t>& rows) {
            return labels.index_select(0, at::tensor(at::ArrayRef<int64_t>(rows), at::TensorOptions(at::kLong)).to(device));
        };
        m_labels = rowsOfLabels(measuredRows(set));
        m_judges = std::make_unique<Judges>(model, m_training, rowsOfLabels(set.rows.train), m_names, progress);
    }

    void addTo(Value& value, Progress& progress)
    {
        if (m_test.rows() == 0)
            return;
        addBaselines();
        const std::vector<unsigned> subsets = subsetsOf(int(m_model.modalities().size()));
        for (size_t i = 0; i < subsets.size(); ++i) {
            progress.report(qint64(i), qint64(subsets.size()), Tr::tr("measuring"));
            addSubset(subsets[i]);
        }
        if (m_judges && m_model.hasPrior())
            addJoint();
        value.info[QStringLiteral("scores")] = m_scores;
        value.info[QStringLiteral("coherence")] = m_table;
    }

private:
    static QStringList namesOf(const JointSet& set)
    {
        QSet<QString> labels;
        for (const int64_t row : set.rows.train)
            labels.insert(set.samples[size_t(row)].label);
        labels.remove(QString());
        QStringList names(labels.begin(), labels.end());
        names.sort();
        return names;
    }

    /// The training rows' mean of each modality, and how well its judge does on the real test rows.
    void addBaselines()
    {
        for (size_t m = 0; m < m_model.modalities().size(); ++m) {
            const JointModality& modality = m_model.modalities()[m];
            const at::Tensor seen = m_training.present.select(1, int64_t(m)).nonzero().flatten();
            m_means.push_back(targetValues(modality, m_training.values[m].index_select(0, seen)).mean(0, true));
            const at::Tensor there = m_test.present.select(1, int64_t(m));
            const at::Tensor real = targetValues(modality, m_test.values[m]);
            m_scores[QStringLiteral("error.mean>") + modality.name] = errorOf(m_means[m], real, there);
            if (m_judges)
                m_scores[QStringLiteral("judge.") + modality.name] = right(m_judges->verdict(m, real), there);
        }
    }

    static double errorOf(const at::Tensor& given, const at::Tensor& real, const at::Tensor& rows)
    {
        return average((given - real).square().mean(1).index_select(0, rows.nonzero().flatten()));
    }

    double right(const at::Tensor& verdict, const at::Tensor& rows) const
    {
        return average(verdict.eq(m_labels).index_select(0, rows.logical_and(m_labels.ge(0)).nonzero().flatten()));
    }

    void addSubset(unsigned subset)
    {
        JointValues shown = m_test;
        shown.present = presentIn(subset, m_test.present);
        const at::Tensor known = haveAll(subset, m_test.present);
        const QString from = nameOf(subset, m_model.modalities());
        const std::vector<at::Tensor> given = m_model.reconstructed(shown);
        for (size_t m = 0; m < given.size(); ++m) {
            const JointModality& modality = m_model.modalities()[m];
            const at::Tensor real = targetValues(modality, m_test.values[m]);
            const at::Tensor both = known.logical_and(m_test.present.select(1, int64_t(m)));
            const double error = errorOf(given[m], real, both);
            const QString arrow = from + u'>' + modality.name;
            m_scores[QStringLiteral("error.") + arrow] = error;
            QJsonObject line { { QStringLiteral("from"), from }, { QStringLiteral("to"), modality.name },
                { QStringLiteral("cross"), !(subset & 1U << m) }, { QStringLiteral("error"), error },
                { QStringLiteral("error_of_mean"), errorOf(m_means[m], real, both) },
                { QStringLiteral("n"), qint64(both.sum().item<int64_t>()) } };
            if (m_judges) {
                const double coherence = right(m_judges->verdict(m, given[m]), known);
                m_scores[QStringLiteral("coherence.") + arrow] = coherence;
                line[QStringLiteral("coherence")] = coherence;
                line[QStringLiteral("coherence_of_real")] = m_scores[QStringLiteral("judge.") + modality.name];
            }
            m_table.append(line);
        }
    }

    void addJoint()
    {
        Chance chance(0);
        const at::Tensor like = m_test.values.front();
        const std::vector<at::Tensor> given = m_model.expected(chance.normal({ priorDraws, m_model.latent() }, like.options()));
        at::Tensor alike = at::ones({ priorDraws }, like.options().dtype(at::kBool));
        at::Tensor chances = at::ones({ m_names.size() }, at::TensorOptions(at::kDouble));
        const at::Tensor first = m_judges->verdict(0, given[0]);
        for (size_t m = 0; m < given.size(); ++m) {
            const at::Tensor verdict = m_judges->verdict(m, given[m]);
            alike = alike.logical_and(verdict.eq(first));
            const at::Tensor counts = at::bincount(verdict.to(at::kCPU), {}, m_names.size());
            chances = chances * counts.to(at::kDouble) / double(priorDraws);
        }
        m_scores[QStringLiteral("coherence.joint")] = average(alike);
        m_scores[QStringLiteral("coherence.joint_chance")] = chances.sum().item<double>();
    }

    const JointModel& m_model;
    QStringList m_names; ///< of the training rows' labels
    JointValues m_training, m_test;
    at::Tensor m_labels; ///< of the measured rows
    std::unique_ptr<Judges> m_judges; ///< none without two labels
    std::vector<at::Tensor> m_means; ///< of the training rows, a modality each
    QJsonObject m_scores;
    QJsonArray m_table;
};

} // namespace

void addCoherence(Value& value, const JointModel& model, const JointSet& set, const at::Device& device,
    Progress& progress)
{
    Measuring(model, set, device, progress).addTo(value, progress);
}

} // namespace triptych::representation
