#include "core/engine/representation/coordinated/CoordinatedFeatures.h"

#include "core/engine/features/Mel.h"
#include "core/engine/features/SpeechFrames.h"
#include "core/engine/models/Model.h"
#include "core/engine/representation/Signals.h"
#include "core/engine/representation/text/TextInput.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <cmath>
#include <numbers>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

constexpr int pictureSide = 48, thumbSide = 12, colourLevels = 4, edgeCells = 6, edgeDirections = 8;
constexpr int soundRate = 16'000, coefficients = 20, quarters = 4;
constexpr int64_t pixelColumns = 3 * thumbSide * thumbSide;
constexpr int64_t colourColumns = colourLevels * colourLevels * colourLevels;

const BagOptions& bagOptions()
{
    static const BagOptions options = [] {
        BagOptions bag;
        bag.units = { .kind = UnitOptions::Kind::CharInWord, .low = 2, .high = 4 };
        bag.inverse = bag.normalize = true;
        return bag;
    }();
    return options;
}

/// Roots of the shares of 64 colours [N,64].
at::Tensor colourHistograms(const at::Tensor& pictures)
{
    const at::Tensor levels = pictures.to(at::kLong).div(256 / colourLevels, "floor");
    const at::Tensor colours = (levels.select(1, 0) * colourLevels + levels.select(1, 1)) * colourLevels + levels.select(1, 2);
    const at::Tensor flat = colours.flatten(1);
    at::Tensor counts = at::zeros({ flat.size(0), colourColumns }, at::TensorOptions(at::kFloat));
    counts.scatter_add_(1, flat, at::ones_like(flat, at::TensorOptions(at::kFloat)));
    return (counts / double(flat.size(1))).sqrt();
}

/// Roots of the shares of gradient strength by direction in each cell [N, directions · cells²] (after Dalal and
/// Triggs 2005).
at::Tensor edgeHistograms(const at::Tensor& values)
{
    const at::Tensor grey = values.mean(1);
    const at::Tensor inner = grey.narrow(1, 1, pictureSide - 2).narrow(2, 1, pictureSide - 2);
    const at::Tensor dx = grey.narrow(1, 1, pictureSide - 2).narrow(2, 2, pictureSide - 2)
        - grey.narrow(1, 1, pictureSide - 2).narrow(2, 0, pictureSide - 2);
    const at::Tensor dy = grey.narrow(1, 2, pictureSide - 2).narrow(2, 1, pictureSide - 2)
        - grey.narrow(1, 0, pictureSide - 2).narrow(2, 1, pictureSide - 2);
    const at::Tensor strength = (dx.square() + dy.square()).sqrt();
    const at::Tensor angle = at::atan2(dy, dx).remainder(std::numbers::pi); // a line has no front
    const at::Tensor direction = (angle * (edgeDirections / std::numbers::pi)).floor().clamp(0, edgeDirections - 1);
    std::vector<at::Tensor> maps;
    for (int d = 0; d < edgeDirections; ++d)
        maps.push_back(strength * direction.eq(d).to(inner.scalar_type()));
    const at::Tensor cells = at::adaptive_avg_pool2d(at::stack(maps, 1), { edgeCells, edgeCells }).flatten(1);
    return (cells / cells.sum(1, true).clamp_min(1e-6)).sqrt();
}

at::Tensor pictureFeatures(const at::Tensor& pictures)
{
    const at::Tensor values = scaledPictures(pictures, 3);
    return at::cat({ at::adaptive_avg_pool2d(values, { thumbSide, thumbSide }).flatten(1), colourHistograms(pictures),
                       edgeHistograms(values) }, 1);
}

/// Means and deviations of MFCCs and their slopes in the quarters of one sound.
at::Tensor soundFeatures(const at::Tensor& sound)
{
    MelOptions mel;
    mel.rate = soundRate;
    mel.mels = 40;
    const at::Tensor trimmed = trimSilence(sound);
    at::Tensor heard = at::zeros({ std::max<int64_t>(trimmed.numel(), mel.fftSize) }, at::TensorOptions(at::kFloat));
    heard.narrow(0, 0, trimmed.numel()).copy_(trimmed);
    const at::Tensor cepstra = mfcc(heard, mel, coefficients);
    const int64_t frames = cepstra.size(1);
    const at::Tensor slopes = cepstra.index_select(1, at::arange(frames, at::TensorOptions(at::kLong)).add(1).clamp_max(frames - 1))
        - cepstra.index_select(1, at::arange(frames, at::TensorOptions(at::kLong)).sub(1).clamp_min(0));
    const at::Tensor both = at::cat({ cepstra, slopes }, 0);
    std::vector<at::Tensor> parts;
    for (int q = 0; q < quarters; ++q) {
        const int64_t first = frames * q / quarters, last = std::max(first + 1, frames * (q + 1) / quarters);
        const at::Tensor part = both.narrow(1, std::min(first, frames - 1), std::min(last, frames) - std::min(first, frames - 1));
        parts.insert(parts.end(), { part.mean(1), part.std(1, false) });
    }
    return at::cat(parts);
}

