#include "Digits.h"

#include "core/engine/representation/joint/JointShow.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace triptych;
using namespace triptych::representation;

namespace {

QJsonObject options(const QString& modalities, const QJsonObject& more = {})
{
    QJsonObject given { { QStringLiteral("modalities"), modalities }, { QStringLiteral("side"), 8 },
        { QStringLiteral("min_df"), 1 } };
    for (auto it = more.begin(); it != more.end(); ++it)
        given[it.key()] = it.value();
    return completeOptions(methodOf(QStringLiteral("train.mvae")).info, given);
}

JointSet setOf(const std::vector<Sample>& samples, const QString& modalities, const QJsonObject& more = {})
{
    SilentProgress progress;
    return jointSetOf(samples, options(modalities, more), progress);
}

JointValues read(const JointFormat& format, const std::vector<Sample>& samples)
{
    SilentProgress progress;
    return format.read(samples, progress);
}

/// Captions of the same labels as the stripes, of another data set.
std::vector<Sample> captions(int count)
{
    std::vector<Sample> samples;
    for (int i = 0; i < count; ++i) {
        Sample sample;
        sample.id = QStringLiteral("caption%1").arg(i);
        sample.label = QString::number(i % 4);
        sample.split = i % 5 ? QStringLiteral("train") : QStringLiteral("test");
        sample.sources[Modality::Text].text = QStringLiteral("row row number%1").arg(i % 4);
        samples.push_back(sample);
    }
    return samples;
}

std::vector<Sample> together(std::vector<Sample> a, const std::vector<Sample>& b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

double largest(const at::Tensor& values) { return values.abs().max().item<double>(); }

} // namespace

class TstJointData : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void completeSamplesAreUsedAsTheyAre();
    void pairsAreMadeByLabelInsideEachSide();
    void theSeedMakesThePairs();
    void theFormatComesBackFromItsFacts();
    void halvesJoinToThePicture();
    void whatIsUnknownIsMissing();
    void textsAreCountedAndTheirSharesShown();
    void soundsArePatchesStandardisedByTheTrainingRows();
    void picturesComeBackAsTheyWere();
    void aNewSplitServesSamplesThatAreAllOnOneSide();
    void whatCannotBeReadIsTold();
};

