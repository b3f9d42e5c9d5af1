#include "core/engine/models/families/Triptych.h"

#include "core/engine/models/families/GridTower.h"
#include "core/engine/models/families/TextTower.h"
#include "core/engine/models/families/TowerFacts.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>

namespace triptych {

Towers buildTriptych(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    Weights& weights = source.weights;
    const int dim = config.integer(QStringLiteral("projection_dim"), 256, 1, 65536);
    const QString text = QStringLiteral("text_config");
    const QString vision = QStringLiteral("vision_config");
    const QString audio = QStringLiteral("audio_config");
    Towers towers;
    if (config.has(text)) {
        addTower(towers,
            std::make_unique<TextTower>(weights, TextConfig::from(config.object(text), dim)));
    }
    if (config.has(vision)) {
        addTower(towers,
            std::make_unique<GridTower>(weights, GridConfig::vision(config.object(vision), dim)));
    }
    if (config.has(audio)) {
        addTower(towers,
            std::make_unique<GridTower>(weights, GridConfig::audio(config.object(audio), dim)));
    }
    if (towers.encoders.empty()) {
        throw Error(QCoreApplication::translate("models",
            "config.json: a triptych model needs text_config, vision_config or audio_config."));
    }
    takeLogitScale(towers, weights);
    return towers;
}

Towers makeTriptych(const QJsonObject& config, quint64 seed, const at::Device& device)
{
    RandomWeights weights(seed, device);
    return buildTriptych({ QStringLiteral("triptych"), config, weights });
}

} // namespace triptych
