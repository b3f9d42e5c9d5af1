#include "core/engine/analysis/AnalysisMethods.h"
#include "core/engine/models/SafetensorsWriter.h"
#include "core/engine/models/families/Dinov2.h"
#include "core/engine/models/families/Siglip.h"
#include "core/engine/models/families/VideoMae.h"
#include "tests/core/engine/models/ModelCalls.h"
#include "tests/core/engine/models/PlainNet.h"

#include "MediaFixtures.h"

#include <ATen/Functions.h>
#include <QDir>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace triptych;

/// Folders of picture and video transformers from end to end: opened, embedded, looked at.
class TstVisionModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aClipIsOneRowAndIsLookedAtFrameByFrame();
    void picturesOfSeveralShapesGoTogether();
    void registersAreNoPartOfTheMap();
    void aBareStateDictOpens();

private:
    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    /// A folder of `build`'s tensors.
    QString folder(const char* name, const char* config, Towers (*build)(const FamilySource&), plain::Tensors& w);
    Inputs pictures(const std::vector<QSize>& sizes) const;
    Value look(const QString& model, const QJsonObject& more, const Inputs& inputs);

    QTemporaryDir m_folder;
    ModelStore m_store { QStringLiteral("cpu"), QString() };
};

void TstVisionModels::initTestCase()
{
    QVERIFY(m_folder.isValid());
}

QString TstVisionModels::folder(
    const char* name, const char* config, Towers (*build)(const FamilySource&), plain::Tensors& w)
{
    const QJsonObject json = QJsonDocument::fromJson(config).object();
    build({ json.value(u"model_type").toString(), json, w });
    const QString made = path(name);
    QDir().mkpath(made);
    fixtures::write(made + QStringLiteral("/config.json"), config);
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    for (const auto& [tensor, values] : w.made())
        tensors.emplace_back(tensor.toStdString(), values);
    writeSafetensors(made + QStringLiteral("/model.safetensors"), tensors, at::kFloat);
    return made;
}

Inputs TstVisionModels::pictures(const std::vector<QSize>& sizes) const
{
    Inputs inputs;
    for (size_t i = 0; i < sizes.size(); ++i) {
        QImage image(sizes[i], QImage::Format_RGB32);
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                image.setPixel(x, y, qRgb(x * 5 % 256, y * 7 % 256, int(i) * 90));
        }
        const QString file = m_folder.filePath(QStringLiteral("%1.png").arg(i));
        image.save(file);
        Sample sample;
        sample.id = QString::number(i);
        sample.sources[Modality::Image].path = file;
        inputs.samples.push_back(sample);
    }
    return inputs;
}

Value TstVisionModels::look(const QString& model, const QJsonObject& more, const Inputs& inputs)
{
    QJsonObject options = more;
    options.insert(QStringLiteral("model"), model);
    SilentProgress progress;
    EngineContext context { m_store, {} };
    for (const Method& method : attentionMethods()) {
        if (method.info.id == u"attend.maps")
            return method.run(context, completeOptions(method.info, options), inputs, progress);
    }
    return {};
}

void TstVisionModels::aClipIsOneRowAndIsLookedAtFrameByFrame()
{
    plain::Tensors w;
    const QString model = folder("videomae", R"({"model_type": "videomae", "hidden_size": 32, "num_hidden_layers": 2,
        "num_attention_heads": 4, "intermediate_size": 64, "image_size": 16, "patch_size": 8, "num_frames": 6,
        "tubelet_size": 2, "use_mean_pooling": true})", buildVideoMae, w);
    fixtures::write(path("film.mp4"), fixtures::video({}));
    Inputs inputs;
    inputs.samples.resize(1);
    inputs.samples[0].id = QStringLiteral("film");
    inputs.samples[0].sources[Modality::Video].path = path("film.mp4");

    const Value rows = call(m_store, "model.embed", { { QStringLiteral("model"), model } }, inputs);
    QCOMPARE(rows.array(QStringLiteral("embeddings")).shape, (QList<qint64> { 1, 32 }));
    const Value input = call(m_store, "model.preprocess", { { QStringLiteral("model"), model } }, inputs);
    QCOMPARE(input.array(QStringLiteral("pixel_values")).shape, (QList<qint64> { 1, 6, 3, 16, 16 }));

    const Value maps = look(model, { { QStringLiteral("modality"), QStringLiteral("video") }, { QStringLiteral("frame"), 1 } }, inputs);
    QCOMPARE(maps.info.value(u"grid").toArray(), QJsonArray({ 2, 2 }));
    QCOMPARE(maps.info.value(u"frames").toInt(), 3); // tubelets
    QCOMPARE(maps.array(QStringLiteral("maps")).shape, (QList<qint64> { 2, 4, 4 }));
    const QJsonObject info = m_store.open(model)->info();
    QCOMPARE(info.value(u"modalities").toArray(), QJsonArray({ QStringLiteral("video") }));
}

