#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/methods/Support.h"
#include "core/engine/models/methods/TensorFacts.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QRegularExpression>
#include <cmath>
#include <optional>

namespace triptych::models {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

constexpr int64_t mostFilters = 1024;
constexpr int64_t mostPositions = 2048; ///< the similarity of that many is 16 MB

/// [filters, channels, rows, columns] of a first layer; undefined when the tensor is no such thing.
at::Tensor filtersOf(const QString& name, const at::Tensor& tensor)
{
    const bool patches = name.contains(QLatin1String("patch"), Qt::CaseInsensitive);
    if (tensor.dim() == 5 && tensor.size(1) <= 4 && tensor.size(3) >= 3) // a tube of frames: their mean
        return tensor.to(at::kFloat).mean(2);
    if (tensor.dim() == 4 && tensor.size(1) <= 4 && tensor.size(2) >= 3 && tensor.size(3) >= 3)
        return tensor;
    if (tensor.dim() == 3 && tensor.size(1) == 1 && tensor.size(2) >= 3) // over a wave
        return tensor.unsqueeze(2);
    if (tensor.dim() == 2 && patches && tensor.size(1) % 3 == 0) { // pixels of a patch in a row, colours last
        const auto side = int64_t(std::lround(std::sqrt(double(tensor.size(1)) / 3)));
        if (side * side * 3 == tensor.size(1) && side >= 4)
            return tensor.view({ tensor.size(0), side, side, 3 }).permute({ 0, 3, 1, 2 });
    }
    return {};
}

/// [positions, width]; undefined when the tensor is no table of positions.
at::Tensor positionsOf(const QString& name, const at::Tensor& tensor)
{
    static const QRegularExpression known(QStringLiteral("(^|\\.)(pos_embed|positional_embedding|"
                                                         "position(al)?_embeddings?|embed_positions|wpe)(\\.weight)?$"));
    if (!known.match(name).hasMatch() || !tensor.is_floating_point())
        return {};
    const at::Tensor flat = tensor.dim() == 3 && tensor.size(0) == 1 ? tensor[0] : tensor;
    return flat.dim() == 2 && flat.size(0) > 1 && flat.size(1) > 1 ? flat : at::Tensor();
}

using Reader = at::Tensor (*)(const QString&, const at::Tensor&);

/// Names of the tensors that `reader` can show, patch embeddings and stems first.
QStringList candidates(const Checkpoint& checkpoint, Reader reader)
{
    QStringList first;
    QStringList others;
    for (const auto& [name, tensor] : checkpoint.tensors()) {
        if (reader(name, tensor).defined())
            (name.contains(QLatin1String("patch")) || name.contains(QLatin1String("vis")) ? first : others).append(name);
    }
    return first + others;
}

QString choose(const QStringList& known, const QString& wanted, const QString& path)
{
    if (wanted.isEmpty())
        return known.value(0);
    if (!known.contains(wanted)) {
        throw Error(Tr::tr("%1: %2 is not among what can be drawn: %3.")
                        .arg(path, wanted, known.isEmpty() ? Tr::tr("nothing") : known.join(QStringLiteral(", "))));
    }
    return wanted;
}

struct Grid {
    int64_t special = 0;
    int64_t rows = 0;
    int64_t columns = 0;
};

/// Leading positions that are no patch, then the grid: of a tower where one fits, else a square.
Grid gridOf(int64_t count, const QString& name, const QJsonObject& towers)
{
    for (const QJsonValue& tower : towers) {
        const QJsonArray grid = tower.toObject().value(QStringLiteral("grid")).toArray();
        const int64_t cells = int64_t(grid.at(0).toInt()) * grid.at(1).toInt();
        if (cells > 1 && count >= cells && count - cells <= 8)
            return { count - cells, grid.at(0).toInt(), grid.at(1).toInt() };
    }
    const bool words = name.contains(QLatin1String("text")) || name.startsWith(QLatin1String("positional"));
    for (int64_t special = 0; special <= 5 && !words; ++special) {
        const auto side = int64_t(std::lround(std::sqrt(double(count - special))));
        if (side > 1 && side * side == count - special)
            return { special, side, side };
    }
    return { 0, count, 1 };
}

/// [rows, columns, rows, columns]: cosine of every two positions.
void addPositions(Value& value, const at::Tensor& table, const Grid& grid)
{
    const at::Tensor cells = table.narrow(0, grid.special, grid.rows * grid.columns).to(at::kFloat);
    const at::Tensor unit = cells / cells.norm(2, { 1 }, true).clamp_min(1e-12);
    const at::Tensor similarity
        = at::matmul(unit, unit.t()).view({ grid.rows, grid.columns, grid.rows, grid.columns });
    value.arrays[QStringLiteral("positions")] = arrayOf(similarity);
    value.info[QStringLiteral("grid")] = QJsonArray { qint64(grid.rows), qint64(grid.columns) };
    value.info[QStringLiteral("special")] = qint64(grid.special);
}

QJsonObject towersOf(EngineContext& context, const QString& path)
{
    try {
        return context.models.open(path)->info().value(QStringLiteral("towers")).toObject();
    } catch (const Error&) {
        return {}; // a checkpoint of no known family is looked into without
    }
}

Value run(EngineContext& context, const QJsonObject& options, const Inputs&, Progress&)
{
    const QString path = options.value(QStringLiteral("model")).toString();
    const auto checkpoint = Checkpoint::open(context.models.folderOf(path));
    const auto& tensors = checkpoint.tensors();
    const QStringList drawable = candidates(checkpoint, filtersOf);
    const QStringList tables = candidates(checkpoint, positionsOf);
    const QString filter = choose(drawable, options.value(QStringLiteral("tensor")).toString(), checkpoint.path());
    const QString table = choose(tables, options.value(QStringLiteral("positions")).toString(), checkpoint.path());
    Value value;
    value.info = { { QStringLiteral("path"), checkpoint.path() }, { QStringLiteral("hash"), checkpoint.hash() },
        { QStringLiteral("filter_tensors"), QJsonArray::fromStringList(drawable) },
        { QStringLiteral("position_tensors"), QJsonArray::fromStringList(tables) },
        { QStringLiteral("tensor"), filter }, { QStringLiteral("position_tensor"), table } };
    if (!filter.isEmpty()) {
        const at::Tensor all = filtersOf(filter, tensors.at(filter));
        value.info[QStringLiteral("filters_in_all")] = qint64(all.size(0));
        value.arrays[QStringLiteral("filters")] = arrayOf(all.slice(0, 0, std::min(all.size(0), mostFilters)));
    }
    if (!table.isEmpty()) {
        const at::Tensor all = positionsOf(table, tensors.at(table));
        Grid grid = gridOf(all.size(0), table, towersOf(context, path));
        if (grid.rows * grid.columns > mostPositions)
            grid = { grid.special, mostPositions, 1 };
        addPositions(value, all, grid);
    }
    return value;
}

} // namespace

Method filtersMethod()
{
    using Type = OptionInfo::Type;
    return { { QStringLiteral("model.filters"), QStringLiteral("model"), QStringLiteral("Filters and positions"),
                 { modelOption(), option("tensor", Type::Text, QString(), "Filters of this first layer; empty: the first one found"),
                     option("positions", Type::Text, QString(), "Positions of this table; empty: the first one found") },
                 QString(), {}, false },
        run };
}

} // namespace triptych::models
