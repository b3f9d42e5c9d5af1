#include "core/jobs/Error.h"
#include "core/jobs/JobQueue.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

using namespace triptych;

class TestJobQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aResultIsDeliveredOnceOnTheGuiThread();
    void anErrorBecomesTheJobsSentenceAndDeliversNothing();
    void aStrangeExceptionFailsTheJobAndTheQueueGoesOn();
    void anErrorInDoneFailsTheJob();
    void aRunningJobIsCancelledWithinASecond();
    void aQueuedJobIsCancelledWhileAnotherRuns();
    void cancelAfterTheEndChangesNothing();
    void interactiveWorkGoesBetweenTheBatchesOfBulk();
    void interactiveWorkOvertakesQueuedBulk();
    void nothingIsDeliveredWhenTheContextIsGone();
    void theDestructorEndsEveryJobOnce();
    void progressAndTimeLeftAreSeen();
    void partialResultsArriveBeforeTheEnd();
    void aPausedJobHoldsAndGoesOn();
    void aPausedJobIsCancelledWithinASecond();
    void aQueuedJobCanBePausedBeforeItBegins();
    void interactiveWorkIsNotHeldUpByAPausedJob();
    void otherQueuesGoOnWhileAJobIsPaused();
    void timePausedIsNoTimeLeft();
    void theDestructorEndsPausedJobs();
};

static void waitUntilOver(Job* job)
{
    if (job->isOver())
        return;
    QSignalSpy spy(job, &Job::finished);
    QVERIFY(spy.wait(5000));
}

/// Counts its steps until it is stopped or has made `steps`.
static Job* count(JobQueue& queue, std::shared_ptr<std::atomic_int> steps, int most, Priority priority = Priority::Bulk)
{
    return queue.run(QStringLiteral("count"), priority, nullptr, [steps, most](Progress& progress) {
        while (*steps < most) {
            progress.report(*steps, most, QStringLiteral("counting"));
            ++*steps;
            std::this_thread::sleep_for(std::chrono::milliseconds(1)); // one batch
        }
        return 0;
    }, [](int) {});
}

void TestJobQueue::aPausedJobHoldsAndGoesOn()
{
    JobQueue queue(1);
    const auto steps = std::make_shared<std::atomic_int>(0);
    Job* job = count(queue, steps, 200);
    QSignalSpy paused(job, &Job::pausedChanged);
    QTRY_VERIFY(*steps > 3);
    job->pause();
    job->pause();
    QVERIFY(job->isPaused());
    QCOMPARE(paused.size(), 1);
    const int atMost = *steps + 1; // the batch under way
    QTest::qWait(150);
    QVERIFY2(*steps <= atMost, qPrintable(QString::number(*steps)));
    QVERIFY(!job->isOver());
    job->resume();
    waitUntilOver(job);
    QCOMPARE(job->state(), Job::State::Succeeded);
    QCOMPARE(int(*steps), 200);
    QCOMPARE(paused.size(), 2);
    QVERIFY(!job->isPaused());
}

void TestJobQueue::aPausedJobIsCancelledWithinASecond()
{
    JobQueue queue(1);
    const auto steps = std::make_shared<std::atomic_int>(0);
    Job* job = count(queue, steps, 1000000);
    QTRY_VERIFY(*steps > 0);
    job->pause();
    QTest::qWait(30);
    QElapsedTimer clock;
    clock.start();
    job->cancel();
    waitUntilOver(job);
    QCOMPARE(job->state(), Job::State::Cancelled);
    QVERIFY(clock.elapsed() < 1000);
}

void TestJobQueue::aQueuedJobCanBePausedBeforeItBegins()
{
    JobQueue queue(1);
    std::promise<void> open;
    std::shared_future<void> gate = open.get_future().share();
    Job* first = queue.run(QStringLiteral("first"), Priority::Bulk, this,
        [gate](Progress&) { gate.wait(); return 0; }, [](int) {});
    const auto steps = std::make_shared<std::atomic_int>(0);
    Job* second = count(queue, steps, 5);
    second->pause();
    open.set_value();
    waitUntilOver(first);
    QTest::qWait(50);
    QCOMPARE(int(*steps), 0);
    second->resume();
    waitUntilOver(second);
    QCOMPARE(int(*steps), 5);
}

