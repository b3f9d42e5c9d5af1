#include "tests/core/engine/models/OracleCase.h"

#include <QTest>

/// CLIP against Hugging Face's own outputs.
class TstClip : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void outputsAgreeWithTransformers_data() { cases(); }
    void outputsAgreeWithTransformers();
    void tokensAgreeWithTransformers_data() { cases(); }
    void tokensAgreeWithTransformers();
    void picturesAgreeWithTransformers_data() { cases(); }
    void picturesAgreeWithTransformers();

private:
    static void cases();
};

void TstClip::cases()
{
    if (oracle::familyFolder(QStringLiteral("clip")).isEmpty())
        QSKIP("the shared oracles are not here");
    QTest::addColumn<QString>("folder");
    for (const QString& name : oracle::caseNames(QStringLiteral("clip")))
        QTest::newRow(qPrintable(name)) << oracle::familyFolder(QStringLiteral("clip")) + u'/' + name;
}

void TstClip::outputsAgreeWithTransformers()
{
    QFETCH(QString, folder);
    QCOMPARE(oracle::differences(folder), QString());
}

void TstClip::tokensAgreeWithTransformers()
{
    QFETCH(QString, folder);
    if (!oracle::caseJson(folder).contains(QStringLiteral("texts")))
        QSKIP("this case has no text");
    QCOMPARE(oracle::tokenDifferences(folder), QString());
}

void TstClip::picturesAgreeWithTransformers()
{
    QFETCH(QString, folder);
    QCOMPARE(oracle::signalDifferences(folder, QStringLiteral("pixel_values"), 1e-6), QString());
}

QTEST_MAIN(TstClip)
#include "tst_clip.moc"
