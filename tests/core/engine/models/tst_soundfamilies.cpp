#include "tests/core/engine/models/OracleCase.h"

#include <QTest>

/// AST, wav2vec 2.0, Whisper and CLAP against Hugging Face's own outputs.
class TstSoundFamilies : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void outputsAgreeWithTransformers_data();
    void outputsAgreeWithTransformers();
};

void TstSoundFamilies::outputsAgreeWithTransformers_data()
{
    QTest::addColumn<QString>("folder");
    for (const char* family : { "ast", "wav2vec2", "whisper", "clap" }) {
        const QString name = QLatin1String(family);
        if (oracle::familyFolder(name).isEmpty())
            QSKIP("the shared oracles are not here");
        for (const QString& one : oracle::caseNames(name))
            QTest::newRow(qPrintable(name + u'/' + one)) << oracle::familyFolder(name) + u'/' + one;
    }
}

void TstSoundFamilies::outputsAgreeWithTransformers()
{
    QFETCH(QString, folder);
    QCOMPARE(oracle::differences(folder), QString());
}

QTEST_MAIN(TstSoundFamilies)
#include "tst_soundfamilies.moc"
