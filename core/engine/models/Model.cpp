#include "core/engine/models/Model.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>

namespace triptych {

QString Model::inputName(Modality modality) const
{
    return modality == Modality::Text ? QStringLiteral("input_ids")
        : modality == Modality::Audio ? QStringLiteral("input_features")
                                      : QStringLiteral("pixel_values");
}

JointEncoder& Model::joint()
{
    throw Error(QCoreApplication::translate("models",
        "%1 has towers side by side and nothing that reads several modalities together.").arg(path()));
}

std::vector<Model::Part> Model::soundParts(const Sample& sample) const
{
    return { { prepare(Modality::Audio, { sample }), 0, 0 } };
}

Writer& Model::writer()
{
    throw Error(QCoreApplication::translate("models",
        "%1 writes no text; captions, transcripts and answers need a model with a decoder.").arg(path()));
}

} // namespace triptych
