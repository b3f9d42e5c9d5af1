#pragma once

#include "core/engine/models/families/Towers.h"
#include "core/engine/training/AdamW.h"
#include "core/engine/training/MiniBatch.h"

#include <QJsonArray>

namespace triptych {

struct MiniTrainingOptions {
    QString out;               ///< folder of the model
    quint64 seed = 0;          ///< start, order, augmentation
    int steps = 1000;
    double rate = 1e-3;        ///< highest learning rate; cosine to 1 % of it
    int warmup = 100;          ///< steps
    double weightDecay = 0.1;
    double averaging = 0.998;  ///< of the exponential moving average that is kept
    double foldWeight = 0.2;   ///< of the auxiliary classification into finest categories
    MiniBatchSizes batch;
};

/// Trains three towers into one space with symmetric InfoNCE. Stops and resumes: every `save` leaves
/// a checkpoint from which a run with the same options goes on to the same weights.
class MiniTrainer {
public:
    MiniTrainer(const MiniData& data, BpeCoder& coder, const QJsonObject& config, const MiniTrainingOptions& options);

    /// Goes on until `step`; throws Cancelled through `progress`.
    void run(int untilStep, Progress& progress);
    int step() const { return m_step; }
    double secondsTrained() const { return m_seconds; }
    /// One entry per 10 steps: step, seconds and each part of the loss, averaged.
    const QJsonArray& curve() const { return m_curve; }

    void saveCheckpoint() const;
    /// False when there is none.
    bool resume();
    /// The averaged weights, by their names in the model.
    std::vector<std::pair<std::string, at::Tensor>> averagedWeights() const;

private:
    std::map<QString, at::Tensor> losses(const MiniBatch& batch);
    at::Tensor encodeTexts(const std::vector<std::vector<qint64>>& texts);
    at::Tensor embed(Modality modality, const at::Tensor& pooled);
    void trainStep();
    void keepCurve(const std::map<QString, at::Tensor>& parts);
    double rateAt(int step) const;
    QString checkpointFolder() const;
    std::vector<AdamW::Group> groups();

    MiniTrainingOptions m_options;
    MiniSampler m_sampler;
    int m_endId;
    Towers m_towers;
    at::Tensor m_scales;           ///< logarithms: picture–text, text–text, sound–text, sound–picture
    at::Tensor m_foldCentres;      ///< [folds, D]
    /// Running mean and variance of each tower's pooled state. Embeddings are trained on pooled
    /// states normalised over the batch: without it all embeddings start in one narrow cone and the
    /// contrastive loss stands still for long. averagedWeights() folds them into the last norm.
    std::map<Modality, std::pair<at::Tensor, at::Tensor>> m_pooledStatistics;
    std::vector<std::pair<std::string, at::Tensor>> m_parameters;
    std::vector<at::Tensor> m_average;
    AdamW m_optimizer;
    int m_step = 0;
    double m_seconds = 0;
    std::map<QString, double> m_sums;
    QJsonArray m_curve;
};

} // namespace triptych
