#include "core/engine/representation/sound/SoundMethods.h"

namespace triptych::representation {

namespace {

std::vector<Method> joined(std::vector<Method> first, const std::vector<Method>& second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

} // namespace

std::vector<Method> soundMethods()
{
    return joined({spectrogramMethod(), melSpectrogramMethod(), mfccMethod(), chromaMethod(),
                      pitchMethod(), soundStatisticsMethod(), soundDnnMethod(), soundCnnMethod()},
        soundRecurrentMethods());
}

std::vector<Method> soundTrainers()
{
    return joined({soundDnnTrainer(), soundCnnTrainer()}, soundRecurrentTrainers());
}

} // namespace triptych::representation
