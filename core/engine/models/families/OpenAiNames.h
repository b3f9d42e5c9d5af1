#pragma once

#include <ATen/core/Tensor.h>
#include <QString>
#include <map>

namespace triptych {

/// Whether tensors are named as OpenAI's CLIP and open_clip name them (visual.conv1.weight …).
bool hasOpenAiNames(const std::map<QString, at::Tensor>& tensors);
/// The same tensors under Hugging Face's names: joined projections split, [in,out] turned. Views, no
/// copies.
std::map<QString, at::Tensor> fromOpenAiNames(const std::map<QString, at::Tensor>& tensors);

} // namespace triptych
