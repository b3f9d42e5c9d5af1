#include "tests/support/ClipFolder.h"

#include <QDir>
#include <QFile>
#include <QFloat16>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <stdexcept>
#include <vector>

namespace {

struct Tensor {
    QString name;
    QList<qint64> shape;
    bool ones = false; ///< the weight of a norm
};

class Shapes {
public:
    std::vector<Tensor> all;

    void weightAndBias(const QString& name, qint64 out, qint64 in)
    {
        all.push_back({ name + QStringLiteral(".weight"), { out, in } });
        all.push_back({ name + QStringLiteral(".bias"), { out } });
    }
    void norm(const QString& name, qint64 width)
    {
        all.push_back({ name + QStringLiteral(".weight"), { width }, true });
        all.push_back({ name + QStringLiteral(".bias"), { width } });
    }
    void layers(const QString& tower, qint64 width)
    {
        for (int layer = 0; layer < 12; ++layer) {
            const QString at = tower + QStringLiteral(".encoder.layers.%1.").arg(layer);
            for (const char* part : { "k_proj", "v_proj", "q_proj", "out_proj" })
                weightAndBias(at + QStringLiteral("self_attn.") + QLatin1String(part), width, width);
            norm(at + QStringLiteral("layer_norm1"), width);
            weightAndBias(at + QStringLiteral("mlp.fc1"), 4 * width, width);
            weightAndBias(at + QStringLiteral("mlp.fc2"), width, 4 * width);
            norm(at + QStringLiteral("layer_norm2"), width);
        }
    }
};

// As openai/clip-vit-base-patch32 has them.
std::vector<Tensor> clipB32()
{
    Shapes shapes;
    shapes.all.push_back({ QStringLiteral("logit_scale"), {}, true });
    shapes.all.push_back({ QStringLiteral("text_model.embeddings.token_embedding.weight"), { 49408, 512 } });
    shapes.all.push_back({ QStringLiteral("text_model.embeddings.position_embedding.weight"), { 77, 512 } });
    shapes.layers(QStringLiteral("text_model"), 512);
    shapes.norm(QStringLiteral("text_model.final_layer_norm"), 512);
    shapes.all.push_back({ QStringLiteral("vision_model.embeddings.class_embedding"), { 768 } });
    shapes.all.push_back({ QStringLiteral("vision_model.embeddings.patch_embedding.weight"), { 768, 3, 32, 32 } });
    shapes.all.push_back({ QStringLiteral("vision_model.embeddings.position_embedding.weight"), { 50, 768 } });
    shapes.norm(QStringLiteral("vision_model.pre_layrnorm"), 768);
    shapes.layers(QStringLiteral("vision_model"), 768);
    shapes.norm(QStringLiteral("vision_model.post_layernorm"), 768);
    shapes.all.push_back({ QStringLiteral("visual_projection.weight"), { 512, 768 } });
    shapes.all.push_back({ QStringLiteral("text_projection.weight"), { 512, 512 } });
    return shapes.all;
}

qint64 countOf(const Tensor& tensor)
{
    qint64 count = 1;
    for (const qint64 side : tensor.shape)
        count *= side;
    return count;
}

QByteArray headerOf(const std::vector<Tensor>& tensors, bool half)
{
    QJsonObject header;
    qint64 at = 0;
    for (const Tensor& tensor : tensors) {
        QJsonArray shape;
        for (const qint64 side : tensor.shape)
            shape.append(side);
        const qint64 end = at + countOf(tensor) * (half ? 2 : 4);
        header.insert(tensor.name,
            QJsonObject { { QStringLiteral("dtype"), half ? QStringLiteral("F16") : QStringLiteral("F32") },
                { QStringLiteral("shape"), shape }, { QStringLiteral("data_offsets"), QJsonArray { at, end } } });
        at = end;
    }
    QByteArray text = QJsonDocument(header).toJson(QJsonDocument::Compact);
    text.append(QByteArray((8 - text.size() % 8) % 8, ' '));
    QByteArray length(8, 0);
    qToLittleEndian<quint64>(quint64(text.size()), length.data());
    return length + text;
}

void save(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        throw std::runtime_error("cannot write " + path.toStdString());
}

/// Xorshift (Marsaglia 2003): even numbers between ±0.04, fast.
class Noise {
public:
    float next()
    {
        m_state ^= m_state << 13;
        m_state ^= m_state >> 17;
        m_state ^= m_state << 5;
        return (float(m_state) / 4294967296.0f - 0.5f) * 0.08f;
    }

private:
    quint32 m_state = 2463534242;
};

} // namespace

void writeClipFolder(const QString& folder, bool half)
{
    QDir().mkpath(folder);
    const QDir dir(folder);
    save(dir.filePath(QStringLiteral("config.json")),
        R"({"model_type":"clip","projection_dim":512,"text_config":{"model_type":"clip_text_model"},)"
        R"("vision_config":{"model_type":"clip_vision_model"}})");
    save(dir.filePath(QStringLiteral("preprocessor_config.json")),
        R"({"crop_size":224,"do_center_crop":true,"do_normalize":true,"do_resize":true,"resample":3,"size":224,)"
        R"("image_mean":[0.48145466,0.4578275,0.40821073],"image_std":[0.26862954,0.26130258,0.27577711]})");
    const std::vector<Tensor> tensors = clipB32();
    QFile file(dir.filePath(QStringLiteral("model.safetensors")));
    if (!file.open(QIODevice::WriteOnly))
        throw std::runtime_error("cannot write the weights");
    file.write(headerOf(tensors, half));
    Noise noise;
    std::vector<float> wide;
    std::vector<qfloat16> narrow;
    for (const Tensor& tensor : tensors) {
        wide.assign(size_t(countOf(tensor)), 1.0f);
        for (float& value : wide)
            value = tensor.ones ? 1.0f : noise.next();
        const char* bytes = reinterpret_cast<const char*>(wide.data());
        if (half) {
            narrow.resize(wide.size());
            qFloatToFloat16(narrow.data(), wide.data(), qsizetype(wide.size()));
            bytes = reinterpret_cast<const char*>(narrow.data());
        }
        const qint64 size = qint64(wide.size()) * (half ? 2 : 4);
        if (file.write(bytes, size) != size)
            throw std::runtime_error("the disk is full");
    }
}