void TestJobQueue::interactiveWorkIsNotHeldUpByAPausedJob()
{
    JobQueue queue(1);
    const auto steps = std::make_shared<std::atomic_int>(0);
    Job* job = count(queue, steps, 1000000);
    QTRY_VERIFY(*steps > 0);
    job->pause();
    for (int i = 0; i < 3; ++i) {
        int result = 0;
        Job* urgent = queue.run(QStringLiteral("urgent"), Priority::Interactive, this, [](Progress&) { return 7; },
            [&](int value) { result = value; });
        waitUntilOver(urgent);
        QCOMPARE(result, 7);
        QVERIFY(!job->isOver());
    }
    job->cancel();
    waitUntilOver(job);
}

void TestJobQueue::otherQueuesGoOnWhileAJobIsPaused()
{
    JobQueue queue(1);
    JobQueue other(1);
    const auto steps = std::make_shared<std::atomic_int>(0);
    Job* job = count(queue, steps, 1000000);
    job->pause();
    const auto others = std::make_shared<std::atomic_int>(0);
    Job* goes = count(other, others, 10);
    waitUntilOver(goes);
    QCOMPARE(goes->state(), Job::State::Succeeded);
    QVERIFY(!job->isOver());
}

void TestJobQueue::timePausedIsNoTimeLeft()
{
    JobQueue queue(1);
    const auto steps = std::make_shared<std::atomic_int>(0);
    Job* job = count(queue, steps, 1000);
    QTRY_VERIFY(job->done() >= 50);
    job->pause();
    QTest::qWait(100); // what the worker said before it held
    const double before = job->secondsLeft().value_or(-1);
    QVERIFY(before > 0);
    QTest::qWait(400);
    QVERIFY2(qAbs(*job->secondsLeft() - before) < 0.2 * before + 0.05,
        qPrintable(QStringLiteral("%1 → %2").arg(before).arg(*job->secondsLeft())));
    job->cancel();
    waitUntilOver(job);
}

void TestJobQueue::theDestructorEndsPausedJobs()
{
    auto queue = std::make_unique<JobQueue>(1);
    const auto steps = std::make_shared<std::atomic_int>(0);
    Job* job = count(*queue, steps, 1000000);
    QSignalSpy over(job, &Job::finished);
    job->pause();
    queue.reset();
    QCOMPARE(over.size(), 1);
}

void TestJobQueue::aResultIsDeliveredOnceOnTheGuiThread()
{
    JobQueue queue(1);
    int result = 0;
    QThread* where = nullptr;
    Job* job = queue.run(QStringLiteral("sum"), Priority::Interactive, this,
        [](Progress&) { return 40 + 2; },
        [&](int value) { result = value; where = QThread::currentThread(); });
    QSignalSpy over(job, &Job::finished);
    QCOMPARE(queue.jobs(), QList<Job*> { job });
    QVERIFY(over.wait(5000));
    QCoreApplication::processEvents();
    QCOMPARE(over.size(), 1);
    QCOMPARE(result, 42);
    QCOMPARE(where, thread());
    QCOMPARE(job->state(), Job::State::Succeeded);
    QVERIFY(queue.jobs().isEmpty());
}

void TestJobQueue::anErrorBecomesTheJobsSentenceAndDeliversNothing()
{
    JobQueue queue(1);
    bool delivered = false;
    Job* job = queue.run(QStringLiteral("read"), Priority::Bulk, this,
        [](Progress&) -> int { throw Error(QStringLiteral("a.png: it is empty; copy it again.")); },
        [&](int) { delivered = true; });
    waitUntilOver(job);
    QCOMPARE(job->state(), Job::State::Failed);
    QCOMPARE(job->error(), QStringLiteral("a.png: it is empty; copy it again."));
    QVERIFY(!delivered);
}

