#include "core/engine/models/Model.h"
#include "core/engine/models/Tokenizer.h"
#include "core/engine/training/MiniConfig.h"
#include "core/engine/training/MiniModel.h"
#include "core/engine/training/MiniTrainer.h"
#include "core/jobs/Error.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <QBuffer>
#include <QDataStream>
#include <QImage>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <numbers>

using namespace triptych;

namespace {

const QStringList kNames = QStringLiteral("cat dog elephant tree house moon fish apple").split(u' ');
const QStringList kFrenchNames = QStringLiteral("chat chien éléphant arbre maison lune poisson pomme").split(u' ');

MiniClip clipOf(const QString& language, const QString& text, const at::Generator& generator)
{
    const at::Tensor coarse = at::rand({ 1, 1, 8, 6 }, generator, at::TensorOptions());
    const at::Tensor levels = at::upsample_bilinear2d(coarse * 255, { kMiniMels, 60 + 5 * text.size() }, false);
    return { language, text, levels[0][0].to(at::kByte), false };
}

/// Eight concepts, half of them emoji, each with a picture of coloured fields and two spoken names.
MiniData tinyData()
{
    auto generator = at::make_generator<at::CPUGeneratorImpl>(1);
    MiniData data;
    for (qsizetype i = 0; i < kNames.size(); ++i) {
        MiniConcept item;
        item.id = kNames[i];
        item.group = kNames[i];
        item.key = kNames[i];
        item.emoji = i % 2 == 1;
        item.category = QStringLiteral("things");
        item.fold = i < 4 ? QStringLiteral("first") : QStringLiteral("second");
        const at::Tensor fields = at::rand({ 1, 3, 3, 3 }, generator, at::TensorOptions()) * 255;
        const at::Tensor rgb = at::upsample_nearest2d(fields, { 112, 112 })[0].permute({ 1, 2, 0 });
        item.picture = at::cat({ rgb, at::full({ 112, 112, 1 }, 255.) }, 2).to(at::kByte).contiguous();
        item.captions = { { QStringLiteral("en"), kNames[i] }, { QStringLiteral("fr"), kFrenchNames[i] } };
        for (const auto& language : { QStringLiteral("en"), QStringLiteral("fr") }) {
            const int clip = int(data.clips.size());
            data.clips.push_back(clipOf(language, item.captions[language], generator));
            if (item.emoji) {
                data.clips.back().synthetic = true;
                data.synthetic.push_back(clip);
                data.spoken[{ language, item.captions[language] }] = clip;
            } else {
                item.speech[language] = clip;
                data.recorded.push_back(clip);
            }
        }
        data.concepts.push_back(item);
    }
    return data;
}

/// The shipped model's shape with narrow towers.
QJsonObject narrowConfig(int vocabulary)
{
    QJsonObject config = miniConfig(vocabulary);
    config[QStringLiteral("projection_dim")] = 48;
    for (const auto& name : { QStringLiteral("text_config"), QStringLiteral("vision_config"), QStringLiteral("audio_config") }) {
        QJsonObject tower = config[name].toObject();
        tower[QStringLiteral("hidden_size")] = 64;
        tower[QStringLiteral("intermediate_size")] = 128;
        tower[QStringLiteral("num_attention_heads")] = 2;
        tower[QStringLiteral("num_hidden_layers")] = 1;
        QJsonArray stem = tower[QStringLiteral("stem")].toArray();
        for (qsizetype i = 0; i < stem.size(); ++i) {
            QJsonObject stage = stem[i].toObject();
            stage[QStringLiteral("channels")] = stage[QStringLiteral("channels")].toInt() / 4;
            stem[i] = stage;
        }
        if (!stem.isEmpty())
            tower[QStringLiteral("stem")] = stem;
        config[name] = tower;
    }
    return config;
}

double lossOf(const QJsonValue& entry)
{
    double sum = 0;
    const QJsonObject parts = entry.toObject();
    for (auto it = parts.begin(); it != parts.end(); ++it) {
        if (it.key() != QLatin1String("step") && it.key() != QLatin1String("seconds"))
            sum += it->toDouble();
    }
    return sum;
}

Sample soundSample()
{
    constexpr quint32 rate = 16000;
    QByteArray wav;
    QDataStream out(&wav, QIODevice::WriteOnly);
    out.setByteOrder(QDataStream::LittleEndian);
    out.writeRawData("RIFF", 4);
    out << quint32(36 + 2 * rate);
    out.writeRawData("WAVEfmt ", 8);
    out << quint32(16) << quint16(1) << quint16(1) << rate << quint32(2 * rate) << quint16(2) << quint16(16);
    out.writeRawData("data", 4);
    out << quint32(2 * rate);
    for (quint32 i = 0; i < rate; ++i)
        out << qint16(8000 * std::sin(2 * std::numbers::pi * 440 * i / rate));
    Sample sample;
    sample.id = QStringLiteral("tone");
    sample.sources[Modality::Audio].bytes = wav;
    return sample;
}

Sample pictureSample()
{
    QImage image(40, 30, QImage::Format_RGB32);
    image.fill(Qt::darkGreen);
    Sample sample;
    sample.id = QStringLiteral("green");
    QBuffer buffer(&sample.sources[Modality::Image].bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return sample;
}

Sample textSample(const QString& text)
{
    Sample sample;
    sample.id = text;
    sample.sources[Modality::Text].text = text;
    return sample;
}

} // namespace

class TstMiniTrainer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theVocabularyKnowsTheNames();
    void theSameDiceDrawTheSameBatch();
    void aStepWithoutSpeechHasNoSounds();
    void theLossFalls();
    void aResumedRunEndsOnTheSameWeights();
    void aResumedRunHasTheSameCurve();
    void aCheckpointOfAnotherModelIsRefused();
    void aBatchWithoutSpeechOfItsPicturesHasALoss();
    void theWrittenModelOpensAndEmbeds();

private:
    MiniTrainingOptions options(const QString& out) const
    {
        MiniTrainingOptions made;
        made.out = out;
        made.seed = 7;
        made.steps = 60;
        made.warmup = 3;
        made.averaging = 0.9;
        made.batch = { .pictures = 8, .stamps = 4, .moreSounds = 4 };
        return made;
    }

