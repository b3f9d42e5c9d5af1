#include "core/engine/Method.h"
#include "core/engine/analysis/attention/Cross.h"
#include "core/engine/analysis/attention/CrossJoint.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/ModelMethods.h"
#include "core/jobs/Error.h"
#include "core/values/Npz.h"
#include "tests/core/engine/models/OracleCase.h"

#include <QJsonArray>
#include <QTest>
#include <cmath>
#include <numeric>

using namespace triptych;

namespace {

QString checkpoint(const char* name)
{
    const QString path = QLatin1String(name);
    const QString family = oracle::familyFolder(path.section(u'/', 0, 0));
    return family.isEmpty() ? family : family + u'/' + path.section(u'/', 1) + QStringLiteral("/checkpoint");
}

Inputs about(const char* picture, const QString& text = {})
{
    Sample sample;
    sample.id = QLatin1String(picture);
    sample.sources[Modality::Image].path
        = QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles/assets/images/") + QLatin1String(picture);
    if (!text.isEmpty())
        sample.sources[Modality::Text].text = text;
    Inputs inputs;
    inputs.samples = { sample };
    return inputs;
}

} // namespace

/// model.write, model.answer, attend.cross and attend.joint on small checkpoints.
class TstWriting : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aCaptionSaysWhereItsWordsLooked();
    void aPromptBeginsTheText();
    void anAnswerLooksThroughItsQuestion();
    void severalSamplesGiveALineEach();
    void answersHaveLabelsAndProbabilities();
    void wordsAndPatchesLookAtEachOther();
    void relevanceOfAnAnswerIsFinite();
    void oneWordHasAMapOfItsOwn();
    void regionsAreAskedForByName();
    void wrongInputsAreTold_data();
    void wrongInputsAreTold();

private:
    Value run(const QString& method, QJsonObject options, const char* model, const Inputs& inputs);

    ModelStore m_store { QStringLiteral("cpu"), QString() };
};

void TstWriting::initTestCase()
{
    if (checkpoint("blip/vqa").isEmpty())
        QSKIP("the shared oracles are not here");
}

Value TstWriting::run(const QString& id, QJsonObject options, const char* model, const Inputs& inputs)
{
    options[u"model"] = checkpoint(model);
    EngineContext context { m_store, {} };
    SilentProgress progress;
    std::vector<Method> known = modelMethods();
    known.push_back(crossAttentionMethod());
    known.push_back(jointAttentionMethod());
    for (const Method& method : known) {
        if (method.info.id == id)
            return method.run(context, completeOptions(method.info, options), inputs, progress);
    }
    qFatal("no such method");
}

void TstWriting::aCaptionSaysWhereItsWordsLooked()
{
    const Value value = run(QStringLiteral("model.write"), { { QStringLiteral("max_length"), 12 } }, "blip/captioning", about("photo.png"));
    const qint64 words = value.info.value(u"tokens").toArray().size();
    QVERIFY(words > 0);
    QVERIFY(!value.info.value(u"text").toString().isEmpty());
    QCOMPARE(value.array(QStringLiteral("cross")).shape, (QList<qint64> { words, 2, 4, 17 }));
    QCOMPARE(value.array(QStringLiteral("maps")).shape, (QList<qint64> { words, 2, 4, 16 }));
    QCOMPARE(value.info.value(u"grid").toArray(), (QJsonArray { 4, 4 }));
    QCOMPARE(value.info.value(u"probabilities").toArray().size(), words);
    for (const QJsonValue& one : value.info.value(u"probabilities").toArray())
        QVERIFY(one.toDouble() > 0 && one.toDouble() <= 1);
    // A row of attention sums to one; the class token's share is not on the map.
    const auto cross = value.array(QStringLiteral("cross")).floats();
    const auto maps = value.array(QStringLiteral("maps")).floats();
    for (qint64 row = 0; row < words * 8; ++row) {
        const double whole = std::accumulate(cross.begin() + row * 17, cross.begin() + row * 17 + 17, 0.0);
        const double cells = std::accumulate(maps.begin() + row * 16, maps.begin() + row * 16 + 16, 0.0);
        QVERIFY(std::abs(whole - 1) < 1e-5);
        QVERIFY(std::abs(cells + double(cross[size_t(row * 17)]) - 1) < 1e-5);
    }
}

void TstWriting::aPromptBeginsTheText()
{
    // The reference's ids after this prompt: case.json, greedy_with_prompt.
    const QString folder = checkpoint("blip/captioning").section(u'/', 0, -2);
    const QJsonArray expected = oracle::caseJson(folder)[u"generation"][u"greedy_with_prompt"][u"ids"][0].toArray();
    const Value value = run(QStringLiteral("model.write"),
        { { QStringLiteral("prompt"), QStringLiteral("a photo of") }, { QStringLiteral("max_length"), 14 } },
        "blip/captioning", about("photo.png"));
    QCOMPARE(value.info.value(u"ids").toArray(), expected);
    QCOMPARE(value.info.value(u"begin").toInt(), 4);
    QVERIFY2(value.info.value(u"text").toString().startsWith(QStringLiteral("a photo of")),
        qPrintable(value.info.value(u"text").toString()));
    QString said = QStringLiteral("a photo of");
    for (const QJsonValue& piece : value.info.value(u"tokens").toArray())
        said += piece.toString();
    QVERIFY2(said.startsWith(value.info.value(u"text").toString()), qPrintable(said));
}

