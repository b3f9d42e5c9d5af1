#include "core/engine/models/Tokenizer.h"
#include "core/engine/training/Bpe.h"

#include <QTemporaryDir>
#include <QTest>
#include <set>

using namespace triptych;

namespace {

constexpr int kLength = 32;

const QStringList& texts()
{
    static const QStringList list {
        QStringLiteral("A cat sits on the mat."),
        QStringLiteral("an African elephant, its trunk up!"),
        QStringLiteral("don't; it's the dog's bone, we'll've I'm they'd"),
        QStringLiteral("l’éléphant d'Afrique près de l'eau, où ça ?"),
        QStringLiteral("ÉTÉ À LA PLAGE; le cœur naïf"),
        QStringLiteral("e\u0301te\u0301"), // not composed
        QStringLiteral("一只大象在喝水。"),
        QStringLiteral("大象elephant和2只猫"),
        QStringLiteral("Ο ελέφαντας πίνει νερό"),
        QStringLiteral("ΕΛΕΦΑΝΤΑΣ ΣΤΗΝ ΑΦΡΙΚΗ"),
        QStringLiteral("İstanbul ışık STRASSE straße"),
        QStringLiteral("1234567890 3.14 2½ ²"),
        QStringLiteral("🐘 elephant 👩🏽‍🚒🇫🇷 ❤️!!"),
        QStringLiteral("  two   spaces\tand\na line "),
        QStringLiteral("...---...!?"),
        QStringLiteral("слон пьёт воду"),
        QStringLiteral("ゾウが水を飲む"),
        QStringLiteral("코끼리 물"),
        QString(),
        QStringLiteral("unforeseeable antidisestablishmentarianism ").repeated(20),
    };
    return list;
}

Bpe sampleBpe(int merges = 120)
{
    std::map<QString, qint64> words;
    for (const QString& text : texts()) {
        for (const QString& word : captionWords(text))
            words[word] += 2;
    }
    return trainBpe(words, merges);
}

std::map<QString, qint64> sennrichsWords()
{
    // The example of Sennrich et al. 2016, algorithm 1.
    return { { QStringLiteral("low"), 5 }, { QStringLiteral("lower"), 2 }, { QStringLiteral("newest"), 6 }, { QStringLiteral("widest"), 3 } };
}

} // namespace

class TstBpe : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void mergesTheMostFrequentPairFirst();
    void theSameWordsGiveTheSameVocabulary();
    void pairsSeenOnceAreNotMerged();
    void theVocabularyHasClipsLayout();
    void everyTextIsEncodedAsTheTokenizerDoes_data();
    void everyTextIsEncodedAsTheTokenizerDoes();
    void aLongTextKeepsItsEnd();
    void droppedMergesSpellTheSameText();
    void theSameRandomDropsTheSameMerges();

private:
    QTemporaryDir m_folder;
    std::shared_ptr<const Tokenizer> m_tokenizer;
};

void TstBpe::initTestCase()
{
    QVERIFY(m_folder.isValid());
    writeTokenizer(sampleBpe(), m_folder.path(), kLength);
    m_tokenizer = Tokenizer::open(m_folder.path());
}

void TstBpe::mergesTheMostFrequentPairFirst()
{
    const Bpe bpe = trainBpe(sennrichsWords(), 7);
    // By hand: counts 9 9 7 6 6 6 5; of equal counts the alphabetically first.
    const std::vector<std::pair<const char*, const char*>> expected { { "e", "s" }, { "es", "t</w>" }, { "l", "o" },
        { "e", "w" }, { "ew", "est</w>" }, { "n", "ewest</w>" }, { "lo", "w</w>" } };
    QCOMPARE(bpe.merges.size(), expected.size());
    for (size_t i = 0; i < expected.size(); ++i) {
        QCOMPARE(bpe.merges[i].first, QLatin1String(expected[i].first));
        QCOMPARE(bpe.merges[i].second, QLatin1String(expected[i].second));
    }
}

void TstBpe::theSameWordsGiveTheSameVocabulary()
{
    const Bpe first = sampleBpe();
    const Bpe second = sampleBpe();
    QCOMPARE(first.tokens, second.tokens);
    QVERIFY(first.merges == second.merges);
    // A shorter training is the beginning of a longer one.
    const Bpe shorter = sampleBpe(40);
    QCOMPARE(shorter.merges.size(), size_t(40));
    QVERIFY(std::equal(shorter.merges.begin(), shorter.merges.end(), first.merges.begin()));
}

