#include "core/jobs/Error.h"
#include "tests/core/engine/models/TokenizerOf.h"

using namespace triptych;

/// A damaged or hostile tokenizer is refused with the place and the reason.
class TstTokenizerErrors : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void damagedFilesAreRefusedWithTheReason_data();
    void damagedFilesAreRefusedWithTheReason();
    void damagedPlainFilesAreRefused_data();
    void damagedPlainFilesAreRefused();
    void damagedSentencePieceModelsNeverCrash();
    void aLongWordIsNoTrap();
    void anExpressionIsNoTrap();
    void rulesThatDoubleATextAreNoTrap_data();
    void rulesThatDoubleATextAreNoTrap();
};

void TstTokenizerErrors::damagedFilesAreRefusedWithTheReason_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QByteArray& json, const char* says) {
        QTest::newRow(name) << json << QString::fromLatin1(says);
    };
    const auto model = [](const char* text) { return QByteArray("{\"model\": ") + text + "}"; };
    const auto with = [](const QByteArray& part) {
        return QByteArray(R"({"model": {"type": "WordLevel", "unk_token": "a", "vocab": {"a": 0}}, )") + part + "}";
    };
    row("no JSON", "{", "tokenizer.json is no JSON object");
    row("a list", "[]", "tokenizer.json is no JSON object");
    row("no model", "{}", "\"model\" must be an object");
    row("deep JSON", QByteArray(100000, '[') + QByteArray(100000, ']'), "no JSON object");
    row("deep normalizers", with(R"("normalizer": )" + QByteArray(R"({"type": "Sequence", "normalizers": [)").repeated(200)
            + R"({"type": "NFC"})" + QByteArray("]}").repeated(200)), "nested too deep");
    row("unknown model", model(R"({"type": "Frob", "vocab": {"a": 0}})"), "the model \"Frob\" is not known");
    row("empty vocabulary", model(R"({"type": "BPE", "vocab": {}, "merges": []})"), "holds no tokens");
    row("ids are text", model(R"({"type": "BPE", "vocab": {"a": "0"}, "merges": []})"), "the token a has no id");
    row("negative id", model(R"({"type": "WordLevel", "vocab": {"a": -1}})"), "the token a has no id");
    row("vocab is a number", model(R"({"type": "WordPiece", "vocab": 3})"), "\"vocab\" must be an object");
    row("merge of one", model(R"({"type": "BPE", "vocab": {"a": 0}, "merges": ["a"]})"), "no pair of tokens");
    row("merge is a number", model(R"({"type": "BPE", "vocab": {"a": 0}, "merges": [7]})"), "no pair of tokens");
    row("merge of a hole", model(R"({"type": "BPE", "vocab": {"a": 0, "b": 1}, "merges": ["a b"]})"), "merge 1 needs the token ab");
    row("merges missing", model(R"({"type": "BPE", "vocab": {"a": 0}})"), "\"merges\" must be a list");
    row("no unknown token", model(R"({"type": "WordPiece", "vocab": {"a": 0}})"), "no [UNK]");
    row("unk_id outside", model(R"({"type": "Unigram", "unk_id": 5, "vocab": [["a", 0]]})"), "unk_id 5 is none");
    row("score is text", model(R"({"type": "Unigram", "unk_id": 0, "vocab": [["a", "b"]]})"), "no pair of a token and its score");
    row("unknown normalizer", with(R"("normalizer": {"type": "Frob"})"), "the normalizer \"Frob\" is not known");
    row("normalizer is text", with(R"("normalizer": "NFC")"), "\"normalizer\" must be an object");
    row("unknown pre_tokenizer", with(R"("pre_tokenizer": {"type": "Frob"})"), "the pre_tokenizer \"Frob\" is not known");
    row("bad expression", with(R"("pre_tokenizer": {"type": "Split", "pattern": {"Regex": "("}, "behavior": "Removed"})"),
        "the expression ( cannot be read");
    row("unknown behavior", with(R"("pre_tokenizer": {"type": "Punctuation", "behavior": "Frob"})"), "\"Frob\" is not known");
    row("unknown post_processor", with(R"("post_processor": {"type": "Frob"})"), "the post_processor \"Frob\" is not known");
    row("template without token", with(R"("post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "X"}}],
        "pair": [], "special_tokens": {}})"), "uses X");
    row("template of a number", with(R"("post_processor": {"type": "TemplateProcessing", "single": [3], "pair": []})"),
        "must be an object");
    row("unknown decoder", with(R"("decoder": {"type": "Frob"})"), "the decoder \"Frob\" is not known");
    row("added token without id", with(R"("added_tokens": [{"content": "x"}])"), "the added token x has no id");
    row("added token with an id beyond all", with(R"("added_tokens": [{"content": "x", "id": 9223372036854775807}])"), "the added token x has no id");
    const QByteArray longer = R"({"type": "Replace", "pattern": {"String": "a"}, "content": ")" + QByteArray(400'000, 'b') + "\"}";
    QByteArray tokens;
    for (int i = 0; i < 10; ++i)
        tokens += (i > 0 ? ", " : "") + QByteArray(R"({"id": 1, "content": ")") + QByteArray::number(i) + "a\"}";
    row("added tokens that grow", with(QByteArray(R"("normalizer": )" + longer + R"(, "added_tokens": [)" + tokens + "]")), "more than");
    row("added token is text", with(R"("added_tokens": ["x"])"), "must be an object");
    row("damaged charsmap", with(R"("normalizer": {"type": "Precompiled", "precompiled_charsmap": "/////w=="})"), "damaged");
    row("flag is text", with(R"("pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": "yes"})"), "must be true or false");
}

void TstTokenizerErrors::damagedFilesAreRefusedWithTheReason()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, says);
    try {
        tokenizerof::json(json);
    } catch (const Error& error) {
        QVERIFY2(error.message().contains(says), qPrintable(error.message()));
        return;
    }
    QFAIL("it opened");
}

