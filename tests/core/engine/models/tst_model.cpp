#include "core/engine/Method.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/ModelMethods.h"
#include "core/engine/models/SafetensorsWriter.h"
#include "core/engine/models/families/Triptych.h"
#include "core/jobs/Error.h"

#include "MediaFixtures.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QDir>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>
#include <cmath>

using namespace triptych;

namespace {

constexpr char configText[] = R"({"model_type": "triptych", "projection_dim": 16,
    "text_config": {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2,
        "num_attention_heads": 4, "vocab_size": 5, "max_position_embeddings": 8, "eos_token_id": 4,
        "hidden_act": "gelu"},
    "vision_config": {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2,
        "num_attention_heads": 2, "image_size": 32, "patch_size": 8, "hidden_act": "gelu"},
    "audio_config": {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 1,
        "num_attention_heads": 2, "num_mel_bins": 16, "max_frames": 40, "hidden_act": "gelu",
        "stem": [{"channels": 8, "stride": 4}]}})";

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QByteArray wave(int samples)
{
    QByteArray data(samples * 2, 0);
    for (int i = 0; i < samples; ++i)
        qToLittleEndian<qint16>(qint16(8000 * std::sin(i * 0.2)), data.data() + 2 * i);
    QByteArray bytes("RIFF");
    const auto append32 = [&bytes](quint32 value) {
        char four[4];
        qToLittleEndian(value, four);
        bytes.append(four, 4);
    };
    append32(quint32(36 + data.size()));
    bytes += "WAVEfmt ";
    append32(16);
    bytes.append("\x01\x00\x01\x00", 4);
    append32(16000);
    append32(32000);
    bytes.append("\x02\x00\x10\x00", 4);
    bytes += "data";
    append32(quint32(data.size()));
    return bytes + data;
}

class CancelSoon final : public Progress {
public:
    void report(qint64 done, qint64, const QString&) override
    {
        if (done > 3)
            throw Cancelled();
    }
};

} // namespace

class TstModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aRandomModelIsWrittenAndOpened();
    void halfPrecisionStaysClose();
    void everyModalityIsEmbedded();
    void aVideoIsTheMeanOfItsFrames();
    void aBrokenSampleIsNamedAndTheRestGoesOn();
    void batchesDoNotChangeTheResult();
    void aLongSoundSaysThatItWasCut();
    void cancelStops();
    void tokensAreListed();
    void hiddenStatesOfEveryTower();
    void whatDoesNotFitIsAnError();

private:
    Value run(const char* id, const QJsonObject& options, const Inputs& inputs = {});
    Sample sample(const QString& id) const;

    QTemporaryDir m_folder;
    std::unique_ptr<ModelStore> m_store;
    Towers m_towers;
};

void TstModel::initTestCase()
{
    const QDir dir(m_folder.path());
    const QJsonObject config = QJsonDocument::fromJson(configText).object();
    m_towers = makeTriptych(config, 1);
    write(dir.filePath(QStringLiteral("config.json")), configText);
    write(dir.filePath(QStringLiteral("vocab.json")),
        R"({"a": 0, "a</w>": 1, "aa</w>": 2, "<|startoftext|>": 3, "<|endoftext|>": 4})");
    write(dir.filePath(QStringLiteral("merges.txt")), "#version: 0.2\na a</w>\n");
    write(dir.filePath(QStringLiteral("tokenizer_config.json")),
        R"({"tokenizer_class": "CLIPTokenizer", "model_max_length": 8})");
    write(dir.filePath(QStringLiteral("preprocessor_config.json")),
        R"({"image_processor_type": "CLIPImageProcessor", "size": {"shortest_edge": 32},
            "crop_size": 32, "background": [255, 255, 255], "audio": {"mean": -5, "std": 4}})");
    writeSafetensors(dir.filePath(QStringLiteral("model.safetensors")), m_towers.parameters(), at::kHalf);
    for (int i = 0; i < 6; ++i) {
        QImage image(40, 50, QImage::Format_RGB32);
        image.fill(QColor(40 * i, 200 - 30 * i, 90));
        QVERIFY(image.save(dir.filePath(QStringLiteral("%1.png").arg(i))));
    }
    write(dir.filePath(QStringLiteral("short.wav")), wave(3000));
    write(dir.filePath(QStringLiteral("long.wav")), wave(16000));
    write(dir.filePath(QStringLiteral("broken.png")), "no picture");
    m_store = std::make_unique<ModelStore>(QStringLiteral("cpu"), QString());
}

