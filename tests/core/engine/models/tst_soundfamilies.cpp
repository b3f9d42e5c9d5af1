#include "core/engine/models/Families.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/families/HtsatTower.h"
#include "core/engine/models/nn/Weights.h"
#include "core/jobs/Error.h"

#include "tests/core/engine/models/OracleCase.h"
#include "tests/core/engine/models/SoundSupport.h"

#include <QTest>
#include <torch/csrc/autograd/autograd.h>

using namespace triptych;
using namespace sound;

namespace {

struct SoundCase {
    const char* family;
    const char* name;
};
constexpr SoundCase soundCases[] = { { "ast", "audioset_like" }, { "wav2vec2", "base_groupnorm_ctc" },
    { "whisper", "base_like" }, { "clap", "unfused" } };

QString folderOf(const char* family)
{
    for (const SoundCase& one : soundCases) {
        if (QLatin1String(one.family) == QLatin1String(family))
            return oracle::familyFolder(QLatin1String(family)) + u'/' + QLatin1String(one.name);
    }
    return {};
}

} // namespace

/// AST, wav2vec 2.0, Whisper and CLAP against Hugging Face's own outputs, and what all of them keep.
class TstSoundFamilies : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void outputsAgreeWithTransformers_data() { families(); }
    void outputsAgreeWithTransformers();
    void soundsAgreeWithTransformers();
    void textsOfClapAgreeWithTransformers();
    void packedEqualsUnpackedAndRowsSumToOne_data() { families(); }
    void packedEqualsUnpackedAndRowsSumToOne();
    void everyLayerOfAttentionHasAGradient_data() { families(); }
    void everyLayerOfAttentionHasAGradient();
    void soundsOfAnyLengthAreReadOrRefused_data() { families(); }
    void soundsOfAnyLengthAreReadOrRefused();
    void clapsSumsFollowTheirDefinition();
    void badConfigsAreRefused_data();
    void badConfigsAreRefused();

private:
    static void families();
};

void TstSoundFamilies::families()
{
    QTest::addColumn<QString>("folder");
    for (const SoundCase& one : soundCases) {
        if (oracle::familyFolder(QLatin1String(one.family)).isEmpty())
            QSKIP("the shared oracles are not here");
        QTest::newRow(one.family) << folderOf(one.family);
    }
}

void TstSoundFamilies::outputsAgreeWithTransformers()
{
    QFETCH(QString, folder);
    QCOMPARE(oracle::differences(folder), QString());
}

void TstSoundFamilies::soundsAgreeWithTransformers()
{
    if (oracle::familyFolder(QStringLiteral("ast")).isEmpty())
        QSKIP("the shared oracles are not here");
    QCOMPARE(oracle::signalDifferences(folderOf("ast"), QStringLiteral("input_values"), 2e-3), QString());
    QCOMPARE(oracle::signalDifferences(folderOf("whisper"), QStringLiteral("input_features"), 1e-4), QString());
}

void TstSoundFamilies::textsOfClapAgreeWithTransformers()
{
    if (oracle::familyFolder(QStringLiteral("clap")).isEmpty())
        QSKIP("the shared oracles are not here");
    QCOMPARE(oracle::tokenDifferences(folderOf("clap")), QString());
}

void TstSoundFamilies::packedEqualsUnpackedAndRowsSumToOne()
{
    QFETCH(QString, folder);
    ModelStore store(QStringLiteral("cpu"), QString());
    const auto model = store.open(folder + QStringLiteral("/checkpoint"));
    const EncoderInput input = model->prepare(Modality::Audio, { sampleOf(noise(16000, 1, 0.8)) });
    Encoder& encoder = model->encoder(Modality::Audio);
    const EncoderOutput packed = encoder.encode(input, { .hidden = true, .attention = true });
    const EncoderOutput plain = encoder.encode(input, { .hidden = true, .attention = true, .gradients = true });
    QVERIFY(worst(packed.embedding, plain.embedding) < 1e-5);
    QCOMPARE(int(packed.attention.size()), encoder.layers());
    const int64_t cells = packed.layout.special + int64_t(packed.layout.gridRows) * packed.layout.gridColumns;
    for (int layer = 0; layer < encoder.layers(); ++layer) {
        const at::Tensor& attention = packed.attention[size_t(layer)];
        QVERIFY(attention.sizes() == at::IntArrayRef({ 1, encoder.heads(), cells, cells }));
        QVERIFY(worst(attention, plain.attention[size_t(layer)]) < 1e-5);
        QVERIFY(worst(attention.sum(-1), at::ones({ 1, encoder.heads(), cells })) < 1e-5);
    }
    for (size_t i = 0; i < packed.hidden.size(); ++i)
        QVERIFY(worst(packed.hidden[i], plain.hidden[i]) < 1e-4);
    QVERIFY(encoder.project(packed.last).size(-1) == encoder.dim());
}

void TstSoundFamilies::everyLayerOfAttentionHasAGradient()
{
    QFETCH(QString, folder);
    ModelStore store(QStringLiteral("cpu"), QString());
    const auto model = store.open(folder + QStringLiteral("/checkpoint"));
    const EncoderInput input = model->prepare(Modality::Audio, { sampleOf(noise(16000, 1, 0.8)) });
    const EncoderOutput output
        = model->encoder(Modality::Audio).encode(input, { .hidden = true, .attention = true, .gradients = true });
    const at::Tensor score = output.embedding.square().sum();
    const auto slopes = torch::autograd::grad({ score }, output.attention, {}, true);
    for (const at::Tensor& slope : slopes)
        QVERIFY(slope.isfinite().all().item<bool>() && slope.abs().max().item<double>() > 0);
    const at::Tensor state = output.hidden[output.hidden.size() - 2];
    QVERIFY(torch::autograd::grad({ score }, { state }).front().abs().max().item<double>() > 0);
}

