#pragma once

#include "core/data/Sample.h"
#include "core/engine/models/Encoder.h"
#include "core/engine/models/Joint.h"
#include "core/engine/models/Writer.h"

#include <QJsonObject>
#include <array>
#include <memory>
#include <optional>

namespace triptych {

class Checkpoint;
class CtcLetters;
class Tokenizer;

/// An open checkpoint: towers, tokenizer, processors. Kept by ModelStore.
class Model {
public:
    static constexpr int framesPerVideo = 8;

    virtual ~Model() = default;
    virtual QString path() const = 0;
    virtual QString hash() const = 0;          ///< SHA-256 of config and weight headers, 12 hex digits
    virtual QString family() const = 0;        ///< config.json's model_type
    virtual std::vector<Modality> modalities() const = 0;
    /// Without a tower of its own, video goes through the image tower. Throws Error that says which
    /// modalities the model has.
    virtual Encoder& encoder(Modality modality) = 0;
    /// How many rows of `prepare` one sample gives; the mean over them is its embedding.
    virtual int rowsOf(Modality modality) const { return modality == Modality::Video ? framesPerVideo : 1; }
    virtual const Tokenizer& tokenizer() const = 0; ///< throws Error when there is none
    /// Signals of one modality to a tower's input: reads the media. One row a sample; a video gives
    /// `framesPerVideo` rows where it goes through the image tower. Texts of one call are padded to the longest. `cut`
    /// (may be null) gets the ids of samples longer than the tower reads. Throws Error. Any thread.
    virtual EncoderInput prepare(Modality modality, const std::vector<Sample>& samples,
        QStringList* cut = nullptr) const = 0;
    /// As the reference calls what `prepare` gives: input_ids, pixel_values, input_features, input_values.
    virtual QString inputName(Modality modality) const;
    /// The part of the sample's picture (or of its video's frames) that the image tower reads: left, top,
    /// width, height in shares of its sides; beyond 0…1 where the picture is padded.
    virtual std::array<double, 4> region(const Sample& sample, Modality modality = Modality::Image) const
    {
        Q_UNUSED(sample)
        Q_UNUSED(modality)
        return { 0, 0, 1, 1 };
    }
    /// Second of the sample's sound at which the audio tower's window begins: more than 0 where
    /// silence is cut off in front, less where silence is put before. Reads the sound. Throws Error.
    virtual double soundStart(const Sample& sample) const
    {
        Q_UNUSED(sample)
        return 0;
    }
    virtual double logitScale() const = 0;     ///< exp(logit_scale), 1 when it has none
    virtual double logitBias() const { return 0; } ///< added to the scaled cosine (SigLIP)
    /// Reads several modalities together; throws Error that says so when this model does not.
    virtual JointEncoder& joint();
    virtual bool hasJoint() const { return false; }
    /// Writes captions, transcripts or answers; throws Error that says so when this model does not.
    virtual Writer& writer();
    virtual bool hasWriter() const { return false; }
    /// What the "logits" of the sound tower spell (a CTC head); null: nothing.
    virtual std::shared_ptr<const CtcLetters> letters() const { return nullptr; }
    /// A sound in the parts that are read one after the other, so that none is cut off.
    struct Part {
        EncoderInput input;
        double begin = 0; ///< seconds
        double end = 0;
    };
    /// Reads the media. Throws Error. Any thread.
    virtual std::vector<Part> soundParts(const Sample& sample) const;
    /// Of the classifier whose "logits" come with an encoding; empty when there is none.
    virtual QStringList labels() const { return {}; }
    /// Before the names of a tower's outputs, where the family has its own; see Towers.
    virtual std::optional<QString> outputName(Modality) const { return {}; }
    /// Whether `forward` is there.
    virtual bool hasForward() const { return false; }
    /// The reference's whole forward pass by its names. Device worker.
    virtual std::map<std::string, at::Tensor> forward(const std::map<std::string, at::Tensor>&) const { return {}; }
    virtual qint64 weightBytes() const { return 0; } ///< of all parameters as float32
    /// Those of them that are not the mapped file itself: widened, or put together.
    virtual qint64 copiedBytes() const { return 0; }
    virtual QJsonObject info() const = 0;      ///< what `triptych info` prints
};

/// Opens folders once and keeps them. Device worker.
class ModelStore {
public:
    explicit ModelStore(const QString& device, QString resources);
    ~ModelStore();
    /// `path` is a folder or a weight file, or "triptych-mini" for the one that ships. A TorchScript
    /// program is opened only when it is trusted, a model only when it fits into memory. Throws Error.
    std::shared_ptr<Model> open(const QString& path);
    /// The person agreed that the program at `path` runs; `keep` also for later sessions. Throws Error.
    void trust(const QString& path, bool keep);
    bool isTrusted(const Checkpoint& checkpoint) const;
    /// Bytes that may be used; nothing = what the machine has free.
    void setMemory(std::optional<qint64> bytes);
    /// One line an open model.
    struct Line {
        QString path;
        qint64 weightBytes = 0;
        qint64 copiedBytes = 0;
    };
    std::vector<Line> lines() const; ///< any thread
    /// The folder that `path` stands for; it may hold a tokenizer or a preprocessor alone.
    QString folderOf(const QString& path) const;
    void close(const QString& path);
    QStringList openPaths() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace triptych
