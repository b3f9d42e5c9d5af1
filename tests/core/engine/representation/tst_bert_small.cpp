#include "core/data/Dataset.h"
#include "core/data/Emoji.h"
#include "core/data/Stamps.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/Tokenizer.h"
#include "core/engine/representation/text/MaskedPieces.h"
#include "core/engine/representation/text/SmallBert.h"
#include "core/engine/representation/text/TextMethods.h"
#include "core/engine/representation/text/WordPieces.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QDir>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

class Listening final : public Progress {
public:
    void report(qint64, qint64, const QString&) override
    {
        if (++reports > most)
            throw Cancelled();
    }
    void partial(ValuePtr value) override { partials.push_back(value); }
    int most = 1 << 30;
    int reports = 0;
    std::vector<ValuePtr> partials;
};

Value run(const QString& id, const QJsonObject& given, const Inputs& inputs, Progress& progress)
{
    static ModelStore store(u"cpu"_s, QStringLiteral(TRIPTYCH_SOURCE_DIR "/resources"));
    EngineContext context { store, {} };
    context.options.device = u"cpu"_s;
    for (const std::vector<Method>& table : { representation::textMethods(), representation::textTrainers() }) {
        for (const Method& method : table) {
            if (method.info.id == id)
                return method.run(context, completeOptions(method.info, given), inputs, progress);
        }
    }
    throw Error(id);
}

Value run(const QString& id, const QJsonObject& given, const Inputs& inputs)
{
    SilentProgress progress;
    return run(id, given, inputs, progress);
}

Inputs inputsOf(const QStringList& texts)
{
    Inputs inputs;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        Sample sample;
        sample.id = QString::number(i);
        sample.sources[Modality::Text].text = texts[i];
        inputs.samples.push_back(sample);
    }
    return inputs;
}

Inputs withFitted(Inputs inputs, const Value& fitted)
{
    inputs.values[u"fitted"_s] = std::make_shared<Value>(fitted);
    return inputs;
}

/// Texts in which each animal has a sound of its own and each place a colour.
Inputs plantedTexts()
{
    const QStringList animals { u"dog barks"_s, u"cat meows"_s, u"cow moos"_s, u"bee hums"_s, u"lion roars"_s };
    const QStringList places { u"green field"_s, u"white house"_s, u"brown barn"_s, u"blue sea"_s };
    QStringList texts;
    for (int i = 0; i < 200; ++i)
        texts.append(u"the %1 near the %2"_s.arg(animals[i % 5], places[(i / 5) % 4]));
    return inputsOf(texts);
}

const QJsonObject tiny { { u"width"_s, 32 }, { u"inner"_s, 64 }, { u"pieces"_s, 200 }, { u"epochs"_s, 25 }, { u"rate"_s, 5e-3 },
    { u"batch"_s, 16 }, { u"seed"_s, 3 } };

const Value& planted()
{
    static const Value fitted = run(u"train.bert"_s, tiny, plantedTexts());
    return fitted;
}

QJsonObject with(QJsonObject options, const QString& name, const QJsonValue& value)
{
    options[name] = value;
    return options;
}

QJsonValue stepCalled(const Value& value, const QString& title)
{
    for (const QJsonValue& step : value.info[u"steps"].toArray()) {
        if (step[u"title"].toString() == title)
            return step;
    }
    return {};
}

} // namespace

class TstBertSmall : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theFirstMergeIsTheOneThatGainsMost();
    void piecesMakeUpTheirWordsAgain();
    void asManyPiecesAreHiddenAsBertHides();
    void everyWeightIsTrained();
    void whatIsHiddenIsGuessedFromWhatStandsAround();
    void heldOutCaptionsAreGuessedBetterThanByFrequency();
    void whatIsTrainedIsWhatIsLoaded();
    void aPartialValueCanBeApplied();
    void theSameSeedGivesTheSameBits();
    void layersAndPoolingsAreThoseAskedFor();
    void theStepsGoFromPiecesToTheVector();
    void anyLoadedTextTowerIsRead();
    void trainingStopsWhenCancelled();
    void badInputIsToldInASentence();
};