void TstVisionModels::picturesOfSeveralShapesGoTogether()
{
    plain::Tensors w({ QStringLiteral("vision_model.head.probe") });
    const QString model = folder("siglip2", R"({"model_type": "siglip2_vision_model", "hidden_size": 32,
        "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "patch_size": 8, "num_patches": 16})",
        buildSiglip, w);
    fixtures::write(model + QStringLiteral("/preprocessor_config.json"),
        R"({"image_processor_type": "Siglip2ImageProcessor", "patch_size": 8, "max_num_patches": 16})");
    const Inputs inputs = pictures({ { 40, 30 }, { 20, 60 }, { 20, 60 } });
    const Value rows = call(m_store, "model.embed", { { QStringLiteral("model"), model } }, inputs);
    QCOMPARE(rows.array(QStringLiteral("embeddings")).shape, (QList<qint64> { 3, 32 }));
    QCOMPARE(rows.info.value(u"ids").toArray(), QJsonArray({ QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2") }));
    const QList<QSize> grids { { 4, 3 }, { 2, 6 } };
    for (int i = 0; i < 2; ++i) {
        Inputs one;
        one.samples = { inputs.samples[size_t(i)] };
        const QJsonArray grid = look(model, {}, one).info.value(u"grid").toArray();
        QCOMPARE(grid, QJsonArray({ grids[i].height(), grids[i].width() }));
    }
}

void TstVisionModels::registersAreNoPartOfTheMap()
{
    plain::Tensors w({ QStringLiteral("embeddings.register_tokens") });
    const QString model = folder("dinov2", R"({"model_type": "dinov2_with_registers", "hidden_size": 32,
        "num_hidden_layers": 2, "num_attention_heads": 4, "mlp_ratio": 2, "image_size": 56, "patch_size": 14,
        "num_register_tokens": 3})", buildDinov2, w);
    fixtures::write(model + QStringLiteral("/preprocessor_config.json"), R"({"image_processor_type": "BitImageProcessor",
        "size": {"shortest_edge": 28}, "crop_size": {"height": 28, "width": 42}})");
    const Value maps = look(model, {}, pictures({ { 60, 40 } }));
    QCOMPARE(maps.info.value(u"grid").toArray(), QJsonArray({ 2, 3 }));
    QCOMPARE(maps.array(QStringLiteral("maps")).shape, (QList<qint64> { 2, 4, 6 }));
    QCOMPARE(maps.array(QStringLiteral("special")).shape, (QList<qint64> { 2, 4, 4 })); // class token and registers
    for (int head = 0; head < 8; ++head) {
        double all = 0;
        for (int i = 0; i < 6; ++i)
            all += maps.array(QStringLiteral("maps")).floats()[size_t(head) * 6 + i];
        for (int i = 0; i < 4; ++i)
            all += maps.array(QStringLiteral("special")).floats()[size_t(head) * 4 + i];
        QVERIFY(std::abs(all - 1) < 1e-5);
    }
}

// One head of 64 a layer; the names say the rest.
void TstVisionModels::aBareStateDictOpens()
{
    plain::Tensors w;
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    const auto add = [&](const QString& name, std::vector<int64_t> shape) { w.put(name, shape); };
    add(QStringLiteral("cls_token"), { 1, 1, 64 });
    add(QStringLiteral("pos_embed"), { 1, 5, 64 });
    add(QStringLiteral("patch_embed.proj.weight"), { 64, 3, 8, 8 });
    add(QStringLiteral("patch_embed.proj.bias"), { 64 });
    for (const char* norm : { "norm", "blocks.0.norm1", "blocks.0.norm2" }) {
        add(QLatin1String(norm) + QStringLiteral(".weight"), { 64 });
        add(QLatin1String(norm) + QStringLiteral(".bias"), { 64 });
    }
    const std::vector<std::pair<const char*, std::pair<int, int>>> linears { { "attn.qkv", { 192, 64 } },
        { "attn.proj", { 64, 64 } }, { "mlp.fc1", { 128, 64 } }, { "mlp.fc2", { 64, 128 } } };
    for (const auto& [name, sides] : linears) {
        add(QStringLiteral("blocks.0.") + QLatin1String(name) + QStringLiteral(".weight"), { sides.first, sides.second });
        add(QStringLiteral("blocks.0.") + QLatin1String(name) + QStringLiteral(".bias"), { sides.first });
    }
    for (const auto& [name, values] : w.made())
        tensors.emplace_back(name.toStdString(), values);
    QDir().mkpath(path("bare"));
    const QString file = path("bare/dino.safetensors");
    writeSafetensors(file, tensors, at::kFloat);
    const Value rows = call(m_store, "model.embed", { { QStringLiteral("model"), file } }, pictures({ { 20, 20 } }));
    QCOMPARE(rows.array(QStringLiteral("embeddings")).shape, (QList<qint64> { 1, 64 }));
    const QJsonObject tower = m_store.open(file)->info().value(u"towers").toObject().value(u"image").toObject();
    QCOMPARE(tower.value(u"grid").toArray(), QJsonArray({ 2, 2 }));
    QCOMPARE(tower.value(u"input").toArray(), QJsonArray({ 3, 16, 16 }));
}

QTEST_MAIN(TstVisionModels)
#include "tst_visionmodels.moc"
