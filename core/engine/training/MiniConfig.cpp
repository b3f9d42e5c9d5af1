#include "core/engine/training/MiniConfig.h"

#include "core/engine/training/MiniData.h"

#include <QJsonArray>

namespace triptych {

namespace {

    using namespace Qt::StringLiterals;

    QJsonObject tower(int width, int inner, int layers)
    {
        return { { u"hidden_size"_s, width }, { u"intermediate_size"_s, inner },
            { u"num_hidden_layers"_s, layers }, { u"num_attention_heads"_s, width / 32 },
            { u"hidden_act"_s, u"gelu"_s }, { u"pool"_s, u"mean"_s }, { u"layer_norm_eps"_s, 1e-5 } };
    }

    QJsonObject stage(int channels, int rows, int columns, int residual = 0)
    {
        return { { u"channels"_s, channels }, { u"stride"_s, QJsonArray { rows, columns } }, { u"residual"_s, residual } };
    }

}

MelOptions miniMelOptions()
{
    MelOptions options;
    options.rate = kMiniRate;
    options.fftSize = 512;
    options.hop = 160;
    options.mels = kMiniMels;
    options.lowHz = 40;
    options.highHz = 7800;
    options.scale = MelScale::Htk;
    options.log = MelLog::Ln;
    return options;
}

QJsonObject miniConfig(int vocabularySize)
{
    QJsonObject text = tower(192, 768, 3);
    text[u"causal"_s] = false;
    text[u"vocab_size"_s] = vocabularySize;
    text[u"max_position_embeddings"_s] = kMiniTokens;
    text[u"bos_token_id"_s] = vocabularySize - 2;
    text[u"eos_token_id"_s] = vocabularySize - 1;
    QJsonObject vision = tower(128, 256, 2);
    vision[u"image_size"_s] = kMiniPicture;
    vision[u"num_channels"_s] = 3;
    vision[u"stem"_s] = QJsonArray { stage(32, 2, 2), stage(64, 2, 2), stage(128, 2, 2, 1) };
    QJsonObject audio = tower(128, 256, 2);
    audio[u"num_mel_bins"_s] = kMiniMels;
    audio[u"max_frames"_s] = kMiniFrames;
    audio[u"stem"_s] = QJsonArray { stage(32, 2, 2), stage(64, 2, 2), stage(96, 2, 2), stage(128, 2, 1) };
    return { { u"model_type"_s, u"triptych"_s }, { u"architectures"_s, QJsonArray { u"TriptychModel"_s } },
        { u"projection_dim"_s, 192 }, { u"torch_dtype"_s, u"float16"_s }, { u"text_config"_s, text },
        { u"vision_config"_s, vision }, { u"audio_config"_s, audio } };
}

QJsonObject miniPreprocessor()
{
    const QJsonArray mean { kMiniMean, kMiniMean, kMiniMean };
    const QJsonArray deviation { kMiniDeviation, kMiniDeviation, kMiniDeviation };
    return { { u"image_processor_type"_s, u"CLIPImageProcessor"_s }, { u"do_resize"_s, true },
        { u"size"_s, QJsonObject { { u"longest_edge"_s, 88 } } }, { u"resample"_s, 3 }, { u"do_pad"_s, true },
        { u"pad_size"_s, QJsonObject { { u"height"_s, kMiniPicture }, { u"width"_s, kMiniPicture } } },
        { u"do_center_crop"_s, false }, { u"do_rescale"_s, true }, { u"rescale_factor"_s, 1.0 / 255 },
        { u"do_normalize"_s, true }, { u"image_mean"_s, mean }, { u"image_std"_s, deviation },
        { u"do_convert_rgb"_s, true }, { u"background"_s, QJsonArray { 255, 255, 255 } },
        { u"audio"_s, QJsonObject { { u"sampling_rate"_s, kMiniRate }, { u"n_fft"_s, 512 }, { u"hop_length"_s, 160 },
                          { u"num_mel_bins"_s, kMiniMels }, { u"max_frames"_s, kMiniFrames }, { u"mel"_s, u"htk"_s },
                          { u"low_hz"_s, 40 }, { u"high_hz"_s, 7800 }, { u"log_floor"_s, 1e-10 },
                          { u"trim_silence"_s, true }, { u"dynamic_range"_s, double(MiniClip::kMelRange) },
                          { u"lead_frames"_s, 5 } } } };
}

} // namespace triptych
