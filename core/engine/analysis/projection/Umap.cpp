#include "core/engine/analysis/projection/Umap.h"

#include "core/engine/analysis/CounterRandom.h"
#include "core/engine/analysis/Support.h"
#include "core/engine/analysis/projection/Pca.h"
#include "core/engine/analysis/projection/Quality.h"
#include "core/engine/analysis/projection/SpectralStart.h"
#include "core/engine/analysis/projection/UmapLayout.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QElapsedTimer>

#include <cmath>

namespace triptych {

using namespace analysis;

namespace {

constexpr qint64 reduceAbove = 30000; // rows; exact neighbours in many columns take minutes beyond
constexpr int reduceTo = 50;
constexpr qint64 oneThreadUpTo = 5000; // rows; more threads gain little, one is repeatable
constexpr qint64 partialEvery = 50; // milliseconds

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(analysis)
};

/// What led to a layout, for `info`.
struct Setting {
    int dims;
    int neighbors;
    double minDist;
    int epochs;
    int until;
    quint64 seed;
    int threads;
    QString metric;
    QString start;
    QString startReason;
    qint64 columnsUsed;

    QJsonObject info(int epoch) const
    {
        QJsonObject object {{QStringLiteral("method"), QStringLiteral("umap")},
            {QStringLiteral("dims"), dims}, {QStringLiteral("neighbors"), neighbors},
            {QStringLiteral("min_dist"), minDist}, {QStringLiteral("epochs"), epochs},
            {QStringLiteral("epoch"), epoch}, {QStringLiteral("seed"), qint64(seed)},
            {QStringLiteral("threads"), threads}, {QStringLiteral("metric"), metric},
            {QStringLiteral("start"), start}, {QStringLiteral("columns"), columnsUsed}};
        if (!startReason.isEmpty())
            object[QStringLiteral("start_reason")] = startReason;
        return object;
    }
};

Value layoutValue(const std::vector<float>& coords, const Setting& setting, int epoch)
{
    Value value;
    const auto rows = qint64(coords.size()) / setting.dims;
    value.arrays[QStringLiteral("coords")]
        = Array::of(std::span<const float>(coords), {rows, setting.dims});
    value.arrays[QStringLiteral("epoch")]
        = Array::of(std::span<const qint64>(std::vector<qint64> {epoch}), {1});
    value.info = setting.info(epoch);
    return value;
}

/// Stretched to [0, 10] an axis, with noise that parts equal points; as the reference does.
std::vector<float> scaledStart(const at::Tensor& start, quint64 seed)
{
    at::Tensor scaled = start.to(at::kDouble).contiguous().clone();
    const double largest = scaled.abs().max().item<double>();
    if (largest > 0)
        scaled.mul_(10 / largest);
    double* values = scaled.data_ptr<double>();
    for (qint64 i = 0; i < scaled.numel(); ++i)
        values[i] += 1e-4 * CounterRandom(seed, 2, quint64(i)).normal();
    const at::Tensor low = scaled.amin({0}, true);
    const at::Tensor range = (scaled.amax({0}, true) - low).clamp_min_(1e-12);
    const at::Tensor result = ((scaled - low) / range * 10).to(at::kFloat).contiguous();
    return {result.data_ptr<float>(), result.data_ptr<float>() + result.numel()};
}

at::Tensor pcaStart(const at::Tensor& rows, int dims, Progress& progress)
{
    const int axes = int(std::min<qint64>(dims, rows.size(1)));
    at::Tensor start = at::zeros({rows.size(0), dims}, at::kFloat);
    start.narrow(1, 0, axes).copy_(principalAxes(rows, axes, progress).coords);
    return start;
}

std::vector<float> startCoords(
    const at::Tensor& rows, const FuzzyGraph& graph, Setting& setting, Progress& progress)
{
    setting.start = QStringLiteral("pca");
    const qint64 parts = graph.components();
    if (parts > 1) {
        setting.startReason = Tr::tr("the neighbour graph falls into %1 parts").arg(parts);
    } else if (auto vectors = laplacianVectors(graph, setting.dims, setting.seed, progress)) {
        setting.start = QStringLiteral("spectral");
        return scaledStart(*vectors, setting.seed);
    } else {
        setting.startReason = graph.count <= setting.dims + 1
            ? Tr::tr("too few rows for a spectral start")
            : Tr::tr("the spectral start did not converge");
    }
    return scaledStart(pcaStart(rows, setting.dims, progress), setting.seed);
}

/// Coordinates of values.state, after checks that it belongs to these rows and this epoch.
std::vector<float> resumedCoords(const Inputs& inputs, qint64 rows, int from, Setting& setting)
{
    const Value& state = inputs.value(QStringLiteral("state"));
    const Array coords = state.array(QStringLiteral("coords")).toFloat();
    if (coords.shape != QList<qint64> {rows, setting.dims}) {
        throw Error(
            Tr::tr("state: its coordinates do not fit %1 rows in %2 dimensions; give the value "
                   "of a run on the same embeddings and dims.")
                .arg(rows)
                .arg(setting.dims));
    }
    const int reached = state.info.value(u"epoch").toInt(-1);
    if (reached != from || state.info.value(u"epochs").toInt(-1) != setting.epochs) {
        throw Error(
            Tr::tr("from: the state stands at epoch %1 of %2, not at %3 of %4; give the same "
                   "epochs and the epoch the state has reached.")
                .arg(reached)
                .arg(state.info.value(u"epochs").toInt(-1))
                .arg(from)
                .arg(setting.epochs));
    }
    setting.start = state.info.value(u"start").toString();
    setting.startReason = state.info.value(u"start_reason").toString();
    const auto values = coords.floats();
    return {values.begin(), values.end()};
}

Setting readSetting(const QJsonObject& options, qint64 rows, qint64 columns)
{
    Setting setting;
    setting.dims = options[u"dims"].toInt();
    setting.neighbors = int(std::min<qint64>(options[u"neighbors"].toInt(), rows));
    setting.minDist = options[u"min_dist"].toDouble();
    const int asked = options[u"epochs"].toInt();
    setting.epochs = asked > 0 ? asked : rows <= 10000 ? 500 : 200;
    const int until = options[u"until"].toInt();
    setting.until = until > 0 ? std::min(until, setting.epochs) : setting.epochs;
    setting.seed = quint64(options[u"seed"].toInteger());
    const int threads = options[u"threads"].toInt();
    setting.threads = threads == 0 && rows <= oneThreadUpTo ? 1 : threadCount(threads);
    setting.metric = options[u"metric"].toString();
    setting.columnsUsed = columns;
    return setting;
}

/// The fuzzy graph of the rows; fills in how many columns the search used.
FuzzyGraph neighborGraph(const at::Tensor& rows, Setting& setting, Progress& progress)
{
    at::Tensor searched = rows;
    if (rows.size(0) > reduceAbove && rows.size(1) > reduceTo) {
        searched = principalAxes(rows, reduceTo, progress).coords;
        setting.columnsUsed = reduceTo;
    }
    const Neighbors found = nearest(
        searched, searched, setting.neighbors - 1, metricFromName(setting.metric), true, progress);
    return fuzzyUnion(found, smoothDistances(found));
}

Value run(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    QElapsedTimer clock;
    clock.start();
    at::Tensor rows = matrixOf(inputs, QStringLiteral("embeddings"), QStringLiteral("embeddings"));
    Setting setting = readSetting(options, rows.size(0), rows.size(1));
    if (rows.size(0) < 2) {
        setting.start = QStringLiteral("none");
        return layoutValue(
            std::vector<float>(size_t(rows.size(0) * setting.dims)), setting, setting.epochs);
    }
    if (setting.metric == QLatin1String("cosine"))
        rows = unitRows(rows);
    const int from = options[u"from"].toInt();
    const FuzzyGraph graph = neighborGraph(rows, setting, progress);
    std::vector<float> coords = from > 0 ? resumedCoords(inputs, rows.size(0), from, setting)
                                         : startCoords(rows, graph, setting, progress);

    UmapLayout layout(graph,
        {setting.dims, setting.epochs, fitCurve(1.0, setting.minDist), setting.seed,
            setting.threads},
        std::move(coords), from);
    QElapsedTimer sincePartial;
    sincePartial.start();
    const QString stage = Tr::tr("UMAP");
    layout.run(setting.until, [&] {
        progress.report(layout.epoch(), setting.epochs, stage);
        if (sincePartial.elapsed() >= partialEvery && layout.epoch() < setting.until) {
            progress.partial(
                std::make_shared<Value>(layoutValue(layout.points(), setting, layout.epoch())));
            sincePartial.restart();
        }
    });

    Value value = layoutValue(layout.points(), setting, layout.epoch());
    value.info[QStringLiteral("seconds")] = double(clock.elapsed()) / 1000;
    if (options[u"quality"].toBool())
        addQuality(value, rows, progress);
    return value;
}

} // namespace

