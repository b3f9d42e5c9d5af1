#include "AnalysisSupport.h"

#include <QDir>
#include <QJsonArray>
#include <QSet>
#include <QtTest>

using namespace triptych;
using namespace triptych::testing;

namespace {

const QString checkpoint = QStringLiteral(
    TRIPTYCH_SHARED_DIR "/oracles/models/clip/laion_gelu_fp16_realvocab/checkpoint");
const QString writer
    = QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles/models/blip/captioning/checkpoint");
const QString jointReader = QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles/models/vilt/vqa/checkpoint");
const QString picture = QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles/assets/images/photo.png");

std::vector<const Method*> everyMethod()
{
    std::vector<const Method*> all;
    for (const auto* table : {&attentionMethods(), &projectionMethods(), &scoreMethods()}) {
        for (const Method& method : *table)
            all.push_back(&method);
    }
    return all;
}

bool needsModel(const Method& method)
{
    return method.info.room == QLatin1String("attention")
        || method.info.id == QLatin1String("score.zeroshot");
}

/// Something that any method of the room can work on.
Inputs workableInputs(int columns)
{
    Sample sample;
    sample.id = QStringLiteral("photo");
    sample.sources[Modality::Image].path = picture;
    sample.sources[Modality::Text].text = QStringLiteral("a photo of a cat");
    const ValuePtr a = embeddings(planted(60, columns, 4, 1, 0.5), columns);
    const ValuePtr b = embeddings(planted(60, columns, 4, 2, 0.5), columns);
    Inputs inputs {{sample}, {}};
    inputs.values = {{QStringLiteral("a"), a}, {QStringLiteral("b"), b},
        {QStringLiteral("embeddings"), a}, {QStringLiteral("query"), b},
        {QStringLiteral("coords"), matrix(QStringLiteral("coords"), planted(60, 2, 4, 3, 0.5), 2)}};
    return inputs;
}

QJsonObject workableOptions(const Method& method)
{
    QJsonObject options;
    for (const OptionInfo& option : method.info.options) {
        if (option.name == QLatin1String("model")) {
            options[option.name] = method.info.id == QLatin1String("attend.cross") ? writer
                : method.info.id == QLatin1String("attend.joint")                  ? jointReader
                                                                                   : checkpoint;
        }
        if (option.name == QLatin1String("labels"))
            options[option.name] = QJsonArray {QStringLiteral("cat"), QStringLiteral("dog")};
        if (option.name == QLatin1String("epochs"))
            options[option.name] = 15;
        if (option.name == QLatin1String("threads"))
            options[option.name] = 1;
    }
    return options;
}

/// Columns of the checkpoint's shared space; 0 when the oracle is absent.
int sharedColumns()
{
    if (!QDir(checkpoint).exists())
        return 0;
    ModelStore store(QStringLiteral("cpu"), QString());
    return store.open(checkpoint)->encoder(Modality::Text).dim();
}

} // namespace

/// The contract that every line of the room's tables keeps.
class TestAnalysisMethods : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyLineIsDescribed();
    void everyMethodRefusesAnUnknownOption();
    void everyMethodNamesAMissingInput();
    void everyMethodGivesFiniteNumbersTwiceTheSame();
    void everyMethodThatReportsStopsWhenAsked();
    void everyMethodTakesASmallInput();
};

void TestAnalysisMethods::everyLineIsDescribed()
{
    QSet<QString> ids;
    for (const Method* method : everyMethod()) {
        const MethodInfo& info = method->info;
        QVERIFY2(!ids.contains(info.id), qPrintable(info.id));
        ids.insert(info.id);
        QVERIFY2(!info.title.isEmpty() && !info.reference.isEmpty(), qPrintable(info.id));
        for (const OptionInfo& option : info.options) {
            QVERIFY2(!option.about.isEmpty() && !option.defaultValue.isUndefined(),
                qPrintable(info.id + option.name));
        }
    }
    for (const char* id :
        {"attend.maps", "attend.raw", "attend.rollout", "attend.relevance", "attend.gradcam",
            "attend.similarity", "attend.cross", "attend.joint", "project.pca", "project.umap", "project.place", "project.quality",
            "neighbors.exact", "score.similarity", "score.all", "score.zeroshot"})
        QVERIFY2(ids.contains(QLatin1String(id)), id);
}

