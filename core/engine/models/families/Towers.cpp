#include "core/engine/models/families/Towers.h"

#include "core/engine/models/nn/Weights.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QStringList>

namespace triptych {

Encoder& Towers::encoder(Modality modality) const
{
    const auto found = encoders.find(modality);
    if (found != encoders.end())
        return *found->second;
    if (encoders.empty() && joint) {
        throw Error(QCoreApplication::translate("models",
            "This model has no encoder for %1 alone: it reads picture and text together and answers or compares.")
                        .arg(modalityName(modality)));
    }
    QStringList names;
    for (const auto& [known, encoder] : encoders)
        names.append(modalityName(known));
    throw Error(QCoreApplication::translate("models",
        "This model has no encoder for %1; it reads %2.")
                    .arg(modalityName(modality), names.join(QStringLiteral(", "))));
}

std::vector<std::pair<std::string, at::Tensor>> Towers::parameters() const
{
    std::vector<std::pair<std::string, at::Tensor>> all;
    if (logitScale.defined())
        all.emplace_back("logit_scale", logitScale);
    if (logitBias.defined())
        all.emplace_back("logit_bias", logitBias);
    for (const auto& [modality, encoder] : encoders) {
        const auto own = encoder->parameters();
        all.insert(all.end(), own.begin(), own.end());
    }
    for (const auto& own : { joint ? joint->parameters() : Weights::Named(),
             writer ? writer->parameters() : Weights::Named() })
        all.insert(all.end(), own.begin(), own.end());
    return all;
}

} // namespace triptych
