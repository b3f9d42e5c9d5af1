#include "core/engine/representation/video/Motion.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

// Slow enough not to be taken for the other direction, fast enough to be seen within eight frames.
constexpr double slowest = 0.03;
constexpr double fastest = 0.09;

bool turns(Motion motion) { return motion == Motion::Clockwise || motion == Motion::Anticlockwise; }
bool resizes(Motion motion) { return motion == Motion::Grows || motion == Motion::Shrinks; }

} // namespace

QStringList motionNames()
{
    return { QStringLiteral("left"), QStringLiteral("right"), QStringLiteral("up"), QStringLiteral("down"),
        QStringLiteral("clockwise"), QStringLiteral("anticlockwise"), QStringLiteral("grows"),
        QStringLiteral("shrinks") };
}

QString motionName(Motion motion) { return motionNames().at(int(motion)); }

QString oppositeMotion(const QString& label)
{
    const qsizetype index = motionNames().indexOf(label);
    return index < 0 ? QString() : motionNames().at(index ^ 1); // they stand in pairs
}

std::vector<Motion> motionsOf(const QString& list)
{
    static const QRegularExpression separator(QStringLiteral("[\\s,;]+"));
    std::vector<Motion> motions;
    for (const QString& name : list.split(separator, Qt::SkipEmptyParts)) {
        const qsizetype index = motionNames().indexOf(name.toLower());
        if (index < 0) {
            throw Error(Tr::tr("motions: \"%1\" is no motion; there are %2.")
                            .arg(name, motionNames().join(QStringLiteral(", "))));
        }
        if (std::find(motions.begin(), motions.end(), Motion(index)) != motions.end())
            throw Error(Tr::tr("motions: \"%1\" is named twice.").arg(name));
        motions.push_back(Motion(index));
    }
    if (motions.size() < 2)
        throw Error(Tr::tr("motions: two at least are needed to tell apart, as in \"left,right\"."));
    return motions;
}

Route::Route(Motion motion, const std::vector<Motion>& motions, Chance& chance)
    : m_motion(motion)
    , m_speed(slowest + (fastest - slowest) * chance.real())
{
    // Every number is drawn, needed or not: a seed gives the same places with other motions too.
    const Pose drawn { chance.real(), chance.real(), chance.real(), chance.real() };
    m_start = { drawn.x, drawn.y, 0, 0.5 };
    if (std::any_of(motions.begin(), motions.end(), turns))
        m_start.turn = drawn.turn;
    if (std::any_of(motions.begin(), motions.end(), resizes))
        m_start.size = drawn.size;
}

Pose Route::at(int frame) const
{
    const auto around = [](double value) { return value - std::floor(value); };
    const double way = m_speed * frame;
    Pose pose = m_start;
    switch (m_motion) {
    case Motion::Left: pose.x = around(pose.x - way); break;
    case Motion::Right: pose.x = around(pose.x + way); break;
    case Motion::Up: pose.y = around(pose.y - way); break;
    case Motion::Down: pose.y = around(pose.y + way); break;
    case Motion::Clockwise: pose.turn = around(pose.turn + way); break;
    case Motion::Anticlockwise: pose.turn = around(pose.turn - way); break;
    case Motion::Grows: pose.size = around(pose.size + way); break;
    case Motion::Shrinks: pose.size = around(pose.size - way); break;
    }
    return pose;
}

} // namespace triptych::representation
