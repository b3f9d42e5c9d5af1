#pragma once

#include "core/data/Dataset.h"
#include "core/engine/learning/Rows.h"
#include "core/jobs/Progress.h"

#include <optional>

namespace triptych::benchmark {

/// Which samples of a data set a comparison is about, and who is on which side.
struct ProtocolOptions {
    enum class Sides {
        Auto, ///< the data set's own where it brings an official one, else by seed
        Own,  ///< as the samples say
        Seed  ///< protocol A1: groups are dealt by the seed
    };
    Sides sides = Sides::Auto;
    QString leaveOut {}; ///< a column: one value of it is the test side, the seed-th in order (speakers)
    double testShare = 0.2;       ///< of the groups, where the seed deals them
    double validationShare = 0.1; ///< of the training groups: chooses what has to be chosen
    int most = 0;                 ///< samples that are kept, whole groups; 0 = all
    std::vector<Modality> modalities; ///< a sample without one of these is left out
    bool labelled = true;         ///< a sample without a label is left out
};

/// The samples of one seed. Rows index `samples`; train and validation are apart.
struct Split {
    std::vector<Sample> samples; ///< `split` is "train" or "test"; validation rows count as "train"
    Rows rows;                   ///< rows.hash is of these samples
    QStringList groups;          ///< [N]: the clusters of the bootstrap
    QStringList captions;        ///< [N]: lower-case text, or the group where there is none
    bool official = false;       ///< the same for every seed

    /// Training and validation samples, as a method gets them to fit on.
    std::vector<Sample> fitSamples() const;
    std::vector<Sample> testSamples() const;
};

/// A data set with the rules of its comparison. Throws Error when nothing is left, when a side is empty,
/// or when a group, a caption or a picture stands on both sides (a leak ends the whole comparison).
/// Reads pictures to compare them: seconds for a thousand. Any one thread.
class Protocol {
public:
    Protocol(Dataset dataset, ProtocolOptions options);

    /// A1 with this seed, or the official sides. The same seed gives the same split.
    Split split(quint64 seed) const;
    bool isOfficial() const { return m_official; }
    const Dataset& dataset() const { return m_dataset; }
    const ProtocolOptions& options() const { return m_options; }

private:
    Dataset m_dataset;
    ProtocolOptions m_options;
    bool m_official = false;
};

} // namespace triptych::benchmark
