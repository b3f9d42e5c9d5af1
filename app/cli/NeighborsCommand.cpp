#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/OutFile.h"
#include "core/values/EmbeddingSet.h"

#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string base;
    std::string queries;
    int k = 10;
    bool exact = false;
    std::string metric;
    std::string out;
};

int run(CommandLine& line, const Options& options)
{
    const QString out = fromWord(options.out);
    demandWritable(u"--out"_s, out, {u"npz"_s});
    const EmbeddingSet base = readEmbeddings(fromWord(options.base));
    const EmbeddingSet queries
        = options.queries.empty() ? base : readEmbeddings(fromWord(options.queries));
    QJsonObject asked {{u"k"_s, options.k}};
    if (!options.metric.empty())
        asked[u"metric"_s] = fromWord(options.metric);
    Inputs inputs;
    inputs.values = {{u"a"_s, queries.value}, {u"b"_s, base.value}};
    Value value = line.run(u"neighbors.exact"_s, asked, inputs);
    value.info[u"ids"_s] = QJsonArray::fromStringList(queries.ids);
    value.info[u"base_ids"_s] = QJsonArray::fromStringList(base.ids);
    writeResult(out, value, {u"ids"_s, u"base_ids"_s});
    const QList<qint64> shape = value.array(u"indices"_s).shape;
    if (line.common.json)
        line.print(QJsonObject {{u"queries"_s, shape.value(0)}, {u"k"_s, shape.value(1)},
            {u"exact"_s, true}, {u"out"_s, out}});
    else
        line.print(
            u"%1: %2 x %3 nearest, exact"_s.arg(out).arg(shape.value(0)).arg(shape.value(1)));
    return 0;
}

} // namespace

void addNeighborsCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command
        = addSubcommand(parent, line, "neighbors", "Nearest neighbours in the original space",
            "triptych neighbors images.npz --k 10 --out neighbors.npz");
    command->add_option("EMBEDDINGS", options->base, "NPZ, NPY, TSV, CSV or safetensors")
        ->required();
    command->add_option("--queries", options->queries,
        "Embeddings to look for; without it, those of the set itself");
    command->add_option("--k", options->k, "How many")->check(CLI::PositiveNumber);
    command->add_flag(
        "--exact", options->exact, "Compare with every row, which is also what happens without it");
    command->add_option("--metric", options->metric, "cosine or euclidean");
    command->add_option("--out", options->out, "NPZ with indices and distances")->required();
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
