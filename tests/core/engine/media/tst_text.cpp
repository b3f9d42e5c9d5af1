#include "core/engine/media/Media.h"
#include "core/jobs/Error.h"

#include <QJsonObject>
#include <QTest>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

Source pasted(const QByteArray& bytes)
{
    Source source;
    source.bytes = bytes;
    return source;
}

QString messageOf(const QByteArray& bytes)
{
    try {
        readText(pasted(bytes));
    } catch (const Error& error) {
        return error.message();
    }
    return {};
}

} // namespace

class tst_Text : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void utf8IsReadWithAndWithoutItsMark();
    void utf16IsReadByItsMark();
    void decomposedLettersAreJoined();
    void anotherEncodingIsToldWithAGuess();
    void zeroBytesAreNoText();
    void aTextWithoutAFileIsItself();
};

void tst_Text::utf8IsReadWithAndWithoutItsMark()
{
    const QString text = u"a dog, 狗, 🐶\nund mehr"_s;
    QCOMPARE(readText(pasted(text.toUtf8())), text);
    QCOMPARE(readText(pasted("\xEF\xBB\xBF" + text.toUtf8())), text);
}

void tst_Text::utf16IsReadByItsMark()
{
    QCOMPARE(readText(pasted(QByteArray("\xFF\xFE\x41\0\xD7\x72", 6))), u"A狗"_s);
    QCOMPARE(readText(pasted(QByteArray("\xFE\xFF\0\x41\x72\xD7", 6))), u"A狗"_s);
}

void tst_Text::decomposedLettersAreJoined()
{
    QCOMPARE(readText(pasted("e\xCC\x81")), QString(QChar(0xE9)));
}

void tst_Text::anotherEncodingIsToldWithAGuess()
{
    QVERIFY(messageOf("caf\xE9 cr\xE8me br\xFBl\xE9"
                      "e")
                .contains(u"ISO 8859-1"_s));
    QVERIFY(messageOf("it\x92s a dog").contains(u"Windows-1252"_s));
    QVERIFY(messageOf("\xB9\xB7\xBA\xCD\xC3\xA8").contains(u"GB 2312"_s)); // 狗和猫
    QVERIFY(messageOf(QByteArray("A\0 \0d\0o\0g\0", 10)).contains(u"UTF-16LE"_s));
    QVERIFY(messageOf("cut in a letter: \xE7\x8B").contains(u"UTF-8"_s));
}

void tst_Text::zeroBytesAreNoText()
{
    QVERIFY(messageOf(QByteArray("GIF\0\0\0x", 7)).contains(u"no text"_s));
    QVERIFY(messageOf(QByteArray("\xFF\xFE\x41\0\0\0\x42\0", 8)).contains(u"no text"_s));
    QVERIFY(messageOf(QByteArray("\xFF\xFE\x41\0\x42", 5)).contains(u"UTF-16"_s));
}

void tst_Text::aTextWithoutAFileIsItself()
{
    Source source;
    source.text = u"a red ball"_s;
    QCOMPARE(readText(source), u"a red ball"_s);
    QCOMPARE(describe(source, Modality::Text)[u"characters"_s].toInt(), 10);
}

QTEST_GUILESS_MAIN(tst_Text)
#include "tst_text.moc"
