// The view with the real engine: what is stopped in the middle of its training can be applied.
#include "core/session/Session.h"
#include "widgets/plots/StepData.h"
#include "widgets/views/RepresentationData.h"
#include "widgets/views/RepresentationList.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace triptych;
using namespace Qt::StringLiterals;

class TestRepresentationEngine : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Session> m_session;
    std::vector<RepresentationMethod> m_methods;

    /// Every tenth stamp with all three modalities, and its own split.
    static Dataset someStamps()
    {
        Dataset some;
        const Dataset all = openDataset(u"stamps"_s);
        for (size_t i = 0; i < all.samples.size() && some.samples.size() < 60; ++i)
            if (all.samples[i].has(Modality::Image) && all.samples[i].has(Modality::Text) && all.samples[i].has(Modality::Audio) && i % 7 == 0)
                some.samples.push_back(all.samples[i]);
        return some;
    }

    ValuePtr waitFor(const Recipe& recipe, QString& error)
    {
        ValuePtr value;
        const auto ready = connect(m_session.get(), &Session::valueReady, this, [&](const QString& key, const ValuePtr& given) {
            if (key == recipe.key())
                value = given;
        });
        const auto failed = connect(m_session.get(), &Session::valueFailed, this, [&](const QString& key, const QString& why) {
            if (key == recipe.key())
                error = why;
        });
        (void)QTest::qWaitFor([&] { return value || !error.isEmpty(); }, 60000);
        disconnect(ready);
        disconnect(failed);
        return value;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const std::vector<BuiltIn>& sets = builtInDatasets();
        if (!std::any_of(sets.begin(), sets.end(), [](const BuiltIn& set) { return set.name == "stamps"_L1 && set.available(); }))
            QSKIP("the package of the stamps is not installed");
        qunsetenv("TRIPTYCH_ENGINE");
        EngineOptions options;
        options.resources = QStringLiteral(TRIPTYCH_SOURCE_DIR "/resources");
        options.threads = 1;
        m_session = std::make_unique<Session>(options);
        m_session->open(m_folder.filePath(u"w.triptych"_s));
        m_session->startEngine();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isEngineReady(), 30000);
        m_session->addDataset(someStamps());
        QVERIFY(m_session->samples().size() >= 30);
        m_methods = representationsOf(m_session->methods());
        QVERIFY(!m_methods.empty());
    }
    void cleanupTestCase() { m_session.reset(); }

    void everyMethodHasItsGroup()
    {
        for (const RepresentationMethod& method : m_methods)
            QVERIFY2(method.group != RepresentationGroup::Other, qPrintable(method.represent.id));
    }

    void whatIsStoppedCanBeApplied_data()
    {
        QTest::addColumn<QString>("name");
        const QString all = qEnvironmentVariable("TRIPTYCH_STOP_ALL"); // any, or names with commas
        for (const QString& name : all.isEmpty() ? QStringList { u"lenet5"_s, u"skipgram"_s, u"sounddnn"_s, u"mvae"_s } : all.split(u','))
            QTest::newRow(qPrintable(name)) << name;
    }

    void whatIsStoppedCanBeApplied()
    {
        QFETCH(QString, name);
        const auto method = std::find_if(m_methods.begin(), m_methods.end(), [&](const auto& each) { return each.name() == name; });
        QVERIFY(method != m_methods.end());
        QVERIFY(method->train);
        Inputs inputs;
        inputs.samples = samplesFor(*method, m_session->samples());
        QJsonObject options;
        for (const OptionInfo& option : method->train->options)
            if (option.name == "epochs"_L1)
                options[option.name] = 1000;
        const Recipe recipe = trainingRecipe(*method, options, u"workspace"_s, inputs.samples);
        QSignalSpy partial(m_session.get(), &Session::valuePartial);
        QString error;
        const auto failed = connect(m_session.get(), &Session::valueFailed, this, [&](const QString&, const QString& why) { error = why; });
        Job* job = m_session->request(recipe, inputs, name, Priority::Bulk, true);
        QVERIFY(job);
        (void)QTest::qWaitFor([&] { return partial.size() >= 1 || !error.isEmpty(); }, 60000);
        disconnect(failed);
        const auto end = qScopeGuard([&] { m_session->trainingJobs().jobs().isEmpty() ? void() : job->cancel(); });
        QVERIFY2(error.isEmpty(), qPrintable(error));
        QVERIFY2(!partial.isEmpty(), "no epoch in a minute");
        QElapsedTimer clock;
        clock.start();
        const std::optional<Recipe> stopped = m_session->stopAndKeep(recipe);
        QVERIFY(stopped);
        QTRY_VERIFY_WITH_TIMEOUT(job->isOver(), 5000);
        qInfo("%s: stopped in %lld ms", qPrintable(name), clock.elapsed());
        Recipe apply = m_session->recipeFor(method->represent.id, m_session->samples()[0].id, {});
        apply.options = { { u"steps"_s, true } };
        apply.inputs[u"fitted"_s] = stopped->key();
        Inputs given;
        given.samples = { m_session->samples()[0] };
        given.values[u"fitted"_s] = m_session->value(*stopped);
        m_session->request(apply, given, name);
        const ValuePtr value = waitFor(apply, error);
        QVERIFY2(value, qPrintable(error));
        const std::vector<StepData> steps = stepsOf(*value);
        QVERIFY(steps.size() >= 3);
        QCOMPARE(qsizetype(steps.size()), value->info["steps"_L1].toArray().size()); // none is malformed
    }
};

QTEST_MAIN(TestRepresentationEngine)
#include "tst_representationengine.moc"