void TstBertSmall::initTestCase()
{
    at::set_num_threads(1);
    at::GradMode::set_enabled(false); // as the engine runs methods
}

void TstBertSmall::theFirstMergeIsTheOneThatGainsMost()
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

void TstBertSmall::piecesMakeUpTheirWordsAgain()
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

void TstBertSmall::asManyPiecesAreHiddenAsBertHides()
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

void TstBertSmall::everyWeightIsTrained()
{
    const Value& fitted = planted();
    const QJsonObject config = fitted.info[u"config"].toObject();
    Parameters start(3);
    const Towers towers = bert::towersOf(config, start);
    qint64 count = 0;
    for (const auto& [name, tensor] : start.trained()) {
        const Array& learned = fitted.array(u"weights."_s + QString::fromStdString(name));
        const at::Tensor plain = tensor.contiguous();
        QVERIFY2(!std::equal(learned.floats().begin(), learned.floats().end(), plain.data_ptr<float>()), name.c_str());
        count += learned.count();
    }
    QCOMPARE(fitted.info[u"parameters"].toInteger(), count);
    // BERT's count: tables, norm, 2 layers, head.
    const qint64 width = 32;
    const qint64 inner = 64;
    const qint64 pieces = qint64(fitted.strings(u"vocabulary"_s).size());
    const qint64 layer = 4 * (width * width + width) + 2 * width * inner + inner + width + 4 * width;
    QCOMPARE(count, (pieces + 48 + 2) * width + 2 * width + 2 * layer + width * width + width + 2 * width + pieces);
}

void TstBertSmall::whatIsHiddenIsGuessedFromWhatStandsAround()
{
    const Value& fitted = planted();
    const QJsonObject scores = fitted.info[u"scores"].toObject();
    qInfo("planted: held-out masked pieces %.3f, unigram %.3f; loss %.3f, unigram %.3f; %.1f s", scores[u"test_accuracy"].toDouble(),
        scores[u"test_unigram_accuracy"].toDouble(), scores[u"test_loss"].toDouble(), scores[u"test_unigram_loss"].toDouble(),
        fitted.info[u"seconds"].toDouble());
    QVERIFY(scores[u"test_pieces"].toDouble() >= 40);
    QVERIFY(scores[u"test_accuracy"].toDouble() > scores[u"test_unigram_accuracy"].toDouble() + 0.2);
    QVERIFY(scores[u"test_loss"].toDouble() < scores[u"test_unigram_loss"].toDouble());
    for (const auto& [text, word] : { std::pair { u"the dog [MASK] near the green field"_s, u"barks"_s },
             std::pair { u"the cow [MASK] near the green field"_s, u"moos"_s }, std::pair { u"the lion roars near the blue [MASK]"_s, u"sea"_s } }) {
        const Value value = run(u"represent.bert"_s, { { u"steps"_s, true } }, withFitted(inputsOf({ text }), fitted));
        const QJsonValue guesses = stepCalled(value, u"Guesses for piece %1"_s);
        QCOMPARE(guesses[u"labels"][0].toString(), word);
    }
}

void TstBertSmall::heldOutCaptionsAreGuessedBetterThanByFrequency()
{
    if (!stampsAvailable() || !emojiAvailable())
        QSKIP("the stamps or the emoji data set is not installed");
    Inputs inputs;
    inputs.samples = openDataset(u"stamps"_s).samples;
    const QJsonObject options { { u"width"_s, 64 }, { u"inner"_s, 128 }, { u"pieces"_s, 500 }, { u"epochs"_s, 10 }, { u"rate"_s, 3e-3 } };
    const Value fitted = run(u"train.bert"_s, options, inputs);
    const QJsonObject scores = fitted.info[u"scores"].toObject();
    qInfo("stamps: held-out masked pieces %.3f, unigram %.3f; loss %.3f, unigram %.3f; %d pieces, %.1f s", scores[u"test_accuracy"].toDouble(),
        scores[u"test_unigram_accuracy"].toDouble(), scores[u"test_loss"].toDouble(), scores[u"test_unigram_loss"].toDouble(),
        int(scores[u"test_pieces"].toDouble()), fitted.info[u"seconds"].toDouble());
    QVERIFY(scores[u"test_accuracy"].toDouble() > scores[u"test_unigram_accuracy"].toDouble());
    QVERIFY(scores[u"test_loss"].toDouble() < scores[u"test_unigram_loss"].toDouble());
}