void TstSoundFamilies::soundsOfAnyLengthAreReadOrRefused()
{
    QFETCH(QString, folder);
    ModelStore store(QStringLiteral("cpu"), QString());
    const auto model = store.open(folder + QStringLiteral("/checkpoint"));
    const bool wave = folder.contains(QStringLiteral("wav2vec2"));
    const auto embedded = [&](const QByteArray& wav, QStringList* cut = nullptr) {
        return model->encoder(Modality::Audio)
            .encode(model->prepare(Modality::Audio, { sampleOf(wav) }, cut), {}).embedding;
    };
    const at::Tensor silent = embedded(fixtures::wav(16000, 1, 8000, [](int, int) { return 0; }));
    QVERIFY(silent.isfinite().all().item<bool>());
    QVERIFY(embedded(noise(8000, 1, 0.5)).isfinite().all().item<bool>());
    QVERIFY(embedded(noise(44100, 2, 0.5)).isfinite().all().item<bool>());
    QVERIFY(worst(embedded(noise(16000, 1, 0.5)), silent) > 1e-3);
    QStringList cut;
    // Not through the encoder: a wave of 30 s has many frames in a model that strides little.
    const EncoderInput longest = model->prepare(Modality::Audio, { sampleOf(noise(16000, 1, 40)) }, &cut);
    QVERIFY(longest.values.isfinite().all().item<bool>());
    QCOMPARE(cut, QStringList { QStringLiteral("sound") });
    const QByteArray blink = noise(16000, 1, 0.002); // 32 samples
    if (!wave) {
        QVERIFY(embedded(blink).isfinite().all().item<bool>());
        return;
    }
    try {
        embedded(blink);
        QFAIL("a sound shorter than one frame was read");
    } catch (const Error& error) {
        QVERIFY2(error.message().contains(QStringLiteral("too short")), qPrintable(error.message()));
    }
}

void TstSoundFamilies::clapsSumsFollowTheirDefinition()
{
    if (oracle::familyFolder(QStringLiteral("clap")).isEmpty())
        QSKIP("the shared oracles are not here");
    ModelStore store(QStringLiteral("cpu"), QString());
    const auto model = store.open(folderOf("clap") + QStringLiteral("/checkpoint"));
    auto& tower = dynamic_cast<HtsatTower&>(model->encoder(Modality::Audio));
    const EncoderInput input = model->prepare(Modality::Audio, { sampleOf(noise(16000, 1, 0.8)) });
    const EncoderOutput output = tower.encode(input, { .attention = true });
    const auto reference = tower.reference(input);
    // The last layer: 8 × 8 cells, windows of 4 shifted by 2; the picture's rows are 4 folds of 2 bands.
    const at::Tensor windows = reference.windows.back(); // [4, heads, 16, 16]
    const auto place = [](int64_t window, int64_t at) {
        const int64_t row = (window / 2 * 4 + at / 4 + 2) % 8;
        const int64_t column = (window % 2 * 4 + at % 4 + 2) % 8;
        return row % 2 * 32 + row / 2 * 8 + column; // band, then time: fold and column
    };
    at::Tensor sums = at::zeros({ 64, 64 });
    for (int64_t window = 0; window < 4; ++window)
        for (int64_t q = 0; q < 16; ++q)
            for (int64_t k = 0; k < 16; ++k)
                sums[place(window, q)][place(window, k)] += windows[window].narrow(0, 0, 2).mean(0)[q][k];
    QVERIFY(worst(output.attention.back()[0][0], sums) < 1e-6);
}

void TstSoundFamilies::badConfigsAreRefused_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("change");
    const auto add = [](const char* type, const char* change) {
        QTest::newRow(change) << QString::fromLatin1(type) << QByteArray(change);
    };
    add("hubert", R"({"conv_stride": [5]})");
    add("hubert", R"({"feat_extract_norm": "batch"})");
    add("hubert", R"({"num_conv_pos_embedding_groups": 5})");
    add("hubert", R"({"add_adapter": true})");
    add("hubert", R"({"num_attention_heads": 3})");
    add("whisper", R"({"encoder_attention_heads": 3})");
    add("whisper", R"({"scale_embedding": true})");
    add("whisper", R"({"d_model": "wide"})");
    add("clap", R"({"audio_config": {"spec_size": 100}})");
    add("clap", R"({"audio_config": {"depths": [2], "num_attention_heads": [4, 8]}})");
    add("clap", R"({"audio_config": {"num_attention_heads": [5, 8, 16, 32]}})");
    add("audio-spectrogram-transformer", R"({"max_length": 4})");
}

void TstSoundFamilies::badConfigsAreRefused()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, change);
    QJsonObject config = type == u"hubert" ? json(hubert) : type == u"whisper" ? json(whisper) : QJsonObject();
    const QJsonObject over = QJsonDocument::fromJson(change).object();
    for (auto it = over.begin(); it != over.end(); ++it)
        config.insert(it.key(), it.value());
    for (const Family& family : triptych::families()) {
        if (family.type != type)
            continue;
        RandomWeights weights(1, at::kCPU);
        QVERIFY_EXCEPTION_THROWN(family.build({ type, config, weights }), Error);
        return;
    }
    QFAIL("no such family");
}

QTEST_MAIN(TstSoundFamilies)
#include "tst_soundfamilies.moc"
