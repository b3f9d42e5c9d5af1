#include "app/cli/SampleArguments.h"

#include "app/cli/CommandLine.h"
#include "core/data/Dataset.h"
#include "core/data/MediaFiles.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <set>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

Sample madeSample(const QString& path, Modality modality)
{
    Sample sample;
    sample.id = path;
    sample.sources[modality].path = path;
    sample.sources[modality].synthetic = modality == Modality::Audio;
    return sample;
}

void addFile(const QString& word, std::vector<Sample>& samples)
{
    if (word.startsWith("emoji:"_L1)) {
        samples.push_back(madeSample(word, Modality::Image));
    } else if (word.startsWith("speech:"_L1)) {
        samples.push_back(madeSample(word, Modality::Audio));
    } else if (QFileInfo(word).isDir()) {
        for (Sample& sample : openDataset(word).samples)
            samples.push_back(std::move(sample));
    } else {
        samples.push_back(sampleFromFile(word));
    }
}

/// Two files may share a stem; then the path tells them apart. Different modalities may share an
/// id.
void makeUnique(std::vector<Sample>& samples)
{
    std::set<std::pair<QString, Modality>> seen;
    for (Sample& sample : samples) {
        const auto& [modality, source] = *sample.sources.begin();
        if (!seen.insert({sample.id, modality}).second) {
            const QString stem = source.path.isEmpty() ? sample.id : source.path;
            sample.id = stem;
            for (int number = 2; !seen.insert({sample.id, modality}).second; ++number)
                sample.id = u"%1#%2"_s.arg(stem).arg(number);
        }
    }
}

} // namespace

Modality modalityFromWord(const std::string& word)
{
    const std::optional<Modality> modality = modalityFromName(fromWord(word));
    if (!modality)
        throw UsageError(Tr::tr("--modality: \"%1\" is none; there are image, text, audio, video.")
                             .arg(fromWord(word)));
    return *modality;
}

void SampleArguments::addTo(CLI::App* command)
{
    command->add_option("FILE", files, "Pictures, sounds, videos, texts, or folders of them");
    command->add_option("--text", texts, "Texts");
    command->add_option("--list", list, "A table of samples (CSV, TSV, JSONL)");
    command->add_option("--dataset", dataset, "A built-in data set, or the path of one");
    command->add_option("--split", split, "Only this split of the list or data set");
    command->add_option("--modality", modality, "image, text, audio or video");
}

std::vector<Sample> SampleArguments::read() const
{
    std::vector<Sample> samples;
    for (const QString& word : fromWords(files))
        addFile(word, samples);
    int number = 0;
    for (const QString& text : fromWords(texts)) {
        Sample sample;
        sample.id = u"text-%1"_s.arg(++number);
        sample.sources[Modality::Text].text = text;
        samples.push_back(std::move(sample));
    }
    for (const std::string& place : {list, dataset}) {
        if (place.empty())
            continue;
        for (Sample& sample : openDataset(fromWord(place)).samples)
            if (split.empty() || sample.split == fromWord(split))
                samples.push_back(std::move(sample));
    }
    if (samples.empty())
        throw UsageError(split.empty()
                ? Tr::tr("FILE: nothing was given; name files, --text, --list or --dataset.")
                : Tr::tr("--split: no sample is in \"%1\".").arg(fromWord(split)));
    makeUnique(samples);
    return samples;
}

std::vector<Modality> SampleArguments::modalities(const std::vector<Sample>& samples) const
{
    if (!modality.empty())
        return {modalityFromWord(modality)};
    std::set<Modality> seen;
    bool several = false;
    for (const Sample& sample : samples) {
        several = several || sample.sources.size() > 1;
        for (const auto& [each, source] : sample.sources)
            seen.insert(each);
    }
    if (several) {
        QStringList names;
        for (Modality each : seen)
            names << modalityName(each);
        throw UsageError(
            Tr::tr("--modality: the samples have %1; choose one.").arg(names.join(u", "_s)));
    }
    return {seen.begin(), seen.end()};
}

} // namespace triptych
