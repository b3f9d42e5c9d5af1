#include "core/engine/representation/text/SmallBert.h"

#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/CheckpointModel.h"
#include "core/engine/models/SafetensorsWriter.h"
#include "core/engine/models/families/Bert.h"
#include "core/engine/models/nn/Weights.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

namespace triptych::bert {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

/// The kit's parameters by the names of a checkpoint. It has no pooler and no classifier: only what
/// masked words train.
class KitWeights final : public Weights {
public:
    explicit KitWeights(Parameters& parameters)
        : m_parameters(parameters)
    {
    }
    bool has(const QString& name) const override
    {
        return name.startsWith("bert.embeddings."_L1) || name.startsWith("bert.encoder."_L1)
            || name.startsWith("cls.predictions.transform."_L1) || name == "cls.predictions.bias"_L1;
    }

protected:
    at::Tensor make(const QString& name, at::IntArrayRef shape, Init init) override
    {
        const std::string key = name.toStdString();
        return init.deviation > 0 ? m_parameters.normal(key, shape, init.deviation) : m_parameters.constant(key, shape, init.mean);
    }

private:
    Parameters& m_parameters;
};

void writeFile(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        throw Error(Tr::tr("%1 cannot be written: %2; choose another folder.").arg(path, file.errorString()));
}

std::vector<std::pair<std::string, at::Tensor>> weightsOf(const Value& fitted)
{
    std::vector<std::pair<std::string, at::Tensor>> weights;
    for (const auto& [name, array] : fitted.arrays) {
        if (!name.startsWith("weights."_L1))
            continue;
        const std::vector<int64_t> shape(array.shape.begin(), array.shape.end());
        weights.emplace_back(name.mid(8).toStdString(),
            at::from_blob(const_cast<char*>(array.bytes.constData()), shape, at::TensorOptions(at::kFloat)));
    }
    return weights;
}

} // namespace

QJsonObject configOf(const QJsonObject& options, int vocabulary)
{
    const int width = options[u"width"].toInt();
    const int heads = options[u"heads"].toInt();
    if (width % heads != 0) {
        throw Error(Tr::tr("heads: %1 heads cannot share a width of %2 evenly; choose a divisor of it.").arg(heads).arg(width));
    }
    return { { u"model_type"_s, u"bert"_s }, { u"architectures"_s, QJsonArray { u"BertForMaskedLM"_s } },
        { u"vocab_size"_s, vocabulary }, { u"hidden_size"_s, width }, { u"num_hidden_layers"_s, options[u"layers"] },
        { u"num_attention_heads"_s, heads }, { u"intermediate_size"_s, options[u"inner"] }, { u"hidden_act"_s, u"gelu"_s },
        { u"max_position_embeddings"_s, options[u"max_tokens"] }, { u"type_vocab_size"_s, 2 }, { u"layer_norm_eps"_s, 1e-12 },
        { u"pad_token_id"_s, 0 }, { u"hidden_dropout_prob"_s, 0.0 }, { u"attention_probs_dropout_prob"_s, 0.0 },
        { u"tie_word_embeddings"_s, true }, { u"torch_dtype"_s, u"float32"_s } };
}

Towers towersOf(const QJsonObject& config, Parameters& parameters)
{
    KitWeights weights(parameters);
    return buildBert({ u"bert"_s, config, weights });
}

void writeTokenizer(const QString& folder, const QStringList& vocabulary, int maxTokens)
{
    if (!QDir().mkpath(folder))
        throw Error(Tr::tr("%1: the folder cannot be made; choose another one.").arg(folder));
    const QDir dir(folder);
    const QJsonObject special { { u"unk_token"_s, u"[UNK]"_s }, { u"sep_token"_s, u"[SEP]"_s }, { u"pad_token"_s, u"[PAD]"_s },
        { u"cls_token"_s, u"[CLS]"_s }, { u"mask_token"_s, u"[MASK]"_s } };
    QJsonObject config = special;
    config[u"tokenizer_class"_s] = u"BertTokenizer"_s;
    config[u"do_lower_case"_s] = true;
    config[u"strip_accents"_s] = false;
    config[u"tokenize_chinese_chars"_s] = true;
    config[u"model_max_length"_s] = maxTokens;
    writeFile(dir.filePath(u"vocab.txt"_s), vocabulary.join(u'\n').toUtf8() + '\n');
    writeFile(dir.filePath(u"special_tokens_map.json"_s), QJsonDocument(special).toJson());
    writeFile(dir.filePath(u"tokenizer_config.json"_s), QJsonDocument(config).toJson());
}

void writeFolder(const QString& folder, const Value& fitted)
{
    const QJsonObject config = fitted.info[u"config"].toObject();
    const QStringList vocabulary = fitted.strings(u"vocabulary"_s);
    if (config.isEmpty() || vocabulary.isEmpty())
        throw Error(Tr::tr("What was kept lacks its configuration or vocabulary; train it again."));
    writeTokenizer(folder, vocabulary, config[u"max_position_embeddings"].toInt());
    const QDir dir(folder);
    writeFile(dir.filePath(u"config.json"_s), QJsonDocument(config).toJson());
    writeSafetensors(dir.filePath(u"model.safetensors"_s), weightsOf(fitted), at::kFloat, { { "format", "pt" } });
}

Opened open(const Value& fitted, const QString& device)
{
    Opened opened { std::make_unique<QTemporaryDir>(), nullptr };
    if (!opened.folder->isValid())
        throw Error(Tr::tr("No temporary folder can be made: %1.").arg(opened.folder->errorString()));
    writeFolder(opened.folder->path(), fitted);
    opened.model = std::make_shared<CheckpointModel>(Checkpoint::open(opened.folder->path()), at::Device(device.toStdString()));
    return opened;
}

} // namespace triptych::bert
