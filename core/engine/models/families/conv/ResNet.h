#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "resnet" (He et al. 2016), Hugging Face's config.json and names, basic and bottleneck.
Towers buildResNet(const FamilySource& source);

/// torchvision's and timm's ResNet, ResNeXt and Wide ResNet from a bare state dict (conv1, bn1,
/// layer1.0.conv1 …, fc); depths, widths and groups are read off the shapes.
Towers buildTorchvisionResNet(const FamilySource& source);
std::optional<QJsonObject> inferTorchvisionResNet(const TensorMap& tensors);

} // namespace triptych