Method umapMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("project.umap");
    info.room = QStringLiteral("projection");
    info.title = QStringLiteral("UMAP");
    info.options = {
        integerOption("dims", 2, 1, 64, "Number of dimensions of the map"),
        integerOption("neighbors", 15, 2, 500, "Neighbours a point, itself included"),
        realOption("min_dist", 0.1, 0, 0.99, "How close points may stand"),
        integerOption("epochs", 0, 0, 100000, "Length of the whole run; 0 = by size (500, 200)"),
        integerOption("until", 0, 0, 100000, "Epoch to stop at; 0 = the last"),
        integerOption("seed", 0, 0, 9007199254740991.0, "Seed of start and sampling"),
        integerOption("threads", 0, 0, 256,
            "1 is repeatable bit for bit; 0 = 1 up to 5,000 rows, then as many as LibTorch"),
        integerOption("from", 0, 0, 100000, "Epoch that the input `state` stands at"),
        choiceOption("metric", "cosine", metricNames(), "Distance of the original space"),
        booleanOption("quality", false, "Also compute trustworthiness, continuity, preservation"),
    };
    info.reference = QStringLiteral("McInnes, Healy, Melville 2018 (arXiv 1802.03426)");
    info.inputs = {QStringLiteral("embeddings")};
    return {info, run};
}

} // namespace triptych