void TstTokenizerErrors::damagedPlainFilesAreRefused_data()
{
    QTest::addColumn<QStringList>("files"); // name, content, name, content …
    QTest::addColumn<QString>("says");
    const QString vocabulary = QStringLiteral("vocab.json");
    const QString merges = QStringLiteral("merges.txt");
    QTest::newRow("vocab.txt without [CLS]")
        << QStringList { QStringLiteral("vocab.txt"), QStringLiteral("[UNK]\n[SEP]\na\n") } << QStringLiteral("no [CLS]");
    QTest::newRow("empty vocab.txt") << QStringList { QStringLiteral("vocab.txt"), QString() } << QStringLiteral("holds no tokens");
    QTest::newRow("merge of one") << QStringList { vocabulary, QStringLiteral(R"({"a": 0})"), merges, QStringLiteral("a\n") }
                                  << QStringLiteral("no pair of tokens");
    QTest::newRow("merge of a hole") << QStringList { vocabulary, QStringLiteral(R"({"a": 0})"), merges, QStringLiteral("a a\n") }
                                     << QStringLiteral("needs the token aa");
    QTest::newRow("no padding of a CTC model")
        << QStringList { vocabulary, QStringLiteral(R"({"a": 0})") } << QStringLiteral("no <pad>");
    QTest::newRow("added token without id")
        << QStringList { vocabulary, QStringLiteral(R"({"a": 0})"), merges, QString(), QStringLiteral("added_tokens.json"),
               QStringLiteral(R"({"b": "1"})") }
        << QStringLiteral("the token b has no id");
    QTest::newRow("nothing") << QStringList {} << QStringLiteral("there is no tokenizer");
}

void TstTokenizerErrors::damagedPlainFilesAreRefused()
{
    QFETCH(QStringList, files);
    QFETCH(QString, says);
    QTemporaryDir folder;
    for (qsizetype i = 0; i < files.size(); i += 2)
        tokenizerof::write(folder.filePath(files[i]), files[i + 1].toUtf8());
    try {
        Tokenizer::open(folder.path());
    } catch (const Error& error) {
        QVERIFY2(error.message().contains(says), qPrintable(error.message()));
        return;
    }
    QFAIL("it opened");
}

