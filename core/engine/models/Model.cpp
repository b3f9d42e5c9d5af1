#include "core/engine/models/Model.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>

namespace triptych {

JointEncoder& Model::joint()
{
    throw Error(QCoreApplication::translate("models",
        "%1 has towers side by side and nothing that reads several modalities together.").arg(path()));
}

Writer& Model::writer()
{
    throw Error(QCoreApplication::translate("models",
        "%1 writes no text; captions, transcripts and answers need a model with a decoder.").arg(path()));
}

} // namespace triptych
