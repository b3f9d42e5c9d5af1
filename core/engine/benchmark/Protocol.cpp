#include "core/engine/benchmark/Protocol.h"

#include "core/data/Split.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace triptych::benchmark {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(benchmark)
};

QString groupOf(const Sample& sample)
{
    return sample.group.isEmpty() ? sample.id : sample.group;
}

QString captionOf(const Sample& sample)
{
    const auto text = sample.sources.find(Modality::Text);
    const QString caption = text == sample.sources.end() ? QString() : text->second.text.simplified().toLower();
    return caption.isEmpty() ? groupOf(sample) : caption;
}

bool hasSides(const Dataset& dataset)
{
    const auto has = [&](const QString& side) {
        return std::any_of(dataset.samples.begin(), dataset.samples.end(),
            [&](const Sample& sample) { return sample.split == side; });
    };
    return has(u"train"_s) && has(u"test"_s);
}

/// One speaker (or whatever the column says) is tested on, the others are trained on.
void leaveOut(Dataset& dataset, const QString& column, quint64 seed)
{
    QStringList values;
    for (const Sample& sample : dataset.samples)
        values << sample.columns[column].toVariant().toString();
    values.sort();
    values.removeDuplicates();
    values.removeAll(QString());
    if (values.size() < 2)
        throw Error(Tr::tr("leave_out: the samples of %1 have no two values of \"%2\"; name a column of theirs.")
                        .arg(dataset.name, column));
    const QString& held = values[qsizetype(seed % quint64(values.size()))];
    for (Sample& sample : dataset.samples)
        sample.split = sample.columns[column].toVariant().toString() == held ? u"test"_s : u"train"_s;
}

bool isWanted(const Sample& sample, const ProtocolOptions& options)
{
    if (options.labelled && sample.label.isEmpty())
        return false;
    return std::all_of(options.modalities.begin(), options.modalities.end(),
        [&](Modality modality) { return sample.has(modality); });
}

/// Keeps whole groups, drawn by the seed alone, until `most` samples are reached.
void keepSome(Dataset& dataset, int most, quint64 seed)
{
    if (most <= 0 || dataset.size() <= most)
        return;
    Dataset dealt = dataset;
    splitByGroup(dealt, { double(most) / double(dataset.size()), seed + 0x5eed });
    std::vector<Sample> kept;
    for (size_t i = 0; i < dealt.samples.size(); ++i)
        if (dealt.samples[i].split == u"test")
            kept.push_back(dataset.samples[i]);
    dataset.samples = std::move(kept);
}

} // namespace

std::vector<Sample> Split::fitSamples() const
{
    std::vector<Sample> kept;
    for (const Sample& sample : samples)
        if (sample.split != u"test")
            kept.push_back(sample);
    return kept;
}

std::vector<Sample> Split::testSamples() const
{
    std::vector<Sample> kept;
    for (const Sample& sample : samples)
        if (sample.split == u"test")
            kept.push_back(sample);
    return kept;
}

Protocol::Protocol(Dataset dataset, ProtocolOptions options)
    : m_dataset(std::move(dataset))
    , m_options(std::move(options))
{
    using Sides = ProtocolOptions::Sides;
    const bool dealtByUs = m_dataset.name == u"stamps"; // its own sides are protocol A1 with seed 0
    if (m_options.sides == Sides::Own && !hasSides(m_dataset))
        throw Error(Tr::tr("%1: its samples are not split into train and test; let the seed deal them.")
                        .arg(m_dataset.name));
    m_official = m_options.leaveOut.isEmpty()
        && (m_options.sides == Sides::Own || (m_options.sides == Sides::Auto && hasSides(m_dataset) && !dealtByUs));
}

Split Protocol::split(quint64 seed) const
{
    Dataset dataset = m_dataset;
    keepSome(dataset, m_options.most, seed);
    if (!m_options.leaveOut.isEmpty())
        leaveOut(dataset, m_options.leaveOut, seed);
    else if (!m_official)
        splitByGroup(dataset, { m_options.testShare, seed }); // before anything is left out: one split a seed
    std::erase_if(dataset.samples, [&](const Sample& sample) { return !isWanted(sample, m_options); });
    for (Sample& sample : dataset.samples)
        if (sample.split != u"test")
            sample.split = u"train"_s;
    checkLeaks(dataset);
    if (dataset.samples.empty() || !hasSides(dataset))
        throw Error(Tr::tr("%1: after leaving out samples without label or signal, nothing is left to train or to test "
                           "on; choose another modality.").arg(m_dataset.name));
    Split split;
    split.official = m_official;
    split.rows = rowsOf(dataset.samples, m_options.validationShare, seed);
    for (const Sample& sample : dataset.samples) {
        split.groups << groupOf(sample);
        split.captions << captionOf(sample);
    }
    split.samples = std::move(dataset.samples);
    return split;
}

} // namespace triptych::benchmark