    MiniData m_data;
    Bpe m_bpe;
    SilentProgress m_progress;
};

void TstMiniTrainer::initTestCase()
{
    at::set_num_threads(1); // bit for bit is promised for one thread
    m_data = tinyData();
    m_bpe = trainMiniVocabulary(m_data, 60);
}

void TstMiniTrainer::theVocabularyKnowsTheNames()
{
    // English and French texts are weighted up, so every name is one token or a few.
    BpeCoder coder(m_bpe);
    std::mt19937_64 random(1);
    for (const QString& name : kNames)
        QVERIFY(coder.encode(name, kMiniTokens, 0, random).size() < size_t(2 + name.size()));
}

void TstMiniTrainer::theSameDiceDrawTheSameBatch()
{
    BpeCoder coder(m_bpe);
    MiniSampler sampler(m_data, coder, options({}).batch);
    Random first(3);
    Random second(3);
    const MiniBatch one = sampler.draw(first, true);
    const MiniBatch two = sampler.draw(second, true);
    QVERIFY(at::equal(one.pictures, two.pictures));
    QVERIFY(at::equal(one.sounds, two.sounds));
    QVERIFY(one.english == two.english);
    QCOMPARE(one.keys, two.keys);
    QCOMPARE(one.pictures.size(0), int64_t(8));
    QCOMPARE(one.sounds.size(0), int64_t(one.spoken.size()));
    QCOMPARE(one.spokenTexts.size(), one.spokenKeys.size());
    QVERIFY(!at::equal(one.pictures, sampler.draw(first, true).pictures));
    for (size_t i = 0; i < one.concepts.size(); ++i)
        QCOMPARE(sampler.seen()[size_t(one.concepts[i])]->key, one.keys[qsizetype(i)]);
}

void TstMiniTrainer::aStepWithoutSpeechHasNoSounds()
{
    BpeCoder coder(m_bpe);
    MiniSampler sampler(m_data, coder, options({}).batch);
    Random random(3);
    const MiniBatch batch = sampler.draw(random, false);
    QVERIFY(!batch.sounds.defined());
    QVERIFY(batch.spoken.empty() && batch.pictured.empty());
    QCOMPARE(batch.pictures.size(0), int64_t(8));

    MiniTrainingOptions silent = options({});
    silent.steps = 20;
    silent.speechEvery = 100;
    silent.speechAlways = 0.5;
    MiniTrainer trainer(m_data, coder, narrowConfig(int(m_bpe.tokens.size())), silent);
    trainer.run(20, m_progress);
    const QJsonObject first = trainer.curve()[0].toObject();
    QVERIFY(first.contains(QStringLiteral("picture-english")) && first.contains(QStringLiteral("teacher-text")));
    QVERIFY(!first.contains(QStringLiteral("sound-text")));
    QVERIFY(trainer.curve()[1].toObject().contains(QStringLiteral("sound-text")));
}

void TstMiniTrainer::theLossFalls()
{
    BpeCoder coder(m_bpe);
    MiniTrainer trainer(m_data, coder, narrowConfig(int(m_bpe.tokens.size())), options({}));
    trainer.run(60, m_progress);
    QCOMPARE(trainer.step(), 60);
    QCOMPARE(trainer.curve().size(), 6);
    const double first = lossOf(trainer.curve().first());
    const double last = lossOf(trainer.curve().last());
    QVERIFY2(std::isfinite(last) && last < 0.8 * first, qPrintable(QStringLiteral("%1 to %2").arg(first).arg(last)));
}

