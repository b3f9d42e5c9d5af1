#pragma once

#include "core/engine/Method.h"
#include "core/engine/learning/Fit.h"
#include "core/engine/representation/picture/PictureFormat.h"
#include "core/engine/representation/picture/PictureNet.h"

namespace triptych::representation {

/// What tells the picture nets apart.
struct NetKind {
    const char* name = "";      ///< after "train." and "represent."
    const char* title = "";
    const char* reference = "";
    const char* idea = "";      ///< Step text: what is new about the net
    int side = 32;              ///< pixels, default
    int smallestSide = 32;
    int channels = 3;           ///< default
    double width = 1;           ///< default
    bool attends = false;       ///< has heads of attention to show
    QList<OptionInfo> options {}; ///< of the architecture, beside side, channels and width
    QStringList stages {};        ///< names that option layer can take
    Augmentation augmentation {}; ///< defaults
    FitOptions fit {};            ///< defaults
    NetMaker make = nullptr;
};

const NetKind& leNetKind();
const NetKind& alexNetKind();
const NetKind& vggKind();
const NetKind& googLeNetKind();
const NetKind& resNetKind();
const NetKind& vitKind();

/// Option stem: first layers as published or for small inputs.
OptionInfo stemOption();

} // namespace triptych::representation
