#include "core/engine/models/CheckpointModel.h"

#include "core/engine/media/Media.h"
#include "core/engine/models/Families.h"
#include "core/engine/models/Tokenizer.h"
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

// "max_tokens", "input" … of a tower.
int fact(const QJsonObject& facts, const char* name)
{
    return facts.value(QLatin1String(name)).toInt();
}

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

CheckpointModel::CheckpointModel(const QString& folder, const at::Device& device)
    : m_checkpoint(Checkpoint::open(folder))
    , m_towers(buildTowers(m_checkpoint, device))
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
    }
    if (m_towers.facts.count(Modality::Audio) > 0) {
        m_sounds = AudioProcessor::from(
            config, m_towers.processor, side(Modality::Audio, 1), side(Modality::Audio, 2));
    }
}

QString CheckpointModel::family() const
{
    return m_checkpoint.config().value(QStringLiteral("model_type")).toString();
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
    return m_towers.encoder(modality == Modality::Video ? Modality::Image : modality);
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

at::Tensor CheckpointModel::picture(const Sample& sample) const
{
    PictureOptions options;
    options.background = m_pictures->background();
    return (*m_pictures)(readPicture(sourceOf(sample, Modality::Image), options)).unsqueeze(0);
}

at::Tensor CheckpointModel::frames(const Sample& sample) const
{
    VideoOptions options;
    options.frames = framesPerVideo;
    const at::Tensor read = readVideo(sourceOf(sample, Modality::Video), options).frames;
    if (read.size(0) == 0)
        throw Error(Tr::tr("%1 has no frame that can be read.").arg(sample.title()));
    std::vector<at::Tensor> rows;
    for (int64_t i = 0; i < framesPerVideo; ++i) // a shorter video repeats its last frame
        rows.push_back((*m_pictures)(read[std::min(i, read.size(0) - 1)]));
    return at::stack(rows);
}

EncoderInput CheckpointModel::sounds(const std::vector<Sample>& samples, QStringList* cut) const
{
    std::vector<at::Tensor> rows;
    std::vector<at::Tensor> longer;
    for (const Sample& sample : samples) {
        bool cutHere = false;
        rows.push_back((*m_sounds)(m_sounds->read(sourceOf(sample, Modality::Audio)), &cutHere));
        longer.push_back(at::full({ 1 }, cutHere, at::kBool));
        if (cutHere && cut)
            cut->append(sample.id);
    }
    EncoderInput input = batchOf(rows);
    if (m_sounds->tellsLonger())
        input.longer = at::stack(longer);
    return input;
}

EncoderInput CheckpointModel::texts(const std::vector<Sample>& samples, QStringList* cut) const
{
    QStringList all;
    for (const Sample& sample : samples) {
        const Source& source = sourceOf(sample, Modality::Text);
        all.append(source.path.isEmpty() && source.bytes.isEmpty() ? source.text : readText(source));
    }
    const int longest = fact(m_towers.facts.at(Modality::Text), "max_tokens");
    const int own = tokenizer().maxLength();
    TokenizeOptions options;
    options.padding = Padding::None;
    options.truncation = false;
    options.maxLength = own > 0 ? std::min(own, longest) : longest;
    if (cut) {
        const auto whole = tokenizer().encode(all, {}, options);
        for (size_t i = 0; i < whole.size(); ++i) {
            if (whole[i].size() > static_cast<size_t>(options.maxLength))
                cut->append(samples[i].id);
        }
    }
    const bool filled = m_towers.facts.at(Modality::Text).value(u"padding").toString() == u"max_length";
    options.padding = filled ? Padding::MaxLength : Padding::Longest;
    options.truncation = true;
    const auto rows = tokenizer().encode(all, {}, options);
    const auto width = static_cast<int64_t>(rows.front().size());
    EncoderInput input;
    input.ids = at::empty({ static_cast<int64_t>(rows.size()), width }, at::kLong);
    input.mask = at::empty_like(input.ids);
    input.types = at::empty_like(input.ids);
    for (size_t i = 0; i < rows.size(); ++i) {
        std::copy(rows[i].types.begin(), rows[i].types.end(), input.types.data_ptr<int64_t>() + i * width);
        std::copy(rows[i].ids.begin(), rows[i].ids.end(), input.ids.data_ptr<int64_t>() + i * width);
        std::copy(rows[i].mask.begin(), rows[i].mask.end(), input.mask.data_ptr<int64_t>() + i * width);
    }
    return input;
}

EncoderInput CheckpointModel::prepare(
    Modality modality, const std::vector<Sample>& samples, QStringList* cut) const
{
    const Modality read = modality == Modality::Video ? Modality::Image : modality;
    if (m_towers.facts.count(read) == 0)
        m_towers.encoder(read); // says which there are
    if (samples.empty())
        throw Error(Tr::tr("There is no sample to encode."));
    if (modality == Modality::Text)
        return texts(samples, cut);
    if (modality == Modality::Audio)
        return sounds(samples, cut);
    std::vector<at::Tensor> rows;
    for (const Sample& sample : samples) {
        rows.push_back(modality == Modality::Image ? picture(sample) : frames(sample));
        if (rows.back().sizes() != rows.front().sizes())
            throw Error(Tr::tr("The samples give inputs of different sizes; encode them one by one."));
    }
    EncoderInput input;
    input.values = at::cat(rows);
    return input;
}

QString CheckpointModel::inputName(Modality modality) const
{
    return modality == Modality::Audio && m_sounds ? m_sounds->inputName() : Model::inputName(modality);
}

std::array<double, 4> CheckpointModel::region(const Sample& sample, Modality modality) const
{
    const QJsonObject facts = describe(sourceOf(sample, modality), modality);
    const int rows = facts.value(QStringLiteral("height")).toInt();
    const int columns = facts.value(QStringLiteral("width")).toInt();
    if (!m_pictures || rows < 1 || columns < 1)
        return { 0, 0, 1, 1 };
    return m_pictures->region(rows, columns);
}

double CheckpointModel::soundStart(const Sample& sample) const
{
    return m_sounds ? m_sounds->start(m_sounds->read(sourceOf(sample, Modality::Audio))) : 0;
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
    return m_towers.joint ? *m_towers.joint : Model::joint();
}

Writer& CheckpointModel::writer()
{
    return m_towers.writer ? *m_towers.writer : Model::writer();
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
    QStringList names;
    for (const auto& [modality, encoder] : m_towers.encoders)
        names.append(modalityTitle(modality));
    const QString all = names.join(QStringLiteral(", "));
    QJsonObject views { { QStringLiteral("map"), Tr::tr("embeddings of %1").arg(all) },
        { QStringLiteral("attention"), Tr::tr("every layer and head over %1, with gradients").arg(all) } };
    if (names.size() > 1) {
        views.insert(QStringLiteral("alignment"), Tr::tr("similarity and retrieval between %1").arg(all));
    }
    return views;
}

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
        { QStringLiteral("towers"), towerFacts() },
        { QStringLiteral("tokenizer"), m_tokenizer ? QJsonValue(m_tokenizer->name()) : QJsonValue() },
        { QStringLiteral("views"), viewFacts() },
        { QStringLiteral("logit_scale"), logitScale() } };
}

} // namespace triptych
