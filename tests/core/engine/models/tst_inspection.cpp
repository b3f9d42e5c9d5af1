// What can be seen of a checkpoint: tensors and their statistics, filters, positions, another model.

#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/SafetensorsWriter.h"
#include "core/jobs/Error.h"
#include "tests/core/engine/models/ModelCalls.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace triptych;

class TstInspection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTensorIsListed();
    void statisticsAreThoseOfTheNumbers();
    void brokenNumbersAreCountedApart();
    void oneTensorIsMeasuredAlone();
    void filtersAreThoseOfTheFirstLayer();
    void positionsAreComparedOnTheirGrid();
    void whatHasNoFiltersGivesNone();
    void comparisonTellsEveryKindOfDifference();
    void unknownFamiliesAreToldAndLookedInto_data();
    void unknownFamiliesAreToldAndLookedInto();
    void modelsCanBeUnloaded();
    void nanInTheWeightsIsAnErrorAtFirstUse();
    void whatDoesNotFitIsRefusedWithBothSizes();

private:
    QString write(const char* name, const std::vector<std::pair<std::string, at::Tensor>>& tensors)
    {
        const QString path = m_folder.filePath(QLatin1String(name));
        writeSafetensors(path, tensors, at::kFloat);
        return path;
    }
    Value looked(const char* method, const QJsonObject& options) { return call(m_store, method, options); }

    QTemporaryDir m_folder;
    ModelStore m_store { QStringLiteral("cpu"), QStringLiteral(TRIPTYCH_SOURCE_DIR "/resources") };
    QString m_mini = QStringLiteral("triptych-mini");
};

void TstInspection::everyTensorIsListed()
{
    const Value value = looked("model.tensors", { { QStringLiteral("model"), m_mini } });
    const QJsonArray rows = value.info[QStringLiteral("tensors")].toArray();
    const auto checkpoint = Checkpoint::open(m_store.folderOf(m_mini));
    QCOMPARE(size_t(rows.size()), checkpoint.tensors().size());
    QCOMPARE(rows[0][QStringLiteral("name")].toString(), checkpoint.tensors().begin()->first);
    QCOMPARE(rows[0][QStringLiteral("dtype")].toString(), QStringLiteral("float16"));
    QCOMPARE(value.array(QStringLiteral("mean")).rows(), 0); // nothing was measured
}

void TstInspection::statisticsAreThoseOfTheNumbers()
{
    // numpy: a = np.array([-1, 0, 0, 3, 8.]); a.mean(), a.std() → 2.0, 3.286335345030997
    const QString path = write("numbers.safetensors", { { "a", at::tensor({ -1.0f, 0.0f, 0.0f, 3.0f, 8.0f }) } });
    const Value value = looked("model.tensors",
        { { QStringLiteral("model"), path }, { QStringLiteral("statistics"), true }, { QStringLiteral("bins"), 3 } });
    QCOMPARE(value.array(QStringLiteral("mean")).doubles()[0], 2.0);
    QVERIFY(std::abs(value.array(QStringLiteral("deviation")).doubles()[0] - 3.286335345030997) < 1e-12);
    QCOMPARE(value.array(QStringLiteral("minimum")).doubles()[0], -1.0);
    QCOMPARE(value.array(QStringLiteral("maximum")).doubles()[0], 8.0);
    QCOMPARE(value.array(QStringLiteral("zeros")).doubles()[0], 0.4);
    const auto bins = value.array(QStringLiteral("histogram")).integers(); // [-1, 2) [2, 5) [5, 8]
    QCOMPARE(std::vector<qint64>(bins.begin(), bins.end()), (std::vector<qint64> { 3, 1, 1 }));
}

void TstInspection::brokenNumbersAreCountedApart()
{
    const QString path = write("broken.safetensors", { { "a", at::tensor({ NAN, INFINITY, -INFINITY, 2.0f, 4.0f }) }, { "none", at::empty({ 0 }) } });
    const Value value = looked("model.tensors", { { QStringLiteral("model"), path }, { QStringLiteral("statistics"), true } });
    QCOMPARE(value.array(QStringLiteral("nan")).integers()[0], 1);
    QCOMPARE(value.array(QStringLiteral("infinite")).integers()[0], 2);
    QCOMPARE(value.array(QStringLiteral("mean")).doubles()[0], 3.0);
    QCOMPARE(value.array(QStringLiteral("maximum")).doubles()[0], 4.0);
    QCOMPARE(value.array(QStringLiteral("mean")).doubles()[1], 0.0);
}

