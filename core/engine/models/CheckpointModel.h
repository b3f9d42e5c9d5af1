#pragma once

#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/families/Towers.h"
#include "core/engine/models/processors/AudioProcessor.h"
#include "core/engine/models/processors/VideoProcessor.h"

#include <optional>
#include <set>

namespace triptych {

/// A model as its folder describes it.
class CheckpointModel final : public Model {
public:
    /// Throws Error on whatever does not fit together.
    CheckpointModel(Checkpoint checkpoint, const at::Device& device);

    QString path() const override { return m_checkpoint.path(); }
    QString hash() const override { return m_checkpoint.hash(); }
    QString family() const override;
    std::vector<Modality> modalities() const override;
    Encoder& encoder(Modality modality) override;
    int rowsOf(Modality modality) const override { return watches() ? 1 : Model::rowsOf(modality); }
    const Tokenizer& tokenizer() const override;
    EncoderInput prepare(Modality modality, const std::vector<Sample>& samples,
        QStringList* cut = nullptr) const override;
    std::shared_ptr<const CtcLetters> letters() const override { return m_towers.letters; }
    std::vector<Part> soundParts(const Sample& sample) const override;
    QString inputName(Modality modality) const override;
    std::array<double, 4> region(const Sample& sample, Modality modality) const override;
    double soundStart(const Sample& sample) const override;
    double logitScale() const override;
    double logitBias() const override;
    JointEncoder& joint() override;
    qint64 weightBytes() const override { return m_weightBytes; }
    qint64 copiedBytes() const override { return m_copiedBytes; }
    bool hasJoint() const override { return m_towers.joint != nullptr; }
    Writer& writer() override;
    bool hasWriter() const override { return m_towers.writer != nullptr; }
    QStringList labels() const override { return m_towers.labels; }
    std::optional<QString> outputName(Modality modality) const override;
    bool hasForward() const override { return bool(m_towers.forward); }
    std::map<std::string, at::Tensor> forward(const std::map<std::string, at::Tensor>& inputs) const override;
    QJsonObject info() const override;

private:
    void openProcessors();
    void countBytes();
    /// Before a part is used for the first time: whether its weights are numbers.
    template<typename Part> Part& checked(Part& part)
    {
        if (m_finite.insert(&part).second)
            requireFinite(part.parameters(), &part);
        return part;
    }
    void requireFinite(const std::vector<std::pair<std::string, at::Tensor>>& tensors, const void* part);
    /// Whether it has a tower for videos themselves; else their frames go through the image tower.
    bool watches() const { return m_towers.encoders.count(Modality::Video) > 0; }
    Modality towerOf(Modality modality) const;
    at::Tensor picture(const Sample& sample) const;
    at::Tensor frames(const Sample& sample) const;
    EncoderInput sounds(const std::vector<Sample>& samples, QStringList* cut) const;
    EncoderInput texts(const std::vector<Sample>& samples, QStringList* cut) const;
    QJsonObject towerFacts() const;
    QJsonObject viewFacts() const;

    Checkpoint m_checkpoint;
    Towers m_towers;
    QString m_family;
    std::set<const void*> m_finite; ///< parts whose weights were looked at
    qint64 m_weightBytes = 0;
    qint64 m_copiedBytes = 0;
    std::shared_ptr<const Tokenizer> m_tokenizer;
    QString m_tokenizerProblem; ///< why there is none, though the folder has its files
    std::optional<PictureProcessor> m_pictures;
    std::optional<VideoProcessor> m_videos;
    std::unique_ptr<const AudioProcessor> m_sounds;
};

/// The source of one modality; throws Error that names the sample when it has none.
const Source& sourceOf(const Sample& sample, Modality modality);
/// preprocessor_config.json of a folder, empty when there is none.
Config preprocessorConfig(const QString& folder);

} // namespace triptych
