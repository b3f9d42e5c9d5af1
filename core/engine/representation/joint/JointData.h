#pragma once

#include "core/engine/learning/Rows.h"
#include "core/engine/representation/text/Bag.h"
#include "core/jobs/Progress.h"
#include "core/session/Engine.h"

#include <ATen/core/Tensor.h>

/// What joint methods are given: each sample's modalities as vectors of fixed size with a known
/// distribution. Everything that was learned from the training rows (classes, vocabulary, mean,
/// length) goes to the fitted value and comes back from it.
namespace triptych::representation {

enum class Likelihood {
    Bernoulli,   ///< brightness 0…1, read as a probability
    Gaussian,    ///< deviation 1: standardised log-mel energies, or brightness
    Categorical, ///< one-hot
    Multinomial  ///< counts
};

/// One modality as a joint method sees it.
struct JointModality {
    QString name; ///< image, left, right (halves of the picture), label, text, audio
    Likelihood likelihood = Likelihood::Bernoulli;
    std::vector<int64_t> shape; ///< [channels,h,w]; [mels,frames]; [classes]; [units]
    QStringList words; ///< classes of a label, units of a text

    int64_t size() const; ///< numbers a sample
    bool isPicture() const { return shape.size() == 3; }
    bool isSound() const { return shape.size() == 2; }
};

/// Rows of numbers, one a sample.
struct JointValues {
    std::vector<at::Tensor> values; ///< a modality each: float32 [N,size], zeros where it is missing
    at::Tensor present;             ///< bool [N,modalities]

    int64_t rows() const { return present.size(0); }
    JointValues at(const std::vector<int64_t>& rows) const;
};

/// How a sound becomes a patch: trimmed, cut or filled to `seconds`, log-mel in dB below its loudest
/// cell (60 dB deep), `frames` columns, standardised by the training rows.
struct JointSound {
    int rate = 8000; ///< Hz
    int mels = 32;
    int frames = 32;
    double seconds = 0;
    double mean = 0; ///< dB
    double deviation = 1;
};

/// Options of train.*: modalities, side, colour, invert, pixels, sound_rate, mels, frames, text_unit,
/// max_units, min_df, split.
QList<OptionInfo> jointDataOptions(const char* modalities);

/// Turns samples into numbers and back. A plain value.
class JointFormat {
public:
    /// Learns classes, vocabulary, length, mean and deviation. Throws Error naming a wrong option or
    /// a modality that no sample has.
    static JointFormat fit(const std::vector<Sample>& training, const QJsonObject& options, Progress& progress);
    static JointFormat fromJson(const QJsonObject& json); ///< throws Error
    QJsonObject toJson() const;

    const std::vector<JointModality>& modalities() const { return m_modalities; }
    const JointSound& sound() const { return m_sound; }
    int indexOf(const QString& name) const; ///< −1 when it is none of these
    /// The numbers of samples that have all or some of the modalities.
    JointValues read(const std::vector<Sample>& samples, Progress& progress) const;

private:
    void describe(const QStringList& names);
    JointModality described(const QString& name) const;
    at::Tensor patches(const std::vector<at::Tensor>& sounds) const;
    at::Tensor numbersOf(const JointModality& modality, const std::vector<Sample>& samples, Progress& progress) const;

    QJsonObject m_options; ///< side, colour, invert, pixels, text_unit, …
    QStringList m_classes;
    QJsonObject m_bagFacts; ///< Bag::toJson()
    Bag m_bag;
    JointSound m_sound;
    std::vector<JointModality> m_modalities;
};

/// "image, label" → {"image", "label"}. Throws Error on an unknown or repeated one, or fewer than two.
QStringList jointModalityNames(const QString& list);
/// Whether the sample has what this modality is read from.
bool hasJointModality(const Sample& sample, const QString& name);

/// Everything a trainer needs.
struct JointSet {
    JointFormat format;
    std::vector<Sample> samples; ///< complete ones, or pairs made by label
    bool pairsMade = false;
    Rows rows;
    JointValues values;
};

/// Samples that have all modalities are used as they are. Where none has, pairs of samples with the same
/// label are made by `seed`, inside each side of the split only: every sample of the larger kind once,
/// those of a label that the other kind lacks on that side left out.
/// Throws Error when no pair can be made.
JointSet jointSetOf(const std::vector<Sample>& samples, const QJsonObject& options, Progress& progress);

} // namespace triptych::representation