void TestJobQueue::aStrangeExceptionFailsTheJobAndTheQueueGoesOn()
{
    JobQueue queue(1);
    Job* strange = queue.run(QStringLiteral("strange"), Priority::Interactive, this,
        [](Progress&) -> int { throw 7; }, [](int) {});
    Job* memory = queue.run(QStringLiteral("memory"), Priority::Interactive, this,
        [](Progress&) -> int { throw std::bad_alloc(); }, [](int) {});
    int result = 0;
    Job* good = queue.run(QStringLiteral("good"), Priority::Interactive, this,
        [](Progress&) { return 1; }, [&](int value) { result = value; });
    waitUntilOver(good);
    QCOMPARE(strange->state(), Job::State::Failed);
    QVERIFY(!strange->error().isEmpty());
    QVERIFY(memory->error().contains(QStringLiteral("memory")));
    QCOMPARE(result, 1);
}

void TestJobQueue::anErrorInDoneFailsTheJob()
{
    JobQueue queue(1);
    Job* job = queue.run(QStringLiteral("write"), Priority::Interactive, this,
        [](Progress&) { return 1; }, [](int) { throw Error(QStringLiteral("The disk is full.")); });
    waitUntilOver(job);
    QCOMPARE(job->state(), Job::State::Failed);
    QCOMPARE(job->error(), QStringLiteral("The disk is full."));
}

void TestJobQueue::aRunningJobIsCancelledWithinASecond()
{
    JobQueue queue(1);
    bool delivered = false;
    Job* job = queue.run(QStringLiteral("endless"), Priority::Bulk, this,
        [](Progress& progress) -> int {
            for (qint64 step = 0;; ++step)
                progress.report(step, 0, QStringLiteral("turning"));
        },
        [&](int) { delivered = true; });
    QSignalSpy progressed(job, &Job::progressed);
    QVERIFY(progressed.wait(5000));
    QCOMPARE(job->state(), Job::State::Running);
    QElapsedTimer clock;
    clock.start();
    job->cancel();
    job->cancel();
    waitUntilOver(job);
    QVERIFY(clock.elapsed() < 1000);
    QCOMPARE(job->state(), Job::State::Cancelled);
    QVERIFY(job->error().isEmpty());
    QVERIFY(!delivered);
}

void TestJobQueue::aQueuedJobIsCancelledWhileAnotherRuns()
{
    JobQueue queue(1);
    std::promise<void> gate;
    std::shared_future<void> open = gate.get_future().share();
    Job* first = queue.run(QStringLiteral("first"), Priority::Bulk, this,
        [open](Progress&) { open.wait(); return 1; }, [](int) {});
    bool ran = false;
    Job* second = queue.run(QStringLiteral("second"), Priority::Bulk, this,
        [&ran](Progress&) { ran = true; return 1; }, [](int) {});
    second->cancel();
    QVERIFY(!second->isOver()); // told later, never during the call
    waitUntilOver(second);
    QCOMPARE(second->state(), Job::State::Cancelled);
    QVERIFY(!first->isOver());
    gate.set_value();
    waitUntilOver(first);
    QCOMPARE(first->state(), Job::State::Succeeded);
    QVERIFY(!ran);
}

void TestJobQueue::cancelAfterTheEndChangesNothing()
{
    JobQueue queue(1);
    Job* job = queue.run(QStringLiteral("short"), Priority::Interactive, this,
        [](Progress&) { return 1; }, [](int) {});
    waitUntilOver(job);
    QSignalSpy over(job, &Job::finished);
    job->cancel();
    QCoreApplication::processEvents();
    QCOMPARE(over.size(), 0);
    QCOMPARE(job->state(), Job::State::Succeeded);
}

void TestJobQueue::interactiveWorkGoesBetweenTheBatchesOfBulk()
{
    JobQueue queue(1);
    std::promise<void> gate;
    std::shared_future<void> open = gate.get_future().share();
    std::promise<void> begun;
    QStringList order; // one worker writes it, read after both are over
    Job* bulk = queue.run(QStringLiteral("bulk"), Priority::Bulk, this,
        [open, &order, &begun](Progress& progress) {
            order << QStringLiteral("batch 1");
            begun.set_value();
            open.wait();
            progress.report(1, 2);
            order << QStringLiteral("batch 2");
            return 1;
        },
        [](int) {});
    begun.get_future().wait();
    Job* urgent = queue.run(QStringLiteral("urgent"), Priority::Interactive, this,
        [&order](Progress& progress) {
            order << QStringLiteral("urgent");
            progress.report(1, 1);
            return 1;
        },
        [](int) {});
    gate.set_value();
    waitUntilOver(bulk);
    QVERIFY(urgent->isOver());
    QCOMPARE(order, (QStringList { QStringLiteral("batch 1"), QStringLiteral("urgent"), QStringLiteral("batch 2") }));
}

