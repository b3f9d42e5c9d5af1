#pragma once

#include "core/data/Sample.h"
#include "core/jobs/Progress.h"
#include "core/values/Value.h"

#include <ATen/core/Tensor.h>
#include <vector>

/// The signals of many samples as tensors. They throw Error naming a sample that lacks the modality or
/// cannot be read. Decoded on a few threads; the same picture or sound at the same size is kept in
/// memory for the next call (256 MB at most), so that a second training starts at once. Device worker
/// or training worker.
namespace triptych::representation {

/// uint8 [N,3,side,side]: scaled to fit (area), centred on white.
at::Tensor picturesOf(const std::vector<Sample>& samples, int side, Progress& progress);
/// float32 [N,channels,side,side] of values 0…1; one channel is brightness (ITU-R 601). `inverted`: dark
/// on light becomes light on dark, as MNIST has it.
at::Tensor scaledPictures(const at::Tensor& pictures, int channels, bool inverted = false);
/// Mono float32 [n] each, at `rate` Hz.
std::vector<at::Tensor> soundsOf(const std::vector<Sample>& samples, int rate, Progress& progress);

/// How clips are read: frames evenly spaced (the middles of equal parts), scaled to fit, centred on black.
struct ClipFormat {
    int frames = 16;
    int side = 64;    ///< pixels
    int channels = 1; ///< brightness, or 3 colours
};
/// uint8 [frames,channels,side,side] each. They share memory with what is kept: not to be changed.
std::vector<at::Tensor> videosOf(const std::vector<Sample>& samples, const ClipFormat& format, Progress& progress);

/// Embeddings [N,D] float32 with what `EmbeddingSet` asks for: ids, modality, model = method, normalized.
Value embeddingValue(const at::Tensor& rows, const std::vector<Sample>& samples, const QString& method,
    Modality modality, bool normalized = false);
/// CPU tensor (float, double, int64, uint8) as a plain array.
Array arrayOf(const at::Tensor& tensor);

} // namespace triptych::representation
