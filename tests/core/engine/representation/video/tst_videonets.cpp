#include "core/data/Dataset.h"
#include "core/data/Stamps.h"
#include "core/engine/media/Media.h"
#include "core/engine/models/Model.h"
#include "core/engine/representation/RepresentationMethods.h"
#include "core/engine/representation/video/Gates.h"
#include "core/engine/representation/video/MovingClips.h"
#include "core/engine/representation/video/VideoTraining.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace triptych;
using namespace triptych::representation;
using namespace Qt::StringLiterals;

namespace {

at::Tensor numbers(const QJsonValue& json)
{
    const QJsonArray list = json.toArray();
    std::vector<at::Tensor> rows;
    for (const QJsonValue& row : list) {
        if (!row.isArray())
            break;
        rows.push_back(numbers(row));
    }
    if (!rows.empty())
        return at::stack(rows);
    std::vector<double> values;
    for (const QJsonValue& value : list)
        values.push_back(value.toDouble());
    return at::tensor(at::ArrayRef<double>(values), at::TensorOptions(at::kDouble));
}

/// data/cells_golden.json, made by the script beside it.
QJsonObject golden()
{
    QFile file(QStringLiteral(TRIPTYCH_SOURCE_DIR "/tests/core/engine/representation/video/data/cells_golden.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

double farthest(const at::Tensor& a, const at::Tensor& b) { return (a - b).abs().max().item<double>(); }

Value run(const QString& id, const QJsonObject& given, const Inputs& inputs)
{
    at::AutoGradMode off(false);
    ModelStore store(u"cpu"_s, QString());
    EngineContext context { store, {} };
    context.options.device = u"cpu"_s;
    SilentProgress progress;
    for (const auto* table : { &representationMethods(), &representationTrainers() }) {
        for (const Method& method : *table) {
            if (method.info.id == id)
                return method.run(context, completeOptions(method.info, given), inputs, progress);
        }
    }
    throw Error(u"no method "_s + id);
}

double score(const Value& fitted, const char* name) { return fitted.info[u"scores"][QLatin1String(name)].toDouble(-1); }

/// Two standard errors of an accuracy at chance.
double twoErrors(const Value& fitted, double chance)
{
    return 2 * std::sqrt(chance * (1 - chance) / fitted.info[u"rows"][u"test"].toDouble());
}

at::Tensor embeddingsOf(const Value& value)
{
    const Array& array = value.array(u"embeddings"_s);
    return at::tensor(at::ArrayRef<float>(array.floats().data(), array.floats().size())).view({ array.rows(), -1 });
}

} // namespace

class tst_VideoNets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cellsAgreeWithPyTorch_data();
    void cellsAgreeWithPyTorch();
    void aSingleFrameIsAtChance_data();
    void aSingleFrameIsAtChance();
    void theMeanOverTimeKnowsNoOrder();
    void recurrentNetsTellTheMotion_data();
    void recurrentNetsTellTheMotion();
    void withoutOrderADirectionIsAtChance();
    void whatWasTrainedIsAppliedAsItWasScored();
    void theStepsGoFromFramesToTheVector_data();
    void theStepsGoFromFramesToTheVector();
    void theSameSeedGivesTheSameBits();
    void aPictureIsNoVideo();

private:
    QJsonObject small(QJsonObject more = {}) const;
    const Value& lstm();

    QTemporaryDir m_folder;
    Inputs m_four; ///< left, right, up, down
    Inputs m_two;  ///< left, right
    std::shared_ptr<Value> m_lstm;
};

void tst_VideoNets::initTestCase()
{
    at::set_num_threads(1);
    if (!stampsAvailable())
        QSKIP("the package tuxpaint-stamps-default is not installed");
    const std::vector<Sample> stamps = loadStamps().samples;
    SilentProgress progress;
    ClipSetOptions options;
    options.frames = 8;
    options.side = 32;
    options.count = 600;
    writeClips(stamps, m_folder.filePath(u"four"_s), options, progress);
    m_four.samples = openDataset(m_folder.filePath(u"four"_s)).samples;
    for (const Sample& sample : m_four.samples) {
        if (sample.label == u"left" || sample.label == u"right")
            m_two.samples.push_back(sample);
    }
}

QJsonObject tst_VideoNets::small(QJsonObject more) const
{
    QJsonObject options { { u"frames"_s, 8 }, { u"side"_s, 32 }, { u"epochs"_s, 12 }, { u"validation"_s, 0 },
        { u"shift"_s, 0.5 } };
    for (auto it = more.begin(); it != more.end(); ++it)
        options[it.key()] = it.value();
    return options;
}

const Value& tst_VideoNets::lstm()
{
    if (!m_lstm)
        m_lstm = std::make_shared<Value>(run(u"train.cnnlstm"_s, small(), m_four));
    return *m_lstm;
}

void tst_VideoNets::cellsAgreeWithPyTorch_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : { "rnn", "lstm", "gru" })
        QTest::newRow(name) << QString::fromLatin1(name);
}

