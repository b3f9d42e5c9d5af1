#pragma once

#include "core/engine/learning/Chance.h"
#include "core/engine/learning/Parameters.h"
#include "core/jobs/Progress.h"
#include "core/session/Engine.h"

#include <functional>
#include <map>

namespace triptych {

/// How long, how fast, from which seed: the same options for everything that is trained.
struct FitOptions {
    int epochs = 20;
    int batch = 64;
    double rate = 1e-3;       ///< highest; warmed up over the first twentieth, then cosine to a hundredth
    double weightDecay = 0;
    double clip = 5;          ///< of the gradients' common norm; 0 = none
    int patience = 0;         ///< epochs without a better validation loss until it stops; 0 = never
    quint64 seed = 0;         ///< start, order, dropout, augmentation
    bool sgd = false;         ///< in place of Adam, with momentum .9
};

/// Options epochs, batch, rate, weight_decay, clip, patience, seed, optimizer with these defaults.
QList<OptionInfo> fitOptionLines(const FitOptions& defaults);
FitOptions fitOptionsOf(const QJsonObject& options);

/// Named lines over epochs. `epochs[i]` belongs to value i of each line; a line may be shorter when
/// it was not measured at first (it is filled with NaN, null in JSON).
struct Curves {
    std::vector<double> epochs;
    std::map<QString, std::vector<double>> lines; ///< "loss", "validation loss", "validation accuracy" …

    void add(double epoch, const std::map<QString, double>& measures);
    /// {"x": "epoch", "at": […], "lines": {name: […]}}
    QJsonObject toJson() const;
};

/// Something that can be trained by fit().
class Learner {
public:
    virtual ~Learner() = default;
    virtual Parameters& parameters() = 0;
    virtual int64_t rows() const = 0; ///< training examples
    /// Mean loss over these training rows, in training mode, with gradients.
    virtual at::Tensor loss(const std::vector<int64_t>& rows, Chance& chance) = 0;
    /// Measures on the validation rows in evaluation mode, without gradients. "loss" decides about
    /// the best epoch; without it the last epoch is kept.
    virtual std::map<QString, double> validate() { return {}; }
    /// Called before each epoch (0…): for warm-ups of weights in the loss and the like.
    virtual void startEpoch(int epoch, int epochs) { Q_UNUSED(epoch) Q_UNUSED(epochs) }
    /// Anything worth seeing in a partial result beside curves and weights.
    virtual void describe(Value& partial) { Q_UNUSED(partial) }
};

struct FitReport {
    Curves curves;
    int epochs = 0;     ///< run
    int bestEpoch = 0;  ///< whose weights are kept (1…)
    double seconds = 0; ///< of training, without validation
};

/// Trains. Reports per batch (so a cancel is answered), hands out a partial value after each epoch
/// (see partialOf), and leaves the learner with its best weights and gradients off. The same seed on
/// one thread gives the same bits. Throws Error when the loss is no longer finite. Any one thread.
FitReport fit(Learner& learner, const FitOptions& options, Progress& progress);

/// The value of a train.* method: arrays "weights.*"; info: method, options, parameters, curves,
/// epochs, best_epoch, seconds, seed, threads, device. A partial one has "partial": true as well.
Value fittedValue(const QString& method, const QJsonObject& options, const Parameters& parameters,
    const FitReport& report);

/// The input "fitted": what train.METHOD (or represent.METHOD) gave before. Throws Error when it is
/// missing or came from another method than `method`.
const Value& fittedOf(const Inputs& inputs, const QString& method);

} // namespace triptych
