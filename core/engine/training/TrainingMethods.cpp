#include "core/engine/training/TrainingMethods.h"

#include "core/engine/models/Model.h"
#include "core/engine/training/MiniConfig.h"
#include "core/engine/training/MiniModel.h"
#include "core/engine/training/MiniTrainer.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QSaveFile>

namespace triptych {

namespace {

    using Type = OptionInfo::Type;

    struct Tr {
        Q_DECLARE_TR_FUNCTIONS(Training)
    };

    void writeJson(const QString& path, const QJsonObject& json)
    {
        QSaveFile file(path);
        file.open(QIODevice::WriteOnly);
        file.write(QJsonDocument(json).toJson());
        if (!file.commit())
            throw Error(Tr::tr("%1 cannot be written: %2; choose another folder").arg(path, file.errorString()));
    }

    MiniTrainingOptions trainingOptions(const QJsonObject& options)
    {
        MiniTrainingOptions training;
        training.out = options[QStringLiteral("out")].toString();
        training.seed = quint64(options[QStringLiteral("seed")].toInteger());
        training.steps = options[QStringLiteral("steps")].toInt();
        training.rate = options[QStringLiteral("rate")].toDouble();
        training.weightDecay = options[QStringLiteral("weight_decay")].toDouble();
        training.batch.pictures = options[QStringLiteral("batch")].toInt();
        training.batch.stamps = training.batch.pictures / 2;
        training.batch.moreSounds = training.batch.pictures / 2;
        return training;
    }

    /// Trains on in legs; a cancelled run keeps its last step.
    void trainAll(MiniTrainer& trainer, int steps, Progress& progress)
    {
        constexpr int leg = 100;
        try {
            while (trainer.step() < steps) {
                trainer.run(std::min(steps, trainer.step() + leg), progress);
                trainer.saveCheckpoint();
            }
        } catch (const Cancelled&) {
            trainer.saveCheckpoint();
            throw;
        }
    }

    Value trainMini(EngineContext& context, const QJsonObject& options, const Inputs&, Progress& progress)
    {
        const MiniTrainingOptions training = trainingOptions(options);
        if (training.out.isEmpty())
            throw Error(Tr::tr("out: the folder for the model is missing; name one"));
        if (!QDir().mkpath(training.out))
            throw Error(Tr::tr("%1: this folder cannot be made; choose another").arg(training.out));
        const quint64 split = quint64(options[QStringLiteral("split_seed")].toInteger());
        const MiniData data = loadMiniData(split, options[QStringLiteral("cache")].toString(), progress);
        progress.report(0, 0, Tr::tr("learning the vocabulary"));
        BpeCoder coder(trainMiniVocabulary(data, options[QStringLiteral("merges")].toInt()));
        const QJsonObject config = miniConfig(int(coder.bpe().tokens.size()));

        MiniTrainer trainer(data, coder, config, training);
        if (options[QStringLiteral("resume")].toBool())
            trainer.resume();
        trainAll(trainer, training.steps, progress);

        writeMiniModel(training.out, config, coder.bpe(), trainer.averagedWeights());
        context.models.close(training.out);
        QJsonObject run { { QStringLiteral("options"), options }, { QStringLiteral("split_hash"), data.splitHash },
            { QStringLiteral("concepts"), qint64(data.concepts.size()) },
            { QStringLiteral("clips"), qint64(data.clips.size()) },
            { QStringLiteral("training_seconds"), trainer.secondsTrained() },
            { QStringLiteral("unseen"), evaluateMini(context.models, training.out, split, progress) } };
        writeModelCard(training.out, run);
        run[QStringLiteral("curve")] = trainer.curve();
        writeJson(QDir(training.out).filePath(QStringLiteral("training.json")), run);
        Value value;
        value.info = run;
        return value;
    }

}

const std::vector<Method>& trainingMethods()
{
    static const std::vector<Method> methods {
        { { QStringLiteral("train.mini"), QStringLiteral("training"), QStringLiteral("Triptych mini"),
              {
                  { QStringLiteral("out"), Type::File, QString(), 0, 0, {}, QStringLiteral("folder for the model; a run that was stopped goes on from what is in it") },
                  { QStringLiteral("seed"), Type::Integer, 0, 0, 1e9, {}, QStringLiteral("of the start, the order and the augmentation") },
                  { QStringLiteral("split_seed"), Type::Integer, 0, 0, 1e9, {}, QStringLiteral("of the A1 split into seen and unseen groups") },
                  { QStringLiteral("steps"), Type::Integer, 3600, 1, 1e6, {}, QStringLiteral("training steps") },
                  { QStringLiteral("batch"), Type::Integer, 64, 4, 4096, {}, QStringLiteral("pictures a step, half of them stamps") },
                  { QStringLiteral("rate"), Type::Real, 2e-3, 1e-6, 1, {}, QStringLiteral("highest learning rate") },
                  { QStringLiteral("weight_decay"), Type::Real, 0.1, 0, 10, {}, QStringLiteral("of weight matrices") },
                  { QStringLiteral("merges"), Type::Integer, 1200, 100, 60000, {}, QStringLiteral("byte-pair merges of the vocabulary") },
                  { QStringLiteral("cache"), Type::File, QString(), 0, 0, {}, QStringLiteral("folder that keeps decoded pictures and speech for the next run") },
                  { QStringLiteral("resume"), Type::Boolean, true, 0, 0, {}, QStringLiteral("go on from the checkpoint in out") },
              },
              QStringLiteral("Symmetric InfoNCE over three towers: Radford et al. 2021 (CLIP)"), {}, false },
            &trainMini },
    };
    return methods;
}

} // namespace triptych
