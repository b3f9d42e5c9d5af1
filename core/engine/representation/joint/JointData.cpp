#include "core/engine/representation/joint/JointData.h"

#include "core/engine/features/Mel.h"
#include "core/engine/features/SpeechFrames.h"
#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/Signals.h"
#include "core/engine/representation/text/TextInput.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <algorithm>

namespace triptych::representation {

namespace {

constexpr double depth = 60; ///< dB

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

BagOptions bagOptionsOf(const QJsonObject& options)
{
    BagOptions bag;
    if (options[u"text_unit"].toString() == u"char")
        bag.units = { .kind = UnitOptions::Kind::CharInWord, .low = 1, .high = 3 };
    bag.minDocuments = options[u"min_df"].toInt(1);
    bag.maxUnits = options[u"max_units"].toInt();
    return bag;
}

Likelihood likelihoodOf(const QString& name, const QJsonObject& options)
{
    if (name == u"label")
        return Likelihood::Categorical;
    if (name == u"text")
        return Likelihood::Multinomial;
    return name == u"audio" || options[u"pixels"].toString() == u"gaussian" ? Likelihood::Gaussian : Likelihood::Bernoulli;
}

/// Indices of the samples that have the modality, and those samples.
std::vector<Sample> thoseWith(const QString& name, const std::vector<Sample>& samples, std::vector<int64_t>& indices)
{
    std::vector<Sample> found;
    for (size_t i = 0; i < samples.size(); ++i) {
        if (hasJointModality(samples[i], name)) {
            found.push_back(samples[i]);
            indices.push_back(int64_t(i));
        }
    }
    return found;
}

at::Tensor indexOfRows(const std::vector<int64_t>& rows)
{
    return at::tensor(at::ArrayRef<int64_t>(rows), at::TensorOptions(at::kLong));
}

/// Length in seconds that nine tenths of the trimmed sounds stay below.
double usualSeconds(const std::vector<at::Tensor>& sounds, int rate)
{
    std::vector<double> seconds;
    for (const at::Tensor& sound : sounds)
        seconds.push_back(double(trimSilence(sound).numel()) / rate);
    std::sort(seconds.begin(), seconds.end());
    return std::max(0.1, seconds[(seconds.size() - 1) * 9 / 10]);
}

} // namespace

int64_t JointModality::size() const
{
    int64_t count = 1;
    for (const int64_t side : shape)
        count *= side;
    return count;
}

JointValues JointValues::at(const std::vector<int64_t>& rows) const
{
    const at::Tensor index = indexOfRows(rows);
    JointValues chosen;
    for (const at::Tensor& numbers : values)
        chosen.values.push_back(numbers.index_select(0, index.to(numbers.device())));
    chosen.present = present.index_select(0, index.to(present.device()));
    return chosen;
}

QList<OptionInfo> jointDataOptions(const char* modalities)
{
    return { option::text("modalities", modalities,
                 "Two or more of image, left, right (halves of the picture), label, text, audio"),
        option::integer("side", 28, 4, 128, "Pixels of a picture's side"),
        option::flag("colour", false, "Three channels in place of brightness"),
        option::flag("invert", false, "Dark on light becomes light on dark"),
        option::choice("pixels", "bernoulli", { QStringLiteral("bernoulli"), QStringLiteral("gaussian") },
            "Distribution of a pixel"),
        option::integer("sound_rate", 8000, 2000, 48'000, "Hz that sounds are read at"),
        option::integer("mels", 32, 4, 128, "Mel bands of a sound"),
        option::integer("frames", 32, 4, 256, "Columns of a sound's log-mel patch"),
        option::choice("text_unit", "word", { QStringLiteral("word"), QStringLiteral("char") },
            "What texts are counted in: words, or one to three letters in a row"),
        option::integer("max_units", 500, 2, 20'000, "Most frequent words or letters that are kept"),
        option::integer("min_df", 2, 1, 10'000, "A word or letter in fewer training texts is left out"),
        option::choice("split", "own", { QStringLiteral("own"), QStringLiteral("new") },
            "The samples' own split, or a new one by group with a fifth for testing") };
}

JointFormat JointFormat::fit(const std::vector<Sample>& training, const QJsonObject& options, Progress& progress)
{
    JointFormat format;
    for (const char* name : { "side", "colour", "invert", "pixels", "text_unit", "max_units", "min_df" })
        format.m_options[QLatin1String(name)] = options[QLatin1String(name)];
    format.m_sound.rate = options[u"sound_rate"].toInt();
    format.m_sound.mels = options[u"mels"].toInt();
    format.m_sound.frames = options[u"frames"].toInt();
    const QStringList names = jointModalityNames(options[u"modalities"].toString());
    for (const QString& name : names) {
        std::vector<int64_t> indices;
        const std::vector<Sample> those = thoseWith(name, training, indices);
        if (those.empty())
            throw Error(Tr::tr("No training sample has the modality \"%1\"; add some, or change modalities.").arg(name));
        if (name == u"label") {
            format.m_classes = labelsOf(those).names;
        } else if (name == u"text") {
            format.m_bag = Bag::fit(textsOf(those), bagOptionsOf(options));
            format.m_bagFacts = format.m_bag.toJson();
        } else if (name == u"audio") {
            const std::vector<at::Tensor> sounds = soundsOf(those, format.m_sound.rate, progress);
            format.m_sound.seconds = usualSeconds(sounds, format.m_sound.rate);
            const at::Tensor patches = format.patches(sounds);
            format.m_sound.mean = patches.mean().item<double>();
            format.m_sound.deviation = std::max(1e-3, patches.std(false).item<double>());
        }
    }
    format.describe(names);
    return format;
}

JointModality JointFormat::described(const QString& name) const
{
    JointModality modality;
    modality.name = name;
    modality.likelihood = likelihoodOf(name, m_options);
    const int64_t side = m_options[u"side"].toInt(), channels = m_options[u"colour"].toBool() ? 3 : 1;
    if (name == u"label") {
        modality.words = m_classes;
        modality.shape = { m_classes.size() };
    } else if (name == u"text") {
        modality.words = m_bag.units();
        modality.shape = { m_bag.columns() };
    } else if (name == u"audio") {
        modality.shape = { m_sound.mels, m_sound.frames };
    } else if (name == u"image") {
        modality.shape = { channels, side, side };
    } else {
        modality.shape = { channels, side, name == u"left" ? side / 2 : side - side / 2 };
    }
    return modality;
}

void JointFormat::describe(const QStringList& names)
{
    m_modalities.clear();
    for (const QString& name : names)
        m_modalities.push_back(described(name));
}

QJsonObject JointFormat::toJson() const
{
    QStringList names;
    for (const JointModality& modality : m_modalities)
        names.append(modality.name);
    QJsonObject json { { QStringLiteral("modalities"), QJsonArray::fromStringList(names) },
        { QStringLiteral("options"), m_options } };
    if (!m_classes.isEmpty())
        json[QStringLiteral("classes")] = QJsonArray::fromStringList(m_classes);
    if (!m_bagFacts.isEmpty())
        json[QStringLiteral("bag")] = m_bagFacts;
    json[QStringLiteral("sound")] = QJsonObject { { QStringLiteral("rate"), m_sound.rate },
        { QStringLiteral("mels"), m_sound.mels }, { QStringLiteral("frames"), m_sound.frames },
        { QStringLiteral("seconds"), m_sound.seconds }, { QStringLiteral("mean"), m_sound.mean },
        { QStringLiteral("deviation"), m_sound.deviation } };
    return json;
}

JointFormat JointFormat::fromJson(const QJsonObject& json)
{
    JointFormat format;
    format.m_options = json[u"options"].toObject();
    format.m_classes = json[u"classes"].toVariant().toStringList();
    format.m_bagFacts = json[u"bag"].toObject();
    if (!format.m_bagFacts.isEmpty())
        format.m_bag = Bag::fromJson(format.m_bagFacts, bagOptionsOf(format.m_options));
    const QJsonObject sound = json[u"sound"].toObject();
    format.m_sound = { .rate = sound[u"rate"].toInt(), .mels = sound[u"mels"].toInt(), .frames = sound[u"frames"].toInt(),
        .seconds = sound[u"seconds"].toDouble(), .mean = sound[u"mean"].toDouble(),
        .deviation = sound[u"deviation"].toDouble() };
    format.describe(jointModalityNames(json[u"modalities"].toVariant().toStringList().join(u',')));
    for (const JointModality& modality : format.m_modalities) {
        if (modality.size() < 1)
            throw Error(Tr::tr("What was trained does not say how \"%1\" is read; train it again.").arg(modality.name));
    }
    return format;
}

int JointFormat::indexOf(const QString& name) const
{
    const auto found = std::find_if(
        m_modalities.begin(), m_modalities.end(), [&](const JointModality& modality) { return modality.name == name; });
    return found == m_modalities.end() ? -1 : int(found - m_modalities.begin());
}

at::Tensor JointFormat::patches(const std::vector<at::Tensor>& sounds) const
{
    MelOptions mel;
    mel.rate = m_sound.rate;
    mel.hop = std::max(1, m_sound.rate / 100);
    mel.fftSize = 2;
    while (mel.fftSize * 1000 < m_sound.rate * 32) // 32 ms, as speech is usually looked at
        mel.fftSize *= 2;
    mel.mels = m_sound.mels;
    mel.log = MelLog::Db;
    mel.topDb = depth;
    const int64_t length = std::max<int64_t>(mel.fftSize, int64_t(m_sound.seconds * m_sound.rate));
    std::vector<at::Tensor> patches;
    for (const at::Tensor& sound : sounds) {
        const at::Tensor trimmed = trimSilence(sound);
        at::Tensor filled = at::zeros({ length }, at::TensorOptions(at::kFloat));
        const int64_t kept = std::min(length, trimmed.numel());
        filled.narrow(0, 0, kept).copy_(trimmed.narrow(0, 0, kept));
        const at::Tensor decibels = logMel(filled, mel);
        patches.push_back(at::adaptive_avg_pool1d(decibels - decibels.max(), m_sound.frames).flatten());
    }
    return at::stack(patches);
}

at::Tensor JointFormat::numbersOf(
    const JointModality& modality, const std::vector<Sample>& samples, Progress& progress) const
{
    if (modality.name == u"label") {
        const at::Tensor classes = labelsOf(samples, m_classes).numbers;
        return at::arange(int64_t(m_classes.size()), at::TensorOptions(at::kLong)).eq(classes.unsqueeze(1)).to(at::kFloat);
    }
    if (modality.name == u"text") {
        at::Tensor counts = at::zeros({ int64_t(samples.size()), m_bag.columns() }, at::TensorOptions(at::kFloat));
        const QStringList texts = textsOf(samples);
        for (qsizetype i = 0; i < texts.size(); ++i) {
            const SparseRow row = m_bag.transform(texts[i]);
            for (size_t j = 0; j < row.columns.size(); ++j)
                counts.data_ptr<float>()[i * m_bag.columns() + row.columns[j]] = float(row.values[j]);
        }
        return counts;
    }
    if (modality.isSound())
        return (patches(soundsOf(samples, m_sound.rate, progress)) - m_sound.mean) / m_sound.deviation;
    const int side = m_options[u"side"].toInt();
    const at::Tensor pictures = scaledPictures(picturesOf(samples, side, progress), int(modality.shape[0]),
        m_options[u"invert"].toBool());
    const int64_t width = modality.shape[2];
    return pictures.narrow(3, modality.name == u"right" ? side - width : 0, width).reshape({ pictures.size(0), -1 });
}

JointValues JointFormat::read(const std::vector<Sample>& samples, Progress& progress) const
{
    const int64_t count = int64_t(samples.size());
    JointValues read;
    read.present = at::zeros({ count, int64_t(m_modalities.size()) }, at::TensorOptions(at::kBool));
    for (size_t m = 0; m < m_modalities.size(); ++m) {
        at::Tensor numbers = at::zeros({ count, m_modalities[m].size() }, at::TensorOptions(at::kFloat));
        std::vector<int64_t> indices;
        const std::vector<Sample> those = thoseWith(m_modalities[m].name, samples, indices);
        if (!those.empty()) {
            const at::Tensor rows = numbersOf(m_modalities[m], those, progress);
            const at::Tensor index = indexOfRows(indices);
            numbers.index_copy_(0, index, rows);
            // A label or a text of which nothing is known says nothing.
            const bool counted = m_modalities[m].shape.size() == 1;
            const at::Tensor known = counted ? rows.sum(1).gt(0) : at::ones({ rows.size(0) }, at::TensorOptions(at::kBool));
            read.present.select(1, int64_t(m)).index_copy_(0, index, known);
        }
        read.values.push_back(numbers);
    }
    return read;
}

} // namespace triptych::representation
