#pragma once

#include "core/engine/Method.h"

namespace triptych {

/// project.umap: UMAP (McInnes, Healy, Melville 2018), resumable at any epoch.
Method umapMethod();

} // namespace triptych