void TstInspection::oneTensorIsMeasuredAlone()
{
    const QString path = write("two.safetensors", { { "a", at::ones({ 3 }) }, { "b", at::full({ 2 }, 7) } });
    const Value value = looked("model.tensors", { { QStringLiteral("model"), path }, { QStringLiteral("tensor"), QStringLiteral("b") } });
    QCOMPARE(value.array(QStringLiteral("mean")).rows(), 1);
    QCOMPARE(value.array(QStringLiteral("mean")).doubles()[0], 7.0);
    QVERIFY_EXCEPTION_THROWN(
        looked("model.tensors", { { QStringLiteral("model"), path }, { QStringLiteral("tensor"), QStringLiteral("c") } }), Error);
}

void TstInspection::filtersAreThoseOfTheFirstLayer()
{
    const at::Tensor filters = at::randn({ 6, 3, 4, 4 });
    const QString path = write("vit.safetensors",
        { { "vision.patch_embedding.weight", filters }, { "deep.conv.weight", at::randn({ 4, 64, 3, 3 }) } });
    const Value value = looked("model.filters", { { QStringLiteral("model"), path } });
    QCOMPARE(value.info[QStringLiteral("filter_tensors")].toArray().size(), 1);
    const Array& drawn = value.array(QStringLiteral("filters"));
    QCOMPARE(drawn.shape, (QList<qint64> { 6, 3, 4, 4 }));
    QVERIFY(std::abs(double(drawn.floats()[17]) - filters.flatten()[17].item<double>()) < 1e-7);
    QVERIFY_EXCEPTION_THROWN(looked("model.filters",
                                 { { QStringLiteral("model"), path }, { QStringLiteral("tensor"), QStringLiteral("deep.conv.weight") } }),
        Error);
}

void TstInspection::positionsAreComparedOnTheirGrid()
{
    at::Tensor table = at::randn({ 1 + 9, 8 }); // CLS, 3 × 3
    table[5] = table[1] * 2;                    // position (1,1) points where (0,0) does
    const QString path = write("pos.safetensors", { { "vision_model.embeddings.position_embedding.weight", table } });
    const Value value = looked("model.filters", { { QStringLiteral("model"), path } });
    QCOMPARE(value.array(QStringLiteral("positions")).shape, (QList<qint64> { 3, 3, 3, 3 }));
    QCOMPARE(value.info[QStringLiteral("special")].toInt(), 1);
    const auto cosines = value.array(QStringLiteral("positions")).floats();
    QVERIFY(std::abs(cosines[0] - 1) < 1e-5f);             // (0,0) with itself
    QVERIFY(std::abs(cosines[1 * 3 + 1] - 1) < 1e-5f);     // (0,0) with (1,1)
    // The towers' grids count where the model can be used: the sound tower's is no square.
    const Value mini = looked("model.filters", { { QStringLiteral("model"), m_mini },
                                                 { QStringLiteral("positions"), QStringLiteral("audio_model.embeddings.position_embedding.weight") } });
    const auto shape = mini.array(QStringLiteral("positions")).shape;
    QCOMPARE(shape[0] * shape[1], 100);
    QVERIFY(shape[0] != shape[1]);
}

void TstInspection::whatHasNoFiltersGivesNone()
{
    const QString path = write("plain.safetensors", { { "a", at::ones({ 3, 3 }) } });
    const Value value = looked("model.filters", { { QStringLiteral("model"), path } });
    QVERIFY(value.arrays.empty());
}

void TstInspection::comparisonTellsEveryKindOfDifference()
{
    const at::Tensor same = at::randn({ 4, 4 });
    const QString a = write("a.safetensors", { { "same", same }, { "moved", at::ones({ 4 }) }, { "shape", at::ones({ 2, 3 }) }, { "gone", at::ones({ 1 }) } });
    const QString b = write("b.safetensors",
        { { "same", same }, { "moved", at::tensor({ 1.0f, 1.0f, 1.0f, 1.5f }) }, { "shape", at::ones({ 3, 2 }) }, { "new", at::ones({ 1 }) } });
    const QJsonObject info = looked("model.compare", { { QStringLiteral("model"), a }, { QStringLiteral("other"), b } }).info;
    const QJsonObject counts = info[QStringLiteral("counts")].toObject();
    for (const char* status : { "only_a", "only_b", "other_shape", "differs", "equal" })
        QCOMPARE(counts[QLatin1String(status)].toInt(), 1);
    for (const QJsonValue& row : info[QStringLiteral("rows")].toArray()) {
        if (row[QStringLiteral("name")].toString() != u"moved")
            continue;
        QCOMPARE(row[QStringLiteral("status")].toString(), QStringLiteral("differs"));
        QCOMPARE(row[QStringLiteral("max")].toDouble(), 0.5);
        QCOMPARE(row[QStringLiteral("mean")].toDouble(), 0.125);
    }
}