void tst_VideoNets::cellsAgreeWithPyTorch()
{
    QFETCH(QString, name);
    const QJsonObject wanted = golden()[u"cells"][name].toObject();
    QVERIFY2(!wanted.isEmpty(), "data/cells_golden.json is missing");
    learning::Recurrent layer;
    layer.kind = learning::recurrentKind(name);
    layer.hidden = 4;
    for (const QJsonValue& weight : wanted[u"weights"].toArray())
        layer.weights.push_back(numbers(weight));
    const at::Tensor values = numbers(golden()[u"values"]), states = numbers(wanted[u"states"]);
    QVERIFY(farthest(layer(values.unsqueeze(0)).states.squeeze(0), states) <= 1e-6);
    QVERIFY(farthest(layer.steps(values.unsqueeze(0)).states.squeeze(0), states) <= 1e-6);
    const GateTrace trace = gatesOf(layer, values);
    QVERIFY(farthest(trace.states, states) <= 1e-6);
    if (name == u"lstm") {
        QVERIFY(farthest(trace.cells, numbers(wanted[u"memories"])) <= 1e-6);
        QVERIFY(farthest(trace.output * trace.cells.tanh(), states) <= 1e-6);
    }
}

void tst_VideoNets::aSingleFrameIsAtChance_data()
{
    QTest::addColumn<QString>("method");
    QTest::newRow("CNN") << u"train.framemean"_s;
    QTest::newRow("CNN + LSTM") << u"train.cnnlstm"_s;
}

void tst_VideoNets::aSingleFrameIsAtChance()
{
    QFETCH(QString, method);
    const Value fitted = run(method, small({ { u"frames"_s, 1 } }), m_four);
    const double reached = score(fitted, "test_accuracy");
    qInfo("one frame: %.3f of %d test clips, %.1f s", reached, fitted.info[u"rows"][u"test"].toInt(),
        fitted.info[u"seconds"].toDouble());
    QVERIFY(std::abs(reached - 0.25) <= twoErrors(fitted, 0.25));
}

void tst_VideoNets::theMeanOverTimeKnowsNoOrder()
{
    const Value fitted = run(u"train.framemean"_s, small(), m_two);
    qInfo("mean over time, left and right: %.3f", score(fitted, "test_accuracy"));
    QVERIFY(std::abs(score(fitted, "test_accuracy") - 0.5) <= twoErrors(fitted, 0.5));
    Inputs inputs = m_two;
    inputs.samples.resize(20);
    inputs.values[u"fitted"_s] = std::make_shared<Value>(fitted);
    const at::Tensor forward = embeddingsOf(run(u"represent.framemean"_s, {}, inputs));
    const at::Tensor back = embeddingsOf(run(u"represent.framemean"_s, { { u"order"_s, u"reversed"_s } }, inputs));
    QVERIFY(farthest(forward, back) < 1e-5);
    QVERIFY(farthest(forward[0], forward[1]) > 1e-3);
}

