#include "core/engine/learning/Fit.h"

#include "core/engine/learning/OptionLines.h"
#include "core/engine/learning/Optimizer.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <cmath>
#include <limits>
#include <numbers>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(learning)
};

double rateAt(const FitOptions& options, int64_t step, int64_t steps)
{
    const double warm = std::max<double>(1, double(steps) / 20);
    const double cosine = 0.5 * (1 + std::cos(std::numbers::pi * double(step) / double(steps)));
    return options.rate * std::min(1.0, double(step + 1) / warm) * (0.99 * cosine + 0.01);
}

std::unique_ptr<Optimizer> optimizerFor(const Parameters& parameters, const FitOptions& options)
{
    if (options.sgd)
        return std::make_unique<Sgd>(parameters.trained(), 0.9, options.weightDecay);
    return std::make_unique<Adam>(parameters.trained(), options.weightDecay);
}

/// One fit from start to end.
class Run {
public:
    Run(Learner& learner, const FitOptions& options, Progress& progress)
        : m_learner(learner)
        , m_options(options)
        , m_progress(progress)
        , m_chance(options.seed)
        , m_optimizer(optimizerFor(learner.parameters(), options))
        , m_batches((learner.rows() + options.batch - 1) / options.batch)
        , m_steps(m_batches * options.epochs)
    {
    }

    FitReport all()
    {
        for (int epoch = 0; epoch < m_options.epochs; ++epoch) {
            m_learner.startEpoch(epoch, m_options.epochs);
            const double loss = trainEpoch();
            if (choose(loss))
                break;
        }
        if (!m_best.empty())
            m_learner.parameters().restore(m_best);
        return m_report;
    }

private:
    double trainEpoch()
    {
        m_learner.parameters().requireGradients(true);
        const std::vector<int64_t> order = m_chance.permutation(m_learner.rows());
        double sum = 0;
        for (int64_t batch = 0; batch < m_batches; ++batch) {
            m_progress.report(m_step, m_steps, Tr::tr("training"));
            QElapsedTimer clock;
            clock.start();
            const auto first = order.begin() + batch * m_options.batch;
            const auto last = order.begin() + std::min<int64_t>((batch + 1) * m_options.batch, int64_t(order.size()));
            sum += trainStep({ first, last }) * double(last - first);
            m_report.seconds += double(clock.nsecsElapsed()) / 1e9;
        }
        m_learner.parameters().requireGradients(false);
        return sum / double(order.size());
    }

    double trainStep(const std::vector<int64_t>& rows)
    {
        at::AutoGradMode gradients(true);
        const at::Tensor loss = m_learner.loss(rows, m_chance);
        const double value = loss.item<double>();
        if (!std::isfinite(value))
            throw Error(Tr::tr("The loss is no longer a number after %1 steps; try a smaller rate.").arg(m_step));
        m_optimizer->clearGradients();
        loss.backward();
        at::AutoGradMode off(false);
        if (m_options.clip > 0)
            m_optimizer->clipGradients(m_options.clip);
        m_optimizer->step(rateAt(m_options, m_step, m_steps));
        ++m_step;
        return value;
    }

    /// Measures, keeps the best weights, hands out a partial; true when it is time to stop.
    bool choose(double trainLoss)
    {
        at::AutoGradMode off(false);
        ++m_report.epochs;
        std::map<QString, double> measures { { QStringLiteral("loss"), trainLoss } };
        const auto validation = m_learner.validate();
        for (const auto& [name, value] : validation)
            measures[QStringLiteral("validation ") + name] = value;
        m_report.curves.add(m_report.epochs, measures);
        const auto found = validation.find(QStringLiteral("loss"));
        if (found == validation.end()) {
            m_report.bestEpoch = m_report.epochs;
        } else if (found->second < m_bestLoss) {
            m_bestLoss = found->second;
            m_report.bestEpoch = m_report.epochs;
            m_best = m_learner.parameters().snapshot();
        }
        handOut();
        return m_options.patience > 0 && m_report.epochs - m_report.bestEpoch >= m_options.patience;
    }

    void handOut()
    {
        auto partial = std::make_shared<Value>(fittedValue({}, {}, m_learner.parameters(), m_report));
        partial->info[QStringLiteral("partial")] = true;
        partial->info[QStringLiteral("of_epochs")] = m_options.epochs;
        m_learner.describe(*partial);
        m_progress.partial(partial);
    }

    Learner& m_learner;
    const FitOptions& m_options;
    Progress& m_progress;
    Chance m_chance;
    std::unique_ptr<Optimizer> m_optimizer;
    int64_t m_batches;
    int64_t m_steps;
    int64_t m_step = 0;
    double m_bestLoss = std::numeric_limits<double>::infinity();
    std::vector<at::Tensor> m_best;
    FitReport m_report;
};

} // namespace

QList<OptionInfo> fitOptionLines(const FitOptions& defaults)
{
    return { option::integer("epochs", defaults.epochs, 1, 100'000, "Times that every sample is seen"),
        option::integer("batch", defaults.batch, 1, 65'536, "Samples a step"),
        option::real("rate", defaults.rate, 1e-7, 10, "Highest learning rate; warmed up, then cosine"),
        option::real("weight_decay", defaults.weightDecay, 0, 10, "Pull of weights towards zero"),
        option::real("clip", defaults.clip, 0, 1e6, "Largest common norm of the gradients; 0 = any"),
        option::integer("patience", defaults.patience, 0, 100'000,
            "Epochs without a better validation loss until it stops; 0 = never"),
        option::choice("optimizer", defaults.sgd ? "sgd" : "adam", { QStringLiteral("adam"), QStringLiteral("sgd") },
            "Adam, or gradient descent with momentum .9"),
        option::integer("seed", qint64(defaults.seed), 0, 1e9, "Of the start, the order and every draw") };
}

FitOptions fitOptionsOf(const QJsonObject& options)
{
    FitOptions fit;
    fit.epochs = options[u"epochs"].toInt();
    fit.batch = options[u"batch"].toInt();
    fit.rate = options[u"rate"].toDouble();
    fit.weightDecay = options[u"weight_decay"].toDouble();
    fit.clip = options[u"clip"].toDouble();
    fit.patience = options[u"patience"].toInt();
    fit.sgd = options[u"optimizer"].toString() == u"sgd";
    fit.seed = quint64(options[u"seed"].toInteger());
    return fit;
}

FitReport fit(Learner& learner, const FitOptions& options, Progress& progress)
{
    if (learner.rows() < 1)
        throw Error(Tr::tr("There is no sample to train on; check the split."));
    return Run(learner, options, progress).all();
}

} // namespace triptych