void TstWriting::anAnswerLooksThroughItsQuestion()
{
    const Value value = run(QStringLiteral("model.write"),
        { { QStringLiteral("question"), QStringLiteral("what color is the umbrella?") }, { QStringLiteral("max_length"), 8 } },
        "blip/vqa", about("photo.png"));
    const qint64 asked = value.info.value(u"question_tokens").toArray().size();
    const qint64 words = value.info.value(u"tokens").toArray().size();
    QCOMPARE(value.array(QStringLiteral("cross")).shape, (QList<qint64> { words, 2, 4, asked }));
    QCOMPARE(value.array(QStringLiteral("question_cross")).shape, (QList<qint64> { 2, 4, asked, 17 }));
    QCOMPARE(value.array(QStringLiteral("maps")).shape, (QList<qint64> { words, 2, 4, 16 }));
    for (const float share : value.array(QStringLiteral("maps")).floats())
        QVERIFY(share >= 0 && share <= 1);
}

void TstWriting::severalSamplesGiveALineEach()
{
    Inputs inputs = about("photo.png");
    inputs.samples.push_back(about("portrait.png").samples.front());
    const Value value = run(QStringLiteral("model.write"), {}, "blip/captioning", inputs);
    const QJsonArray rows = value.info.value(u"rows").toArray();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[1][u"id"].toString(), QStringLiteral("portrait.png"));
    QVERIFY(!value.has(QStringLiteral("cross")));
}

void TstWriting::answersHaveLabelsAndProbabilities()
{
    const Value value = run(QStringLiteral("model.answer"),
        { { QStringLiteral("text"), QStringLiteral("what color is the umbrella?") }, { QStringLiteral("top"), 3 } },
        "vilt/vqa", about("photo.png"));
    const QJsonArray answers = value.info.value(u"answers").toArray();
    QCOMPARE(answers.size(), 3);
    const auto logits = value.array(QStringLiteral("logits")).floats();
    const auto best = std::max_element(logits.begin(), logits.end());
    QCOMPARE(answers[0][u"label"].toString(), QStringLiteral("class_%1").arg(best - logits.begin()));
    QVERIFY(std::abs(answers[0][u"probability"].toDouble() - 1 / (1 + std::exp(-double(*best)))) < 1e-6);
}

void TstWriting::wordsAndPatchesLookAtEachOther()
{
    const QJsonObject options { { QStringLiteral("text"), QStringLiteral("how many birds?") }, { QStringLiteral("query"), 2 } };
    const Value value = run(QStringLiteral("attend.joint"), options, "vilt/vqa", about("photo.png"));
    const QJsonArray segments = value.info.value(u"queries").toArray();
    QCOMPARE(segments.size(), 2);
    const qint64 words = segments[0][u"size"].toInt();
    const qint64 patches = segments[1][u"size"].toInt() - 1;
    QCOMPARE(segments[0][u"tokens"].toArray().size(), words);
    QCOMPARE(value.array(QStringLiteral("matrix")).shape, (QList<qint64> { words + patches + 1, words + patches + 1 }));
    QCOMPARE(value.array(QStringLiteral("text_to_image")).shape, (QList<qint64> { words, patches }));
    QCOMPARE(value.array(QStringLiteral("image_to_text")).shape, (QList<qint64> { patches, words }));
    const auto matrix = value.array(QStringLiteral("matrix")).floats();
    const auto block = value.array(QStringLiteral("text_to_image")).floats();
    const auto map = value.array(QStringLiteral("map")).floats();
    QCOMPARE(qint64(map.size()), patches);
    for (qint64 cell = 0; cell < patches; ++cell) {
        QCOMPARE(map[size_t(cell)], block[size_t(2 * patches + cell)]);
        QCOMPARE(map[size_t(cell)], matrix[size_t(2 * (words + patches + 1) + words + 1 + cell)]);
    }
}

void TstWriting::relevanceOfAnAnswerIsFinite()
{
    const QJsonObject options { { QStringLiteral("text"), QStringLiteral("how many birds?") },
        { QStringLiteral("weight"), QStringLiteral("relevance") } };
    const Value value = run(QStringLiteral("attend.joint"), options, "vilt/vqa", about("photo.png"));
    double all = 0;
    for (const float one : value.array(QStringLiteral("map")).floats()) {
        QVERIFY(std::isfinite(one) && one >= 0);
        all += double(one);
    }
    QVERIFY(all > 0);
    // Streams that are not one sequence say so.
    QVERIFY_EXCEPTION_THROWN(run(QStringLiteral("attend.joint"), options, "blip/vqa", about("photo.png")), Error);
    QJsonObject raw = options;
    raw[u"weight"] = QStringLiteral("none");
    const Value cross = run(QStringLiteral("attend.joint"), raw, "blip/vqa", about("photo.png"));
    QCOMPARE(cross.info.value(u"stream").toString(), QStringLiteral("cross_attentions"));
    QCOMPARE(cross.array(QStringLiteral("map")).shape, (QList<qint64> { 4, 4 }));
}

