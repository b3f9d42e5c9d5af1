#pragma once

#include "core/data/Sample.h"
#include "core/engine/models/Encoder.h"
#include "core/engine/models/families/Config.h"

#include <memory>

namespace triptych {

/// A sound to what an audio tower reads, as preprocessor_config.json says. One file a kind. Const
/// calls from any thread.
class AudioProcessor {
public:
    /// The kind that `feature_extractor_type` names, or the object "audio" (the model that ships).
    /// `fallback` (the family's own config) says the kind where the file does not; `bands`, `frames`:
    /// what the tower reads, 0 where that is open. Throws Error that lists the kinds.
    static std::unique_ptr<const AudioProcessor> from(
        const Config& config, const QJsonObject& fallback, int bands, int frames);

    virtual ~AudioProcessor() = default;
    /// float32 [n] at `rate()` → the tower's input without the batch. Of a sound longer than
    /// `seconds()` the first part is taken, and `cut` (may be null) is set.
    virtual at::Tensor operator()(const at::Tensor& mono, bool* cut = nullptr) const = 0;
    /// float32 [n] at `rate()`, channels averaged, resampled as the published model's processor does.
    virtual at::Tensor read(const Source& source) const;
    /// Second of `mono` at which the input begins: above 0 where silence is cut off in front, below
    /// where silence is put before.
    virtual double start(const at::Tensor& mono) const
    {
        Q_UNUSED(mono)
        return 0;
    }
    /// As the reference names the input: input_features or input_values.
    virtual QString inputName() const = 0;
    /// Whether the reference's input has `is_longer` beside it (CLAP).
    virtual bool tellsLonger() const { return false; }
    virtual int rate() const = 0;       ///< Hz
    virtual double seconds() const = 0; ///< that are read at once
    /// Whether a shorter sound is filled up to `seconds()`; otherwise the input is as long as it is.
    virtual bool fills() const { return true; }
    virtual double lowHz() const { return 0; }
    virtual double highHz() const { return rate() / 2.0; }

    /// Frames of the input that hear a sound of `samples`; -1 where the reference has no mask for it.
    virtual int64_t heard(int64_t samples) const
    {
        Q_UNUSED(samples)
        return -1;
    }
    /// Sounds at `rate()` as one batch, with the mask or is_longer that belongs beside it; `longer`
    /// (may be null) tells which were cut.
    EncoderInput batch(const std::vector<at::Tensor>& sounds, std::vector<bool>* longer = nullptr) const;

    /// The sound in parts of at most `seconds()`, for what reads one after the other (transcripts).
    std::vector<at::Tensor> parts(const at::Tensor& mono) const;
};

/// Sounds that one processor made as one batch: a shorter wave is filled with 0, and `mask` tells.
EncoderInput batchOf(const std::vector<at::Tensor>& sounds);

} // namespace triptych
