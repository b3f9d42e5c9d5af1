#include "core/engine/models/CheckpointModel.h"

#include "core/engine/media/Media.h"
#include "core/engine/models/Tokenizer.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QJsonArray>

// From samples to what the towers read.

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

at::Tensor CheckpointModel::picture(const Sample& sample) const
{
    PictureOptions options;
    options.background = m_pictures->background();
    return (*m_pictures)(readPicture(sourceOf(sample, Modality::Image), options)).unsqueeze(0);
}

at::Tensor CheckpointModel::frames(const Sample& sample) const
{
    VideoOptions options;
    options.frames = m_videos->frames();
    const at::Tensor read = readVideo(sourceOf(sample, Modality::Video), options).frames;
    if (read.size(0) == 0)
        throw Error(Tr::tr("%1 has no frame that can be read.").arg(sample.title()));
    const at::Tensor frames = (*m_videos)(read);
    return watches() ? frames.unsqueeze(0) : frames;
}

EncoderInput CheckpointModel::sounds(const std::vector<Sample>& samples, QStringList* cut) const
{
    std::vector<at::Tensor> sounds;
    for (const Sample& sample : samples)
        sounds.push_back(m_sounds->read(sourceOf(sample, Modality::Audio)));
    std::vector<bool> longer;
    EncoderInput input = m_sounds->batch(sounds, &longer);
    for (size_t i = 0; i < samples.size(); ++i) {
        if (longer[i] && cut)
            cut->append(samples[i].id);
    }
    return input;
}

std::vector<Model::Part> CheckpointModel::soundParts(const Sample& sample) const
{
    if (!m_sounds)
        m_towers.encoder(Modality::Audio); // says which there are
    std::vector<Part> made;
    double begin = 0;
    for (const at::Tensor& part : m_sounds->parts(m_sounds->read(sourceOf(sample, Modality::Audio)))) {
        const double end = begin + double(part.numel()) / m_sounds->rate();
        made.push_back({ m_sounds->batch({ part }), begin, end });
        begin = end;
    }
    return made;
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
    const Modality read = towerOf(modality);
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
    if (rows < 1 || columns < 1 || !(modality == Modality::Video ? m_videos.has_value() : m_pictures.has_value()))
        return { 0, 0, 1, 1 };
    return (modality == Modality::Video ? m_videos->pictures() : *m_pictures).region(rows, columns);
}

double CheckpointModel::soundStart(const Sample& sample) const
{
    return m_sounds ? m_sounds->start(m_sounds->read(sourceOf(sample, Modality::Audio))) : 0;
}

} // namespace triptych
