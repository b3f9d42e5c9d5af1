#pragma once

#include "core/engine/Method.h"
#include "core/engine/representation/video/ClipDrawing.h"

namespace triptych::representation {

/// A data set of clips in which one picture moves; its label is the motion.
struct ClipSetOptions {
    int count = 800;
    int frames = 16;
    int side = 64;             ///< pixels
    std::vector<Motion> motions { Motion::Left, Motion::Right, Motion::Up, Motion::Down };
    bool textured = false;
    double size = 0.4;         ///< of the picture, in sides of the frame
    double rate = 12;          ///< frames a second
    QString format = QStringLiteral("mp4");
    double testShare = 0.2;    ///< of the pictures, where they have no split of their own
    quint64 seed = 0;
};

/// One clip to be made.
struct PlannedClip {
    QString id;        ///< "left/00003"
    size_t source = 0; ///< index of the picture
    QString split;
    Route route;
    quint64 seed = 0;  ///< of the ground
};

/// Every picture that is used shows every motion, so that the picture tells nothing either. All clips of a
/// picture stand on one side of the split: the pictures' own split where it has both sides, else
/// one by their groups. Throws Error when no sample has a picture.
std::vector<PlannedClip> planClips(const std::vector<Sample>& pictures, const ClipSetOptions& options);

/// Makes and writes the clips: `folder`/LABEL/NUMBER.FORMAT and samples.tsv. The folder is new or
/// empty. The same options and pictures give the same bytes. info: table, size, classes, train, test, pictures.
Value writeClips(const std::vector<Sample>& pictures, const QString& folder, const ClipSetOptions& options,
    Progress& progress);

/// media.clips.
Method clipsMethod();

} // namespace triptych::representation
