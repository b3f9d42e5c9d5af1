#include "core/engine/models/families/SentencePooling.h"

#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/files/TensorFile.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

constexpr double fewest = 1e-9; // so that a text without tokens gives zeros, not NaN

QJsonArray modulesIn(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Tr::tr("%1 cannot be opened: %2.").arg(path, file.errorString()));
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    if (!document.isArray())
        throw Error(Tr::tr("%1 is no JSON list of modules.").arg(path));
    return document.array();
}

/// The folder of a module, which must lie inside.
QString below(const QString& folder, const QString& path, const QString& index)
{
    if (QDir::isAbsolutePath(path) || path.split(u'/').contains(QStringLiteral("..")))
        throw Error(Tr::tr("%1 names \"%2\", which is not in this folder.").arg(index, path));
    return path.isEmpty() ? folder : QDir(folder).filePath(path);
}

at::Tensor activated(const at::Tensor& values, const QString& name)
{
    if (name == QLatin1String("Tanh"))
        return at::tanh(values);
    if (name == QLatin1String("ReLU"))
        return at::relu(values);
    if (name == QLatin1String("GELU"))
        return at::gelu(values);
    return name == QLatin1String("Sigmoid") ? at::sigmoid(values) : values;
}

at::Tensor unit(const at::Tensor& rows)
{
    return rows / rows.norm(2, { -1 }, true).clamp_min(1e-12);
}

} // namespace

at::Tensor meanOf(const at::Tensor& last, const at::Tensor& there)
{
    const at::Tensor share = there / there.sum(1, true).clamp_min(fewest);
    return (last * share.unsqueeze(2)).sum(1);
}

SentencePooling SentencePooling::in(const QString& folder, int width, const at::Device& device)
{
    SentencePooling pooling;
    pooling.m_width = width;
    const QString index = QDir(folder).filePath(QStringLiteral("modules.json"));
    if (folder.isEmpty() || !QFile::exists(index))
        return pooling;
    for (const QJsonValue& value : modulesIn(index)) {
        const QString kind = value.toObject().value(QStringLiteral("type")).toString().section(u'.', -1);
        const QString path = below(folder, value.toObject().value(QStringLiteral("path")).toString(), index);
        if (kind == QLatin1String("Pooling"))
            pooling.readPooling(QDir(path).filePath(QStringLiteral("config.json")));
        else if (kind == QLatin1String("Dense"))
            pooling.readDense(path, device);
        else if (kind == QLatin1String("Normalize"))
            pooling.m_unit = true;
        else if (kind != QLatin1String("Transformer") && kind != QLatin1String("Dropout"))
            throw Error(Tr::tr("%1: the module %2 is not known; this version reads Transformer, Pooling, Dense and "
                               "Normalize.").arg(index, kind));
    }
    const QString limits = QDir(folder).filePath(QStringLiteral("sentence_bert_config.json"));
    if (QFile::exists(limits)) {
        pooling.m_longest = Config(readJsonObject(limits), limits)
                                .integer(QStringLiteral("max_seq_length"), 0, 0, 1'000'000);
    }
    pooling.m_dim = pooling.m_layers.empty() ? pooling.pooledWidth()
                                             : int(pooling.m_layers.back().linear.weight.size(0));
    return pooling;
}

int SentencePooling::pooledWidth() const
{
    return m_width * int(m_kinds.size());
}

void SentencePooling::readPooling(const QString& path)
{
    const Config config(readJsonObject(path), path);
    // In the order in which they are put side by side.
    const std::array<std::tuple<Kind, const char*, const char*>, 6> known { {
        { Kind::Token, "pooling_mode_cls_token", "cls" },
        { Kind::Max, "pooling_mode_max_tokens", "max" },
        { Kind::Mean, "pooling_mode_mean_tokens", "mean" },
        { Kind::MeanRoot, "pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len_tokens" },
        { Kind::Weighted, "pooling_mode_weightedmean_tokens", "weightedmean" },
        { Kind::Last, "pooling_mode_lasttoken", "lasttoken" } } };
    const QString chosen = config.text(QStringLiteral("pooling_mode"), {});
    m_kinds.clear();
    for (const auto& [kind, key, name] : known) {
        if (chosen.isEmpty() ? config.boolean(QLatin1String(key), false) : chosen == QLatin1String(name))
            m_kinds.push_back(kind);
    }
    if (m_kinds.empty())
        config.fail(QStringLiteral("pooling_mode"), Tr::tr("it names no pooling that this version knows."));
    const int width = config.integer(QStringLiteral("word_embedding_dimension"), m_width, 1, 65536);
    if (width != m_width)
        config.fail(QStringLiteral("word_embedding_dimension"), Tr::tr("the model's tokens have %1 numbers.").arg(m_width));
}