void TestAnalysisMethods::everyMethodRefusesAnUnknownOption()
{
    for (const Method* method : everyMethod()) {
        QVERIFY_EXCEPTION_THROWN(
            runMethod(*method, {{QStringLiteral("colour"), 1}}, workableInputs(4)), Error);
    }
}

void TestAnalysisMethods::everyMethodNamesAMissingInput()
{
    const int columns = sharedColumns();
    for (const Method* method : everyMethod()) {
        if (needsModel(*method) && columns == 0)
            continue;
        QVERIFY_EXCEPTION_THROWN(runMethod(*method, workableOptions(*method), {}), Error);
    }
}

void TestAnalysisMethods::everyMethodGivesFiniteNumbersTwiceTheSame()
{
    const int columns = sharedColumns();
    for (const Method* method : everyMethod()) {
        if (needsModel(*method) && columns == 0) {
            qInfo("%s left out: ../shared/oracles is absent", qPrintable(method->info.id));
            continue;
        }
        const Inputs inputs = workableInputs(std::max(4, columns));
        const Value first = runMethod(*method, workableOptions(*method), inputs);
        const Value second = runMethod(*method, workableOptions(*method), inputs);
        for (const auto& [name, array] : first.arrays) {
            QVERIFY2(array.bytes == second.array(name).bytes, qPrintable(method->info.id + name));
            if (array.type == ArrayType::Float32) {
                for (const float number : array.floats())
                    QVERIFY2(std::isfinite(number), qPrintable(method->info.id + name));
            }
        }
    }
}

void TestAnalysisMethods::everyMethodThatReportsStopsWhenAsked()
{
    const int columns = sharedColumns();
    int stopped = 0;
    for (const Method* method : everyMethod()) {
        if (needsModel(*method) && columns == 0)
            continue;
        for (const int reports : {1, 2, 5}) {
            StopAt progress(reports);
            try {
                runMethod(*method, workableOptions(*method), workableInputs(std::max(4, columns)),
                    progress);
                QVERIFY2(!progress.asked(), qPrintable(method->info.id));
            } catch (const Cancelled&) {
                QVERIFY(progress.asked());
                ++stopped;
            }
        }
    }
    QVERIFY(stopped > 10);
}

void TestAnalysisMethods::everyMethodTakesASmallInput()
{
    // One, two and three rows: an answer or a sentence, never a crash or a number that is none.
    for (const int rows : {1, 2, 3}) {
        const ValuePtr few = embeddings(planted(rows, 4, 2, 1, 0.5), 4);
        const Inputs inputs {{},
            {{QStringLiteral("a"), few}, {QStringLiteral("b"), few},
                {QStringLiteral("embeddings"), few}, {QStringLiteral("query"), few},
                {QStringLiteral("coords"),
                    matrix(QStringLiteral("coords"), planted(rows, 2, 2, 3, 0.5), 2)}}};
        for (const Method* method : everyMethod()) {
            if (needsModel(*method))
                continue;
            try {
                const Value value = runMethod(*method, workableOptions(*method), inputs);
                for (const auto& [name, array] : value.arrays) {
                    if (array.type != ArrayType::Float32)
                        continue;
                    for (const float number : array.floats())
                        QVERIFY2(std::isfinite(number), qPrintable(method->info.id + name));
                }
            } catch (const Error& error) {
                QVERIFY2(error.message().endsWith(QLatin1Char('.')), qPrintable(error.message()));
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestAnalysisMethods)
#include "tst_analysismethods.moc"
