#pragma once

#include "core/engine/learning/Chance.h"
#include "core/session/Engine.h"

#include <ATen/core/Tensor.h>
#include <vector>

namespace triptych::representation {

/// How pictures become numbers for a net: kept with what was trained.
struct PictureFormat {
    int side = 32;
    int channels = 3;
    bool inverted = false;
    std::vector<double> mean;      ///< a channel, of the training pictures
    std::vector<double> deviation;

    /// From the options side, channels and invert of a method.
    static PictureFormat of(const QJsonObject& options);
    /// Takes mean and deviation from `pictures` uint8 [N,3,side,side].
    void measure(const at::Tensor& pictures);

    /// uint8 [N,3,side,side] → float [N,channels,side,side] of values 0…1.
    at::Tensor scaled(const at::Tensor& pictures) const;
    /// (values − mean) / deviation, a channel; and back.
    at::Tensor normalised(const at::Tensor& values) const;
    at::Tensor shown(const at::Tensor& normalised) const; ///< uint8 [N,side,side,3]

    QJsonObject toJson() const;
    /// Throws Error when something is missing.
    static PictureFormat fromJson(const QJsonObject& json);
};

/// Changes that keep the class: drawn anew for each picture of a batch.
struct Augmentation {
    int shift = 0;         ///< largest, in pixels; the border is continued
    bool flip = false;     ///< left and right, half of the time
    double brightness = 0; ///< largest share lighter or darker

    static Augmentation of(const QJsonObject& options);
    /// `values` [N,C,s,s] of 0…1.
    at::Tensor operator()(const at::Tensor& values, Chance& chance) const;
};

QList<OptionInfo> augmentationOptions(const Augmentation& defaults);

} // namespace triptych::representation
