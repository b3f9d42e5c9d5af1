#pragma once

#include <ATen/core/Tensor.h>

namespace triptych {

/// Kaldi's filter bank as torchaudio.compliance.kaldi.fbank computes it with a Hann window and no
/// dither: what AST, ImageBind and their kin were trained on.
struct MelKaldiOptions {
    int rate = 16000; ///< Hz
    int mels = 128;
    double windowSeconds = 0.025;
    double hopSeconds = 0.010;
    double lowHz = 20;
    double highHz = 0; ///< 0 = rate / 2
    double preEmphasis = 0.97;

    int windowSize() const { return int(windowSeconds * rate + 1e-6); } ///< samples
    int hop() const { return int(hopSeconds * rate + 1e-6); } ///< samples
};

/// Natural log of the mel powers, float32 [frames, mels]; frames = 1 + (n - window) / hop, and a
/// sound shorter than one window is filled with silence to one frame. In every frame the mean is
/// taken away and the pre-emphasis stays inside it. `mono` is float32 or float64 [n]. Throws Error
/// on options that make no sense. Any thread.
at::Tensor melKaldi(const at::Tensor& mono, const MelKaldiOptions& options);

/// Centre of each band in Hz, float64 [mels].
at::Tensor melKaldiCentres(const MelKaldiOptions& options);

} // namespace triptych
