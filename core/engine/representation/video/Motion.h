#pragma once

#include "core/engine/learning/Chance.h"

#include <QStringList>

namespace triptych::representation {

/// What a clip can show. Seen backwards each becomes its opposite.
enum class Motion { Left, Right, Up, Down, Clockwise, Anticlockwise, Grows, Shrinks };

QStringList motionNames(); ///< all, in enum order: the labels of clips
QString motionName(Motion motion);
/// The label of the same motion seen backwards; empty when `label` is no motion.
QString oppositeMotion(const QString& label);
/// "left, right" and so on. Throws Error when one is unknown or twice, or fewer than two are named.
std::vector<Motion> motionsOf(const QString& list);

/// Where a thing is, how it is turned and how large it is. All four go around: what leaves on the
/// right comes in on the left, and what has grown to the largest size goes on from the smallest.
struct Pose {
    double x = 0;    ///< of the centre, in widths of the frame, [0, 1)
    double y = 0;    ///< in heights, down, [0, 1)
    double turn = 0; ///< clockwise, in whole turns, [0, 1)
    double size = 0; ///< between the smallest (0) and the largest, on a scale of ratios, [0, 1)
};

/// The way of a thing through a clip: one of the four numbers of its pose moves evenly. Since the pose
/// at the start is uniform in everything that any of the motions moves, and all numbers go around, the
/// pose of every single frame is uniform too, whatever the motion: one frame tells nothing about it.
class Route {
public:
    /// `motions`: all that the data set has.
    Route(Motion motion, const std::vector<Motion>& motions, Chance& chance);

    Pose at(int frame) const;
    Motion motion() const { return m_motion; }
    double speed() const { return m_speed; } ///< of the number that moves, a frame

private:
    Motion m_motion;
    Pose m_start;
    double m_speed;
};

} // namespace triptych::representation