void tst_VideoNets::recurrentNetsTellTheMotion_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<double>("floor");
    // Measured: 1.000, 1.000, 0.990.
    QTest::newRow("LSTM") << u"train.cnnlstm"_s << 0.95;
    QTest::newRow("GRU") << u"train.cnngru"_s << 0.95;
    QTest::newRow("RNN") << u"train.cnnrnn"_s << 0.85;
}

void tst_VideoNets::recurrentNetsTellTheMotion()
{
    QFETCH(QString, method);
    QFETCH(double, floor);
    const Value fitted = method == u"train.cnnlstm" ? lstm()
        : method == u"train.cnnrnn"                      ? run(method, small({ { u"epochs"_s, 14 } }), m_four)
                                                         : run(method, small(), m_four);
    const double reached = score(fitted, "test_accuracy"), opposite = score(fitted, "test_reversed_is_opposite");
    qInfo("%s: %.3f of %d test clips; backwards taken for the opposite %.3f, for the same %.3f; shuffled %.3f; %.1f s",
        qPrintable(method), reached, fitted.info[u"rows"][u"test"].toInt(), opposite,
        score(fitted, "test_accuracy_reversed"), score(fitted, "test_accuracy_shuffled"), fitted.info[u"seconds"].toDouble());
    QVERIFY(reached >= floor);
    QVERIFY(opposite >= std::min(0.9, floor));
    QVERIFY(score(fitted, "test_accuracy_reversed") < 0.1);
}

void tst_VideoNets::withoutOrderADirectionIsAtChance()
{
    // Among four motions the set of places still shows the axis; between left and right it shows nothing.
    const Value fitted = run(u"train.cnnlstm"_s, small({ { u"shuffle_frames"_s, true } }), m_two);
    qInfo("trained on shuffled frames, left and right: %.3f", score(fitted, "test_accuracy"));
    QVERIFY(std::abs(score(fitted, "test_accuracy") - 0.5) <= twoErrors(fitted, 0.5));
    QVERIFY(score(lstm(), "test_accuracy_shuffled") < 0.6);
}

void tst_VideoNets::whatWasTrainedIsAppliedAsItWasScored()
{
    Inputs inputs;
    for (const Sample& sample : m_four.samples) {
        if (sample.split == u"test")
            inputs.samples.push_back(sample);
    }
    inputs.values[u"fitted"_s] = std::make_shared<Value>(lstm());
    const Value value = run(u"represent.cnnlstm"_s, {}, inputs);
    const Array& probabilities = value.array(u"probabilities"_s);
    QCOMPARE(probabilities.shape, (QList<qint64> { qint64(inputs.samples.size()), 4 }));
    QCOMPARE(value.array(u"embeddings"_s).shape, (QList<qint64> { qint64(inputs.samples.size()), 128 }));
    const QStringList classes = value.strings(u"classes"_s);
    int right = 0;
    for (size_t i = 0; i < inputs.samples.size(); ++i) {
        const auto row = probabilities.floats().subspan(i * 4, 4);
        double sum = 0;
        for (const float p : row)
            sum += double(p);
        QVERIFY(std::abs(sum - 1) < 1e-5);
        right += classes[std::max_element(row.begin(), row.end()) - row.begin()] == inputs.samples[i].label;
    }
    QVERIFY(std::abs(right / double(inputs.samples.size()) - score(lstm(), "test_accuracy")) < 1e-9);
    inputs.values.clear();
    QVERIFY_THROWS_EXCEPTION(Error, run(u"represent.cnnlstm"_s, {}, inputs));
}

void tst_VideoNets::theStepsGoFromFramesToTheVector_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("order");
    for (const char* method : { "framemean", "cnnrnn", "cnnlstm", "cnngru" })
        for (const char* order : { "forward", "reversed", "shuffled" })
            QTest::addRow("%s, %s", method, order) << QString::fromLatin1(method) << QString::fromLatin1(order);
}

