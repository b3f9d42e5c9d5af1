#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// torchvision's state dicts without a config.json; the sizes are read off the shapes.

/// AlexNet (Krizhevsky et al. 2012; torchvision's one-tower form of 2014).
Towers buildAlexNet(const FamilySource& source);
std::optional<QJsonObject> inferAlexNet(const TensorMap& tensors);

/// VGG-11 … VGG-19, with and without batch norm (Simonyan and Zisserman 2015).
Towers buildVgg(const FamilySource& source);
std::optional<QJsonObject> inferVgg(const TensorMap& tensors);

/// GoogLeNet (Szegedy et al. 2015; torchvision's with batch norm). The auxiliary heads serve
/// training and are not read. "transform_input" (true, as the published weights need it) undoes
/// ImageNet's normalisation for the one of ±1 that they were trained with.
Towers buildGoogLeNet(const FamilySource& source);
std::optional<QJsonObject> inferGoogLeNet(const TensorMap& tensors);

} // namespace triptych
