#include "core/engine/models/CheckpointModel.h"

#include "core/engine/media/Media.h"
#include "core/engine/models/Families.h"
#include "core/engine/models/Tokenizer.h"
#include "core/engine/models/WeightChecks.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <cmath>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

} // namespace

const Source& sourceOf(const Sample& sample, Modality modality)
{
    const auto found = sample.sources.find(modality);
    if (found == sample.sources.end())
        throw Error(Tr::tr("%1 has no %2.").arg(sample.title(), modalityTitle(modality)));
    return found->second;
}

Config preprocessorConfig(const QString& folder)
{
    const QString path = QDir(folder).filePath(QStringLiteral("preprocessor_config.json"));
    return { QFile::exists(path) ? readJsonObject(path) : QJsonObject(), path };
}

namespace {

// Newer folders keep what is done to videos apart.
Config videoConfig(const Config& config, const QString& folder)
{
    const QString path = QDir(folder).filePath(QStringLiteral("video_preprocessor_config.json"));
    return QFile::exists(path) ? Config(readJsonObject(path), path) : config;
}

} // namespace

CheckpointModel::CheckpointModel(Checkpoint checkpoint, const at::Device& device)
    : m_checkpoint(std::move(checkpoint))
    , m_towers(buildTowers(m_checkpoint, device))
    , m_family(modelConfig(m_checkpoint).value(QStringLiteral("model_type")).toString())
{
    const bool reads = m_towers.encoders.count(Modality::Text) > 0 || m_towers.joint || m_towers.writer;
    if (reads && Tokenizer::isIn(m_checkpoint.folder())) {
        try {
            m_tokenizer = Tokenizer::open(m_checkpoint.folder());
        } catch (const Error& error) {
            m_tokenizerProblem = error.message(); // pictures and sounds are read without it
        }
    }
    openProcessors();
    countBytes();
}

// A parameter that is the file's own memory costs nothing until it is read.
void CheckpointModel::countBytes()
{
    std::map<const char*, const char*> mapped;
    for (const auto& [name, tensor] : m_checkpoint.tensors()) {
        const auto* start = static_cast<const char*>(tensor.storage().data());
        mapped[start] = std::max(mapped[start], start + tensor.storage().nbytes());
    }
    for (const auto& [name, tensor] : m_towers.parameters()) {
        const auto bytes = static_cast<qint64>(tensor.nbytes());
        m_weightBytes += bytes;
        const auto* at = static_cast<const char*>(tensor.data_ptr());
        const auto after = mapped.upper_bound(at);
        if (after == mapped.begin() || std::prev(after)->second <= at)
            m_copiedBytes += bytes;
    }
}

void CheckpointModel::requireFinite(
    const std::vector<std::pair<std::string, at::Tensor>>& tensors, const void* part)
{
    try {
        checkFinite(tensors, path());
    } catch (const Error&) {
        m_finite.erase(part); // it is said every time
        throw;
    }
}

void CheckpointModel::openProcessors()
{
    Config config = preprocessorConfig(m_checkpoint.folder());
    if (config.json().isEmpty() && !m_towers.processor.isEmpty())
        config = Config(m_towers.processor, config.where());
    const auto side = [this](Modality modality, int index) {
        return m_towers.facts.at(modality).value(QStringLiteral("input")).toArray().at(index).toInt();
    };
    if (m_towers.facts.count(Modality::Image) > 0) {
        m_pictures = PictureProcessor::from(
            config, { side(Modality::Image, 1), side(Modality::Image, 2) });
        m_videos.emplace(*m_pictures, framesPerVideo);
    }
    if (watches())
        m_videos = VideoProcessor::from(videoConfig(config, m_checkpoint.folder()), m_towers.facts.at(Modality::Video));
    if (m_towers.facts.count(Modality::Audio) > 0) {
        m_sounds = AudioProcessor::from(
            config, m_towers.processor, side(Modality::Audio, 1), side(Modality::Audio, 2));
    }
}

QString CheckpointModel::family() const
{
    return m_family;
}

std::vector<Modality> CheckpointModel::modalities() const
{
    std::vector<Modality> known;
    for (const auto& [modality, encoder] : m_towers.encoders)
        known.push_back(modality);
    return known;
}

Encoder& CheckpointModel::encoder(Modality modality)
{
    return checked(m_towers.encoder(towerOf(modality)));
}

Modality CheckpointModel::towerOf(Modality modality) const
{
    return modality == Modality::Video && !watches() ? Modality::Image : modality;
}

const Tokenizer& CheckpointModel::tokenizer() const
{
    if (!m_tokenizer) {
        if (!m_tokenizerProblem.isEmpty())
            throw Error(m_tokenizerProblem);
        throw Error(Tr::tr("%1 has no tokenizer; vocab.json with merges.txt, or tokenizer.json, belongs "
                       "beside config.json.").arg(path()));
    }
    return *m_tokenizer;
}

double CheckpointModel::logitScale() const
{
    return m_towers.logitScale.defined() ? std::exp(m_towers.logitScale.item<double>()) : 1;
}

double CheckpointModel::logitBias() const
{
    return m_towers.logitBias.defined() ? m_towers.logitBias.item<double>() : 0;
}