Value TstModel::run(const char* id, const QJsonObject& given, const Inputs& inputs)
{
    EngineContext context { *m_store, {} };
    SilentProgress progress;
    QJsonObject options = given;
    if (!options.contains(QStringLiteral("model")))
        options.insert(QStringLiteral("model"), m_folder.path());
    for (const Method& method : modelMethods()) {
        if (method.info.id == QLatin1String(id))
            return method.run(context, completeOptions(method.info, options), inputs, progress);
    }
    return {};
}

Sample TstModel::sample(const QString& id) const
{
    Sample made;
    made.id = id;
    made.sources[Modality::Image].path = m_folder.filePath(id + QStringLiteral(".png"));
    made.sources[Modality::Text].text = QString(id.toInt() % 5, u'a');
    made.sources[Modality::Audio].path = m_folder.filePath(QStringLiteral("short.wav"));
    return made;
}

void TstModel::aRandomModelIsWrittenAndOpened()
{
    const QJsonObject info = run("model.info", {}).info;
    QCOMPARE(info.value(QStringLiteral("family")).toString(), QStringLiteral("triptych"));
    QCOMPARE(info.value(QStringLiteral("dtype")).toString(), QStringLiteral("float16"));
    QCOMPARE(info.value(QStringLiteral("dim")).toInt(), 16);
    QCOMPARE(info.value(QStringLiteral("modalities")).toArray().size(), 3);
    const QJsonObject towers = info.value(QStringLiteral("towers")).toObject();
    QCOMPARE(towers.value(QStringLiteral("audio")).toObject().value(QStringLiteral("grid")).toArray(),
        (QJsonArray { 4, 10 }));
    QCOMPARE(towers.value(QStringLiteral("text")).toObject().value(QStringLiteral("max_tokens")).toInt(), 8);
    qint64 parameters = 0;
    for (const auto& [name, tensor] : m_towers.parameters())
        parameters += tensor.numel();
    QCOMPARE(info.value(QStringLiteral("parameters")).toInteger(), parameters);
    // ln(1/0.07) is stored as fp16.
    QVERIFY(std::abs(info.value(QStringLiteral("logit_scale")).toDouble() - 1 / 0.07) < 0.05);
}

void TstModel::halfPrecisionStaysClose()
{
    const auto model = m_store->open(m_folder.path());
    for (const Modality modality : model->modalities()) {
        const EncoderInput input = model->prepare(modality, { sample(QStringLiteral("2")) });
        const at::Tensor stored = model->encoder(modality).encode(input, {}).embedding;
        const at::Tensor made = m_towers.encoder(modality).encode(input, {}).embedding;
        QVERIFY((stored - made).abs().max().item<double>() < 1e-2 * made.abs().max().item<double>());
    }
}