// Every cut and every changed byte: an Error, or a model that cuts a text in some way.
void TstTokenizerErrors::damagedSentencePieceModelsNeverCrash()
{
    QFile file(QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles/tokenizers/siglip_spm/spiece.model"));
    if (!file.open(QIODevice::ReadOnly))
        QSKIP("the shared oracles are not here");
    const QByteArray whole = file.readAll();
    QTemporaryDir folder;
    tokenizerof::write(folder.filePath(QStringLiteral("tokenizer_config.json")), R"({"tokenizer_class": "T5Tokenizer"})");
    int refused = 0;
    const auto attempt = [&](const QByteArray& bytes) {
        tokenizerof::write(folder.filePath(QStringLiteral("spiece.model")), bytes);
        try {
            Tokenizer::open(folder.path())->encode({ QStringLiteral("Caf\u00e9 \ufb01 \u4e00!") });
        } catch (const Error&) {
            ++refused;
        }
    };
    constexpr int steps = 40;
    for (int i = 0; i < steps; ++i)
        attempt(whole.first(whole.size() * i / steps));
    QVERIFY(refused > steps / 2);
    for (int i = 0; i < steps; ++i) {
        QByteArray changed = whole;
        for (int j = 0; j < 200; ++j) // most fall into the trie of the rules
            changed[(whole.size() / 200 * j + i * 7919) % whole.size()] = char(i * 37 + j);
        attempt(changed);
    }
}

void TstTokenizerErrors::aLongWordIsNoTrap()
{
    const auto tokenizer = tokenizerof::json(QByteArray(R"({"model": {"type": "BPE", "merges": ["a a", "aa aa"], "vocab": {"a": 0, "aa": 1, "aaaa": 2}}})"));
    constexpr int length = 400'000; // quadratic steps would take minutes
    QCOMPARE(tokenizerof::idsOf(*tokenizer, QString(length, u'a')).size(), size_t(length / 4));
}

void TstTokenizerErrors::anExpressionIsNoTrap()
{
    // Every way to part forty letters into words, before it is seen that no digit follows.
    const auto tokenizer = tokenizerof::json(QByteArray(R"({"model": {"type": "WordLevel", "unk_token": "a", "vocab": {"a": 0}},
        "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "(\\p{L}+\\p{L}+)+\\d"}, "behavior": "Isolated"}})"));
    QCOMPARE(tokenizerof::idsOf(*tokenizer, QStringLiteral("ab1c")).size(), size_t(2));
    QVERIFY_EXCEPTION_THROWN(tokenizer->encode({ QString(40, u'b') + u'!' }), Error);
}

// Sixty rules of which each makes two characters of one.
void TstTokenizerErrors::rulesThatDoubleATextAreNoTrap_data()
{
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char* name, const QByteArray& part, const char* list, const QByteArray& rule) {
        QTest::newRow(name) << part + R"(: {"type": "Sequence", ")" + list + R"(": [)" + (rule + ',').repeated(59) + rule + "]}";
    };
    row("replacing", R"("normalizer")", "normalizers", R"({"type": "Replace", "pattern": {"String": "a"}, "content": "aa"})");
    row("bytes of bytes", R"("normalizer")", "normalizers", R"({"type": "ByteLevel"})");
    row("bytes of words", R"("pre_tokenizer")", "pretokenizers", R"({"type": "ByteLevel", "use_regex": false, "add_prefix_space": false})");
    row("on the way back", R"("decoder")", "decoders", R"({"type": "Replace", "pattern": {"String": "a"}, "content": "aa"})");
}

void TstTokenizerErrors::rulesThatDoubleATextAreNoTrap()
{
    QFETCH(QByteArray, part);
    const auto tokenizer = tokenizerof::json(
        R"({"model": {"type": "WordLevel", "unk_token": "a", "vocab": {"a": 0}}, )" + part + "}");
    try {
        tokenizer->decode(tokenizerof::idsOf(*tokenizer, QStringLiteral("a\u00e9")));
    } catch (const Error& error) {
        QVERIFY2(error.message().contains(u"more than"), qPrintable(error.message()));
        return;
    }
    QFAIL("it was made");
}

QTEST_GUILESS_MAIN(TstTokenizerErrors)
#include "tst_tokenizererrors.moc"