JointEncoder& CheckpointModel::joint()
{
    return m_towers.joint ? checked(*m_towers.joint) : Model::joint();
}

Writer& CheckpointModel::writer()
{
    return m_towers.writer ? checked(*m_towers.writer) : Model::writer();
}

std::optional<QString> CheckpointModel::outputName(Modality modality) const
{
    const auto found = m_towers.outputNames.find(modality);
    return found == m_towers.outputNames.end() ? std::nullopt : std::optional(found->second);
}

std::map<std::string, at::Tensor> CheckpointModel::forward(const std::map<std::string, at::Tensor>& inputs) const
{
    return m_towers.forward(inputs);
}

QJsonObject CheckpointModel::towerFacts() const
{
    QJsonObject towers;
    for (const auto& [modality, facts] : m_towers.facts) {
        QJsonObject one = facts;
        if (modality == Modality::Audio) {
            one.insert(QStringLiteral("seconds"), m_sounds->seconds());
            one.insert(QStringLiteral("hz"), QJsonArray { m_sounds->lowHz(), m_sounds->highHz() });
            one.insert(QStringLiteral("rate"), m_sounds->rate());
        }
        towers.insert(modalityName(modality), one);
    }
    return towers;
}

QJsonObject CheckpointModel::viewFacts() const
{
    QStringList all;
    QStringList attentive;
    QStringList convolving;
    for (const auto& [modality, encoder] : m_towers.encoders) {
        all.append(modalityTitle(modality));
        if (encoder->heads() > 0)
            attentive.append(modalityTitle(modality));
        else if (encoder->layers() > 0)
            convolving.append(modalityTitle(modality));
    }
    const auto joined = [](const QStringList& names) { return names.join(QStringLiteral(", ")); };
    QStringList looks;
    if (!attentive.isEmpty())
        looks.append(Tr::tr("every layer and head over %1, with gradients").arg(joined(attentive)));
    if (!convolving.isEmpty())
        looks.append(Tr::tr("Grad-CAM over %1 (a convolutional net has no attention)").arg(joined(convolving)));
    if (m_towers.writer)
        looks.append(Tr::tr("each word that it writes"));
    if (m_towers.joint)
        looks.append(Tr::tr("picture and text looking at each other"));
    QJsonObject views;
    const auto add = [&views](const char* view, const QString& text) { views.insert(QLatin1String(view), text); };
    if (!all.isEmpty())
        add("map", Tr::tr("embeddings of %1").arg(joined(all)));
    if (!looks.isEmpty())
        add("attention", looks.join(QStringLiteral("; ")));
    if (all.size() > 1)
        add("alignment", Tr::tr("similarity and retrieval between %1").arg(joined(all)));
    return views;
}

namespace {

/// What a model writes: task, source, whether it takes a question; null when it does not write.
QJsonValue writerFacts(const Writer* writer)
{
    if (!writer)
        return {};
    return QJsonObject { { QStringLiteral("task"), writer->task() },
        { QStringLiteral("source"), modalityName(writer->source()) },
        { QStringLiteral("question"), writer->takesQuestion() } };
}

/// What a model reads together, what for, and whether its pictures are a detector's regions.
QJsonValue jointFacts(const JointEncoder* joint)
{
    if (!joint)
        return {};
    QJsonArray together;
    for (const Modality modality : joint->modalities())
        together.append(modalityName(modality));
    return QJsonObject { { QStringLiteral("modalities"), together }, { QStringLiteral("task"), joint->task() },
        { QStringLiteral("regions"), !joint->regionNeed().isEmpty() } };
}

} // namespace

QJsonObject CheckpointModel::info() const
{
    QJsonArray known;
    int dim = 0;
    for (const auto& [modality, encoder] : m_towers.encoders) {
        known.append(modalityName(modality));
        dim = encoder->dim();
    }
    qint64 parameters = 0;
    for (const auto& [name, tensor] : m_towers.parameters())
        parameters += tensor.numel();
    return { { QStringLiteral("path"), path() },
        { QStringLiteral("name"), QDir(path()).dirName() }, { QStringLiteral("family"), family() },
        { QStringLiteral("hash"), hash() }, { QStringLiteral("modalities"), known },
        { QStringLiteral("dim"), dim }, { QStringLiteral("parameters"), parameters },
        { QStringLiteral("dtype"), m_checkpoint.dtype() },
        { QStringLiteral("size_bytes"), m_checkpoint.byteSize() },
        { QStringLiteral("labels"), QJsonArray::fromStringList(labels()) },
        { QStringLiteral("notes"), QJsonArray::fromStringList(m_checkpoint.notes()) },
        { QStringLiteral("towers"), towerFacts() },
        { QStringLiteral("writes"), writerFacts(m_towers.writer.get()) },
        { QStringLiteral("joint"), jointFacts(m_towers.joint.get()) },
        { QStringLiteral("tokenizer"), m_tokenizer ? QJsonValue(m_tokenizer->name()) : QJsonValue() },
        { QStringLiteral("views"), viewFacts() },
        { QStringLiteral("logit_scale"), logitScale() } };
}

} // namespace triptych
