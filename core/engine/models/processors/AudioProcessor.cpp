#include "core/engine/models/processors/AudioProcessor.h"

#include "core/engine/features/Resample.h"
#include "core/engine/media/Media.h"
#include "core/engine/models/processors/AudioProcessorKinds.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QJsonObject>
#include <algorithm>
#include <cmath>

namespace triptych {

std::unique_ptr<const AudioProcessor> AudioProcessor::from(
    const Config& config, const QJsonObject& fallback, int bands, int frames)
{
    const QString audio = QStringLiteral("audio");
    const QString key = QStringLiteral("feature_extractor_type");
    const QString kind = config.text(key, fallback.value(key).toString());
    if (kind == QLatin1String("ASTFeatureExtractor"))
        return astAudio(config, bands, frames);
    if (kind == QLatin1String("ClapFeatureExtractor"))
        return clapAudio(config);
    if (kind == QLatin1String("Wav2Vec2FeatureExtractor"))
        return waveAudio(config);
    if (kind == QLatin1String("WhisperFeatureExtractor"))
        return whisperAudio(config, bands, frames);
    if (kind.isEmpty())
        return triptychAudio(config.object(audio), bands, frames);
    config.fail(key,
        QCoreApplication::translate("models",
            "\"%1\" is not known; sounds are prepared by ASTFeatureExtractor, ClapFeatureExtractor, "
            "Wav2Vec2FeatureExtractor or WhisperFeatureExtractor.").arg(kind));
}

at::Tensor AudioProcessor::read(const Source& source) const
{
    const Sound sound = readSound(source);
    return resampleSinc(mono(sound), sound.rate, rate());
}

EncoderInput AudioProcessor::batch(const std::vector<at::Tensor>& sounds, std::vector<bool>* longer) const
{
    std::vector<at::Tensor> rows;
    std::vector<at::Tensor> cuts;
    std::vector<at::Tensor> masks;
    for (const at::Tensor& sound : sounds) {
        bool cut = false;
        rows.push_back((*this)(sound, &cut));
        cuts.push_back(at::full({ 1 }, cut, at::kBool));
        if (longer)
            longer->push_back(cut);
        if (const int64_t frames = heard(sound.numel()); frames >= 0) {
            const at::Tensor mask = at::zeros({ rows.back().size(-1) }, at::kLong);
            mask.slice(0, 0, frames).fill_(1);
            masks.push_back(mask);
        }
    }
    EncoderInput input = batchOf(rows);
    if (tellsLonger())
        input.longer = at::stack(cuts);
    if (!masks.empty())
        input.mask = at::stack(masks);
    return input;
}

std::vector<at::Tensor> AudioProcessor::parts(const at::Tensor& mono) const
{
    const int64_t size = std::max<int64_t>(1, std::llround(seconds() * rate()));
    std::vector<at::Tensor> made;
    for (int64_t at = 0; at < mono.numel(); at += size)
        made.push_back(mono.slice(0, at, std::min(mono.numel(), at + size)));
    if (made.empty())
        made.push_back(mono);
    return made;
}

EncoderInput batchOf(const std::vector<at::Tensor>& sounds)
{
    const bool same = std::all_of(sounds.begin(), sounds.end(),
        [&](const at::Tensor& sound) { return sound.sizes() == sounds.front().sizes(); });
    EncoderInput input;
    if (same) {
        input.values = at::stack(sounds);
        return input;
    }
    int64_t longest = 0;
    for (const at::Tensor& sound : sounds)
        longest = std::max(longest, sound.numel());
    const auto count = int64_t(sounds.size());
    input.values = at::zeros({ count, longest }, at::kFloat);
    input.mask = at::zeros({ count, longest }, at::kLong);
    for (int64_t i = 0; i < count; ++i) {
        const at::Tensor& sound = sounds[size_t(i)];
        input.values[i].narrow(0, 0, sound.numel()).copy_(sound);
        input.mask[i].narrow(0, 0, sound.numel()).fill_(1);
    }
    return input;
}

} // namespace triptych
