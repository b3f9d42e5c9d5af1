#include "core/engine/models/families/Clip.h"

#include "core/engine/models/families/GridTower.h"
#include "core/engine/models/families/TextTower.h"
#include "core/engine/models/families/TowerFacts.h"

#include <cmath>

namespace triptych {

namespace {

// Old CLIP files carry text_config_dict beside text_config, and the former wins.
Config section(const Config& config, const QString& name)
{
    QJsonObject merged = config.object(name).json();
    const QJsonObject over = config.object(name + QStringLiteral("_dict")).json();
    for (auto it = over.begin(); it != over.end(); ++it)
        merged.insert(it.key(), it.value());
    return { merged, config.where() + QStringLiteral(": ") + name };
}

} // namespace

Towers buildClip(const FamilySource& source)
{
    const QString& type = source.type;
    Weights& weights = source.weights;
    const Config config(source.config, QStringLiteral("config.json"));
    const int dim = config.integer(QStringLiteral("projection_dim"), 512, 1, 65536);
    // A tower alone may come without its projection (CLIPVisionModel), a whole model never does.
    const bool whole = type == QLatin1String("clip");
    Towers towers;
    if (whole || type == QLatin1String("clip_text_model")) {
        auto text
            = TextConfig::from(whole ? section(config, QStringLiteral("text_config")) : config, dim);
        text.projected = whole || weights.has(QStringLiteral("text_projection.weight"));
        addTower(towers, std::make_unique<TextTower>(weights, text));
    }
    if (whole || type == QLatin1String("clip_vision_model")) {
        auto vision = GridConfig::vision(
            whole ? section(config, QStringLiteral("vision_config")) : config, dim);
        vision.projected = whole || weights.has(QStringLiteral("visual_projection.weight"));
        addTower(towers, std::make_unique<GridTower>(weights, vision));
    }
    takeLogitScale(towers, weights);
    return towers;
}

} // namespace triptych