void TestJobQueue::interactiveWorkOvertakesQueuedBulk()
{
    JobQueue queue(1);
    std::promise<void> gate;
    std::shared_future<void> open = gate.get_future().share();
    QStringList order;
    queue.run(QStringLiteral("running"), Priority::Interactive, this,
        [open](Progress&) { open.wait(); return 1; }, [](int) {});
    Job* bulk = queue.run(QStringLiteral("bulk"), Priority::Bulk, this,
        [&order](Progress&) { order << QStringLiteral("bulk"); return 1; }, [](int) {});
    queue.run(QStringLiteral("urgent"), Priority::Interactive, this,
        [&order](Progress&) { order << QStringLiteral("urgent"); return 1; }, [](int) {});
    gate.set_value();
    waitUntilOver(bulk);
    QCOMPARE(order, (QStringList { QStringLiteral("urgent"), QStringLiteral("bulk") }));
}

void TestJobQueue::nothingIsDeliveredWhenTheContextIsGone()
{
    JobQueue queue(1);
    bool delivered = false;
    auto context = std::make_unique<QObject>();
    std::promise<void> gate;
    std::shared_future<void> open = gate.get_future().share();
    Job* job = queue.run(QStringLiteral("orphan"), Priority::Interactive, context.get(),
        [open](Progress&) { open.wait(); return 1; }, [&](int) { delivered = true; });
    context.reset();
    gate.set_value();
    waitUntilOver(job);
    QCOMPARE(job->state(), Job::State::Succeeded);
    QVERIFY(!delivered);
}

void TestJobQueue::theDestructorEndsEveryJobOnce()
{
    int ended = 0;
    {
        JobQueue queue(2);
        for (int i = 0; i < 8; ++i) {
            Job* job = queue.run(QStringLiteral("endless"), Priority::Bulk, this,
                [](Progress& progress) -> int {
                    while (true)
                        progress.report(0, 0);
                },
                [](int) {});
            connect(job, &Job::finished, this, [&ended] { ++ended; });
        }
    }
    QCoreApplication::processEvents();
    QCOMPARE(ended, 8);
}

void TestJobQueue::progressAndTimeLeftAreSeen()
{
    JobQueue queue(1);
    std::promise<void> gate;
    std::shared_future<void> open = gate.get_future().share();
    Job* job = queue.run(QStringLiteral("counting"), Priority::Bulk, this,
        [open](Progress& progress) {
            progress.report(0, 10, QStringLiteral("reading"));
            progress.report(10, 10, QStringLiteral("reading"));
            open.wait();
            return 1;
        },
        [](int) {});
    QTRY_COMPARE(job->done(), 10);
    QCOMPARE(job->total(), 10);
    QCOMPARE(job->stage(), QStringLiteral("reading"));
    QVERIFY(job->secondsLeft().has_value());
    QCOMPARE(*job->secondsLeft(), 0.0);
    gate.set_value();
    waitUntilOver(job);
    QVERIFY(!job->secondsLeft().has_value());
}

void TestJobQueue::partialResultsArriveBeforeTheEnd()
{
    JobQueue queue(1);
    QStringList order;
    Job* job = queue.run(QStringLiteral("map"), Priority::Bulk, this,
        [](Progress& progress) {
            auto value = std::make_shared<Value>();
            value->info[QStringLiteral("epoch")] = 5;
            progress.partial(value);
            return 1;
        },
        [&](int) { order << QStringLiteral("done"); });
    connect(job, &Job::partial, this, [&](const ValuePtr& value) {
        order << QString::number(value->info[QStringLiteral("epoch")].toInt());
    });
    waitUntilOver(job);
    QCOMPARE(order, (QStringList { QStringLiteral("5"), QStringLiteral("done") }));
}

QTEST_GUILESS_MAIN(TestJobQueue)
#include "tst_jobqueue.moc"