at::Tensor modelFeatures(Modality modality, const std::vector<Sample>& samples, const QString& path, EngineContext& context,
    Progress& progress)
{
    constexpr size_t batch = 16;
    const auto model = context.models.open(path);
    Encoder& encoder = model->encoder(modality);
    std::vector<at::Tensor> rows;
    for (size_t first = 0; first < samples.size(); first += batch) {
        progress.report(qint64(first), qint64(samples.size()), QCoreApplication::translate("representation", "encoding"));
        const std::vector<Sample> some(samples.begin() + ptrdiff_t(first),
            samples.begin() + ptrdiff_t(std::min(samples.size(), first + batch)));
        at::Tensor embedded = encoder.encode(model->prepare(modality, some), {}).embedding.to(at::kCPU, at::kFloat);
        if (const int each = model->rowsOf(modality); each > 1)
            embedded = embedded.view({ -1, each, embedded.size(1) }).mean(1);
        rows.push_back(embedded);
    }
    const at::Tensor all = at::cat(rows);
    return all / all.norm(2, { 1 }, true).clamp_min(1e-12);
}

} // namespace

SideFeatures SideFeatures::fit(
    Modality modality, const std::vector<Sample>& training, const QString& model, int maxUnits)
{
    SideFeatures side;
    side.m_modality = modality;
    side.m_model = model;
    if (side.countsUnits()) {
        BagOptions options = bagOptions();
        options.maxUnits = maxUnits;
        side.m_bag = Bag::fit(textsOf(training), options);
        side.m_bagFacts = side.m_bag.toJson();
    }
    return side;
}

SideFeatures SideFeatures::fromJson(const QJsonObject& json)
{
    SideFeatures side;
    side.m_modality = sideModality(json[u"modality"].toString());
    side.m_model = json[u"model"].toString();
    if (side.countsUnits()) {
        side.m_bagFacts = json[u"bag"].toObject();
        side.m_bag = Bag::fromJson(side.m_bagFacts, bagOptions());
    }
    return side;
}

QJsonObject SideFeatures::toJson() const
{
    QJsonObject json { { QStringLiteral("modality"), modalityName(m_modality) }, { QStringLiteral("model"), m_model } };
    if (countsUnits())
        json[QStringLiteral("bag")] = m_bagFacts;
    return json;
}

at::Tensor SideFeatures::texts(const std::vector<Sample>& samples) const
{
    const QStringList all = textsOf(samples);
    at::Tensor rows = at::zeros({ int64_t(all.size()), m_bag.columns() }, at::TensorOptions(at::kFloat));
    for (qsizetype i = 0; i < all.size(); ++i) {
        const SparseRow row = m_bag.transform(all[i]);
        for (size_t j = 0; j < row.columns.size(); ++j)
            rows.data_ptr<float>()[i * m_bag.columns() + row.columns[j]] = float(row.values[j]);
    }
    return rows;
}

at::Tensor SideFeatures::read(const std::vector<Sample>& samples, EngineContext& context, Progress& progress) const
{
    if (!m_model.isEmpty())
        return modelFeatures(m_modality, samples, m_model, context, progress);
    if (m_modality == Modality::Text)
        return texts(samples);
    if (m_modality == Modality::Image)
        return pictureFeatures(picturesOf(samples, pictureSide, progress));
    const std::vector<at::Tensor> sounds = soundsOf(samples, soundRate, progress);
    std::vector<at::Tensor> rows;
    for (const at::Tensor& sound : sounds) {
        progress.report(qint64(rows.size()), qint64(sounds.size()), Tr::tr("MFCC"));
        rows.push_back(soundFeatures(sound));
    }
    return at::stack(rows);
}

std::vector<int64_t> SideFeatures::groups(int64_t columns) const
{
    if (!m_model.isEmpty() || m_modality != Modality::Image)
        return { columns };
    return { pixelColumns, colourColumns, columns - pixelColumns - colourColumns };
}

Standard standardOf(const at::Tensor& rows, const std::vector<int64_t>& groups)
{
    Standard standard { rows.mean(0), at::empty({ rows.size(1) }, rows.options()) };
    int64_t first = 0;
    for (const int64_t columns : groups) {
        const at::Tensor centred = (rows - standard.mean).narrow(1, first, columns);
        const double share = double(rows.size(1)) / double(columns * int64_t(groups.size()));
        const double deviation = std::sqrt(centred.square().mean().item<double>() / share);
        standard.scale.narrow(0, first, columns).fill_(std::max(1e-6, deviation));
        first += columns;
    }
    return standard;
}

Modality sideModality(const QString& name)
{
    const auto modality = modalityFromName(name);
    if (!modality || *modality == Modality::Video || *modality == Modality::Features)
        throw Error(Tr::tr("\"%1\" cannot be coordinated; choose image, text or audio.").arg(name));
    return *modality;
}

std::vector<qint64> meaningsOf(const std::vector<Sample>& samples)
{
    QHash<QString, qint64> numbers;
    std::vector<qint64> meanings;
    for (const Sample& sample : samples) {
        const auto text = sample.sources.find(Modality::Text);
        QString key = sample.group.isEmpty() ? QStringLiteral("id ") + sample.id : QStringLiteral("group ") + sample.group;
        if (text != sample.sources.end() && !text->second.text.isEmpty())
            key = QStringLiteral("text ") + text->second.text.simplified().toLower();
        if (!numbers.contains(key))
            numbers.insert(key, numbers.size());
        meanings.push_back(numbers.value(key));
    }
    return meanings;
}

} // namespace triptych::representation
