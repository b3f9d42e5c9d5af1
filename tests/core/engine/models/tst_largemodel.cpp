// A folder of full size (CLIP ViT-B/32, random weights): opened by mapping, copied when used.

#include "core/engine/models/Model.h"
#include "tests/core/engine/models/ModelCalls.h"
#include "tests/support/ClipFolder.h"

#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace triptych;

class TstLargeModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void openingCopiesNothing();
    void halfPrecisionIsWidenedOnce();

private:
    /// Bytes of memory of this process that are no file's.
    static qint64 ownMemory()
    {
        QFile file(QStringLiteral("/proc/self/status"));
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        for (const QByteArray& line : file.readAll().split('\n')) {
            if (line.startsWith("RssAnon:"))
                return line.mid(8).trimmed().split(' ').front().toLongLong() * 1024;
        }
        return 0;
    }
    static bool hasRoom(const QString& folder) { return QStorageInfo(folder).bytesAvailable() > 2'000'000'000; }
};

void TstLargeModel::openingCopiesNothing()
{
    QTemporaryDir folder;
    if (!hasRoom(folder.path()))
        QSKIP("the temporary folder has no room for 605 MB");
    writeClipFolder(folder.path());
    QVERIFY(QFileInfo(folder.filePath(QStringLiteral("model.safetensors"))).size() > 600'000'000);
    ModelStore store(QStringLiteral("cpu"), QString());
    const qint64 before = ownMemory();
    const auto model = store.open(folder.path());
    QCOMPARE(model->info()[QStringLiteral("parameters")].toInt(), 151'277'313); // as CLIP's card says: 151 M
    const qint64 grown = ownMemory() - before;
    QVERIFY2(grown < 30'000'000, qPrintable(QStringLiteral("%1 bytes").arg(grown)));
    QVERIFY(double(model->copiedBytes()) < 0.01 * double(model->weightBytes()));
}

void TstLargeModel::halfPrecisionIsWidenedOnce()
{
    QTemporaryDir folder;
    if (!hasRoom(folder.path()))
        QSKIP("the temporary folder has no room for 303 MB");
    writeClipFolder(folder.path(), true);
    ModelStore store(QStringLiteral("cpu"), QString());
    const qint64 before = ownMemory();
    const auto model = store.open(folder.path());
    const qint64 grown = ownMemory() - before;
    QCOMPARE(model->copiedBytes(), model->weightBytes());
    QVERIFY2(grown < qint64(1.1 * double(model->weightBytes())), qPrintable(QStringLiteral("%1 bytes").arg(grown)));
    QVERIFY(store.open(folder.path()) == model); // and not again
}

QTEST_MAIN(TstLargeModel)
#include "tst_largemodel.moc"
