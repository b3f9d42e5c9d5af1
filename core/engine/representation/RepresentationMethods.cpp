#include "core/engine/representation/RepresentationMethods.h"

#include "core/engine/representation/coordinated/CoordinatedMethods.h"
#include "core/engine/representation/joint/JointMethods.h"
#include "core/engine/representation/joint/MachineMethods.h"
#include "core/engine/representation/picture/PictureMethods.h"
#include "core/engine/representation/sound/SoundMethods.h"
#include "core/engine/representation/text/TextMethods.h"
#include "core/engine/representation/video/VideoMethods.h"

namespace triptych {

namespace {

using Table = std::vector<Method>;

Table joined(const std::vector<Table>& tables)
{
    Table all;
    for (const Table& table : tables)
        all.insert(all.end(), table.begin(), table.end());
    return all;
}

} // namespace

using namespace representation;

const std::vector<Method>& representationMethods()
{
    static const Table table = joined({ textMethods(), pictureMethods(), videoMethods(), soundMethods(),
        jointMethods(), machineMethods(), coordinatedMethods() });
    return table;
}

const std::vector<Method>& representationTrainers()
{
    static const Table table = joined({ textTrainers(), pictureTrainers(), videoTrainers(), soundTrainers(),
        jointTrainers(), machineTrainers(), coordinatedTrainers() });
    return table;
}

} // namespace triptych
