#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// Vision transformers under timm's names (blocks.0.attn.qkv.weight …), as DeiT, DINO, DINOv2 and MAE
/// were published too: with timm's config.json ("architecture", "pretrained_cfg") or a bare state dict,
/// whose tensors then say all but the number of heads (64 wide each, unless the width is a known one).
std::optional<QJsonObject> inferTimmVit(const TensorMap& tensors);
Towers buildTimmVit(const FamilySource& source);

} // namespace triptych
