#pragma once

#include "core/engine/models/files/Pickle.h"

#include <QStringList>
#include <map>

namespace triptych {

/// Tensors of a pickle by name, as the file nests them.
struct NamedNodes {
    std::map<QString, const PickleNode*> tensors; ///< of Kind::Tensor
    QStringList notes;                            ///< sentences: what was left out
    bool excessive = false; ///< names or nesting that no weights need: the search was given up
};

/// Finds the weights in what a training script saved: a state dict, one in a wrapper ("state_dict",
/// "model" …) beside an optimizer and counters, several of them (names joined with dots), or the
/// attributes of a TorchScript program. Empty when there are no tensors by name.
NamedNodes namedTensors(const PickleNode& top);

/// Names without what wrappers put in front of all of them: "module." (DataParallel), "_orig_mod."
/// (torch.compile) and, with `bare`, "model." or "net." (Lightning and the like). Empty when there
/// is nothing to cut.
QString sharedWrapper(const QStringList& names, bool bare);

} // namespace triptych
