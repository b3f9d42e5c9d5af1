#include "tests/core/engine/models/TokenizerOf.h"

#include <QJsonArray>

using namespace triptych;
using tokenizerof::idsOf;
using tokenizerof::write;

namespace {

QJsonValue parsed(const QByteArray& text)
{
    return QJsonDocument::fromJson("[" + text + "]").array().first();
}

/// A vocabulary of just these words.
QJsonObject wordLevel(const QStringList& words)
{
    QJsonObject vocabulary { { QStringLiteral("<unk>"), 0 } };
    for (const QString& word : words) {
        if (!vocabulary.contains(word))
            vocabulary.insert(word, vocabulary.size());
    }
    return { { QStringLiteral("type"), QStringLiteral("WordLevel") }, { QStringLiteral("unk_token"), QStringLiteral("<unk>") },
        { QStringLiteral("vocab"), vocabulary } };
}

QString hex(const QStringList& words) // a mismatch of invisible characters must be readable
{
    QStringList shown;
    for (const QString& word : words)
        shown << word + QStringLiteral(" (") + QString::fromLatin1(word.toUtf8().toHex()) + u')';
    return shown.join(u'|');
}

} // namespace

/// tokenizer.json part by part. What is expected is what the parts' documentation says
/// (huggingface.co/docs/tokenizers/components), worked out by hand.
class TstTokenizerParts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void partsCutTheTextAsDocumented_data();
    void partsCutTheTextAsDocumented();
    void bytePairsMergeTheBestFirst();
    void unknownBytesFallBack();
    void unigramTakesTheLikeliestCut();
    void wordPieceTakesTheLongest();
    void addedTokensKeepTheirFlags();
    void templatesPutTokensAndTypesAround();
    void decodersMakeATextAgain_data();
    void decodersMakeATextAgain();
    void paddingAndTruncationAreRead();
    void ctcDropsRepeatsAndBlanks();
    void whisperReadsItsFiles();
};