void TstJointData::completeSamplesAreUsedAsTheyAre()
{
    std::vector<Sample> samples = stripes(40);
    samples[7].label.clear(); // incomplete: left out
    const JointSet set = setOf(samples, QStringLiteral("image, label"));
    QVERIFY(!set.pairsMade);
    QCOMPARE(set.samples.size(), size_t(39));
    QCOMPARE(set.rows.train.size() + set.rows.validation.size(), size_t(31));
    QCOMPARE(set.rows.test.size(), size_t(8));
    QCOMPARE(set.values.values[0].sizes(), at::IntArrayRef({ 39, 64 }));
    QCOMPARE(set.values.values[1].sizes(), at::IntArrayRef({ 39, 4 }));
    QVERIFY(set.values.present.all().item<bool>());
    QCOMPARE(set.format.modalities()[1].words, QStringList({ QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3") }));
    QCOMPARE(largest(set.values.values[1].sum(1) - 1), 0.0);
}

void TstJointData::pairsAreMadeByLabelInsideEachSide()
{
    const std::vector<Sample> all = together(stripes(100), captions(200));
    QHash<QString, const Sample*> byId;
    for (const Sample& sample : all)
        byId[sample.id] = &sample;
    const JointSet set = setOf(all, QStringLiteral("image,text"));
    QVERIFY(set.pairsMade);
    QCOMPARE(set.samples.size(), size_t(200)); // every caption once
    QHash<QString, QString> side;
    QSet<QString> firsts;
    const auto check = [&](const std::vector<int64_t>& rows, const QString& name, const QString& split) {
        for (const int64_t row : rows) {
            const Sample& pair = set.samples[size_t(row)];
            for (const QString& id : pair.id.split(u'+')) {
                QCOMPARE(byId[id]->label, pair.label);
                QCOMPARE(byId[id]->split, split);
                QCOMPARE(side.value(id, name), name); // neither part is on two sides
                side[id] = name;
            }
            firsts.insert(pair.id.section(u'+', 0, 0));
        }
    };
    check(set.rows.train, QStringLiteral("train"), QStringLiteral("train"));
    check(set.rows.validation, QStringLiteral("validation"), QStringLiteral("train"));
    check(set.rows.test, QStringLiteral("test"), QStringLiteral("test"));
    QCOMPARE(set.rows.test.size(), size_t(40));
    QVERIFY(!set.rows.validation.empty());
    QCOMPARE(firsts.size(), 200);
}

void TstJointData::theSeedMakesThePairs()
{
    const std::vector<Sample> all = together(stripes(60), captions(40));
    const auto ids = [&](int seed) {
        QStringList list;
        for (const Sample& sample : setOf(all, QStringLiteral("image,text"), { { QStringLiteral("seed"), seed } }).samples)
            list.append(sample.id);
        return list;
    };
    QCOMPARE(ids(1), ids(1));
    QVERIFY(ids(1) != ids(2));
}

void TstJointData::theFormatComesBackFromItsFacts()
{
    std::vector<Sample> samples = stripes(40);
    for (size_t i = 0; i < samples.size(); ++i)
        samples[i].sources[Modality::Text].text = captions(40)[i].sources[Modality::Text].text;
    const JointSet set = setOf(samples, QStringLiteral("text,image,label"), { { QStringLiteral("colour"), true } });
    const QByteArray kept = QJsonDocument(set.format.toJson()).toJson();
    const JointFormat back = JointFormat::fromJson(QJsonDocument::fromJson(kept).object());
    const JointValues again = read(back, set.samples);
    for (size_t m = 0; m < 3; ++m) {
        QVERIFY(again.values[m].equal(set.values.values[m]));
        QCOMPARE(back.modalities()[m].name, set.format.modalities()[m].name);
        QCOMPARE(back.modalities()[m].shape, set.format.modalities()[m].shape);
        QCOMPARE(back.modalities()[m].words, set.format.modalities()[m].words);
    }
    QCOMPARE(back.modalities()[1].shape, std::vector<int64_t>({ 3, 8, 8 }));
    QVERIFY_EXCEPTION_THROWN(JointFormat::fromJson({}), Error);
}

void TstJointData::halvesJoinToThePicture()
{
    const JointSet halves = setOf(stripes(10), QStringLiteral("left,right,image"), { { QStringLiteral("side"), 9 } });
    const at::Tensor left = halves.values.values[0].view({ 10, 9, 4 }), right = halves.values.values[1].view({ 10, 9, 5 });
    QVERIFY(at::cat({ left, right }, 2).equal(halves.values.values[2].view({ 10, 9, 9 })));
}

void TstJointData::whatIsUnknownIsMissing()
{
    std::vector<Sample> samples = together(stripes(40), captions(40));
    const JointFormat format = setOf(samples, QStringLiteral("image,text,label")).format;
    Sample strange = samples.front();
    strange.label = QStringLiteral("never seen");
    strange.sources[Modality::Text].text = QStringLiteral("nothing known");
    const JointValues values = read(format, { strange, samples.back() });
    const auto has = [&](int row, int modality) { return values.present[row][modality].item<bool>(); };
    QVERIFY(has(0, 0) && !has(0, 1) && !has(0, 2));
    QVERIFY(!has(1, 0) && has(1, 1) && has(1, 2));
    QCOMPARE(largest(values.values[0][1]), 0.0);
}

void TstJointData::textsAreCountedAndTheirSharesShown()
{
    const JointSet set = setOf(together(stripes(40), captions(40)), QStringLiteral("text,image"));
    const JointModality& text = set.format.modalities()[0];
    const qsizetype row = text.words.indexOf(QStringLiteral("row"));
    QVERIFY(row >= 0);
    QCOMPARE(largest(set.values.values[0].select(1, row) - 2), 0.0); // "row row number2"
    Steps steps;
    showRow(steps, set.format, 0, set.values.values[0][0], "t");
    Value value;
    steps.writeTo(value);
    QCOMPARE(value.info[u"steps"][0][u"labels"][0].toString(), QStringLiteral("row")); // the most frequent first
    QCOMPARE(value.array(QStringLiteral("step.0")).floats()[0], 2.F);
}

void TstJointData::soundsArePatchesStandardisedByTheTrainingRows()
{
    const QString folder = QStringLiteral(TRIPTYCH_SHARED_DIR "/data/fsdd");
    if (!QFileInfo::exists(folder))
        QSKIP("../shared/data/fsdd is not there");
    std::vector<Sample> sounds;
    for (const Sample& sample : openDataset(folder).samples) {
        if (sample.columns[u"index"].toInt() < 10 && sample.columns[u"speaker"].toString() == u"jackson")
            sounds.push_back(sample);
    }
    const JointSet set = setOf(sounds, QStringLiteral("audio,label"), { { QStringLiteral("frames"), 20 }, { QStringLiteral("mels"), 24 } });
    const at::Tensor training = set.values.at(set.rows.train).values[0];
    QCOMPARE(training.size(1), 480);
    QVERIFY(std::abs(training.mean().item<double>()) < 1e-4);
    QVERIFY(std::abs(training.std(false).item<double>() - 1) < 1e-4);
    QVERIFY(set.format.sound().seconds > 0.3 && set.format.sound().seconds < 1.2);
    const at::Tensor back = decibelsBack(set.format.modalities()[0], set.format.sound(), set.values.values[0]);
    QCOMPARE(back.sizes(), at::IntArrayRef({ int64_t(set.samples.size()), 24, 20 }));
    QVERIFY(back.max().item<double>() <= 0 && back.min().item<double>() >= -60.001);
    // Loudness does not matter: everything is measured from the loudest cell.
    QVERIFY(back.amax({ 1, 2 }).min().item<double>() > -12);
}

void TstJointData::picturesComeBackAsTheyWere()
{
    const JointSet set = setOf(stripes(10), QStringLiteral("image,label"));
    const at::Tensor pictures = picturesBack(set.format.modalities()[0], set.values.values[0]);
    QCOMPARE(pictures.sizes(), at::IntArrayRef({ 10, 8, 8, 3 }));
    QImage first;
    first.loadFromData(stripes(10)[0].sources[Modality::Image].bytes);
    for (int y = 0; y < 8; ++y)
        for (int x = 0; x < 8; ++x)
            QVERIFY(std::abs(pictures[0][y][x][1].item<int>() - qGray(first.pixel(x, y))) <= 1);
}

void TstJointData::aNewSplitServesSamplesThatAreAllOnOneSide()
{
    std::vector<Sample> samples = stripes(40);
    for (Sample& sample : samples)
        sample.split = QStringLiteral("test");
    QVERIFY_EXCEPTION_THROWN(setOf(samples, QStringLiteral("image,label")), Error);
    const JointSet set = setOf(samples, QStringLiteral("image,label"), { { QStringLiteral("split"), QStringLiteral("new") } });
    QCOMPARE(set.rows.test.size(), size_t(8));
}

void TstJointData::whatCannotBeReadIsTold()
{
    for (const char* wrong : { "", "image", "image,image", "image,smell", "audio,image", "text,label" })
        QVERIFY_EXCEPTION_THROWN(setOf(stripes(20), QLatin1String(wrong)), Error);
    QVERIFY_EXCEPTION_THROWN(setOf({}, QStringLiteral("image,label")), Error);
    std::vector<Sample> broken = stripes(20);
    broken[3].sources[Modality::Image].bytes = QByteArray("no picture");
    QVERIFY_EXCEPTION_THROWN(setOf(broken, QStringLiteral("image,label")), Error);
    std::vector<Sample> alike = stripes(20);
    for (Sample& sample : alike)
        sample.label = QStringLiteral("one");
    QVERIFY_EXCEPTION_THROWN(setOf(alike, QStringLiteral("image,label")), Error);
}

QTEST_GUILESS_MAIN(TstJointData)
#include "tst_jointdata.moc"
