#include "widgets/views/RepresentationData.h"

#include <QCryptographicHash>
#include <algorithm>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t mostTexts = 2000; ///< a table of texts × words of more would fill the memory

}

QString sampleHash(const std::vector<Sample>& samples)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const QString& text) {
        hash.addData(text.toUtf8());
        hash.addData(QByteArray(1, '\0'));
    };
    for (const Sample& sample : samples) {
        for (const QString& fact : { sample.id, sample.label, sample.group, sample.split })
            add(fact);
        for (const auto& [modality, source] : sample.sources) {
            add(modalityName(modality));
            add(source.path);
            add(source.text);
            hash.addData(source.bytes);
        }
    }
    return QString::fromLatin1(hash.result().toHex().first(16));
}

std::vector<Sample> samplesToCount(const Session& session)
{
    std::vector<const Sample*> texts;
    for (const Sample& sample : session.samples())
        if (sample.has(Modality::Text) && sample.split != "test"_L1)
            texts.push_back(&sample);
    if (texts.empty()) // everything is for testing: what is there is better than nothing
        for (const Sample& sample : session.samples())
            if (sample.has(Modality::Text))
                texts.push_back(&sample);
    const size_t step = (texts.size() + mostTexts - 1) / mostTexts;
    std::vector<Sample> chosen;
    for (size_t i = 0; i < texts.size(); i += std::max<size_t>(1, step))
        chosen.push_back(*texts[i]);
    return chosen;
}

std::vector<Sample> samplesFor(const RepresentationMethod& method, const std::vector<Sample>& samples)
{
    std::vector<Sample> chosen;
    const std::optional<Modality> modality
        = method.group < RepresentationGroup::Joint ? method.modality({}) : std::optional<Modality>();
    for (const Sample& sample : samples)
        if (!modality || sample.has(*modality))
            chosen.push_back(sample);
    return chosen;
}

Recipe trainingRecipe(const RepresentationMethod& method, const QJsonObject& options, const QString& dataset,
    const std::vector<Sample>& samples)
{
    return { method.train->id, options,
        { { u"dataset"_s, dataset }, { u"samples"_s, sampleHash(samples) }, { u"count"_s, qint64(samples.size()) } } };
}

} // namespace triptych
