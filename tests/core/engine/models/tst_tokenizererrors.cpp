#include "core/jobs/Error.h"
#include "tests/core/engine/models/TokenizerOf.h"

using namespace triptych;

/// A damaged or hostile tokenizer is refused with the place and the reason.
class TstTokenizerErrors : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void damagedFilesAreRefusedWithTheReason_data();
    void damagedFilesAreRefusedWithTheReason();
    void aLongWordIsNoTrap();
};

void TstTokenizerErrors::damagedFilesAreRefusedWithTheReason_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QByteArray& json, const char* says) {
        QTest::newRow(name) << json << QString::fromLatin1(says);
    };
    const auto model = [](const char* text) { return QByteArray("{\"model\": ") + text + "}"; };
    const auto with = [](const char* part) {
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

void TstTokenizerErrors::aLongWordIsNoTrap()
{
    const auto tokenizer = tokenizerof::json(QByteArray(R"({"model": {"type": "BPE", "merges": ["a a", "aa aa"], "vocab": {"a": 0, "aa": 1, "aaaa": 2}}})"));
    constexpr int length = 400'000; // quadratic steps would take minutes
    QCOMPARE(tokenizerof::idsOf(*tokenizer, QString(length, u'a')).size(), size_t(length / 4));
}

QTEST_GUILESS_MAIN(TstTokenizerErrors)
#include "tst_tokenizererrors.moc"
