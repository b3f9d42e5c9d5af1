#include "core/engine/models/Tokenizer.h"
#include "core/engine/representation/text/MaskedPieces.h"
#include "core/engine/representation/text/SmallBert.h"
#include "core/engine/representation/text/WordPieces.h"

#include <ATen/Functions.h>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace triptych;
using namespace Qt::StringLiterals;

/// What the small BERT reads: its vocabulary, and texts with holes.
class TstBertSmallPieces : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstMergeIsTheOneThatGainsMost();
    void piecesMakeUpTheirWordsAgain();
    void asManyPiecesAreHiddenAsBertHides();
};

void TstBertSmallPieces::theFirstMergeIsTheOneThatGainsMost()
{
    const std::map<QString, qint64> words { { u"hug"_s, 10 }, { u"pug"_s, 5 }, { u"pun"_s, 12 }, { u"bun"_s, 4 }, { u"hugs"_s, 5 } };
    // By hand: h 15, ##u 36, ##g 20, p 17, ##n 16, b 4, ##s 5, together 113. ##u ##g: 20 ln(20·113/(36·20)) = 22.87;
    // h ##u: 15 ln(15·113/(15·36)) = 17.2; ##u ##n: 16 ln(16·113/(36·16)) = 18.3; p ##u: 17 ln(17·113/(17·36)) = 19.4.
    const QStringList alphabet { u"##b"_s, u"##g"_s, u"##h"_s, u"##n"_s, u"##p"_s, u"##s"_s, u"##u"_s, u"b"_s, u"g"_s, u"h"_s, u"n"_s,
        u"p"_s, u"s"_s, u"u"_s };
    const QStringList pieces = learnWordPieces(words, 5 + 14 + 1);
    QCOMPARE(pieces.mid(0, 5), QStringList({ u"[PAD]"_s, u"[UNK]"_s, u"[CLS]"_s, u"[SEP]"_s, u"[MASK]"_s }));
    QCOMPARE(pieces.mid(5, 14), alphabet);
    QCOMPARE(pieces.last(), u"##ug"_s);
    const QStringList all = learnWordPieces(words, 1000);
    QVERIFY(all.contains(u"hug"_s) && all.contains(u"pun"_s) && all.size() < 40);
    QCOMPARE(learnWordPieces(words, 1000), all);
    QCOMPARE(QSet<QString>(all.begin(), all.end()).size(), all.size());
}

void TstBertSmallPieces::piecesMakeUpTheirWordsAgain()
{
    const QStringList texts { u"Déjà vu: a red CAT, cats and 小猫!"_s, u"the cat's hat"_s };
    const auto counts = bertWordCounts(texts);
    QVERIFY(counts.contains(u"déjà"_s) && counts.contains(u"小"_s) && counts.contains(u":"_s) && counts.contains(u"cat"_s));
    QTemporaryDir folder;
    bert::writeTokenizer(folder.path(), learnWordPieces(counts, 60), 64);
    const auto tokenizer = Tokenizer::open(folder.path());
    for (const QString& text : texts) {
        const Tokens tokens = tokenizer->encode({ text }).front();
        QString joined;
        for (const QString& token : tokens.tokens.mid(1, tokens.tokens.size() - 2))
            joined += token.startsWith(u"##") ? token.mid(2) : u' ' + token;
        QStringList words = joined.simplified().split(u' ');
        QVERIFY(!words.contains(u"[UNK]"_s));
        for (const QString& word : words)
            QVERIFY2(counts.contains(word), qPrintable(word));
    }
    const Tokens masked = tokenizer->encode({ u"a [MASK] cat ☃"_s }).front();
    QCOMPARE(masked.ids[2], qint64(maskPiece));
    QCOMPARE(masked.ids[masked.ids.size() - 2], qint64(unknownPiece)); // never seen
}

void TstBertSmallPieces::asManyPiecesAreHiddenAsBertHides()
{
    std::vector<bert::Pieces> texts;
    for (int i = 0; i < 2000; ++i) {
        bert::Pieces text { 2 };
        for (int j = 0; j < 20; ++j)
            text.push_back(5 + (i * 20 + j) % 95);
        text.push_back(3);
        texts.push_back(text);
    }
    texts.push_back({ 2, 7, 3 }); // one piece: it is hidden
    std::vector<const bert::Pieces*> all;
    for (const bert::Pieces& text : texts)
        all.push_back(&text);
    Chance chance(1);
    const bert::MaskedBatch batch = bert::masked(all, { .vocabulary = 100 }, chance);
    QCOMPARE(batch.places.numel(), int64_t(2000 * 3 + 1)); // 15 % of 20, and one at least
    const int64_t* places = batch.places.data_ptr<int64_t>();
    const int64_t* targets = batch.targets.data_ptr<int64_t>();
    const int64_t* ids = batch.input.ids.data_ptr<int64_t>();
    int hidden = 0;
    int swapped = 0;
    QSet<int64_t> chosen;
    for (int64_t i = 0; i < batch.places.numel(); ++i) {
        chosen.insert(places[i]);
        const bert::Pieces& text = texts[size_t(places[i] / 22)];
        QCOMPARE(targets[i], text[size_t(places[i] % 22)]);
        QVERIFY(targets[i] >= 5);
        hidden += ids[places[i]] == maskPiece ? 1 : 0;
        swapped += ids[places[i]] != maskPiece && ids[places[i]] != targets[i] ? 1 : 0;
    }
    QCOMPARE(chosen.size(), qsizetype(batch.places.numel()));
    QVERIFY(std::abs(hidden / 6001.0 - 0.8) < 0.025);
    QVERIFY(std::abs(swapped / 6001.0 - 0.099) < 0.02); // one in 95 swaps is with itself
    for (size_t row = 0; row < texts.size(); ++row) {
        for (size_t i = 0; i < texts[row].size(); ++i)
            QVERIFY(chosen.contains(int64_t(row * 22 + i)) || ids[row * 22 + i] == texts[row][i]);
    }
    QCOMPARE(batch.input.mask.sum().item<int64_t>(), int64_t(2000 * 22 + 3));
    QVERIFY(!bert::canBeMasked({ 2, 1, 3 }));
}

QTEST_GUILESS_MAIN(TstBertSmallPieces)
#include "tst_bert_small_pieces.moc"