void TstBpe::pairsSeenOnceAreNotMerged()
{
    const Bpe bpe = trainBpe({ { QStringLiteral("abab"), 1 }, { QStringLiteral("xyz"), 1 } }, 100);
    for (const auto& [left, right] : bpe.merges)
        QVERIFY2(!left.contains(u'x') && !left.contains(u'y'), qPrintable(left + right));
}

void TstBpe::theVocabularyHasClipsLayout()
{
    const Bpe bpe = sampleBpe();
    QCOMPARE(bpe.tokens[0], QStringLiteral("!"));
    QCOMPARE(bpe.tokens[256], QStringLiteral("!</w>"));
    QCOMPARE(bpe.tokens[bpe.startId()], QStringLiteral("<|startoftext|>"));
    QCOMPARE(bpe.tokens[bpe.endId()], QStringLiteral("<|endoftext|>"));
    QCOMPARE(std::set<QString>(bpe.tokens.begin(), bpe.tokens.end()).size(), size_t(bpe.tokens.size()));
    QCOMPARE(m_tokenizer->vocabularySize(), qint64(bpe.tokens.size()));
    QCOMPARE(m_tokenizer->maxLength(), kLength);
}

void TstBpe::everyTextIsEncodedAsTheTokenizerDoes_data()
{
    QTest::addColumn<QString>("text");
    for (const QString& text : texts())
        QTest::newRow(text.isEmpty() ? "no text" : qPrintable(text.left(40).simplified())) << text;
}

void TstBpe::everyTextIsEncodedAsTheTokenizerDoes()
{
    QFETCH(QString, text);
    BpeCoder coder(sampleBpe());
    std::mt19937_64 random(1);
    const std::vector<qint64> own = coder.encode(text, kLength, 0, random);
    const Tokens read = m_tokenizer->encode({ text }, {}, { .padding = Padding::None }).front();
    const auto spelt = [&](const std::vector<qint64>& ids) {
        QStringList tokens;
        for (const qint64 id : ids)
            tokens << m_tokenizer->token(id);
        return tokens.join(u' ');
    };
    QCOMPARE(spelt(own), spelt(read.ids));
    QVERIFY(own == read.ids);
}

void TstBpe::aLongTextKeepsItsEnd()
{
    BpeCoder coder(sampleBpe());
    std::mt19937_64 random(1);
    const auto ids = coder.encode(texts().last(), kLength, 0, random);
    QCOMPARE(ids.size(), size_t(kLength));
    QCOMPARE(ids.front(), qint64(coder.bpe().startId()));
    QCOMPARE(ids.back(), qint64(coder.bpe().endId()));
}

void TstBpe::droppedMergesSpellTheSameText()
{
    BpeCoder coder(sampleBpe());
    std::mt19937_64 random(3);
    const auto spelt = [&](const std::vector<qint64>& ids) {
        QString text;
        for (const qint64 id : ids)
            text += coder.bpe().tokens[id];
        return text;
    };
    const QString& text = texts()[1];
    const auto whole = coder.encode(text, 200, 0, random);
    bool differed = false;
    for (int i = 0; i < 10; ++i) {
        const auto parts = coder.encode(text, 200, 0.5, random);
        QCOMPARE(spelt(parts), spelt(whole));
        differed = differed || parts != whole;
    }
    QVERIFY(differed);
}

void TstBpe::theSameRandomDropsTheSameMerges()
{
    BpeCoder coder(sampleBpe());
    BpeCoder warm(sampleBpe());
    std::mt19937_64 first(5);
    std::mt19937_64 second(5);
    std::mt19937_64 other(6);
    for (const QString& text : texts())
        warm.encode(text, kLength, 0.3, other); // words known from before must not shift the dice
    for (const QString& text : texts())
        QVERIFY(coder.encode(text, kLength, 0.3, first) == warm.encode(text, kLength, 0.3, second));
}

QTEST_GUILESS_MAIN(TstBpe)
#include "tst_bpe.moc"