void TstInspection::unknownFamiliesAreToldAndLookedInto_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("said");
    QTest::newRow("unknown model_type") << QByteArray(R"({"model_type":"llama"})") << QStringLiteral("llama");
    QTest::newRow("no model_type") << QByteArray(R"({"hidden_size":8})") << QStringLiteral("no model_type");
    QTest::newRow("no config.json") << QByteArray() << QStringLiteral("no config.json");
    QTest::newRow("weights of another") << QByteArray(R"({"model_type":"bert"})") << QStringLiteral("missing");
}

void TstInspection::unknownFamiliesAreToldAndLookedInto()
{
    QFETCH(QByteArray, config);
    QFETCH(QString, said);
    QTemporaryDir folder;
    writeSafetensors(folder.filePath(QStringLiteral("model.safetensors")), { { "x.weight", at::ones({ 4, 4 }) } }, at::kFloat);
    if (!config.isEmpty()) {
        QFile file(folder.filePath(QStringLiteral("config.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(config);
    }
    const QJsonObject model { { QStringLiteral("model"), folder.path() } };
    QJsonObject inspected = model;
    inspected[QStringLiteral("inspect")] = true;
    const QJsonObject info = looked("model.info", inspected).info;
    QVERIFY2(info[QStringLiteral("problem")].toString().contains(said), qPrintable(info[QStringLiteral("problem")].toString()));
    QCOMPARE(info[QStringLiteral("parameters")].toInt(), 16);
    QCOMPARE(looked("model.tensors", model).info[QStringLiteral("tensors")].toArray().size(), 1);
    Sample sample;
    sample.id = QStringLiteral("s");
    sample.sources[Modality::Text].text = QStringLiteral("a");
    Inputs inputs;
    inputs.samples = { sample };
    QVERIFY_EXCEPTION_THROWN(call(m_store, "model.embed", model, inputs), Error);
    QVERIFY_EXCEPTION_THROWN(looked("model.info", model), Error);
}

void TstInspection::modelsCanBeUnloaded()
{
    looked("model.info", { { QStringLiteral("model"), m_mini } });
    const QJsonArray open = looked("model.open", {}).info[QStringLiteral("models")].toArray();
    QCOMPARE(open.size(), 1);
    QVERIFY(open[0][QStringLiteral("weight_bytes")].toDouble() > 1e6);
    // Stored as float16: every weight was widened.
    QCOMPARE(open[0][QStringLiteral("copied_bytes")].toDouble(), open[0][QStringLiteral("weight_bytes")].toDouble());
    QVERIFY(looked("model.unload", { { QStringLiteral("model"), m_mini } }).info[QStringLiteral("models")].toArray().isEmpty());
}

void TstInspection::nanInTheWeightsIsAnErrorAtFirstUse()
{
    const QDir mini(m_store.folderOf(m_mini));
    QTemporaryDir folder;
    for (const QString& name : mini.entryList(QDir::Files)) {
        if (!name.endsWith(QStringLiteral(".safetensors")))
            QVERIFY(QFile::copy(mini.filePath(name), folder.filePath(name)));
    }
    const auto checkpoint = Checkpoint::open(mini.path());
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    const std::string broken = "vision_model.embeddings.position_embedding.weight";
    for (const auto& [name, tensor] : checkpoint.tensors()) {
        tensors.emplace_back(name.toStdString(), tensor.to(at::kFloat).clone());
        if (tensors.back().first == broken)
            tensors.back().second[3][4] = NAN;
    }
    writeSafetensors(folder.filePath(QStringLiteral("model.safetensors")), tensors, at::kFloat);
    const auto model = m_store.open(folder.path());
    for (int again = 0; again < 2; ++again) {
        try {
            model->encoder(Modality::Image);
            QFAIL("it was used");
        } catch (const Error& error) {
            QVERIFY2(error.message().contains(QString::fromStdString(broken)), qPrintable(error.message()));
        }
    }
    model->encoder(Modality::Text); // its own weights are numbers
}

void TstInspection::whatDoesNotFitIsRefusedWithBothSizes()
{
    ModelStore store(QStringLiteral("cpu"), QStringLiteral(TRIPTYCH_SOURCE_DIR "/resources"));
    store.setMemory(1'000'000);
    try {
        store.open(m_mini);
        QFAIL("it was opened");
    } catch (const Error& error) {
        QVERIFY2(error.message().contains(QLocale().formattedDataSize(1'000'000)), qPrintable(error.message()));
        QVERIFY(error.message().contains(QStringLiteral("MB")) || error.message().contains(QStringLiteral("MiB")));
    }
    store.setMemory({});
    QVERIFY(store.open(m_mini) != nullptr);
}

QTEST_MAIN(TstInspection)
#include "tst_inspection.moc"
