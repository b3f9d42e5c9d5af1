#include "NetTesting.h"

#include "core/engine/learning/Parameters.h"
#include "core/engine/models/SafetensorsWriter.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace triptych;
using namespace triptych::representation;
using namespace triptych::testing;
using namespace Qt::StringLiterals;

/// What is trained here has torchvision's names: kept as a state dict, the read-only families open it.
class tst_picturecheckpoint : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        at::set_num_threads(1);
        QVERIFY(m_folder.isValid());
        m_path = m_folder.filePath(u"resnet.safetensors"_s);
        m_net = resNetKind().make(m_parameters,
            shapeOf(trainOptions(u"resnet"_s, { { u"width"_s, 0.125 }, { u"stem"_s, u"published"_s }, { u"zero_last"_s, false } }), 4));
        std::vector<std::pair<std::string, at::Tensor>> tensors;
        for (const Parameters::Named* named : { &m_parameters.trained(), &m_parameters.buffers() })
            for (const auto& [name, tensor] : *named)
                tensors.emplace_back(name, tensor);
        writeSafetensors(m_path, tensors, at::kFloat);
    }

    void theReadOnlyFamilyGivesTheSameEmbedding()
    {
        ModelStore store(u"cpu"_s, QString());
        const auto model = store.open(m_path);
        const std::vector<Sample> samples { drawnSample(1), drawnSample(2), drawnSample(3) };
        const at::Tensor pixels = model->prepare(Modality::Image, samples).values;
        const at::Tensor expected = m_net->run(pixels, {}).embedding.contiguous();
        const Value value = run({ { u"model"_s, m_path } }, samples);
        const std::span<const float> found = value.array(u"embeddings"_s).floats();
        QCOMPARE(value.array(u"embeddings"_s).shape, (QList<qint64> { 3, 64 }));
        for (size_t i = 0; i < found.size(); ++i)
            QVERIFY(std::abs(found[i] - expected.data_ptr<float>()[i]) <= 1e-4F);
    }

    void itsStepsAreShown()
    {
        const QJsonObject options { { u"model"_s, m_path }, { u"steps"_s, true }, { u"layer"_s, 1 }, { u"unit"_s, 3 },
            { u"iterations"_s, 6 } };
        const Value value = run(options, { drawnSample(1) });
        QCOMPARE(value.array(u"embeddings"_s).shape, (QList<qint64> { 1, 8 })); // the mean over layer 1's maps
        QStringList kinds;
        for (const QJsonValue& step : value.info[u"steps"].toArray()) {
            kinds.append(step[u"kind"].toString());
            const Array& array = value.array(step[u"array"].toString());
            QVERIFY(array.count() > 0);
            if (step[u"kind"] == u"lines"_s) {
                const std::span<const float> line = array.floats();
                QCOMPARE(line.size(), size_t(7));
                QVERIFY(*std::max_element(line.begin(), line.end()) > line.front());
            }
        }
        for (const char* kind : { "picture", "maps", "lines", "vector", "bars" })
            QVERIFY2(kinds.contains(QLatin1String(kind)), kind);
        QVERIFY(run({ { u"model"_s, m_path }, { u"steps"_s, true }, { u"maximise"_s, u"class"_s }, { u"iterations"_s, 2 } },
            { drawnSample(1) }).info.contains(u"steps"_s));
    }

    void whatIsNotThereIsTold()
    {
        const std::vector<Sample> samples { drawnSample(1) };
        QVERIFY_THROWS_EXCEPTION(Error, run({ { u"model"_s, m_path }, { u"layer"_s, 9 } }, samples));
        QVERIFY_THROWS_EXCEPTION(Error, run({ { u"model"_s, m_path }, { u"steps"_s, true }, { u"unit"_s, 9999 } }, samples));
        QVERIFY_THROWS_EXCEPTION(Error, run({ { u"model"_s, m_folder.filePath(u"no.pth"_s) } }, samples));
        QVERIFY_THROWS_EXCEPTION(Error, run({ { u"model"_s, m_path } }, {}));
    }

private:
    static Value run(const QJsonObject& options, const std::vector<Sample>& samples)
    {
        Inputs inputs;
        inputs.samples = samples;
        SilentProgress progress;
        return runMethod(u"represent.picturenet"_s, options, inputs, progress);
    }

    QTemporaryDir m_folder;
    QString m_path;
    Parameters m_parameters { 5 };
    std::unique_ptr<PictureNet> m_net;
};

QTEST_GUILESS_MAIN(tst_picturecheckpoint)
#include "tst_picturecheckpoint.moc"