void SentencePooling::readDense(const QString& folder, const at::Device& device)
{
    const QDir dir(folder);
    const QString path = dir.filePath(QStringLiteral("config.json"));
    const Config config(readJsonObject(path), path);
    const int from = m_layers.empty() ? pooledWidth() : int(m_layers.back().linear.weight.size(0));
    if (config.integer(QStringLiteral("in_features"), from, 1, 1 << 20) != from)
        config.fail(QStringLiteral("in_features"), Tr::tr("what comes before gives %1 numbers.").arg(from));
    const int to = config.integer(QStringLiteral("out_features"), from, 1, 1 << 20);
    const QString activation
        = config.text(QStringLiteral("activation_function"), QStringLiteral("torch.nn.Tanh")).section(u'.', -1);
    static const QStringList known { QStringLiteral("Tanh"), QStringLiteral("Identity"), QStringLiteral("ReLU"),
        QStringLiteral("GELU"), QStringLiteral("Sigmoid") };
    if (!known.contains(activation)) {
        config.fail(QStringLiteral("activation_function"),
            Tr::tr("%1 is not known; this version reads %2.").arg(activation, known.join(QStringLiteral(", "))));
    }
    const QString safe = dir.filePath(QStringLiteral("model.safetensors"));
    TensorFile file = QFile::exists(safe) ? readSafetensorsFile(safe)
                                          : readTorchFile(dir.filePath(QStringLiteral("pytorch_model.bin")));
    StoredWeights weights(std::move(file.tensors), folder, device);
    m_layers.push_back({ Linear(Scope { weights, QStringLiteral("linear.") }, from, to, 1,
                             config.boolean(QStringLiteral("bias"), true)),
        activation });
}

at::Tensor SentencePooling::pool(Kind kind, const at::Tensor& last, const at::Tensor& there) const
{
    const at::Tensor count = there.sum(1, true).clamp_min(fewest);
    switch (kind) {
    case Kind::Token:
        return last.select(1, 0);
    case Kind::Max:
        return std::get<0>(last.masked_fill(there.eq(0).unsqueeze(2), -1e9).max(1));
    case Kind::Mean:
        return meanOf(last, there);
    case Kind::MeanRoot:
        return meanOf(last, there) * count.sqrt();
    case Kind::Weighted:
        return meanOf(last, there * at::arange(1, there.size(1) + 1, there.options()));
    case Kind::Last: {
        const at::Tensor end = (there * at::arange(1, there.size(1) + 1, there.options())).argmax(1);
        return last.gather(1, end.view({ -1, 1, 1 }).expand({ -1, 1, last.size(2) })).squeeze(1);
    }
    }
    Q_UNREACHABLE();
}

at::Tensor SentencePooling::finish(const at::Tensor& pooled) const
{
    at::Tensor values = pooled;
    for (const Layer& layer : m_layers)
        values = activated(layer.linear(values), layer.activation);
    return m_unit ? unit(values) : values;
}

void SentencePooling::read(EncoderOutput& output, const at::Tensor& there) const
{
    const at::Tensor mean = meanOf(output.last, there);
    output.more["cls"] = output.last.select(1, 0);
    output.more["mean_pooled"] = mean;
    output.more["mean_pooled_normalized"] = unit(mean);
    std::vector<at::Tensor> parts;
    for (const Kind kind : m_kinds)
        parts.push_back(kind == Kind::Mean ? mean : pool(kind, output.last, there));
    output.pooled = parts.size() == 1 ? parts.front() : at::cat(parts, 1);
    output.embedding = finish(output.pooled);
    const auto longs = there.options().dtype(at::kLong);
    output.pooledAt = at::full({ there.size(0) }, -1, longs);
    if (m_kinds == std::vector { Kind::Token })
        output.pooledAt.zero_();
    else if (m_kinds == std::vector { Kind::Last })
        output.pooledAt = (there * at::arange(1, there.size(1) + 1, there.options())).argmax(1);
    output.layout.pooled = m_kinds == std::vector { Kind::Token } ? 0 : -1;
}

} // namespace triptych
