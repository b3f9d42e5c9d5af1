#pragma once

#include "core/engine/models/families/Towers.h"
#include "core/engine/training/AdamW.h"
#include "core/engine/training/MiniBatch.h"
#include "core/engine/training/TextTeacher.h"

#include <QJsonArray>

namespace triptych {

struct MiniTrainingOptions {
    QString out;               ///< folder of the model
    quint64 seed = 0;          ///< start, order, augmentation
    int steps = 3600;
    double rate = 2e-3;        ///< highest learning rate; cosine to 1 % of it
    int warmup = 100;          ///< steps
    double weightDecay = 0.1;
    double averaging = 0.998;  ///< of the exponential moving average that is kept
    double foldWeight = 0.2;   ///< of the auxiliary classification into finest categories
    double teacherWeight = 1;  ///< of the losses against TextTeacher
    int speechEvery = 2;       ///< every so many steps hear speech; the others are pictures and texts
    double speechAlways = 0.7; ///< from this share of the steps on, all hear speech
    MiniBatchSizes batch;
};

/// The learned temperatures.
enum class LossScale { PictureText, TextText, SoundText, SoundPicture };

constexpr double kPooledEpsilon = 1e-5; ///< added to the variance of pooled states

/// Trains three towers into one space with symmetric InfoNCE and TextTeacher. Stops and resumes: every `save` leaves
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
    using Losses = std::map<QString, at::Tensor>;

    Losses losses(const MiniBatch& batch);
    void addTeacherLosses(const MiniBatch& batch, const at::Tensor& image, const at::Tensor& text, Losses& losses) const;
    void addSoundLosses(const MiniBatch& batch, const at::Tensor& image, const at::Tensor& text, Losses& losses);
    at::Tensor contrast(LossScale scale, const at::Tensor& a, const at::Tensor& b, const at::Tensor& targets) const;
    at::Tensor classify(const at::Tensor& rows, const std::vector<qint64>& folds) const;
    at::Tensor tellConcepts(const at::Tensor& rows, const at::Tensor& concepts) const;
    at::Tensor farFromTeacher(const at::Tensor& rows, const QStringList& texts) const;
    at::Tensor embedGrid(Modality modality, const at::Tensor& values);
    at::Tensor encodeTexts(const std::vector<std::vector<qint64>>& texts);
    at::Tensor embed(Modality modality, const at::Tensor& pooled);
    void trainStep();
    void keepCurve(const Losses& parts);
    double rateAt(int step) const;
    bool hearsSpeech(int step) const;
    QString checkpointFolder() const;
    std::vector<AdamW::Group> groups();

    MiniTrainingOptions m_options;
    MiniSampler m_sampler;
    int m_endId;
    Towers m_towers;
    at::Tensor m_scales;           ///< logarithms: picture–text, text–text, sound–text, sound–picture
    at::Tensor m_foldCentres;      ///< [folds, D]
    TextTeacher m_teacher;
    at::Tensor m_keys;             ///< [seen]: equal numbers for equal keys
    /// Running mean and variance of the sound tower's pooled state, which is trained normalised over
    /// the batch: without it all sounds start in one narrow cone and the contrastive loss stands
    /// still for long. averagedWeights() folds them into the last norm. Pictures and texts leave their
    /// cone by the teacher, and learn it better without.
    std::map<Modality, std::pair<at::Tensor, at::Tensor>> m_pooledStatistics;
    std::vector<std::pair<std::string, at::Tensor>> m_parameters;
    std::vector<at::Tensor> m_average;
    AdamW m_optimizer;
    int m_step = 0;
    double m_seconds = 0;
    std::map<QString, std::pair<double, int>> m_sums; ///< of each part of the loss since the last entry, and how often
    QJsonArray m_curve;
};

} // namespace triptych
