#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// A TorchScript program (torch.jit.save) whose forward takes pictures [N,3,H,W] and gives a tensor, a
/// tuple or a dictionary of them: an image tower without layers that can be looked into. The input's
/// size is what preprocessor_config.json beside it says, else the first usual one that it runs on.
/// Loads and runs the program: the person has agreed (see Trust.h). Throws Error.
Towers buildTorchScript(const FamilySource& source);

} // namespace triptych