void TstMiniTrainer::aResumedRunEndsOnTheSameWeights()
{
    const QJsonObject config = narrowConfig(int(m_bpe.tokens.size()));
    QTemporaryDir folder;
    BpeCoder coder(m_bpe);
    MiniTrainer whole(m_data, coder, config, options({}));
    whole.run(4, m_progress);
    {
        BpeCoder own(m_bpe);
        MiniTrainer stopped(m_data, own, config, options(folder.path()));
        stopped.run(2, m_progress);
        stopped.saveCheckpoint();
    }
    BpeCoder fresh(m_bpe);
    MiniTrainer resumed(m_data, fresh, config, options(folder.path()));
    QVERIFY(resumed.resume());
    QCOMPARE(resumed.step(), 2);
    resumed.run(4, m_progress);
    const auto expected = whole.averagedWeights();
    const auto weights = resumed.averagedWeights();
    QCOMPARE(weights.size(), expected.size());
    for (size_t i = 0; i < weights.size(); ++i) {
        QCOMPARE(weights[i].first, expected[i].first);
        QVERIFY2(at::equal(weights[i].second, expected[i].second), weights[i].first.c_str());
    }
}

void TstMiniTrainer::aResumedRunHasTheSameCurve()
{
    const QJsonObject config = narrowConfig(int(m_bpe.tokens.size()));
    QTemporaryDir folder;
    BpeCoder coder(m_bpe);
    MiniTrainer whole(m_data, coder, config, options({}));
    whole.run(10, m_progress);
    MiniTrainer stopped(m_data, coder, config, options(folder.path()));
    stopped.run(5, m_progress);
    stopped.saveCheckpoint();
    MiniTrainer resumed(m_data, coder, config, options(folder.path()));
    QVERIFY(resumed.resume());
    resumed.run(10, m_progress);
    QCOMPARE(resumed.curve().size(), 1);
    QCOMPARE(lossOf(resumed.curve().first()), lossOf(whole.curve().first()));
}

void TstMiniTrainer::aCheckpointOfAnotherModelIsRefused()
{
    const QJsonObject config = narrowConfig(int(m_bpe.tokens.size()));
    QTemporaryDir folder;
    BpeCoder coder(m_bpe);
    MiniTrainer first(m_data, coder, config, options(folder.path()));
    first.saveCheckpoint();
    QJsonObject wider = config;
    wider[QStringLiteral("projection_dim")] = 64;
    MiniTrainer second(m_data, coder, wider, options(folder.path()));
    try {
        second.resume();
        QFAIL("a checkpoint with other shapes was taken");
    } catch (const Error& error) {
        QVERIFY2(error.message().contains(QLatin1String("state.safetensors")), qPrintable(error.message()));
    }
    MiniTrainer alone(m_data, coder, config, options(folder.filePath(QStringLiteral("empty"))));
    QVERIFY(!alone.resume());
}

void TstMiniTrainer::aBatchWithoutSpeechOfItsPicturesHasALoss()
{
    MiniData silent = tinyData();
    silent.spoken.clear();
    for (MiniConcept& item : silent.concepts)
        item.speech.clear();
    BpeCoder coder(m_bpe);
    MiniTrainer trainer(silent, coder, narrowConfig(int(m_bpe.tokens.size())), options({}));
    trainer.run(10, m_progress);
    QVERIFY(std::isfinite(lossOf(trainer.curve().first())) && lossOf(trainer.curve().first()) > 0);
    for (const auto& [name, tensor] : trainer.averagedWeights())
        QVERIFY2(at::isfinite(tensor).all().item<bool>(), name.c_str());
}

void TstMiniTrainer::theWrittenModelOpensAndEmbeds()
{
    const QJsonObject config = narrowConfig(int(m_bpe.tokens.size()));
    QTemporaryDir folder;
    BpeCoder coder(m_bpe);
    MiniTrainer trainer(m_data, coder, config, options({}));
    trainer.run(3, m_progress);
    writeMiniModel(folder.path(), config, m_bpe, trainer.averagedWeights());

    ModelStore store(QStringLiteral("cpu"), {});
    const auto model = store.open(folder.path());
    QCOMPARE(model->modalities().size(), size_t(3));
    QVERIFY(model->logitScale() > 1);
    const std::vector<std::pair<Modality, Sample>> samples { { Modality::Image, pictureSample() },
        { Modality::Audio, soundSample() }, { Modality::Text, textSample(kNames[2]) } };
    for (const auto& [modality, sample] : samples) {
        const at::Tensor embedding = model->encoder(modality).encode(model->prepare(modality, { sample }), {}).embedding;
        QVERIFY2(embedding.sizes() == at::IntArrayRef({ 1, 48 }), qPrintable(modalityName(modality)));
        QVERIFY(at::isfinite(embedding).all().item<bool>());
        QVERIFY(embedding.norm().item<double>() > 1e-3);
    }
    std::mt19937_64 random(1);
    const EncoderInput text = model->prepare(Modality::Text, { textSample(QStringLiteral("Éléphant, l'arbre 12")) });
    const auto ids = coder.encode(QStringLiteral("Éléphant, l'arbre 12"), kMiniTokens, 0, random);
    QCOMPARE(text.ids.size(1), int64_t(ids.size()));
    for (size_t i = 0; i < ids.size(); ++i)
        QCOMPARE(text.ids[0][int64_t(i)].item<int64_t>(), int64_t(ids[i]));
}

QTEST_GUILESS_MAIN(TstMiniTrainer)
#include "tst_minitrainer.moc"
