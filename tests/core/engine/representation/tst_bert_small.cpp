#include "core/data/Dataset.h"
#include "core/data/Emoji.h"
#include "core/data/Stamps.h"
#include "core/engine/models/Tokenizer.h"
#include "core/engine/representation/text/SmallBert.h"
#include "tests/core/engine/representation/TextTesting.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace triptych;
using namespace triptych::texts;
using namespace Qt::StringLiterals;

namespace {

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
