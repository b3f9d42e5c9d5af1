#include "core/engine/models/Tokenizer.h"
#include "core/engine/models/methods/Additions.h"
#include "core/engine/models/methods/WordTimes.h"
#include "tests/app/CliTest.h"
#include "tests/core/engine/models/ModelCalls.h"
#include "tests/core/engine/models/SoundSupport.h"
#include "tests/core/engine/models/WhisperFolder.h"

#include <QTemporaryDir>
#include <QTest>

using namespace triptych;

namespace {

constexpr int rate = 16000;
constexpr double window = 2; // seconds that the oracle's model reads at once

QByteArray speech(double from, double to)
{
    return fixtures::wav(rate, 1, int(std::lround((to - from) * rate)), [from](int, int i) {
        const double t = from + double(i) / rate;
        return 0.4 * std::sin(900 * t * t) * std::sin(9 * t) + 0.1 * std::sin(4000 * t);
    });
}

} // namespace

/// Sounds through a Whisper folder to texts: model.transcribe and `triptych transcribe`.
class TstTranscribing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void placesRiseAlongWhatIsLookedAtMost();
    void theTextIsWhatTheDecoderWrites();
    void longSoundsAreHeardInParts();
    void wordsHaveTimesThatRise();
    void halvesOfACharacterBecomeOne();
    void brokenCharactersAreNoLettersOfTheVocabulary();
    void theCommandSaysTheSame();
    void whatIsWrongIsTold();

private:
    QString folder(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    Value transcribe(const QString& model, const QByteArray& wav, QJsonObject options = {});

    QTemporaryDir m_folder;
    QString m_oracle;
    QString m_model;
    ModelStore m_store { QStringLiteral("cpu"), QString() };
};

void TstTranscribing::initTestCase()
{
    m_oracle = oracle(QStringLiteral("models/whisper/base_like/checkpoint"));
    if (!QFile::exists(m_oracle))
        QSKIP("the shared oracles are not here");
    m_model = folder("whisper");
    whisper::makeFolder(m_model, m_oracle, { 99 }); // never ends by itself, so that there is something to read
}

Value TstTranscribing::transcribe(const QString& model, const QByteArray& wav, QJsonObject options)
{
    Inputs inputs;
    inputs.samples = { sound::sampleOf(wav) };
    options[u"model"] = model;
    return call(m_store, "model.transcribe", options, inputs);
}

void TstTranscribing::placesRiseAlongWhatIsLookedAtMost()
{
    // Row 1 looks back most (0.5 at 0), which only a lower sum could follow.
    const at::Tensor looked = at::tensor({ .1, .7, .1, .1, .5, .1, .4, 0., 0., .1, .1, .8 }, at::kDouble).view({ 3, 4 });
    QCOMPARE(models::risingPlaces(looked), (std::vector<int64_t> { 1, 2, 3 }));
    QCOMPARE(models::risingPlaces(looked.narrow(0, 0, 1)), (std::vector<int64_t> { 1 }));
    QCOMPARE(models::risingPlaces(at::ones({ 3, 1 })), (std::vector<int64_t> { 0, 0, 0 }));
    QVERIFY(models::risingPlaces(at::ones({ 0, 4 })).empty());
}

void TstTranscribing::theTextIsWhatTheDecoderWrites()
{
    const QByteArray wav = speech(0, window);
    Inputs inputs;
    inputs.samples = { sound::sampleOf(wav) };
    const QJsonObject asked { { QStringLiteral("model"), m_model } };
    const Array features = call(m_store, "model.preprocess", asked, inputs).array(QStringLiteral("input_features"));
    at::Tensor values = at::empty({ 1, 80, 200 });
    QCOMPARE(int64_t(features.floats().size()), values.numel());
    std::copy(features.floats().begin(), features.floats().end(), values.data_ptr<float>());
    std::vector<int64_t> ids { whisper::start, whisper::english, whisper::transcribe };
    QString expected;
    while (ids.size() < 22) {
        const at::Tensor logits = m_store.open(m_model)
                                      ->forward({ { "input_features", values },
                                          { "decoder_input_ids", at::tensor(ids, at::kLong).unsqueeze(0) } })
                                      .at("logits")[0][-1]
                                      .clone();
        logits[whisper::end] = -INFINITY;
        ids.push_back(logits.argmax().item<int64_t>());
        if (ids.back() < 97)
            expected += whisper::piece(int(ids.back())).replace(QStringLiteral("Ġ"), QStringLiteral(" "));
    }
    QVERIFY2(std::none_of(ids.begin(), ids.end(), [](int64_t id) { return id == 97 || id == 98; }), "choose another sound");
    const Value value = transcribe(m_model, wav, { { QStringLiteral("language"), QStringLiteral("en") } });
    QVERIFY(!expected.isEmpty());
    QCOMPARE(value.info.value(u"text").toString(), expected.trimmed());
    QVERIFY(!value.info.value(u"text").toString().contains(QStringLiteral("<|")));
}

