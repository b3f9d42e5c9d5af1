#pragma once

#include "core/engine/training/Bpe.h"
#include "core/engine/training/MiniAugment.h"

namespace triptych {

/// What one training step is fed. B pictured concepts, each with an English text and one in another
/// language; A spoken texts, of which the first are of pictured concepts.
struct MiniBatch {
    at::Tensor pictures;            ///< [B,3,96,96]
    at::Tensor sounds;              ///< [A,1,64,200]
    std::vector<std::vector<qint64>> english; ///< B
    std::vector<std::vector<qint64>> other;   ///< B
    std::vector<std::vector<qint64>> spoken;  ///< A: the text of the sound, in its language
    QStringList englishTexts;       ///< B: the texts that were encoded
    QStringList otherTexts;         ///< B
    QStringList spokenTexts;        ///< A
    std::vector<qint64> concepts;   ///< B: indices into MiniSampler::seen()
    QStringList keys;               ///< B: equal keys are positives
    QStringList spokenKeys;         ///< A: the spoken text
    std::vector<qint64> pictured;   ///< for the first sounds: index of their picture
    std::vector<qint64> folds;      ///< B: finest category
};

struct MiniBatchSizes {
    int pictures = 64;
    int stamps = 32;                ///< of the pictures; the others are emoji
    int moreSounds = 32;            ///< spoken texts without a picture
};

/// Draws batches from the seen part of the data. Not for several threads.
class MiniSampler {
public:
    MiniSampler(const MiniData& data, BpeCoder& coder, const MiniBatchSizes& sizes);
    /// The same `random` gives the same batch. Without `speech` there are no sounds in it.
    MiniBatch draw(Random& random, bool speech);
    const std::vector<const MiniConcept*>& seen() const { return m_seen; }
    int folds() const { return int(m_folds.size()); }

private:
    void addTexts(const MiniConcept& item, Random& random, MiniBatch& batch);
    void addSounds(const std::vector<const MiniConcept*>& items, Random& random, MiniBatch& batch);
    const MiniClip* clipOf(const MiniConcept& item, Random& random) const;
    const MiniClip* anyClip(Random& random) const;
    std::vector<qint64> encode(const QString& text, Random& random);

    const MiniData& m_data;
    BpeCoder& m_coder;
    MiniBatchSizes m_sizes;
    std::vector<const MiniConcept*> m_seen;
    std::vector<size_t> m_stamps;   // indices into m_seen
    std::vector<size_t> m_emoji;
    std::discrete_distribution<size_t> m_emojiWeights;
    std::discrete_distribution<size_t> m_recordedWeights;
    QHash<QString, qint64> m_folds;
};

} // namespace triptych
