// Adds and embeds samples until it is killed, and says what is in the file: one line an addition
// and one a chunk of embeddings, once they are committed.
#include "core/session/Session.h"

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>

using namespace triptych;
using namespace Qt::StringLiterals;

static void say(const char* what, const QStringList& ids)
{
    std::printf("%s %s\n", what, qPrintable(ids.join(u' ')));
    std::fflush(stdout);
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    EngineOptions options;
    options.resources = application.arguments().at(2);
    Session session(options);
    session.open(application.arguments().at(1));
    QObject::connect(&session, &Session::added, &session, [&session](const QStringList& ids) {
        session.whenSaved([ids] { say("added", ids); });
    });
    QObject::connect(&session, &Session::embeddingsStored, &session,
        [](Modality, const QStringList& ids) { say("embedded", ids); });
    session.startEngine();
    QTimer adding;
    qsizetype next = qsizetype(session.samples().size());
    QObject::connect(&adding, &QTimer::timeout, &session, [&] {
        Dataset some;
        for (int i = 0; i < 20; ++i) {
            Sample sample;
            sample.id = u"n%1"_s.arg(next++);
            sample.sources[Modality::Text].text = u"the text of "_s + sample.id;
            some.samples.push_back(sample);
        }
        session.addDataset(some);
        session.select({ some.samples.front().id });
        session.setLabel({ some.samples.front().id }, u"labelled"_s);
    });
    adding.start(3);
    say("started", {});
    return application.exec();
}