void tst_VideoNets::theStepsGoFromFramesToTheVector()
{
    QFETCH(QString, method);
    QFETCH(QString, order);
    Inputs inputs;
    inputs.samples = { m_four.samples[0] };
    inputs.values[u"fitted"_s] = method == u"cnnlstm"
        ? std::make_shared<Value>(lstm())
        : std::make_shared<Value>(run(u"train."_s + method, small({ { u"epochs"_s, 1 } }), m_two));
    const Value value = run(u"represent."_s + method, { { u"steps"_s, true }, { u"order"_s, order }, { u"seed"_s, 4 } }, inputs);
    const QJsonArray steps = value.info[u"steps"].toArray();
    std::map<QString, Array> byTitle;
    for (const QJsonValue& step : steps) {
        byTitle[step[u"title"].toString()] = value.array(step[u"array"].toString());
        QVERIFY(!step[u"about"].toString().isEmpty());
    }
    QCOMPARE(steps[0][u"kind"].toString(), u"pictures"_s);
    QCOMPARE(byTitle.at(u"Frames"_s).shape, (QList<qint64> { 8, 32, 32, 3 }));
    QCOMPARE(byTitle.at(u"Features of each frame"_s).shape, (QList<qint64> { 64, 8 }));
    if (method != u"framemean")
        QCOMPARE(byTitle.at(u"Hidden state over time"_s).shape, (QList<qint64> { 128, 8 }));
    QCOMPARE(byTitle.contains(u"Cell over time"_s), method == u"cnnlstm");
    QCOMPARE(byTitle.contains(u"Update gate"_s), method == u"cnngru");
    // The last answer over time is the answer, and the vector shown is the embedding.
    const Array &over = byTitle.at(u"Answer after each frame"_s), &end = byTitle.at(u"Probabilities"_s);
    for (size_t c = 0; c < size_t(end.rows()); ++c) {
        QVERIFY(std::abs(over.floats()[c * 8 + 7] - end.floats()[c]) < 1e-5F);
        QVERIFY(std::abs(value.array(u"probabilities"_s).floats()[c] - end.floats()[c]) < 1e-5F);
    }
    const Array& vector = byTitle.at(u"Vector of the clip"_s);
    for (size_t i = 0; i < size_t(vector.rows()); ++i)
        QVERIFY(std::abs(vector.floats()[i] - value.array(u"embeddings"_s).floats()[i]) < 1e-5F);
}

void tst_VideoNets::theSameSeedGivesTheSameBits()
{
    const QJsonObject options = small({ { u"epochs"_s, 1 }, { u"seed"_s, 7 }, { u"validation"_s, 0.1 } });
    const Value one = run(u"train.cnngru"_s, options, m_two), other = run(u"train.cnngru"_s, options, m_two);
    for (const auto& [name, array] : one.arrays)
        QVERIFY2(array.bytes == other.array(name).bytes, qPrintable(name));
    const Value third = run(u"train.cnngru"_s, small({ { u"epochs"_s, 1 }, { u"seed"_s, 8 } }), m_two);
    QVERIFY(third.array(u"weights.frame.weight"_s).bytes != one.array(u"weights.frame.weight"_s).bytes);
}

void tst_VideoNets::aPictureIsNoVideo()
{
    Inputs inputs;
    inputs.samples = { m_two.samples[0], m_two.samples[1], Sample {} };
    inputs.samples[2].id = u"only-a-picture"_s;
    inputs.samples[2].label = u"left"_s;
    inputs.samples[2].split = u"train"_s;
    inputs.samples[2].sources[Modality::Image].path = u"/nowhere.png"_s;
    try {
        run(u"train.framemean"_s, small(), inputs);
        QFAIL("a picture was read as a video");
    } catch (const Error& error) {
        QVERIFY2(error.message().contains(u"video"_s), qPrintable(error.message()));
    }
}

QTEST_GUILESS_MAIN(tst_VideoNets)
#include "tst_videonets.moc"