void TstTokenizerParts::partsCutTheTextAsDocumented_data()
{
    QTest::addColumn<QByteArray>("normalizer");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char* name, const char* normalizer, const char* words, const char* text,
                         const QStringList& expected) {
        QTest::newRow(name) << QByteArray(normalizer) << QByteArray(words) << QString::fromUtf8(text) << expected;
    };
    const char* spaces = R"({"type": "WhitespaceSplit"})";
    row("NFC", R"({"type": "NFC"})", spaces, "e\xcc\x81", { u"\u00e9"_qs });
    row("NFD", R"({"type": "NFD"})", spaces, "\xc3\xa9", { u"e\u0301"_qs });
    row("NFKC", R"({"type": "NFKC"})", spaces, "\xef\xac\x81 \xc2\xb2", { u"fi"_qs, u"2"_qs });
    row("NFKD", R"({"type": "NFKD"})", spaces, "\xef\xac\x81\xc3\xa9", { u"fie\u0301"_qs });
    row("Lowercase", R"({"type": "Lowercase"})", spaces, "ABC \xc3\x89", { u"abc"_qs, u"\u00e9"_qs });
    row("StripAccents", R"({"type": "Sequence", "normalizers": [{"type": "NFD"}, {"type": "StripAccents"}]})", spaces,
        "caf\xc3\xa9", { u"cafe"_qs });
    row("BertNormalizer",
        R"({"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true})",
        spaces, "\xc3\x80\xe4\xb8\x80\xe4\xba\x8c\x07!", { u"a"_qs, u"\u4e00"_qs, u"\u4e8c"_qs, u"!"_qs });
    row("Strip", R"({"type": "Strip", "strip_left": true, "strip_right": false})",
        R"({"type": "Split", "pattern": {"String": "-"}, "behavior": "Removed", "invert": false})", "  a -b",
        { u"a "_qs, u"b"_qs });
    row("Replace", R"({"type": "Replace", "pattern": {"Regex": "\\d+"}, "content": "#"})", spaces, "a12 b3",
        { u"a#"_qs, u"b#"_qs });
    row("Prepend", R"({"type": "Prepend", "prepend": "_"})", spaces, "a b", { u"_a"_qs, u"b"_qs });
    row("Nmt", R"({"type": "Nmt"})", spaces, "a\xe2\x80\x8b""b\x01""c", { u"a"_qs, u"bc"_qs });
    row("Whitespace", "null", R"({"type": "Whitespace"})", "Hey friend! How are you?",
        { u"Hey"_qs, u"friend"_qs, u"!"_qs, u"How"_qs, u"are"_qs, u"you"_qs, u"?"_qs });
    row("Whitespace keeps signs together", "null", R"({"type": "Whitespace"})", "a...b_1",
        { u"a"_qs, u"..."_qs, u"b_1"_qs });
    row("BertPreTokenizer", "null", R"({"type": "BertPreTokenizer"})", "don't $5",
        { u"don"_qs, u"'"_qs, u"t"_qs, u"$"_qs, u"5"_qs });
    row("ByteLevel", "null", R"({"type": "ByteLevel", "add_prefix_space": true})", "Hello my friend",
        { u"\u0120Hello"_qs, u"\u0120my"_qs, u"\u0120friend"_qs });
    row("ByteLevel spaces and contractions", "null", R"({"type": "ByteLevel", "add_prefix_space": false})",
        "I'll  go \xc3\xa9", { u"I"_qs, u"'ll"_qs, u"\u0120"_qs, u"\u0120go"_qs, u"\u0120\u00c3\u00a9"_qs });
    row("Metaspace", "null", R"({"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always"})",
        "Hello  there", { u"\u2581Hello"_qs, u"\u2581"_qs, u"\u2581there"_qs });
    row("Metaspace of older files", "null", R"({"type": "Metaspace", "replacement": "_", "add_prefix_space": false})",
        "a b", { u"a"_qs, u"_b"_qs });
    row("Punctuation", "null", R"({"type": "Punctuation", "behavior": "Isolated"})", "Hello?!",
        { u"Hello"_qs, u"?"_qs, u"!"_qs });
    row("Digits", "null", R"({"type": "Digits", "individual_digits": false})", "a123b", { u"a"_qs, u"123"_qs, u"b"_qs });
    row("single Digits", "null", R"({"type": "Digits", "individual_digits": true})", "a12", { u"a"_qs, u"1"_qs, u"2"_qs });
    row("CharDelimiterSplit", "null", R"({"type": "CharDelimiterSplit", "delimiter": "x"})", "axbxc",
        { u"a"_qs, u"b"_qs, u"c"_qs });
    const auto split = [&row](const char* behaviour, const QStringList& expected) {
        const QByteArray words = QByteArray(R"({"type": "Split", "pattern": {"String": "-"}, "invert": false, "behavior": ")")
            + behaviour + "\"}";
        row(behaviour, "null", words.constData(), "the-final--countdown", expected);
    };
    split("Removed", { u"the"_qs, u"final"_qs, u"countdown"_qs });
    split("Isolated", { u"the"_qs, u"-"_qs, u"final"_qs, u"-"_qs, u"-"_qs, u"countdown"_qs });
    split("MergedWithPrevious", { u"the-"_qs, u"final-"_qs, u"-"_qs, u"countdown"_qs });
    split("MergedWithNext", { u"the"_qs, u"-final"_qs, u"-"_qs, u"-countdown"_qs });
    split("Contiguous", { u"the"_qs, u"-"_qs, u"final"_qs, u"--"_qs, u"countdown"_qs });
    row("Split inverted", "null", R"({"type": "Split", "pattern": {"Regex": "\\p{L}+"}, "behavior": "Removed", "invert": true})",
        "ab12cd", { u"ab"_qs, u"cd"_qs });
    row("Sequence", "null",
        R"({"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, {"type": "Punctuation"}]})", "a, b",
        { u"a"_qs, u","_qs, u"b"_qs });
}

void TstTokenizerParts::partsCutTheTextAsDocumented()
{
    QFETCH(QByteArray, normalizer);
    QFETCH(QByteArray, words);
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    const auto tokenizer = tokenizerof::json(QJsonDocument(QJsonObject { { QStringLiteral("model"), wordLevel(expected) },
        { QStringLiteral("normalizer"), parsed(normalizer) }, { QStringLiteral("pre_tokenizer"), parsed(words) } }).toJson());
    QCOMPARE(hex(tokenizer->encode({ text }).front().tokens), hex(expected));
}

