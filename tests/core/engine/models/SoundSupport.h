#pragma once

#include "core/data/Sample.h"

#include "MediaFixtures.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonDocument>
#include <QJsonObject>
#include <cmath>

/// What the tests of the sound families share.
namespace sound {

inline QJsonObject json(const char* text)
{
    return QJsonDocument::fromJson(text).object();
}

/// Largest difference; infinite where shapes differ or something is not a number.
inline double worst(const at::Tensor& a, const at::Tensor& b)
{
    if (a.sizes() != b.sizes())
        return INFINITY;
    const double off = (a - b).abs().max().item<double>();
    return std::isnan(off) ? INFINITY : off;
}

inline triptych::Sample sampleOf(const QByteArray& wav)
{
    triptych::Sample sample;
    sample.id = QStringLiteral("sound");
    sample.sources[triptych::Modality::Audio].bytes = wav;
    return sample;
}

/// A tone and a chirp.
inline QByteArray noise(int rate, int channels, double seconds)
{
    return fixtures::wav(rate, channels, int(rate * seconds), [](int channel, int i) {
        return 0.3 * std::sin(0.05 * i + channel) + 0.1 * std::sin(double(i) * i * 1e-4);
    });
}

/// A tiny model each, and Whisper's generation_config.json.
inline constexpr char hubert[] = R"({"model_type": "hubert", "hidden_size": 16, "num_hidden_layers": 2,
    "num_attention_heads": 2, "intermediate_size": 24, "conv_dim": [8, 12], "conv_kernel": [10, 4],
    "conv_stride": [5, 3], "conv_bias": true, "feat_extract_norm": "layer", "do_stable_layer_norm": true,
    "num_conv_pos_embeddings": 6, "num_conv_pos_embedding_groups": 4, "classifier_proj_size": 6,
    "vocab_size": 9, "use_weighted_layer_sum": true, "id2label": {"0": "a", "1": "b", "2": "c"}})";

inline constexpr char whisper[] = R"({"model_type": "whisper", "d_model": 16, "encoder_layers": 1, "decoder_layers": 2,
    "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 24, "decoder_ffn_dim": 24,
    "num_mel_bins": 8, "max_source_positions": 50, "max_target_positions": 20, "vocab_size": 40})";

inline constexpr char generation[] = R"({"decoder_start_token_id": 30, "eos_token_id": 29, "pad_token_id": 29,
    "max_length": 16, "no_timestamps_token_id": 36, "suppress_tokens": [1, 2, 3], "begin_suppress_tokens": [4, 29],
    "lang_to_id": {"<|en|>": 31, "<|fr|>": 32, "<|de|>": 33}, "task_to_id": {"transcribe": 34, "translate": 35},
    "forced_decoder_ids": [[1, null], [2, 34]]})";

} // namespace sound