void TstBertSmall::whatIsTrainedIsWhatIsLoaded()
{
    QTemporaryDir folder;
    const QString out = folder.filePath(u"my-bert"_s);
    const Value fitted = run(u"train.bert"_s, with(with(tiny, u"epochs"_s, 2), u"out"_s, out), plantedTexts());
    QCOMPARE(fitted.info[u"folder"].toString(), out);
    const Inputs texts = inputsOf({ u"the dog barks near the white house"_s, u"a cat"_s });
    const Value kept = run(u"represent.bert"_s, {}, withFitted(texts, fitted));
    const Value loaded = run(u"represent.bert"_s, { { u"model"_s, out } }, texts);
    QCOMPARE(kept.array(u"embeddings"_s).bytes, loaded.array(u"embeddings"_s).bytes);
    // As any view opens it, attention included; the mean of the pieces is the family's own embedding.
    ModelStore store(u"cpu"_s, QString());
    const auto model = store.open(out);
    QCOMPARE(model->family(), u"bert"_s);
    const EncoderOutput output
        = model->encoder(Modality::Text).encode(model->prepare(Modality::Text, texts.samples), { .hidden = true, .attention = true });
    QCOMPARE(output.attention.size(), size_t(2));
    QVERIFY((output.attention[0].sum(3) - 1).abs().max().item<double>() < 1e-5);
    QVERIFY(output.more.contains("prediction_logits"));
    const std::span<const float> rows = kept.array(u"embeddings"_s).floats();
    const at::Tensor embedding = output.embedding.contiguous();
    for (size_t i = 0; i < rows.size(); ++i)
        QVERIFY(std::abs(rows[i] - embedding.data_ptr<float>()[i]) < 1e-5F);
    // The tower that was trained, on the autograd path, says the same.
    Parameters parameters(fitted);
    Towers towers = bert::towersOf(fitted.info[u"config"].toObject(), parameters);
    const EncoderOutput trained
        = towers.encoder(Modality::Text).encode(model->prepare(Modality::Text, texts.samples), { .hidden = true, .gradients = true });
    QVERIFY((trained.last.detach() - output.last).abs().max().item<double>() < 1e-5);
}

void TstBertSmall::aPartialValueCanBeApplied()
{
    Listening progress;
    run(u"train.bert"_s, with(tiny, u"epochs"_s, 2), plantedTexts(), progress);
    QCOMPARE(progress.partials.size(), size_t(2));
    Value kept = *progress.partials.front(); // as the session completes it
    kept.info[u"method"_s] = u"train.bert"_s;
    const Value value = run(u"represent.bert"_s, {}, withFitted(inputsOf({ u"the dog"_s }), kept));
    QCOMPARE(value.array(u"embeddings"_s).shape, QList<qint64>({ 1, 32 }));
}

void TstBertSmall::theSameSeedGivesTheSameBits()
{
    const QJsonObject options = with(tiny, u"epochs"_s, 1);
    const Value a = run(u"train.bert"_s, options, plantedTexts());
    const Value b = run(u"train.bert"_s, options, plantedTexts());
    const Value other = run(u"train.bert"_s, with(options, u"seed"_s, 4), plantedTexts());
    for (const auto& [name, array] : a.arrays)
        QCOMPARE(array.bytes, b.array(name).bytes);
    QCOMPARE(a.info[u"scores"], b.info[u"scores"]);
    const QString words = u"weights.bert.embeddings.word_embeddings.weight"_s;
    QVERIFY(a.array(words).bytes != other.array(words).bytes);
}

