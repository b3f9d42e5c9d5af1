#pragma once

#include "core/engine/features/Resize.h"
#include "core/engine/models/families/Config.h"

#include <ATen/core/Tensor.h>
#include <array>
#include <vector>

namespace triptych {

/// What preprocessor_config.json does to a picture, as transformers' image processors on Pillow do
/// it: resize, crop or pad, rescale, normalise. Any thread.
class PictureProcessor {
public:
    /// `config` may be empty: then CLIP's way to a picture of `rows` × `columns`. Throws Error.
    static PictureProcessor from(const Config& config, std::array<int, 2> sides = { 224, 224 });

    /// uint8 [H,W,3] → float32 [3,h,w]. Throws Error on a picture it cannot bring to size.
    at::Tensor operator()(const at::Tensor& picture) const;
    /// The part of a picture of `rows` × `columns` that the result covers: left, top, width, height in
    /// shares of its sides. Beyond 0…1 where it is padded.
    std::array<double, 4> region(int rows, int columns) const;
    /// What alpha is laid over; empty: dropped, as Pillow's convert("RGB") does.
    const std::vector<uchar>& background() const { return m_background; }

private:
    /// Exact: both sides. Shortest, Longest: that side, the other in proportion. Percent: ConvNeXT's
    /// larger resize before a crop. Divided: ViLT's, both sides multiples of a number. Patches:
    /// SigLIP 2's, as large as a number of whole patches allows.
    enum class Fit { Exact, Shortest, Longest, Percent, Divided, Patches };

    static PictureProcessor ofClass(const QString& name);
    void readSize(const Config& config);
    void readColours(const Config& config);
    std::array<int, 2> target(int rows, int columns) const;
    std::array<int, 2> dividedTarget(int rows, int columns) const;
    std::array<int, 2> patchesTarget(int rows, int columns) const;
    bool cropsPercent() const; ///< Fit::Percent crops small sizes only
    /// The frames that follow the resizing: their sides, and whether they stand on the background.
    std::vector<std::pair<std::array<int, 2>, bool>> frames() const;
    std::array<int, 2> resized(int rows, int columns) const;
    at::Tensor frame(const at::Tensor& picture, std::array<int, 2> sides, bool onBackground) const;
    at::Tensor numbers(const at::Tensor& picture) const;

    Fit m_fit = Fit::Exact;
    std::array<int, 2> m_size { 224, 224 };
    std::array<int, 2> m_crop { 224, 224 };
    std::array<int, 2> m_padded { 0, 0 };
    bool m_resizes = true;
    bool m_crops = false;
    bool m_rescales = true;
    bool m_normalizes = true;
    double m_percent = 0.875;
    int m_divisor = 32;
    int m_patch = 16;
    int m_patches = 256;
    double m_factor = 1.0 / 255;
    Filter m_filter = Filter::Bicubic;
    std::array<double, 3> m_mean { 0.5, 0.5, 0.5 };
    std::array<double, 3> m_deviation { 0.5, 0.5, 0.5 };
    std::vector<uchar> m_background;
};

} // namespace triptych
