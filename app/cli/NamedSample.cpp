#include "app/cli/NamedSample.h"

#include "app/cli/CommandLine.h"
#include "core/data/MediaFiles.h"

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

Source sourceOf(const QString& word, Modality modality)
{
    if (word.startsWith("emoji:"_L1) || word.startsWith("speech:"_L1))
        return {.path = word,
            .text = {},
            .bytes = {},
            .language = {},
            .synthetic = modality == Modality::Audio};
    const Sample sample = sampleFromFile(word);
    if (!sample.has(modality))
        throw UsageError(u"--%1: %2 is none; give it as --%3"_s.arg(
            modalityName(modality), word, modalityName(sample.sources.begin()->first)));
    return sample.sources.begin()->second;
}

} // namespace

Sample NamedSample::read() const
{
    Sample sample;
    const std::pair<Modality, const std::string&> files[]
        = {{Modality::Image, image}, {Modality::Audio, audio}, {Modality::Video, video}};
    for (const auto& [modality, word] : files)
        if (!word.empty())
            sample.sources[modality] = sourceOf(fromWord(word), modality);
    if (!text.empty())
        sample.sources[Modality::Text].text = fromWord(text);
    if (sample.sources.empty())
        throw UsageError(
            u"--image: nothing was given to look at; name --image, --audio, --video or --text"_s);
    sample.id = u"sample"_s;
    return sample;
}

} // namespace triptych
