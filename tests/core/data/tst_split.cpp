#include "core/data/Split.h"
#include "core/jobs/Error.h"

#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

Sample sampleOf(int number, const QString& group)
{
    Sample sample;
    sample.id = u"s%1"_s.arg(number);
    sample.group = group;
    sample.sources[Modality::Text].text = u"caption %1"_s.arg(number);
    return sample;
}

Dataset numbered(int count)
{
    Dataset dataset;
    dataset.name = u"numbered"_s;
    for (int i = 0; i < count; ++i)
        dataset.samples.push_back(sampleOf(i, u"g%1"_s.arg(i / 2)));
    return dataset;
}

QString draw(const QTemporaryDir& folder, const QString& name, bool mirrored)
{
    QImage image(8, 4, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    image.setPixelColor(1, 1, Qt::red);
    image.setPixelColor(2, 3, Qt::blue);
    const QString path = folder.filePath(name);
    (mirrored ? image.mirrored(true, false) : image).save(path);
    return path;
}

} // namespace

class TestSplit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void groupsStayWhole();
    void theSameSeedGivesTheSameSplitInAnyOrder();
    void mirroredPicturesStayTogether();
    void leaksAreToldWithBothSamples();
    void aShareOutsideZeroToOneIsRefused();
};

void TestSplit::groupsStayWhole()
{
    Dataset dataset = numbered(100);
    splitByGroup(dataset, {.testShare = 0.2, .seed = 3});
    checkLeaks(dataset);
    int tests = 0;
    for (int i = 0; i < 100; i += 2) {
        QCOMPARE(dataset.samples[size_t(i)].split, dataset.samples[size_t(i) + 1].split);
        tests += dataset.samples[size_t(i)].split == u"test" ? 1 : 0;
    }
    QCOMPARE(tests, 10); // 20 % of 50 groups
}

void TestSplit::theSameSeedGivesTheSameSplitInAnyOrder()
{
    Dataset dataset = numbered(100);
    splitByGroup(dataset, {});
    Dataset turned = numbered(100);
    std::reverse(turned.samples.begin(), turned.samples.end());
    splitByGroup(turned, {});
    QCOMPARE(splitHash(turned), splitHash(dataset));
    // Fixed for ever: a saved result names its split by this hash.
    QCOMPARE(splitHash(dataset),
        QStringLiteral("2e57fab8d02f701041fc4b32de1b538e89f7329b50299c9c53993463c126ab91"));
}

void TestSplit::mirroredPicturesStayTogether()
{
    QTemporaryDir folder;
    Dataset dataset = numbered(40);
    for (Sample& sample : dataset.samples)
        sample.group = sample.id;
    dataset.samples[0].sources[Modality::Image].path = draw(folder, u"a.png"_s, false);
    dataset.samples[39].sources[Modality::Image].path = draw(folder, u"b.png"_s, true);
    for (quint64 seed = 0; seed < 20; ++seed) {
        splitByGroup(dataset, {.testShare = 0.5, .seed = seed});
        QCOMPARE(dataset.samples[0].split, dataset.samples[39].split);
    }
    dataset.samples[0].split = u"train"_s;
    dataset.samples[39].split = u"test"_s;
    QVERIFY_EXCEPTION_THROWN(checkLeaks(dataset), Error);
}

void TestSplit::leaksAreToldWithBothSamples()
{
    Dataset dataset = numbered(4);
    for (Sample& sample : dataset.samples)
        sample.split = u"train"_s;
    dataset.samples[1].split = u"test"_s;
    try {
        checkLeaks(dataset);
        QFAIL("s0 and s1 share a group");
    } catch (const Error& error) {
        QVERIFY(error.message().contains(u"\"s0\""_s) && error.message().contains(u"\"s1\""_s));
    }
    dataset.samples[1].group = u"own"_s;
    checkLeaks(dataset);
    dataset.samples[1].sources[Modality::Text].text = u" CAPTION  0"_s;
    QVERIFY_EXCEPTION_THROWN(checkLeaks(dataset), Error);
}

void TestSplit::aShareOutsideZeroToOneIsRefused()
{
    Dataset dataset = numbered(4);
    QVERIFY_EXCEPTION_THROWN(splitByGroup(dataset, {.testShare = 1.5}), Error);
    QVERIFY_EXCEPTION_THROWN(splitByGroup(dataset, {.testShare = qQNaN()}), Error);
}

QTEST_GUILESS_MAIN(TestSplit)
#include "tst_split.moc"