void TstTokenizerParts::bytePairsMergeTheBestFirst()
{
    const auto tokenizer = tokenizerof::json(QByteArray(R"({"model": {"type": "BPE", "unk_token": "?", "fuse_unk": true,
        "end_of_word_suffix": "</w>", "merges": ["b c", ["a", "bc"], "a b</w>"],
        "vocab": {"?": 0, "a": 1, "b": 2, "c": 3, "bc": 4, "abc": 5, "b</w>": 6, "ab</w>": 7, "c</w>": 8}},
        "pre_tokenizer": {"type": "WhitespaceSplit"}})"));
    QCOMPARE(idsOf(*tokenizer, QStringLiteral("abcab")), (std::vector<qint64> { 5, 7 }));
    QCOMPARE(idsOf(*tokenizer, QStringLiteral("abc")), (std::vector<qint64> { 1, 2, 8 })); // c ends the word
    QCOMPARE(idsOf(*tokenizer, QStringLiteral("xyab")), (std::vector<qint64> { 0, 7 }));
    const Tokens tokens = tokenizer->encode({ QStringLiteral("\u00e9 abcab") }).front();
    QCOMPARE(tokens.offsets[2], (std::pair<qint64, qint64> { 6, 8 }));
}

void TstTokenizerParts::unknownBytesFallBack()
{
    const auto tokenizer = tokenizerof::json(QByteArray(R"({"model": {"type": "BPE", "unk_token": "?", "byte_fallback": true, "merges": [],
        "vocab": {"?": 0, "a": 1, "<0xC3>": 2, "<0xA9>": 3}},
        "decoder": {"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Fuse"}]}})"));
    QCOMPARE(idsOf(*tokenizer, QStringLiteral("a\u00e9\u4e00")), (std::vector<qint64> { 1, 2, 3, 0 }));
    QCOMPARE(tokenizer->decode({ 1, 2, 3 }), QStringLiteral("a\u00e9"));
}

void TstTokenizerParts::unigramTakesTheLikeliestCut()
{
    // ab+c: -3-4 = -7; a+bc: -2-6 = -8; a+b+c: -2-5-4. Unknown: least - 10.
    const auto tokenizer = tokenizerof::json(QByteArray(R"({"model": {"type": "Unigram", "unk_id": 0,
        "vocab": [["<unk>", 0], ["a", -2], ["b", -5], ["c", -4], ["ab", -3], ["bc", -6]]}})"));
    QCOMPARE(idsOf(*tokenizer, QStringLiteral("abc")), (std::vector<qint64> { 4, 3 }));
    QCOMPARE(idsOf(*tokenizer, QStringLiteral("axyb")), (std::vector<qint64> { 1, 0, 2 })); // one for the run
    const Tokens tokens = tokenizer->encode({ QStringLiteral("a\u4e00\u4e8cb") }).front();
    QCOMPARE(tokens.offsets[1], (std::pair<qint64, qint64> { 1, 7 }));
}

void TstTokenizerParts::wordPieceTakesTheLongest()
{
    const auto tokenizer = tokenizerof::json(QByteArray(R"({"model": {"type": "WordPiece", "unk_token": "[UNK]",
        "continuing_subword_prefix": "##", "max_input_chars_per_word": 6,
        "vocab": {"[UNK]": 0, "un": 1, "##aff": 2, "##able": 3, "una": 4}}, "pre_tokenizer": {"type": "WhitespaceSplit"}})"));
    QCOMPARE(idsOf(*tokenizer, QStringLiteral("unable")), (std::vector<qint64> { 0 })); // una, then nothing fits
    QCOMPARE(idsOf(*tokenizer, QStringLiteral("unaff un")), (std::vector<qint64> { 0, 1 }));
    QCOMPARE(idsOf(*tokenizer, QStringLiteral("unaffable")), (std::vector<qint64> { 0 })); // too long
}

