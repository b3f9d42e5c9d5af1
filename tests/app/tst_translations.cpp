#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace {

    struct Message {
        QString context;
        QString source;
        QStringList translations; ///< one, or one a plural form
        bool finished = true;
    };

    Message readMessage(QXmlStreamReader& xml, const QString& context)
    {
        Message message { context, {}, {}, true };
        while (xml.readNextStartElement()) {
            if (xml.name() == u"source") {
                message.source = xml.readElementText();
            } else if (xml.name() == u"translation") {
                message.finished = !xml.attributes().hasAttribute(u"type"_s);
                QString text;
                while (!xml.atEnd() && !(xml.readNext() == QXmlStreamReader::EndElement && xml.name() == u"translation")) {
                    if (xml.isStartElement())
                        message.translations << xml.readElementText();
                    else if (xml.isCharacters())
                        text += xml.text();
                }
                if (message.translations.isEmpty())
                    message.translations << text;
            } else {
                xml.skipCurrentElement();
            }
        }
        return message;
    }

    QList<Message> readMessages(const QString& name)
    {
        QFile file(QDir(QStringLiteral(TRIPTYCH_SOURCE_DIR "/translations")).filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QXmlStreamReader xml(&file);
        QList<Message> messages;
        QString context;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            if (xml.name() == u"name")
                context = xml.readElementText();
            else if (xml.name() == u"message")
                messages << readMessage(xml, context);
        }
        return xml.hasError() ? QList<Message>() : messages;
    }

    /// The sorted %1, %L1 and %n of a text, and one & for a menu key.
    QStringList marksOf(const QString& text)
    {
        static const QRegularExpression mark(u"%L?\\d|%n|&(?=\\w)"_s);
        QStringList marks;
        for (auto found = mark.globalMatch(text); found.hasNext();)
            marks << found.next().captured();
        marks.sort();
        return marks;
    }

    /// The form for n, as the file has it: %n is filled in by QCoreApplication.
    QString said(const QTranslator& translator, const char* context, const QString& text, int n = -1)
    {
        return translator.translate(context, text.toUtf8().constData(), nullptr, n);
    }

}

