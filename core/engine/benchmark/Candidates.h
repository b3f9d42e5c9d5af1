#pragma once

#include "core/engine/Method.h"
#include "core/engine/benchmark/Protocol.h"

#include <ATen/core/Tensor.h>

namespace triptych::benchmark {

/// What is represented, and the other modality of the same samples that it is looked up by, if there is
/// one.
struct Compared {
    Modality modality = Modality::Text;
    std::optional<Modality> partner {};
};

/// A representation of one modality that takes part: represent.NAME (trained by train.NAME where there
/// is one), `model:FOLDER` (a checkpoint), `random` (numbers without meaning) or `pixels`.
struct Candidate {
    QString name {};
    const Method* represent = nullptr;
    const Method* train = nullptr;
    QString model {}; ///< folder or name of a checkpoint
};

/// Names of the survey's representations of the modality, those of several modalities (trained on it and
/// its partner, or its label), then yardsticks.
QStringList defaultCandidates(const Compared& compared);
/// Throws Error when there is no such method.
Candidate candidateOf(const QString& name);
/// The options it runs with: its defaults, `settings` ("NAME.OPTION" or "*.OPTION" → value), the seed,
/// and few epochs when `quick`. Throws Error when a value does not fit.
struct CandidateOptions {
    QJsonObject train;
    QJsonObject represent;
};
CandidateOptions optionsOf(const Candidate& candidate, const Compared& compared, quint64 seed, bool quick,
    const QJsonObject& settings);

/// What came out for all samples of a split.
struct Embedded {
    at::Tensor rows;        ///< float32 [N, D], in the order of the samples
    qint64 parameters = 0;
    double fitSeconds = 0;
    double millisecondsEach = 0;
    QJsonObject facts;      ///< of the fit: epochs, scores
};
/// Fits on the split's training samples alone and embeds all. Throws Error when the method fails, gives
/// another number of rows, another order, or numbers that are not finite.
Embedded embedded(EngineContext& context, const Candidate& candidate, const CandidateOptions& options,
    const Split& split, quint64 seed, Progress& progress);

/// The other modality that `modality` is looked up by; nothing where the samples have one only.
std::optional<Modality> partnerOf(Modality modality, const Dataset& dataset);
/// A fixed representation of it, fitted on the training rows: n-grams of characters of a caption (TF-IDF),
/// or pixels, reduced to principal components. [N, D] double.
at::Tensor partnerRows(EngineContext& context, Modality partner, const Split& split, Progress& progress);

} // namespace triptych::benchmark
