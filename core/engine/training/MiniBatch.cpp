#include "core/engine/training/MiniBatch.h"

#include "core/engine/training/MiniConfig.h"

#include <algorithm>

namespace triptych {

namespace {

    constexpr double kMergeDropout = 0.2;
    const QString kEnglish = QStringLiteral("en");
    const QString kFrench = QStringLiteral("fr");

    double weightOfLanguage(const QString& language)
    {
        return language == kFrench ? 4 : language == kEnglish ? 3 : 1;
    }

    QString withoutStop(QString text)
    {
        while (text.endsWith(u'.'))
            text.chop(1);
        return text;
    }

    QString otherLanguage(const MiniConcept& item, Random& random)
    {
        const QStringList languages = item.captions.keys();
        if (languages.contains(kFrench) && chance(random, 0.4))
            return kFrench;
        return languages[qsizetype(random() % quint64(languages.size()))];
    }

}

MiniSampler::MiniSampler(const MiniData& data, BpeCoder& coder, const MiniBatchSizes& sizes)
    : m_data(data)
    , m_coder(coder)
    , m_sizes(sizes)
{
    std::vector<double> weights;
    for (const MiniConcept& item : data.concepts) {
        if (item.unseen)
            continue;
        m_seen.push_back(&item);
        if (item.emoji) {
            m_emoji.push_back(m_seen.size() - 1);
            // Many of these look alike: people in every trade, flags.
            const bool plenty = item.category == QLatin1String("Flags") || item.category == QLatin1String("People & Body");
            weights.push_back(plenty ? 0.35 : 1);
        } else {
            m_stamps.push_back(m_seen.size() - 1);
        }
        if (!m_folds.contains(item.fold))
            m_folds.insert(item.fold, m_folds.size());
    }
    m_emojiWeights = std::discrete_distribution<size_t>(weights.begin(), weights.end());
    weights.clear();
    for (const int clip : data.recorded)
        weights.push_back(weightOfLanguage(data.clips[size_t(clip)].language));
    m_recordedWeights = std::discrete_distribution<size_t>(weights.begin(), weights.end());
}

std::vector<qint64> MiniSampler::encode(const QString& text, Random& random)
{
    return m_coder.encode(text, kMiniTokens, kMergeDropout, random);
}

const MiniClip* MiniSampler::clipOf(const MiniConcept& item, Random& random) const
{
    if (!item.speech.isEmpty() && chance(random, 0.75)) {
        const QStringList languages = item.speech.keys();
        const bool french = languages.contains(kFrench) && chance(random, 0.4);
        const QString& language = french ? kFrench : languages[qsizetype(random() % quint64(languages.size()))];
        return &m_data.clips[size_t(item.speech[language])];
    }
    std::vector<int> spoken;
    std::vector<double> weights;
    for (auto it = item.captions.cbegin(); it != item.captions.cend(); ++it) {
        for (const QString& text : QStringList(*it) + item.keywords.value(it.key()).mid(0, 6)) {
            if (const auto found = m_data.spoken.constFind({ it.key(), text }); found != m_data.spoken.constEnd()) {
                spoken.push_back(*found);
                weights.push_back(weightOfLanguage(it.key()));
            }
        }
    }
    if (spoken.empty())
        return nullptr;
    return &m_data.clips[size_t(spoken[std::discrete_distribution<size_t>(weights.begin(), weights.end())(random)])];
}

const MiniClip* MiniSampler::anyClip(Random& random) const
{
    const bool recorded = m_data.synthetic.empty() || chance(random, 0.4);
    auto weights = m_recordedWeights;
    const int clip = recorded ? m_data.recorded[weights(random)]
                              : m_data.synthetic[random() % m_data.synthetic.size()];
    return &m_data.clips[size_t(clip)];
}

void MiniSampler::addTexts(const MiniConcept& item, Random& random, MiniBatch& batch)
{
    batch.englishTexts << trainingText(item, kEnglish, random);
    batch.otherTexts << trainingText(item, otherLanguage(item, random), random);
    batch.english.push_back(encode(batch.englishTexts.last(), random));
    batch.other.push_back(encode(batch.otherTexts.last(), random));
    batch.keys << item.key;
    batch.folds.push_back(m_folds[item.fold]);
}

void MiniSampler::addSounds(const std::vector<const MiniConcept*>& items, Random& random, MiniBatch& batch)
{
    std::vector<const MiniClip*> clips;
    for (size_t i = 0; i < items.size(); ++i) {
        if (const MiniClip* clip = clipOf(*items[i], random)) {
            clips.push_back(clip);
            batch.pictured.push_back(qint64(i));
        }
    }
    for (int i = 0; i < m_sizes.moreSounds; ++i)
        clips.push_back(anyClip(random));
    for (const MiniClip* clip : clips) {
        batch.spokenTexts << (chance(random, 0.3) ? withoutStop(clip->text) : clip->text);
        batch.spoken.push_back(encode(batch.spokenTexts.last(), random));
        batch.spokenKeys << withoutStop(clip->text);
    }
    batch.sounds = trainingSounds(clips, random);
}

MiniBatch MiniSampler::draw(Random& random, bool speech)
{
    std::vector<size_t> chosen;
    std::sample(m_stamps.begin(), m_stamps.end(), std::back_inserter(chosen), m_sizes.stamps, random);
    while (int(chosen.size()) < m_sizes.pictures)
        chosen.push_back(m_emoji[m_emojiWeights(random)]);

    MiniBatch batch;
    std::vector<const MiniConcept*> items;
    for (const size_t index : chosen) {
        items.push_back(m_seen[index]);
        batch.concepts.push_back(qint64(index));
        addTexts(*m_seen[index], random, batch);
    }
    batch.pictures = trainingPictures(items, random);
    if (speech)
        addSounds(items, random, batch);
    return batch;
}

} // namespace triptych