void TstBertSmall::layersAndPoolingsAreThoseAskedFor()
{
    const Inputs texts = withFitted(inputsOf({ u"the dog barks"_s, u"the bee hums near the blue sea"_s }), planted());
    const bert::Opened opened = bert::open(planted(), u"cpu"_s);
    const EncoderInput input = opened.model->prepare(Modality::Text, texts.samples);
    const EncoderOutput output = opened.model->encoder(Modality::Text).encode(input, { .hidden = true });
    for (int layer = -1; layer <= 2; ++layer) {
        const at::Tensor states = output.hidden[size_t(layer < 0 ? 2 : layer)];
        const QJsonObject options { { u"layer"_s, layer } };
        const Value mean = run(u"represent.bert"_s, options, texts);
        const Value first = run(u"represent.bert"_s, with(options, u"pooling"_s, u"cls"_s), texts);
        const int64_t length = input.mask[0].sum().item<int64_t>(); // the shorter text is padded
        const at::Tensor expected = states[0].narrow(0, 0, length).mean(0).contiguous();
        const at::Tensor start = states.select(1, 0).contiguous();
        for (int64_t i = 0; i < 32; ++i) {
            QVERIFY(std::abs(mean.array(u"embeddings"_s).floats()[size_t(i)] - expected.data_ptr<float>()[i]) < 1e-5F);
            QVERIFY(std::abs(first.array(u"embeddings"_s).floats()[size_t(32 + i)] - start.data_ptr<float>()[32 + i]) < 1e-5F);
        }
    }
}

void TstBertSmall::theStepsGoFromPiecesToTheVector()
{
    const Inputs texts = withFitted(inputsOf({ u"the dog barks"_s }), planted());
    const Value value = run(u"represent.bert"_s, { { u"steps"_s, true }, { u"hide"_s, 3 }, { u"layer"_s, 1 } }, texts);
    QStringList titles;
    for (const QJsonValue& step : value.info[u"steps"].toArray()) {
        titles.append(step[u"title"].toString());
        QVERIFY(step[u"array"].isUndefined() || value.has(step[u"array"].toString()));
    }
    QCOMPARE(titles,
        QStringList({ u"Text"_s, u"Pieces"_s, u"Numbers of the pieces"_s, u"Vectors of the pieces"_s, u"Vectors of the positions"_s,
            u"Vectors of the segments"_s, u"What the layers get"_s, u"States of every layer"_s, u"States of layer %1"_s,
            u"Attention of layer %1, %2"_s, u"Guesses for piece %1"_s, u"Vector"_s }));
    const QStringList pieces { u"[CLS]"_s, u"the"_s, u"dog"_s, u"barks"_s, u"[SEP]"_s };
    QCOMPARE(stepCalled(value, u"Pieces"_s)[u"labels"].toVariant().toStringList(), pieces);
    const auto arrayCalled = [&value](const QString& title) { return value.array(stepCalled(value, title)[u"array"].toString()); };
    const Array words = arrayCalled(u"Vectors of the pieces"_s);
    QCOMPARE(words.shape, QList<qint64>({ 5, 32 }));
    const Array states = arrayCalled(u"States of every layer"_s);
    QCOMPARE(states.shape, QList<qint64>({ 3, 5, 32 }));
    const Array ofLayer = arrayCalled(u"States of layer %1"_s);
    QVERIFY(std::equal(ofLayer.floats().begin(), ofLayer.floats().end(), states.floats().begin() + 5 * 32));
    const Array attention = arrayCalled(u"Attention of layer %1, %2"_s);
    for (size_t row = 0; row < 5; ++row) {
        float sum = 0;
        for (size_t column = 0; column < 5; ++column)
            sum += attention.floats()[row * 5 + column];
        QVERIFY(std::abs(sum - 1) < 1e-5F);
    }
    const QJsonValue guess = stepCalled(value, u"Guesses for piece %1"_s);
    QCOMPARE(guess[u"args"][0].toString(), u"4"_s);
    QCOMPARE(guess[u"args"][1].toString(), u"barks"_s);
    const Array vector = arrayCalled(u"Vector"_s);
    QVERIFY(std::equal(vector.floats().begin(), vector.floats().end(), value.array(u"embeddings"_s).floats().begin(),
        [](float a, float b) { return std::abs(a - b) < 1e-5F; }));
    // One head of one layer.
    const Value one = run(u"represent.bert"_s, { { u"steps"_s, true }, { u"attention_layer"_s, 1 }, { u"head"_s, 2 }, { u"hide"_s, 0 } }, texts);
    const Array head = one.array(stepCalled(one, u"Attention of layer %1, %2"_s)[u"array"].toString());
    QVERIFY(head.bytes != attention.bytes);
    QVERIFY(stepCalled(one, u"Guesses for piece %1"_s).isUndefined() || stepCalled(one, u"Guesses for piece %1"_s).isNull());
}