void TstWriting::oneWordHasAMapOfItsOwn()
{
    const QJsonObject same { { QStringLiteral("max_length"), 12 } };
    const Value all = run(QStringLiteral("model.write"), same, "blip/captioning", about("photo.png"));
    QJsonObject options = same;
    options[u"word"] = 2;
    options[u"layer"] = 1;
    options[u"head"] = 3;
    const Value one = run(QStringLiteral("attend.cross"), options, "blip/captioning", about("photo.png"));
    const auto maps = all.array(QStringLiteral("maps")).floats();
    const auto map = one.array(QStringLiteral("map")).floats();
    QCOMPARE(one.array(QStringLiteral("map")).shape, (QList<qint64> { 4, 4 }));
    for (size_t cell = 0; cell < map.size(); ++cell)
        QVERIFY(std::abs(map[cell] - maps[size_t(((2 * 2 + 1) * 4 + 3) * 16) + cell]) < 1e-6F);
    options[u"weight"] = QStringLiteral("gradient");
    double weighted = 0;
    const Value slopes = run(QStringLiteral("attend.cross"), options, "blip/captioning", about("photo.png"));
    for (const float cell : slopes.array(QStringLiteral("map")).floats())
        weighted += double(cell);
    QVERIFY(weighted > 0);
}

void TstWriting::regionsAreAskedForByName()
{
    const QJsonObject options { { QStringLiteral("text"), QStringLiteral("how many birds?") } };
    for (const char* model : { "lxmert/vqa", "visual_bert/vqa" }) {
        try {
            run(QStringLiteral("model.answer"), options, model, about("photo.png"));
            QFAIL("pixels were taken for regions");
        } catch (const Error& error) {
            QVERIFY2(error.message().contains(QStringLiteral("visual_")), qPrintable(error.message()));
        }
        // Given as a detector's result they are read.
        const QString folder = checkpoint(model).section(u'/', 0, -2);
        const Value all = readNpz(folder + QStringLiteral("/inputs.npz"));
        Inputs inputs = about("photo.png");
        auto regions = std::make_shared<Value>();
        for (const auto& [name, array] : all.arrays) {
            if (!name.startsWith(QStringLiteral("visual_")))
                continue;
            Array one = array;
            one.shape[0] = 1;
            one.bytes = array.bytes.left(array.bytes.size() / array.shape[0]);
            regions->arrays[name] = one;
        }
        inputs.values[QStringLiteral("inputs")] = regions;
        const Value value = run(QStringLiteral("model.answer"), options, model, inputs);
        QCOMPARE(value.info.value(u"answers").toArray().size(), 5);
        const Value attention = run(QStringLiteral("attend.joint"), options, model, inputs);
        const qint64 count = regions->arrays.begin()->second.shape[1];
        QCOMPARE(attention.array(QStringLiteral("map")).shape, (QList<qint64> { 1, count }));
    }
}

void TstWriting::wrongInputsAreTold_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QJsonObject>("options");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* method, const char* model, const QJsonObject& options, const char* says) {
        QTest::newRow(name) << QString(QLatin1String(method)) << QString(QLatin1String(model)) << options << QString(QLatin1String(says));
    };
    row("no question", "model.write", "blip/vqa", {}, "question");
    row("a model that does not write", "model.write", "vilt/vqa", {}, "writes no text");
    row("a model that reads no two together", "model.answer", "vit/classification", {}, "side by side");
    row("a model that answers in words", "model.answer", "blip/vqa", { { QStringLiteral("text"), QStringLiteral("why?") } }, "model.write");
    row("no text to match", "model.answer", "vilt/vqa", {}, "text");
    row("no such word", "attend.cross", "blip/captioning", { { QStringLiteral("word"), 99 } }, "word");
    row("no such layer", "attend.cross", "blip/captioning", { { QStringLiteral("layer"), 99 } }, "layer");
    row("no such head", "attend.joint", "vilt/vqa",
        { { QStringLiteral("text"), QStringLiteral("why?") }, { QStringLiteral("head"), 99 } }, "head");
    row("no such stream", "attend.joint", "vilt/vqa",
        { { QStringLiteral("text"), QStringLiteral("why?") }, { QStringLiteral("stream"), QStringLiteral("x") } }, "attentions");
    row("no room after the prompt", "model.write", "blip/captioning",
        { { QStringLiteral("prompt"), QStringLiteral("a photo of a cat") }, { QStringLiteral("max_length"), 3 } }, "prompt");
}

void TstWriting::wrongInputsAreTold()
{
    QFETCH(QString, method);
    QFETCH(QString, model);
    QFETCH(QJsonObject, options);
    QFETCH(QString, says);
    try {
        run(method, options, qPrintable(model), about("photo.png"));
        QFAIL("nothing was said");
    } catch (const Error& error) {
        QVERIFY2(error.message().contains(says), qPrintable(error.message()));
    }
}

QTEST_MAIN(TstWriting)
#include "tst_writing.moc"