void TstModel::everyModalityIsEmbedded()
{
    Inputs inputs;
    inputs.samples = { sample(QStringLiteral("1")), sample(QStringLiteral("2")), sample(QStringLiteral("3")) };
    for (const char* modality : { "image", "text", "audio" }) {
        const Value value = run("model.embed", { { QStringLiteral("modality"), QLatin1String(modality) } }, inputs);
        const Array& rows = value.array(QStringLiteral("embeddings"));
        QCOMPARE(rows.shape, (QList<qint64> { 3, 16 }));
        QCOMPARE(value.strings(QStringLiteral("ids")), (QStringList { QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3") }));
        for (int row = 0; row < 3; ++row) {
            double length = 0;
            for (int i = 0; i < 16; ++i)
                length += std::pow(rows.floats()[row * 16 + i], 2);
            QVERIFY(std::abs(length - 1) < 1e-5);
        }
        QVERIFY(value.info.value(QStringLiteral("failed")).toArray().isEmpty());
        QCOMPARE(value.info.value(QStringLiteral("modelHash")).toString().size(), 12);
    }
}

void TstModel::aVideoIsTheMeanOfItsFrames()
{
    Inputs inputs;
    inputs.samples.resize(2);
    for (int i = 0; i < 2; ++i) {
        fixtures::VideoSpec spec;
        spec.frames = i == 0 ? 20 : 3; // the second has fewer frames than are taken
        const QString path = m_folder.filePath(QStringLiteral("%1.mp4").arg(i));
        fixtures::write(path, fixtures::video(spec));
        inputs.samples[size_t(i)].id = QString::number(i);
        inputs.samples[size_t(i)].sources[Modality::Video].path = path;
    }
    const Value value = run("model.embed", { { QStringLiteral("normalize"), false } }, inputs);
    QCOMPARE(value.info.value(QStringLiteral("modality")).toString(), QStringLiteral("video"));
    QCOMPARE(value.array(QStringLiteral("embeddings")).shape, (QList<qint64> { 2, 16 }));
    const auto model = m_store->open(m_folder.path());
    const EncoderInput frames = model->prepare(Modality::Video, { inputs.samples[0] });
    QCOMPARE(frames.values.size(0), int64_t(Model::framesPerVideo));
    const at::Tensor mean = model->encoder(Modality::Video).encode(frames, {}).embedding.mean(0);
    for (int i = 0; i < 16; ++i) {
        const float got = value.array(QStringLiteral("embeddings")).floats()[i];
        QVERIFY(std::abs(got - mean[i].item<float>()) < 1e-5);
    }
}

void TstModel::aBrokenSampleIsNamedAndTheRestGoesOn()
{
    Inputs inputs;
    inputs.samples = { sample(QStringLiteral("1")), sample(QStringLiteral("broken")), sample(QStringLiteral("2")) };
    inputs.samples.push_back({});
    inputs.samples.back().id = QStringLiteral("bare");
    const Value value
        = run("model.embed", { { QStringLiteral("modality"), QStringLiteral("image") } }, inputs);
    QCOMPARE(value.array(QStringLiteral("embeddings")).rows(), 2);
    QCOMPARE(value.strings(QStringLiteral("ids")), (QStringList { QStringLiteral("1"), QStringLiteral("2") }));
    const QJsonArray failed = value.info.value(QStringLiteral("failed")).toArray();
    QCOMPARE(failed.size(), 2);
    QCOMPARE(failed[0].toObject().value(QStringLiteral("id")).toString(), QStringLiteral("broken"));
    QVERIFY(failed[0].toObject().value(QStringLiteral("error")).toString().contains(QStringLiteral("broken.png")));
    QCOMPARE(failed[1].toObject().value(QStringLiteral("id")).toString(), QStringLiteral("bare"));
}

void TstModel::batchesDoNotChangeTheResult()
{
    Inputs inputs;
    for (int i = 0; i < 6; ++i)
        inputs.samples.push_back(sample(QString::number(i)));
    for (const char* modality : { "image", "text", "audio" }) {
        const auto with = [&](int batch) {
            return run("model.embed", { { QStringLiteral("modality"), QLatin1String(modality) }, { QStringLiteral("batch"), batch } }, inputs)
                .array(QStringLiteral("embeddings"));
        };
        const Array one = with(1);
        const Array four = with(4);
        for (size_t i = 0; i < one.floats().size(); ++i)
            QVERIFY(std::abs(one.floats()[i] - four.floats()[i]) < 1e-5);
    }
}

void TstModel::aLongSoundSaysThatItWasCut()
{
    Inputs inputs;
    inputs.samples = { sample(QStringLiteral("1")), sample(QStringLiteral("2")) };
    inputs.samples[1].sources[Modality::Audio].path = m_folder.filePath(QStringLiteral("long.wav"));
    const Value value
        = run("model.embed", { { QStringLiteral("modality"), QStringLiteral("audio") } }, inputs);
    QCOMPARE(value.strings(QStringLiteral("cut")), QStringList { QStringLiteral("2") });
    inputs.samples[1].sources[Modality::Text].text = QStringLiteral("a a a a a a a a a a a a");
    QCOMPARE(run("model.embed", { { QStringLiteral("modality"), QStringLiteral("text") } }, inputs).strings(QStringLiteral("cut")),
        QStringList { QStringLiteral("2") });
}

void TstModel::cancelStops()
{
    Inputs inputs;
    for (int i = 0; i < 40; ++i)
        inputs.samples.push_back(sample(QString::number(i % 6)));
    EngineContext context { *m_store, {} };
    CancelSoon progress;
    for (const Method& method : modelMethods()) {
        if (method.info.id == QLatin1String("model.embed")) {
            const QJsonObject options = completeOptions(method.info,
                { { QStringLiteral("model"), m_folder.path() }, { QStringLiteral("modality"), QStringLiteral("image") } });
            QVERIFY_EXCEPTION_THROWN(method.run(context, options, inputs, progress), Cancelled);
        }
    }
}

void TstModel::tokensAreListed()
{
    const Value value = run("model.tokenize", { { QStringLiteral("texts"), QJsonArray { QStringLiteral("aa a"), QString() } } });
    const QJsonArray rows = value.info.value(QStringLiteral("rows")).toArray();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0].toObject().value(QStringLiteral("ids")).toArray(), (QJsonArray { 3, 2, 1, 4 }));
    QCOMPARE(rows[1].toObject().value(QStringLiteral("attention_mask")).toArray(), (QJsonArray { 1, 1, 0, 0 }));
    QCOMPARE(rows[0].toObject().value(QStringLiteral("offsets")).toArray()[2].toArray(), (QJsonArray { 3, 4 }));
}

void TstModel::hiddenStatesOfEveryTower()
{
    Inputs inputs;
    inputs.samples = { sample(QStringLiteral("1")), sample(QStringLiteral("2")) };
    const Value value = run("model.hidden", {}, inputs);
    QCOMPARE(value.array(QStringLiteral("vision.hidden_states.2")).shape, (QList<qint64> { 2, 17, 32 }));
    QCOMPARE(value.array(QStringLiteral("audio.attentions.0")).shape, (QList<qint64> { 2, 2, 41, 41 }));
    QCOMPARE(value.array(QStringLiteral("logits_per_image")).shape, (QList<qint64> { 2, 2 }));
    QVERIFY(value.has(QStringLiteral("text.last_hidden_state")));
}

void TstModel::whatDoesNotFitIsAnError()
{
    Inputs inputs;
    inputs.samples = { sample(QStringLiteral("1")) };
    QVERIFY_EXCEPTION_THROWN(run("model.info", { { QStringLiteral("model"), QStringLiteral("/no/such/model") } }), Error);
    QVERIFY_EXCEPTION_THROWN(run("model.embed", {}, {}), Error);
    QVERIFY_EXCEPTION_THROWN(run("model.tokenize", {}), Error);
    QVERIFY_EXCEPTION_THROWN(run("model.hidden", {}), Error);
    QTemporaryDir broken;
    for (const QString& name : QDir(m_folder.path()).entryList(QDir::Files))
        QFile::copy(m_folder.filePath(name), broken.filePath(name));
    auto parameters = m_towers.parameters();
    parameters.pop_back();
    writeSafetensors(broken.filePath(QStringLiteral("model.safetensors")), parameters, at::kHalf);
    QVERIFY_EXCEPTION_THROWN(m_store->open(broken.path()), Error); // a tensor is missing
    parameters.emplace_back(m_towers.parameters().back().first, at::zeros({ 3, 3 }));
    writeSafetensors(broken.filePath(QStringLiteral("model.safetensors")), parameters, at::kHalf);
    QVERIFY_EXCEPTION_THROWN(m_store->open(broken.path()), Error); // a tensor has another shape
}

QTEST_MAIN(TstModel)
#include "tst_model.moc"
