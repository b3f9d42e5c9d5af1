#include "core/data/Cldr.h"
#include "core/data/Emoji.h"
#include "core/data/Languages.h"
#include "core/data/Split.h"
#include "core/data/Stamps.h"
#include "core/jobs/Error.h"

#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

const Sample* find(const Dataset& dataset, const QString& id)
{
    for (const Sample& sample : dataset.samples)
        if (sample.id == id)
            return &sample;
    return nullptr;
}

} // namespace

class TestBuiltIn : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stampsHoldWhatThePackageHolds();
    void stampsAreSplitWithoutALeak();
    void aMissingPackageIsNamed();
    void emojiHoldNamesInManyLanguages();
    void localesBecomeOneSpelling();
};

void TestBuiltIn::stampsHoldWhatThePackageHolds()
{
    if (!stampsAvailable())
        QSKIP("tuxpaint-stamps-default is not installed");
    const Dataset stamps = loadStamps();
    // tuxpaint-stamps-default 2022.06.04-1: 952 captions, gift and gift2 have no picture
    QCOMPARE(stamps.size(), 950);
    QCOMPARE(stamps.classNames().size(), 16);
    qsizetype spoken = 0;
    for (const Sample& sample : stamps.samples)
        spoken += sample.has(Modality::Audio) ? 1 : 0;
    QVERIFY2(spoken >= 925 && spoken <= 928, qPrintable(QString::number(spoken)));
    const Sample* duck = find(stamps, u"animals/birds/duck"_s);
    QVERIFY(duck);
    QCOMPARE(duck->label, u"animals"_s);
    QCOMPARE(duck->group, u"a duck."_s);
    QCOMPARE(duck->title(), u"A duck."_s);
    const QJsonObject captions = duck->columns[u"captions"_s].toObject();
    QCOMPARE(captions[u"fr"_s].toString(), u"Un canard."_s);
    QCOMPARE(captions[u"zh"_s].toString(), u"鸭子。"_s);
    QVERIFY(QFile::exists(duck->sources.at(Modality::Audio).path));
    QCOMPARE(duck->sources.at(Modality::Audio).language, u"fr"_s);
    QVERIFY(duck->columns[u"speech"_s].toObject().size() >= 8);
    QCOMPARE(sampleFromJson(toJson(*duck)), *duck);
}

void TestBuiltIn::stampsAreSplitWithoutALeak()
{
    if (!stampsAvailable())
        QSKIP("tuxpaint-stamps-default is not installed");
    Dataset stamps = loadStamps();
    checkLeaks(stamps);
    const auto tests = std::count_if(stamps.samples.begin(), stamps.samples.end(),
        [](const Sample& sample) { return sample.split == u"test"; });
    QVERIFY2(tests > 140 && tests < 240, qPrintable(QString::number(tests)));
    const QString hash = splitHash(stamps);
    QCOMPARE(splitHash(loadStamps()), hash);
    splitByGroup(stamps, {.testShare = 0.2, .seed = 1});
    QVERIFY(splitHash(stamps) != hash);
}

void TestBuiltIn::aMissingPackageIsNamed()
{
    QTemporaryDir folder;
    try {
        loadStampsFrom(folder.path());
        QFAIL("an empty folder has no stamps");
    } catch (const Error& error) {
        QVERIFY(error.message().contains(u"tuxpaint-stamps-default"_s));
    }
}

void TestBuiltIn::emojiHoldNamesInManyLanguages()
{
    if (!emojiAvailable())
        QSKIP("the emoji packages are not installed");
    const Dataset emoji = loadEmoji();
    QCOMPARE(emoji.size(), 1870); // unicode-data 15, fully-qualified without skin tones
    const Sample* monkey = find(emoji, u"emoji/1f435"_s);
    QVERIFY(monkey);
    QCOMPARE(monkey->sources.at(Modality::Image).path, u"emoji:1f435"_s);
    QCOMPARE(monkey->sources.at(Modality::Text).text, u"monkey face"_s);
    QCOMPARE(monkey->sources.at(Modality::Audio).path, u"speech:en:monkey face"_s);
    QVERIFY(monkey->sources.at(Modality::Audio).synthetic);
    QCOMPARE(monkey->label, u"Animals & Nature"_s);
    const QJsonObject captions = monkey->columns[u"captions"_s].toObject();
    QCOMPARE(captions[u"fr"_s].toString(), u"tête de singe"_s);
    for (const QString& language : {u"zh"_s, u"de"_s, u"es"_s, u"it"_s, u"pt"_s, u"ru"_s, u"ja"_s,
             u"ko"_s, u"ar"_s, u"zh-Hant"_s})
        QVERIFY2(captions.contains(language), qPrintable(language));
    QVERIFY(monkey->columns[u"keywords"_s].toObject()[u"fr"_s].toArray().contains(u"animal"_s));
    // a joined one: its name comes from the derived annotations
    const Sample* runner = find(emoji, u"emoji/1f3c3-200d-2640-fe0f"_s);
    QVERIFY(runner);
    QVERIFY(!runner->columns[u"captions"_s].toObject()[u"fr"_s].toString().isEmpty());
}

void TestBuiltIn::localesBecomeOneSpelling()
{
    QCOMPARE(languageTag(u"zh_CN"_s), u"zh"_s);
    QCOMPARE(languageTag(u"zh_Hant"_s), u"zh-Hant"_s);
    QCOMPARE(languageTag(u"zh_TW"_s), u"zh-Hant"_s);
    QCOMPARE(languageTag(u"pt_BR"_s), u"pt-BR"_s);
    QCOMPARE(languageTag(u"sr@latin"_s), u"sr-Latn"_s);
    QCOMPARE(languageTag(u"no"_s), u"nb"_s);
}

QTEST_GUILESS_MAIN(TestBuiltIn)
#include "tst_builtin.moc"
