#include "core/engine/models/Tokenizer.h"
#include "core/jobs/Error.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace triptych;

namespace {

QString oracles()
{
    return QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles");
}

QJsonObject json(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

QJsonArray array(const std::vector<qint64>& numbers)
{
    QJsonArray list;
    for (qint64 number : numbers)
        list.append(number);
    return list;
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

class TstTokenizer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void idsAreThoseOfPython_data();
    void idsAreThoseOfPython();
    void offsetsPointIntoTheText();
    void idsOfXlmRobertaStandBehindItsFourOwn();
    void padsAndCuts();
    void chineseCharactersStandApartWhenAsked();
    void brokenFilesAreRefused_data();
    void brokenFilesAreRefused();

private:
    std::shared_ptr<const Tokenizer> m_small;
};

void TstTokenizer::initTestCase()
{
    if (!QDir(oracles()).exists())
        QSKIP("the shared oracles are not here");
    m_small = Tokenizer::open(oracles() + QStringLiteral("/tokenizers/clip_small"));
}

void TstTokenizer::idsAreThoseOfPython_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("asJson"); // tokenizer.json alone, of a class that is not known
    const QStringList names = QDir(oracles() + QStringLiteral("/tokenizers")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& name : names) {
        QTest::newRow(qPrintable(name)) << name << false;
        if (QFile::exists(oracles() + QStringLiteral("/tokenizers/%1/tokenizer.json").arg(name)))
            QTest::newRow(qPrintable(name + QStringLiteral(" as tokenizer.json"))) << name << true;
    }
}

namespace {

/// A folder with a tokenizer.json and nothing that says whose it is.
void copyJson(const QString& from, const QString& to)
{
    QVERIFY(QFile::copy(from + QStringLiteral("/tokenizer.json"), to + QStringLiteral("/tokenizer.json")));
    QJsonObject config = json(from + QStringLiteral("/tokenizer_config.json"));
    config.insert(QStringLiteral("tokenizer_class"), QStringLiteral("SomeTokenizer"));
    write(to + QStringLiteral("/tokenizer_config.json"), QJsonDocument(config).toJson());
}

void compare(const Tokens& got, const QJsonObject& wanted)
{
    QCOMPARE(array(got.ids), wanted.value(QStringLiteral("input_ids")).toArray());
    if (wanted.value(QStringLiteral("attention_mask")).isArray())
        QCOMPARE(array(got.mask), wanted.value(QStringLiteral("attention_mask")).toArray());
    if (wanted.value(QStringLiteral("token_type_ids")).isArray())
        QCOMPARE(array(got.types), wanted.value(QStringLiteral("token_type_ids")).toArray());
}

} // namespace

// expected.json: transformers' Python tokenizers, see oracles/README.md.
void TstTokenizer::idsAreThoseOfPython()
{
    QFETCH(QString, name);
    QFETCH(bool, asJson);
    const QDir folder(oracles() + QStringLiteral("/tokenizers/") + name);
    const QJsonObject expected = json(folder.filePath(QStringLiteral("expected.json")));
    const QJsonObject call = expected.value(QStringLiteral("call")).toObject();
    QTemporaryDir copy;
    if (asJson)
        copyJson(folder.path(), copy.path());
    const auto tokenizer = Tokenizer::open(
        asJson ? copy.path() : folder.filePath(expected.value(QStringLiteral("vocab_dir")).toString()));
    TokenizeOptions fixed;
    fixed.padding = call.value(QStringLiteral("padding")) == QStringLiteral("max_length") ? Padding::MaxLength : Padding::None;
    fixed.maxLength = call.value(QStringLiteral("max_length")).toInt();
    TokenizeOptions whole;
    whole.padding = Padding::None;
    whole.truncation = false;
    const QJsonArray texts = expected.value(QStringLiteral("texts")).toArray();
    QVERIFY(texts.size() > 10);
    for (const QJsonValue& entry : texts) {
        const QJsonObject wanted = entry.toObject();
        const QString text = wanted.value(QStringLiteral("text")).toString();
        if (asJson && !wanted.value(QStringLiteral("js_fast_agrees")).toBool())
            continue; // tokenizer.json says something else there
        compare(tokenizer->encode({ text }, {}, fixed).front(), wanted);
        const Tokens all = tokenizer->encode({ text }, {}, whole).front();
        QCOMPARE(array(all.ids), wanted.value(QStringLiteral("ids_untruncated")).toArray());
        if (wanted.value(QStringLiteral("tokens")).isArray()) // left out for the longest texts
            QCOMPARE(QJsonArray::fromStringList(all.tokens), wanted.value(QStringLiteral("tokens")).toArray());
        // The fast decoders clean up by themselves, the Python ones do not.
        if (!asJson && wanted.contains(QStringLiteral("decoded_skip_special")))
            QCOMPARE(tokenizer->decode(all.ids), wanted.value(QStringLiteral("decoded_skip_special")).toString());
    }
    for (const QJsonValue& entry : expected.value(QStringLiteral("pairs")).toArray()) {
        const QJsonObject wanted = entry.toObject();
        const QStringList first { wanted.value(QStringLiteral("a")).toString() };
        const QStringList second { wanted.value(QStringLiteral("b")).toString() };
        compare(tokenizer->encode(first, second, fixed).front(), wanted);
        QCOMPARE(array(tokenizer->encode(first, second, whole).front().ids),
            wanted.value(QStringLiteral("ids_untruncated")).toArray());
    }
}

void TstTokenizer::offsetsPointIntoTheText()
{
    const QString text = QStringLiteral("A Cafe\u0301 \u4e00\u53ea\u732b!");
    const Tokens tokens = m_small->encode({ text }).front();
    const QByteArray bytes = text.toUtf8();
    QByteArray seen;
    qint64 last = 0;
    for (size_t i = 1; i + 1 < tokens.size(); ++i) {
        const auto [begin, end] = tokens.offsets[i];
        QVERIFY(begin < end && end <= bytes.size());
        if (begin >= last) {
            seen.append(bytes.mid(begin, end - begin));
            last = end;
        }
    }
    QCOMPARE(seen, QByteArray(bytes).replace(' ', ""));
}

// XLMRobertaTokenizer: <s> <pad> </s> <unk>, then the model's own from its second on, <mask> last.
void TstTokenizer::idsOfXlmRobertaStandBehindItsFourOwn()
{
    const QString model = oracles() + QStringLiteral("/tokenizers/siglip_spm/spiece.model");
    QTemporaryDir folders[2];
    for (QTemporaryDir& folder : folders)
        QVERIFY(QFile::copy(model, folder.filePath(QStringLiteral("spiece.model"))));
    write(folders[0].filePath(QStringLiteral("tokenizer_config.json")), R"({"tokenizer_class": "XLMRobertaTokenizer"})");
    write(folders[1].filePath(QStringLiteral("tokenizer_config.json")), R"({"tokenizer_class": "T5Tokenizer", "pad_token": "</s>"})");
    const auto xlm = Tokenizer::open(folders[0].path());
    const auto plain = Tokenizer::open(folders[1].path());
    const QString text = QStringLiteral("A  photo of \U0001F600");
    const Tokens tokens = xlm->encode({ text }).front();
    const Tokens own = plain->encode({ text }).front();
    std::vector<qint64> expected { 0 };
    for (const qint64 id : own.ids)
        expected.push_back(id == 2 ? 3 : id + 1); // its <unk> is 2
    QCOMPARE(expected.back(), 2);                 // its </s> is 1
    QCOMPARE(array(tokens.ids), array(expected));
    const QStringList one { QStringLiteral("a") };
    QCOMPARE(xlm->encode(one, one).front().size(), 2 * xlm->encode(one).front().size()); // <s> a </s></s> a </s>
    QCOMPARE(xlm->token(xlm->vocabularySize() - 1), QStringLiteral("<mask>"));
    QCOMPARE(tokens.offsets[tokens.size() - 2].second, text.toUtf8().size());
    QCOMPARE(plain->decode(plain->encode({ QStringLiteral("a photo of a cat") }).front().ids), QStringLiteral("a photo of a cat"));
}

void TstTokenizer::padsAndCuts()
{
    const QString text = QStringLiteral("a photo of a cat");
    TokenizeOptions options;
    options.maxLength = 4;
    const auto rows = m_small->encode({ text, QString() }, {}, options);
    QCOMPARE(rows[0].size(), size_t(4));
    QCOMPARE(rows[1].size(), size_t(4));
    QCOMPARE(array(rows[1].mask), (QJsonArray { 1, 1, 0, 0 }));
    QCOMPARE(rows[0].ids.back(), rows[1].ids[1]); // the end token survives the cut
    options.maxLength = 1;
    QVERIFY_EXCEPTION_THROWN(m_small->encode({ text }, {}, options), Error);
    QVERIFY_EXCEPTION_THROWN(m_small->encode({ text }, { text, text }), Error);
    const auto pair = m_small->encode({ QStringLiteral("a") }, { QStringLiteral("cat") }).front();
    QCOMPARE(pair.size(), size_t(6)); // start a end end cat end
}

void TstTokenizer::chineseCharactersStandApartWhenAsked()
{
    const QString small = oracles() + QStringLiteral("/tokenizers/clip_small/");
    const QString text = QStringLiteral("a\u4e00\u53ea 12");
    const auto joined = m_small->encode({ text }).front();
    QTemporaryDir folder;
    for (const char* name : { "vocab.json", "merges.txt" })
        QFile::copy(small + QLatin1String(name), folder.filePath(QLatin1String(name)));
    write(folder.filePath(QStringLiteral("tokenizer_config.json")),
        R"({"tokenizer_class": "CLIPTokenizer", "tokenize_chinese_chars": true})");
    const auto tokenizer = Tokenizer::open(folder.path());
    const auto apart = tokenizer->encode({ text }).front();
    const auto spaced = m_small->encode({ QStringLiteral("a \u4e00 \u53ea 12") }).front();
    QCOMPARE(array(apart.ids), array(spaced.ids));
    QVERIFY(array(apart.ids) != array(joined.ids));
}

void TstTokenizer::brokenFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("vocabulary");
    QTest::addColumn<QByteArray>("config");
    const QByteArray good = R"({"a</w>": 0, "<|startoftext|>": 1, "<|endoftext|>": 2})";
    const QByteArray clip = R"({"tokenizer_class": "CLIPTokenizer"})";
    QTest::newRow("vocabulary is no JSON") << QByteArray("{") << clip;
    QTest::newRow("ids are text") << QByteArray(R"({"a": "0"})") << clip;
    QTest::newRow("no end token") << QByteArray(R"({"a</w>": 0, "<|startoftext|>": 1})") << clip;
    QTest::newRow("unknown class") << good << QByteArray(R"({"tokenizer_class": "FrobTokenizer"})");
    QTest::newRow("config is no JSON") << good << QByteArray("[");
}

void TstTokenizer::brokenFilesAreRefused()
{
    QFETCH(QByteArray, vocabulary);
    QFETCH(QByteArray, config);
    QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("vocab.json")), vocabulary);
    write(folder.filePath(QStringLiteral("merges.txt")), "#version: 0.2\na b</w>\n");
    write(folder.filePath(QStringLiteral("tokenizer_config.json")), config);
    QVERIFY_EXCEPTION_THROWN(Tokenizer::open(folder.path()), Error);
}

QTEST_GUILESS_MAIN(TstTokenizer)
#include "tst_tokenizer.moc"
