#pragma once

#include "core/session/Session.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace triptych {

/// A real session over the planted engine (see PlantedEngine.cpp), for tests of widgets: twelve
/// samples s0 … s11 with picture, text and sound; three of four are unseen. Labels go a, b, c, a ….
class PlantedSession {
public:
    PlantedSession()
    {
        qputenv("TRIPTYCH_ENGINE", TRIPTYCH_BIN_DIR "/libplanted_engine.so");
        m_folder.setAutoRemove(true);
        QDir(m_folder.path()).mkpath(QStringLiteral("resources/models/triptych-mini"));
        EngineOptions options;
        options.resources = m_folder.filePath(QStringLiteral("resources"));
        m_session = std::make_unique<Session>(options);
        m_session->open(m_folder.filePath(QStringLiteral("test.triptych")));
    }

    Session& session() { return *m_session; }
    QString path(const QString& name) const { return m_folder.filePath(name); }

    /// Opens the engine and a model; true when both are there.
    bool start()
    {
        m_session->startEngine();
        if (!QTest::qWaitFor([this] { return m_session->isEngineReady(); }, 10000))
            return false;
        if (m_session->currentModel().isEmpty())
            m_session->addModel(
                m_folder.filePath(QStringLiteral("resources/models/triptych-mini")));
        return QTest::qWaitFor(
            [this] { return !m_session->modelInfo(m_session->currentModel()).isEmpty(); }, 10000);
    }

    void addSamples()
    {
        Dataset dataset;
        dataset.name = QStringLiteral("planted");
        for (int i = 0; i < 12; ++i) {
            Sample sample;
            sample.id = QStringLiteral("s%1").arg(i);
            sample.label = QString(QChar(u'a' + i % 3));
            sample.split = i % 4 == 0 ? QStringLiteral("train") : QStringLiteral("test");
            sample.sources[Modality::Image].path = file(QStringLiteral("picture%1.png").arg(i));
            sample.sources[Modality::Text].text = QStringLiteral("caption %1").arg(i);
            sample.sources[Modality::Text].language = QStringLiteral("en");
            sample.sources[Modality::Audio].path = file(QStringLiteral("sound%1.ogg").arg(i));
            sample.sources[Modality::Audio].language = QStringLiteral("fr");
            sample.sources[Modality::Audio].synthetic = true;
            dataset.samples.push_back(sample);
        }
        m_session->addDataset(dataset);
    }

    /// Embeds everything; true when it is there.
    bool embed()
    {
        m_session->embedAll();
        return QTest::qWaitFor(
            [this] {
                for (const Modality modality : {Modality::Image, Modality::Text, Modality::Audio}) {
                    const auto set = m_session->embeddings(modality);
                    if (!set || set->size() != qsizetype(m_session->samples().size()))
                        return false;
                }
                return true;
            },
            10000);
    }

    /// Id in the session of planted sample `number`.
    QString id(int number) const { return m_session->samples().at(size_t(number)).id; }

private:
    QString file(const QString& name)
    {
        QFile made(m_folder.filePath(name));
        if (made.open(QIODevice::WriteOnly))
            made.write(name.toUtf8()); // nothing reads it: the engine is planted
        return made.fileName();
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Session> m_session;
};

} // namespace triptych
