#include "core/engine/models/families/TowerFacts.h"

#include "core/engine/models/families/GridTower.h"
#include "core/engine/models/families/TextTower.h"

#include <QJsonArray>
#include <cmath>

namespace triptych {

namespace {

QJsonObject shared(const Encoder& encoder)
{
    return { { QStringLiteral("layers"), encoder.layers() },
        { QStringLiteral("heads"), encoder.heads() }, { QStringLiteral("width"), encoder.width() } };
}

} // namespace

void addTower(Towers& towers, std::unique_ptr<TextTower> tower)
{
    QJsonObject facts = shared(*tower);
    facts.insert(QStringLiteral("max_tokens"), tower->config().positions);
    facts.insert(QStringLiteral("vocab"), tower->config().vocabulary);
    facts.insert(QStringLiteral("causal"), tower->config().causal);
    towers.facts[Modality::Text] = facts;
    towers.encoders[Modality::Text] = std::move(tower);
}

void addTower(Towers& towers, std::unique_ptr<GridTower> tower)
{
    const GridConfig& config = tower->config();
    QJsonObject facts = shared(*tower);
    facts.insert(QStringLiteral("input"),
        QJsonArray { config.channels, config.input[0], config.input[1] });
    facts.insert(QStringLiteral("grid"), QJsonArray { config.grid()[0], config.grid()[1] });
    const Modality modality = config.modality;
    towers.facts[modality] = facts;
    towers.encoders[modality] = std::move(tower);
}

void takeLogitScale(Towers& towers, Weights& weights)
{
    const QString name = QStringLiteral("logit_scale");
    if (!weights.has(name))
        return;
    towers.logitScale = weights.take(name, {}, Init::constant(std::log(1 / 0.07)));
    weights.released();
}

} // namespace triptych
