#include "widgets/panels/JobsPanel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace triptych {

namespace {

    QString timeLeft(const Job& job)
    {
        const auto seconds = job.secondsLeft();
        if (!seconds)
            return {};
        return *seconds < 90 ? JobsPanel::tr("%1 s left").arg(qMax(1, qRound(*seconds)))
                             : JobsPanel::tr("%1 min left").arg(qRound(*seconds / 60));
    }

    QString stageLine(const Job& job)
    {
        if (job.isPaused())
            return JobsPanel::tr("paused");
        return job.state() == Job::State::Queued ? JobsPanel::tr("waiting") : job.stage();
    }

}

JobsPanel::JobsPanel(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_rows(new QVBoxLayout)
    , m_empty(new QLabel(tr("Nothing runs in the background.")))
{
    m_empty->setProperty("muted", true);
    auto* content = new QWidget;
    auto* contentLayout = new QVBoxLayout(content);
    contentLayout->setContentsMargins(8, 6, 8, 6);
    contentLayout->addWidget(m_empty);
    contentLayout->addLayout(m_rows);
    contentLayout->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);

    connect(&session, &Session::jobAdded, this, &JobsPanel::addJob);
    for (JobQueue* queue : { &session.deviceJobs(), &session.trainingJobs(), &session.decodeJobs() }) {
        for (Job* job : queue->jobs())
            addJob(job);
    }
}

void JobsPanel::addJob(Job* job)
{
    QTimer::singleShot(300, job, [this, job, guard = QPointer<JobsPanel>(this)] {
        if (guard && !job->isOver())
            addRow(job);
    });
}

void JobsPanel::addRow(Job* job)
{
    auto* row = new QWidget;
    auto* title = new QLabel(job->title());
    auto* stage = new QLabel;
    auto* bar = new QProgressBar;
    auto* left = new QLabel;
    auto* cancel = new QPushButton(tr("Cancel"));
    stage->setProperty("muted", true);
    left->setProperty("muted", true);
    left->setMinimumWidth(fontMetrics().horizontalAdvance(tr("%1 min left").arg(888)));
    bar->setTextVisible(true);
    bar->setMaximumWidth(260);
    cancel->setAccessibleName(tr("Cancel %1").arg(job->title()));
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 2, 0, 2);
    layout->addWidget(title);
    layout->addWidget(stage, 1);
    layout->addWidget(bar);
    layout->addWidget(left);
    if (m_session.trainingJobs().jobs().contains(job))
        layout->addWidget(makePause(job));
    layout->addWidget(cancel);
    m_rows->addWidget(row);
    m_widgets.insert(job, row);

    const auto update = [=, this] {
        stage->setText(stageLine(*job));
        bar->setRange(0, job->total() > 0 ? 1000 : 0);
        if (job->total() > 0)
            bar->setValue(int(1000 * job->done() / job->total()));
        left->setText(timeLeft(*job));
        summarize();
    };
    connect(job, &Job::progressed, row, update);
    connect(job, &Job::pausedChanged, row, update);
    connect(cancel, &QPushButton::clicked, job, [job, cancel] {
        cancel->setEnabled(false);
        job->cancel();
    });
    const auto drop = [this, job] {
        if (QWidget* gone = m_widgets.take(job))
            gone->deleteLater();
        m_empty->setVisible(m_widgets.isEmpty());
        summarize();
    };
    connect(job, &Job::finished, this, drop);
    connect(job, &QObject::destroyed, this, drop);
    m_empty->hide();
    update();
}

QPushButton* JobsPanel::makePause(Job* job)
{
    auto* button = new QPushButton;
    button->setObjectName(QStringLiteral("pause"));
    const auto name = [job, button] {
        button->setText(job->isPaused() ? tr("Resume") : tr("Pause"));
        button->setAccessibleName((job->isPaused() ? tr("Resume %1") : tr("Pause %1")).arg(job->title()));
    };
    connect(button, &QPushButton::clicked, job, [job] { job->isPaused() ? job->resume() : job->pause(); });
    connect(job, &Job::pausedChanged, button, name);
    name();
    return button;
}

void JobsPanel::summarize()
{
    if (m_widgets.isEmpty()) {
        Q_EMIT summaryChanged({});
        return;
    }
    const Job* job = m_widgets.constBegin().key();
    QString text = job->title();
    if (job->total() > 0)
        text += QStringLiteral(" %1 %").arg(100 * job->done() / job->total());
    if (m_widgets.size() > 1)
        text += tr(" and %n more", nullptr, int(m_widgets.size()) - 1);
    Q_EMIT summaryChanged(text);
}

} // namespace triptych