class TestTranslations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_chinese.load(QStringLiteral(TRIPTYCH_QM_DIR "/triptych_zh_CN.qm")));
        QVERIFY(m_english.load(QStringLiteral(TRIPTYCH_QM_DIR "/triptych_en.qm")));
    }

    void everyTextIsTranslatedWithItsPlaceholders_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("Chinese") << u"triptych_zh_CN.ts"_s;
        QTest::newRow("English plurals") << u"triptych_en.ts"_s;
    }

    void everyTextIsTranslatedWithItsPlaceholders()
    {
        QFETCH(QString, file);
        const QList<Message> messages = readMessages(file);
        QVERIFY(messages.size() > 20);
        QStringList wrong;
        for (const Message& message : messages) {
            const QString name = message.context + u": "_s + message.source;
            if (!message.finished || message.translations.isEmpty())
                wrong << u"unfinished: "_s + name;
            for (const QString& translation : message.translations) {
                if (translation.trimmed().isEmpty())
                    wrong << u"empty: "_s + name;
                else if (marksOf(translation) != marksOf(message.source))
                    wrong << u"placeholders differ: "_s + name;
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void theCompiledFileAnswersInTheContextsOfTheRunningProgram()
    {
        QCOMPARE(said(m_chinese, "triptych::MainWindow", u"&File"_s), u"文件(&F)"_s);
        QCOMPARE(said(m_chinese, "Modality", u"Picture"_s), u"图像"_s);
        QCOMPARE(said(m_chinese, "models", u"%1 does not exist."_s), u"%1 不存在。"_s);
        QCOMPARE(said(m_chinese, "analysis", u"Forward pass"_s), u"前向传播"_s);
        QCOMPARE(said(m_chinese, "triptych::LibraryPanel", u"%n sample(s)"_s, 3), u"%n 个样本"_s);
    }

    void englishCountsInSingularAndPlural()
    {
        QCOMPARE(said(m_english, "triptych::LibraryPanel", u"%n sample(s)"_s, 1), u"%n sample"_s);
        QCOMPARE(said(m_english, "triptych::LibraryPanel", u"%n sample(s)"_s, 2), u"%n samples"_s);
    }

    void noContextIsTheNameOfAHelper()
    {
        for (const Message& message : readMessages(u"triptych_zh_CN.ts"_s))
            QVERIFY2(message.context != u"Tr" && message.context != u"triptych", qPrintable(message.source));
    }

    // What lupdate finds in the sources today is what the committed file has: a text added since is
    // missed by nobody.
    void everyTextOfTheSourcesIsInTheFile()
    {
        if (!QFile::exists(QStringLiteral(TRIPTYCH_LUPDATE)))
            QSKIP("lupdate is not installed");
        QTemporaryDir folder;
        QStringList sources;
        for (const QString& room : {u"app"_s, u"core"_s, u"widgets"_s, u"translations"_s}) {
            QDirIterator walk(QStringLiteral(TRIPTYCH_SOURCE_DIR "/") + room, {u"*.cpp"_s, u"*.h"_s}, QDir::Files,
                QDirIterator::Subdirectories);
            while (walk.hasNext())
                sources << walk.next();
        }
        QFile list(folder.filePath(u"sources.lst"_s));
        QVERIFY(list.open(QIODevice::WriteOnly));
        list.write(sources.join(u'\n').toUtf8());
        list.close();
        const QString fresh = folder.filePath(u"fresh_zh_CN.ts"_s);
        QProcess lupdate;
        lupdate.start(QStringLiteral(TRIPTYCH_LUPDATE), { u"-silent"_s, u"-locations"_s, u"none"_s, u"-I"_s,
            QStringLiteral(TRIPTYCH_SOURCE_DIR), u'@' + list.fileName(), u"-ts"_s, fresh });
        QVERIFY(lupdate.waitForFinished(120000));
        QVERIFY2(lupdate.exitCode() == 0, lupdate.readAllStandardError().constData());
        const auto keysOf = [](const QList<Message>& messages) {
            QSet<QString> keys;
            for (const Message& message : messages)
                keys << message.context + u": "_s + message.source;
            return keys;
        };
        const QSet<QString> found = keysOf(readMessages(fresh));
        const QSet<QString> kept = keysOf(readMessages(u"triptych_zh_CN.ts"_s));
        QVERIFY(found.size() > 500);
        QStringList missing = (found - kept).values();
        missing.sort();
        QVERIFY2(missing.isEmpty(), qPrintable(u"run the targets triptych_lupdate and triptych_app_lupdate, and translate:\n"_s
            + missing.join(u'\n')));
        QStringList stale = (kept - found).values();
        stale.sort();
        QVERIFY2(stale.isEmpty(), qPrintable(u"no source has these any more:\n"_s + stale.join(u'\n')));
    }

    void theMethodsOfTheEngineAreTranslated()
    {
        QProcess program;
        program.start(QStringLiteral(TRIPTYCH_BIN_DIR "/triptych"), { u"methods"_s, u"--json"_s });
        QVERIFY(program.waitForFinished());
        const QJsonArray methods = QJsonDocument::fromJson(program.readAllStandardOutput()).array();
        QVERIFY(!methods.isEmpty());
        QStringList missing;
        const auto check = [&](const char* context, const QString& text) {
            if (!text.isEmpty() && said(m_chinese, context, text).isEmpty())
                missing << QLatin1String(context) + u": "_s + text;
        };
        for (const QJsonValue& method : methods) {
            check("Method", method[u"title"].toString());
            for (const QJsonValue option : method[u"options"].toArray()) {
                check("Option", option[u"name"].toString());
                check("Option", option[u"about"].toString());
                for (const QJsonValue choice : option[u"choices"].toArray()) {
                    static const QRegularExpression digit(u"\\d"_s);
                    if (!choice.toString().contains(digit)) // else a size, or a layer's name: conv1, 4a
                        check("Option", choice.toString());
                }
            }
        }
        missing.removeDuplicates();
        QVERIFY2(missing.isEmpty(),
            qPrintable(u"add to translations/MethodTexts.h and triptych_zh_CN.ts:\n"_s + missing.join(u'\n')));
    }

private:
    QTranslator m_chinese;
    QTranslator m_english;
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
