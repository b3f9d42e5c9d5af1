#include "core/engine/models/tokenizers/SentencePieceFile.h"
#include "core/jobs/Error.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>
#include <QTest>

using namespace triptych;

/// SentencePiece models of kind BPE against libsentencepiece's own ids (data/sentencepiece_golden.json
/// says how they were made).
class TstSentencePairs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void idsEqualSentencePiece_data();
    void idsEqualSentencePiece();
    void aTokenOfAMegabyteIsRefused();
};

void TstSentencePairs::idsEqualSentencePiece_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QJsonArray>("ids");
    QFile file(QStringLiteral(TRIPTYCH_SOURCE_DIR "/tests/core/engine/models/data/sentencepiece_golden.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject golden = QJsonDocument::fromJson(file.readAll()).object();
    for (const QString& model : { QStringLiteral("sentencepiece_bytes"), QStringLiteral("sentencepiece_pairs") }) {
        for (const QJsonValue& row : golden[model].toArray()) {
            const QString text = row[u"text"].toString();
            QTest::newRow(qPrintable(model + QStringLiteral(": ") + text)) << model << text << row[u"ids"].toArray();
        }
    }
}

void TstSentencePairs::idsEqualSentencePiece()
{
    QFETCH(QString, model);
    QFETCH(QString, text);
    QFETCH(QJsonArray, ids);
    const SentencePieceFile file(
        QStringLiteral(TRIPTYCH_SOURCE_DIR "/tests/core/engine/models/data/%1.model").arg(model));
    TextPieces pieces;
    if (const TracedText normal = file.normalized(trace(text), true); !normal.empty())
        file.model().split(normal, pieces);
    QJsonArray ours;
    for (const TextPiece& piece : pieces)
        ours.append(piece.id);
    QCOMPARE(ours, ids);
}

namespace {

/// A field of bytes in protocol buffers: number, length, bytes.
QByteArray field(int number, const QByteArray& bytes)
{
    QByteArray made(1, char(number << 3 | 2));
    quint64 length = quint64(bytes.size());
    for (; length >= 128; length >>= 7)
        made.append(char(length | 128));
    return made + char(length) + bytes;
}

} // namespace

// Every cut of every token is looked up: such a file would keep the program busy for minutes.
void TstSentencePairs::aTokenOfAMegabyteIsRefused()
{
    QFile model(QStringLiteral(TRIPTYCH_SOURCE_DIR "/tests/core/engine/models/data/sentencepiece_pairs.model"));
    QVERIFY(model.open(QIODevice::ReadOnly));
    QTemporaryFile hostile;
    QVERIFY(hostile.open());
    hostile.write(model.readAll() + field(1, field(1, QByteArray(1 << 20, 'a'))));
    hostile.close();
    QVERIFY_EXCEPTION_THROWN(SentencePieceFile(hostile.fileName()), Error);
}

QTEST_GUILESS_MAIN(TstSentencePairs)
#include "tst_sentencepairs.moc"
