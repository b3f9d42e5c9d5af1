#include "widgets/views/RepresentationTraining.h"

#include "core/data/Dataset.h"
#include "widgets/forms/OptionForm.h"
#include "widgets/plots/CurveChart.h"
#include "widgets/plots/Plot.h"
#include "widgets/views/CommandText.h"
#include "widgets/views/RepresentationData.h"
#include "widgets/views/RepresentationKept.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(RepresentationTraining)
};

QString timeLeft(const Job& job)
{
    const std::optional<double> seconds = job.secondsLeft();
    if (!seconds)
        return {};
    return *seconds < 90 ? Tr::tr("%1 s left").arg(std::max(1, qRound(*seconds)))
                         : Tr::tr("%1 min left").arg(qRound(*seconds / 60));
}

QString summaryOf(const QJsonObject& info)
{
    QStringList parts;
    const int epochs = info["epochs"_L1].toInt();
    if (info["stopped"_L1].toBool())
        parts << Tr::tr("Stopped after %n epoch(s) and kept", nullptr, epochs);
    else
        parts << Tr::tr("Trained for %n epoch(s) and kept", nullptr, epochs);
    if (const int best = info["best_epoch"_L1].toInt(); best > 0 && best < epochs && !info["stopped"_L1].toBool())
        parts << Tr::tr("the weights are those of epoch %1").arg(best);
    if (info["seconds"_L1].isDouble())
        parts << Tr::tr("%1 s").arg(QLocale().toString(info["seconds"_L1].toDouble(), 'f', 1));
    const QJsonObject scores = info["scores"_L1].toObject();
    for (auto score = scores.begin(); score != scores.end() && parts.size() < 6; ++score)
        if (score->isDouble())
            parts << scoreText(score.key(), score->toDouble());
    return parts.join(u", "_s) + u'.';
}

} // namespace

void RepresentationTraining::start()
{
    if (!m_method || isTraining())
        return;
    const QString dataset = m_data->currentData().toString();
    const QString trainer = m_method->train->id;
    if (dataset == "workspace"_L1)
        return request(dataset, m_session.samples(), trainer);
    Run& run = m_runs[trainer] = {};
    run.isReading = true;
    run.job = m_session.decodeJobs().run(tr("Read %1").arg(dataTitle(dataset)), Priority::Interactive, this,
        [dataset](Progress&) { return openDataset(dataset); },
        [this, dataset, trainer](const Dataset& opened) { request(dataset, opened.samples, trainer); });
    connect(run.job, &Job::finished, this, [this, trainer, job = run.job] {
        const auto found = m_runs.find(trainer);
        if (!job || job->state() == Job::State::Succeeded || found == m_runs.end())
            return;
        found->second.isReading = false;
        found->second.message = job->state() == Job::State::Cancelled ? tr("Cancelled.") : job->error();
        display(shown());
    });
    display(&run);
}

void RepresentationTraining::request(const QString& dataset, const std::vector<Sample>& samples, const QString& trainer)
{
    if (!m_method || m_method->train->id != trainer) {
        m_runs.erase(trainer); // the panel went on to another method while this one's data was read
        return;
    }
    Run& run = m_runs[trainer] = {};
    Inputs inputs;
    inputs.samples = samplesFor(*m_method, samples);
    if (inputs.samples.empty()) {
        run.message = tr("None of these samples has what this method reads; choose others.");
        return display(&run);
    }
    run.recipe = trainingRecipe(*m_method, m_form->values(), dataset, inputs.samples);
    run.epochs = m_form->values()["epochs"_L1].toInt();
    run.job = m_session.request(run.recipe, inputs, m_title->text(), Priority::Bulk, true);
    watch(run);
    display(&run);
}

void RepresentationTraining::watch(Run& run)
{
    if (!run.job)
        return;
    for (const auto signal : { &Job::progressed, &Job::finished })
        connect(run.job, signal, this, &RepresentationTraining::showProgress);
    connect(run.job, &Job::pausedChanged, this, &RepresentationTraining::showProgress);
}

void RepresentationTraining::stopAndKeep()
{
    Run* run = shown();
    if (!run || !run->hasPartial)
        return;
    run->isStopped = true;
    const Recipe recipe = run->recipe;
    const std::optional<Recipe> stopped = m_session.stopAndKeep(recipe);
    if (!stopped) {
        run->isStopped = false;
        return;
    }
    if (const ValuePtr value = m_session.value(*stopped))
        run->message = summaryOf(value->info);
    display(run);
    Q_EMIT trained(recipe.method, stopped->key());
}

void RepresentationTraining::receivePartial(const QString& key, const ValuePtr& value)
{
    Run* run = runOf(key);
    if (!run)
        return;
    run->hasPartial = true;
    run->curves = value->info["curves"_L1].toObject();
    run->epochs = value->info["of_epochs"_L1].toInt(run->epochs);
    if (run == shown()) {
        m_chart->setCurves(run->curves, run->epochs);
        showProgress();
    }
}

void RepresentationTraining::receive(const QString& key, const ValuePtr& value)
{
    Run* run = runOf(key);
    if (!run || run->isStopped)
        return;
    run->curves = value->info["curves"_L1].toObject();
    run->best = value->info["best_epoch"_L1].toInt();
    run->epochs = value->info["epochs"_L1].toInt();
    run->message = summaryOf(value->info);
    const QString trainer = run->recipe.method;
    if (run == shown())
        display(run);
    Q_EMIT trained(trainer, key);
}

void RepresentationTraining::fail(const QString& key, const QString& error)
{
    Run* run = runOf(key);
    if (!run || run->isStopped)
        return;
    run->message = error;
    if (run == shown())
        display(run);
}

void RepresentationTraining::display(const Run* run)
{
    m_chart->clear();
    if (run && !run->curves.isEmpty()) {
        m_chart->setCurves(run->curves, run->epochs);
        m_chart->setBest(run->best);
    }
    m_message->setText(run ? run->message : QString());
    showProgress();
}

void RepresentationTraining::showProgress()
{
    const Run* run = shown();
    const bool isRunning = isTraining();
    m_form->setEnabled(!isRunning);
    m_data->setEnabled(!isRunning);
    m_start->setEnabled(!isRunning && m_method.has_value());
    for (QWidget* widget : std::initializer_list<QWidget*> { m_stage, m_bar, m_left, m_pause, m_keep, m_cancel })
        widget->setVisible(isRunning);
    m_message->setVisible(!isRunning && !m_message->text().isEmpty());
    if (!isRunning)
        return;
    const Job& job = *run->job;
    m_stage->setText(job.isPaused() ? tr("paused") : job.state() == Job::State::Queued ? tr("waiting") : job.stage());
    m_bar->setRange(0, job.total() > 0 ? 1000 : 0);
    if (job.total() > 0)
        m_bar->setValue(int(1000 * job.done() / job.total()));
    m_left->setText(job.isPaused() ? QString() : timeLeft(job));
    m_pause->setText(job.isPaused() ? tr("Resume") : tr("Pause"));
    m_pause->setEnabled(!run->isReading);
    m_keep->setEnabled(run->hasPartial);
}

} // namespace triptych