void TstTokenizerParts::addedTokensKeepTheirFlags()
{
    const auto tokenizer = tokenizerof::json(QByteArray(R"({"model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1, "b": 2}},
        "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"}, "added_tokens": [
        {"id": 10, "content": "<M>", "lstrip": true, "rstrip": true, "normalized": false, "special": true},
        {"id": 11, "content": "Word", "single_word": true, "normalized": true},
        {"id": 12, "content": "<M>>", "normalized": false}]})"));
    QCOMPARE(idsOf(*tokenizer, QStringLiteral("a <M> b")), (std::vector<qint64> { 1, 10, 2 }));
    QCOMPARE(idsOf(*tokenizer, QStringLiteral("a<M>>b")), (std::vector<qint64> { 1, 12, 2 })); // the longest
    QCOMPARE(idsOf(*tokenizer, QStringLiteral("a <m> b")), (std::vector<qint64> { 1, 0, 0, 0, 2 }));
    QCOMPARE(idsOf(*tokenizer, QStringLiteral("a WORD b")), (std::vector<qint64> { 1, 11, 2 }));
    QCOMPARE(idsOf(*tokenizer, QStringLiteral("words")), (std::vector<qint64> { 0 }));
    QCOMPARE(tokenizer->decode({ 1, 10, 2 }), QStringLiteral("a b"));
    QCOMPARE(tokenizer->decode({ 1, 10, 2 }, false), QStringLiteral("a <M> b"));
    QCOMPARE(tokenizer->vocabularySize(), 13);
}

void TstTokenizerParts::templatesPutTokensAndTypesAround()
{
    const QByteArray head = R"({"model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1, "b": 2, "[C]": 3, "[S]": 4}},
        "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": )";
    const auto made = tokenizerof::json(head + R"({"type": "TemplateProcessing", "special_tokens": {
        "[C]": {"id": "[C]", "ids": [3], "tokens": ["[C]"]}, "[S]": {"id": "[S]", "ids": [4, 4], "tokens": ["[S]", "[S]"]}},
        "single": [{"SpecialToken": {"id": "[C]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
        "pair": [{"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "[S]", "type_id": 2}}, {"Sequence": {"id": "A", "type_id": 0}}]}})");
    QCOMPARE(idsOf(*made, QStringLiteral("a b")), (std::vector<qint64> { 3, 1, 2 }));
    const Tokens pair = made->encode({ QStringLiteral("a") }, { QStringLiteral("b") }).front();
    QCOMPARE(pair.ids, (std::vector<qint64> { 2, 4, 4, 1 }));
    QCOMPARE(pair.types, (std::vector<qint64> { 1, 2, 2, 0 }));
    const auto roberta = tokenizerof::json(head + R"({"type": "RobertaProcessing", "sep": ["[S]", 4], "cls": ["[C]", 3]}})");
    QCOMPARE(roberta->encode({ QStringLiteral("a") }, { QStringLiteral("b") }).front().ids,
        (std::vector<qint64> { 3, 1, 4, 4, 2, 4 }));
    const auto bert = tokenizerof::json(head + R"({"type": "Sequence", "processors": [{"type": "ByteLevel"},
        {"type": "BertProcessing", "sep": ["[S]", 4], "cls": ["[C]", 3]}]}})");
    const Tokens both = bert->encode({ QStringLiteral("a") }, { QStringLiteral("b") }).front();
    QCOMPARE(both.ids, (std::vector<qint64> { 3, 1, 4, 2, 4 }));
    QCOMPARE(both.types, (std::vector<qint64> { 0, 0, 0, 1, 1 }));
}

void TstTokenizerParts::decodersMakeATextAgain_data()
{
    QTest::addColumn<QByteArray>("decoder");
    QTest::addColumn<QStringList>("tokens");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const char* decoder, const QStringList& tokens, const QString& text) {
        QTest::newRow(name) << QByteArray(decoder) << tokens << text;
    };
    row("ByteLevel", R"({"type": "ByteLevel"})", { u"\u0120caf"_qs, u"\u00c3\u00a9"_qs }, u" caf\u00e9"_qs);
    row("WordPiece", R"({"type": "WordPiece", "prefix": "##", "cleanup": true})", { u"un"_qs, u"##able"_qs, u"."_qs },
        u"unable."_qs);
    row("Metaspace", R"({"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always"})",
        { u"\u2581a"_qs, u"b"_qs, u"\u2581c"_qs }, u"ab c"_qs);
    row("BPEDecoder", R"({"type": "BPEDecoder", "suffix": "</w>"})", { u"a"_qs, u"b</w>"_qs, u"c</w>"_qs }, u"ab c"_qs);
    row("CTC", R"({"type": "CTC", "pad_token": "_", "word_delimiter_token": "|", "cleanup": true})",
        { u"h"_qs, u"h"_qs, u"_"_qs, u"h"_qs, u"|"_qs, u"|"_qs, u"i"_qs }, u"hh i"_qs);
    row("Strip and Replace",
        R"({"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "_"}, "content": " "}, {"type": "Fuse"},
            {"type": "Strip", "content": " ", "start": 1, "stop": 0}]})",
        { u"_a"_qs, u"_b"_qs }, u"a b"_qs);
    row("none", "null", { u"a"_qs, u"b"_qs }, u"a b"_qs);
}