void TstBertSmall::anyLoadedTextTowerIsRead()
{
    const Inputs texts = inputsOf({ u"a red cat"_s, u"two dogs in a field"_s });
    const Value value = run(u"represent.bert"_s, { { u"model"_s, u"triptych-mini"_s }, { u"steps"_s, true } }, texts);
    QCOMPARE(value.array(u"embeddings"_s).shape, QList<qint64>({ 2, 192 }));
    QVERIFY(!stepCalled(value, u"Attention of layer %1, %2"_s).isNull());
    QVERIFY(stepCalled(value, u"Vectors of the positions"_s).isNull() || stepCalled(value, u"Vectors of the positions"_s).isUndefined());
    QCOMPARE(value.info[u"layers"].toInt(), 3);
}

void TstBertSmall::trainingStopsWhenCancelled()
{
    Listening progress;
    progress.most = 5;
    QVERIFY_EXCEPTION_THROWN(run(u"train.bert"_s, with(tiny, u"epochs"_s, 1000), plantedTexts(), progress), Cancelled);
    Listening applied;
    applied.most = 1;
    QVERIFY_EXCEPTION_THROWN(run(u"represent.bert"_s, {}, withFitted(plantedTexts(), planted()), applied), Cancelled);
}

void TstBertSmall::badInputIsToldInASentence()
{
    const Inputs texts = inputsOf({ u"the dog"_s });
    QVERIFY_EXCEPTION_THROWN(run(u"train.bert"_s, {}, {}), Error);
    QVERIFY_EXCEPTION_THROWN(run(u"train.bert"_s, {}, inputsOf({ QString(), QString() })), Error);
    QVERIFY_EXCEPTION_THROWN(run(u"train.bert"_s, { { u"heads"_s, 3 } }, plantedTexts()), Error);
    QVERIFY_EXCEPTION_THROWN(run(u"represent.bert"_s, {}, texts), Error); // neither trained nor loaded
    QVERIFY_EXCEPTION_THROWN(run(u"represent.bert"_s, { { u"model"_s, u"/nowhere"_s } }, texts), Error);
    for (const QJsonObject& options : { QJsonObject { { u"layer"_s, 3 } }, QJsonObject { { u"pooling"_s, u"pooler"_s } },
             QJsonObject { { u"pooling"_s, u"pooler"_s }, { u"layer"_s, 1 } }, QJsonObject { { u"steps"_s, true }, { u"attention_layer"_s, 3 } },
             QJsonObject { { u"steps"_s, true }, { u"head"_s, 3 } } })
        QVERIFY_EXCEPTION_THROWN(run(u"represent.bert"_s, options, withFitted(texts, planted())), Error);
    Value damaged = planted();
    damaged.info.remove(u"vocabulary"_s);
    QVERIFY_EXCEPTION_THROWN(run(u"represent.bert"_s, {}, withFitted(texts, damaged)), Error);
    damaged = planted();
    damaged.arrays.erase(u"weights.bert.encoder.layer.0.output.dense.weight"_s);
    QVERIFY_EXCEPTION_THROWN(run(u"represent.bert"_s, {}, withFitted(texts, damaged)), Error);
}

QTEST_GUILESS_MAIN(TstBertSmall)
#include "tst_bert_small.moc"