void TstTranscribing::longSoundsAreHeardInParts()
{
    const Value value = transcribe(m_model, speech(0, 4.6), { { QStringLiteral("language"), QStringLiteral("en") } });
    const QJsonArray parts = value.info.value(u"parts").toArray();
    QCOMPARE(parts.size(), 3);
    QStringList texts;
    for (int i = 0; i < 3; ++i) {
        const double begin = i * window, end = i < 2 ? begin + window : 4.6;
        QCOMPARE(parts[i][u"begin"].toDouble(), begin);
        QCOMPARE(parts[i][u"end"].toDouble(), end);
        // A part is heard as if it were alone.
        const Value alone = transcribe(m_model, speech(begin, end), { { QStringLiteral("language"), QStringLiteral("en") } });
        QCOMPARE(parts[i][u"text"].toString(), alone.info.value(u"text").toString());
        texts << parts[i][u"text"].toString();
    }
    texts.removeAll(QString());
    QVERIFY(!texts.isEmpty());
    QCOMPARE(value.info.value(u"text").toString(), texts.join(u' '));
}

void TstTranscribing::wordsHaveTimesThatRise()
{
    const Value value = transcribe(m_model, speech(0, 4.6));
    QStringList texts;
    double before = 0;
    for (const QJsonValue& word : value.info.value(u"words").toArray()) {
        texts << word[u"text"].toString();
        QVERIFY(word[u"begin"].toDouble() >= before);
        QVERIFY(word[u"end"].toDouble() > word[u"begin"].toDouble());
        QVERIFY(word[u"end"].toDouble() <= 4.6);
        before = word[u"begin"].toDouble();
    }
    QVERIFY(texts.size() > 3);
    QCOMPARE(texts.join(u' '), value.info.value(u"text").toString());
}

void TstTranscribing::halvesOfACharacterBecomeOne()
{
    const auto tokenizer = Tokenizer::open(m_model);
    Written written;
    // start, language | time, " aa", é as two, <|en|>, " da", time, end.
    written.ids = { whisper::start, whisper::english, whisper::firstTime, 0, 97, 98, whisper::english, 3, 110, whisper::end };
    written.begin = 2;
    const auto said = models::additions(*tokenizer, written);
    QCOMPARE(said.size(), size_t(3));
    const std::vector<std::pair<QString, std::pair<int64_t, int64_t>>> expected { { QStringLiteral(" aa"), { 1, 1 } },
        { QStringLiteral("é"), { 2, 3 } }, { QStringLiteral(" da"), { 5, 5 } } };
    for (size_t i = 0; i < 3; ++i) {
        QCOMPARE(said[i].text, expected[i].first);
        QCOMPARE(std::pair(said[i].first, said[i].last), expected[i].second);
    }
    // A text that stops within a character keeps what is there.
    written.ids = { whisper::start, 0, 97, whisper::end };
    written.begin = 1;
    const auto cut = models::additions(*tokenizer, written);
    QCOMPARE(cut.size(), size_t(2));
    QCOMPARE(cut[1].text, QString(QChar::ReplacementCharacter));
}

void TstTranscribing::brokenCharactersAreNoLettersOfTheVocabulary()
{
    // Nothing may be written but the two halves, and " aa".
    const QString model = folder("halves");
    QJsonArray never;
    for (int id = 1; id < whisper::tokens; ++id) {
        if (id != 97 && id != 98)
            never.append(id);
    }
    whisper::makeFolder(model, m_oracle, never);
    const Value value = transcribe(model, speech(0, window));
    const QString text = value.info.value(u"text").toString();
    QStringList words;
    for (const QJsonValue& word : value.info.value(u"words").toArray())
        words << word[u"text"].toString();
    QVERIFY(!text.isEmpty());
    QCOMPARE(words.join(u' '), text);
    QVERIFY2(!text.contains(QStringLiteral("Ã")) && !text.contains(u'©') && !text.contains(u'Ġ'), qPrintable(text));
}

void TstTranscribing::theCommandSaysTheSame()
{
    const QString file = folder("long.wav");
    fixtures::write(file, speech(0, 4.6));
    const Value value = transcribe(m_model, speech(0, 4.6), { { QStringLiteral("language"), QStringLiteral("fr") } });
    const QStringList words { QStringLiteral("transcribe"), m_model, file, QStringLiteral("--language"), QStringLiteral("fr") };
    const CliRun plain = runCli(words);
    QVERIFY2(plain.code == 0, plain.error.constData());
    QCOMPARE(QString::fromUtf8(plain.out).trimmed(), value.info.value(u"text").toString());
    const CliRun run = runCli(words + QStringList { QStringLiteral("--json") });
    QVERIFY2(run.code == 0, run.error.constData());
    QCOMPARE(run.json()[u"parts"].toArray(), value.info.value(u"parts").toArray());
    QCOMPARE(run.json()[u"words"].toArray().size(), value.info.value(u"words").toArray().size());
}

void TstTranscribing::whatIsWrongIsTold()
{
    const QString file = folder("short.wav");
    fixtures::write(file, speech(0, 1));
    const CliRun run = runCli({ QStringLiteral("transcribe"), m_model, file, QStringLiteral("--language"), QStringLiteral("xx") });
    QCOMPARE(run.code, 1);
    QVERIFY2(run.hasOneErrorLine() && run.error.contains("fr"), run.error.constData());
    const CliRun bare = runCli({ QStringLiteral("transcribe"), m_oracle, file }); // has no tokenizer
    QCOMPARE(bare.code, 1);
    QVERIFY2(bare.hasOneErrorLine() && bare.error.contains("tokenizer"), bare.error.constData());
}

QTEST_MAIN(TstTranscribing)
#include "tst_transcribing.moc"