void TstTokenizerParts::decodersMakeATextAgain()
{
    QFETCH(QByteArray, decoder);
    QFETCH(QStringList, tokens);
    QFETCH(QString, text);
    const QJsonObject model = wordLevel(tokens);
    const auto tokenizer
        = tokenizerof::json(QJsonDocument(QJsonObject { { QStringLiteral("model"), model }, { QStringLiteral("decoder"), parsed(decoder) } }).toJson());
    std::vector<qint64> ids;
    for (const QString& token : tokens)
        ids.push_back(model.value(QStringLiteral("vocab")).toObject().value(token).toInteger());
    QCOMPARE(tokenizer->decode(ids), text);
}

void TstTokenizerParts::paddingAndTruncationAreRead()
{
    const auto tokenizer = tokenizerof::json(QByteArray(R"({"model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1, "b": 2, "P": 3}},
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "truncation": {"max_length": 2, "strategy": "LongestFirst", "stride": 0, "direction": "Left"},
        "padding": {"strategy": "BatchLongest", "direction": "Left", "pad_id": 3, "pad_type_id": 1, "pad_token": "P"}})"));
    QCOMPARE(tokenizer->maxLength(), 2);
    const auto rows = tokenizer->encode({ QStringLiteral("? a b"), QStringLiteral("b") });
    QCOMPARE(rows[0].ids, (std::vector<qint64> { 1, 2 }));
    QCOMPARE(rows[1].ids, (std::vector<qint64> { 3, 2 }));
    QCOMPARE(rows[1].mask, (std::vector<qint64> { 0, 1 }));
    QCOMPARE(rows[1].types, (std::vector<qint64> { 1, 0 }));
}

void TstTokenizerParts::ctcDropsRepeatsAndBlanks()
{
    QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("vocab.json")),
        R"({"<pad>": 0, "<s>": 1, "</s>": 2, "<unk>": 3, "|": 4, "E": 5, "H": 6, "L": 7, "O": 8})");
    write(folder.filePath(QStringLiteral("tokenizer_config.json")),
        R"({"tokenizer_class": "Wav2Vec2CTCTokenizer", "do_lower_case": false, "word_delimiter_token": "|"})");
    const auto tokenizer = Tokenizer::open(folder.path());
    QCOMPARE(tokenizer->decode({ 0, 6, 6, 5, 0, 7, 7, 0, 7, 8, 8, 4, 4, 6, 5, 0 }), QStringLiteral("HELLO HE"));
    QCOMPARE(idsOf(*tokenizer, QStringLiteral("HE LO?")), (std::vector<qint64> { 6, 5, 4, 7, 8, 3 }));
}

void TstTokenizerParts::whisperReadsItsFiles()
{
    QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("vocab.json")), R"({"a": 0, "b": 1, "\u0120": 2, "\u0120b": 3, "<|endoftext|>": 4})");
    write(folder.filePath(QStringLiteral("merges.txt")), "#version: 0.2\n\xc4\xa0 b\n");
    write(folder.filePath(QStringLiteral("added_tokens.json")),
        R"({"<|startoftranscript|>": 5, "<|en|>": 6, "<|transcribe|>": 7, "<|notimestamps|>": 8, "<|0.00|>": 9})");
    write(folder.filePath(QStringLiteral("special_tokens_map.json")),
        R"({"eos_token": {"content": "<|endoftext|>", "lstrip": false},
            "additional_special_tokens": ["<|startoftranscript|>", "<|en|>", "<|transcribe|>", "<|notimestamps|>"]})");
    write(folder.filePath(QStringLiteral("tokenizer_config.json")), R"({"tokenizer_class": "WhisperTokenizer"})");
    const auto tokenizer = Tokenizer::open(folder.path());
    QCOMPARE(tokenizer->decode({ 5, 6, 7, 9, 0, 3, 4 }), QStringLiteral("a b"));
    QCOMPARE(idsOf(*tokenizer, QStringLiteral("a b")), (std::vector<qint64> { 5, 8, 0, 3, 4 }));
}

QTEST_GUILESS_MAIN(TstTokenizerParts)
#include "tst_tokenizerparts.moc"
