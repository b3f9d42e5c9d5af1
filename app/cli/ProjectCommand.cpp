#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/OutFile.h"
#include "core/values/EmbeddingSet.h"

#include <QElapsedTimer>
#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string embeddings;
    std::string method;
    int dims = 0;
    int neighbors = 0;
    double minDistance = -1;
    int epochs = 0;
    bool quality = false;
    int k = 0;
    std::string out;
};

QJsonObject askedOf(const Options& options)
{
    QJsonObject asked;
    if (options.dims > 0)
        asked[u"dims"_s] = options.dims;
    if (options.neighbors > 0)
        asked[u"neighbors"_s] = options.neighbors;
    if (options.minDistance >= 0)
        asked[u"min_dist"_s] = options.minDistance;
    if (options.epochs > 0)
        asked[u"epochs"_s] = options.epochs;
    return asked;
}

/// How well neighbours survive in `coords`.
QJsonObject qualityOf(CommandLine& line, const ValuePtr& embeddings, const Value& coords, int k)
{
    Inputs inputs;
    inputs.values = {{u"embeddings"_s, embeddings}, {u"coords"_s, std::make_shared<Value>(coords)}};
    const QJsonObject asked = k > 0 ? QJsonObject {{u"k"_s, k}} : QJsonObject();
    const QJsonObject facts = line.run(u"project.quality"_s, asked, inputs).info;
    QJsonObject document;
    for (const QString& name :
        {u"trustworthiness"_s, u"continuity"_s, u"knn_preservation"_s, u"k"_s})
        document[name] = facts[name];
    return document;
}

int run(CommandLine& line, const Options& options)
{
    const QString out = fromWord(options.out);
    demandWritable(u"--out"_s, out, {u"npz"_s});
    const EmbeddingSet set = readEmbeddings(fromWord(options.embeddings));
    Inputs inputs;
    inputs.values[u"embeddings"_s] = set.value;
    QElapsedTimer clock;
    line.engine();
    clock.start();
    Value value = line.run(u"project."_s + fromWord(options.method), askedOf(options), inputs);
    const double seconds = double(clock.elapsed()) / 1000;
    QJsonObject document;
    if (options.quality)
        document = qualityOf(line, set.value, value, options.k);
    document[u"seconds"_s] = seconds;
    value.info[u"ids"_s] = QJsonArray::fromStringList(set.ids);
    writeResult(out, value, {u"ids"_s});
    if (line.common.json) {
        line.print(document);
        return 0;
    }
    line.print(u"%1: %2 points in %3 s"_s.arg(out).arg(set.size()).arg(seconds, 0, 'f', 2));
    for (const QString& name : {u"trustworthiness"_s, u"continuity"_s, u"knn_preservation"_s})
        if (document.contains(name))
            line.print(u"%1  %2 (k %3)"_s.arg(name, -16)
                           .arg(document[name].toDouble(), 0, 'f', 4)
                           .arg(document[u"k"_s].toInt()));
    return 0;
}

} // namespace

void addProjectCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = addSubcommand(parent, line, "project", "A map of an embedding space",
        "triptych project images.npz --method umap --out map.npz --quality");
    command->add_option("EMBEDDINGS", options->embeddings, "NPZ, NPY, TSV, CSV or safetensors")
        ->required();
    command
        ->add_option("--method", options->method, "pca, umap (see `triptych methods projection`)")
        ->required();
    command->add_option("--dims", options->dims, "2 or 3")->check(CLI::Range(1, 64));
    command->add_option("--neighbors", options->neighbors, "UMAP: size of a neighbourhood")
        ->check(CLI::PositiveNumber);
    command->add_option("--min-dist", options->minDistance, "UMAP: how close points may lie")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--epochs", options->epochs, "UMAP: 0 = by the number of points")
        ->check(CLI::NonNegativeNumber);
    command->add_flag(
        "--quality", options->quality, "Trustworthiness, continuity, neighbour preservation");
    command->add_option("--k", options->k, "Neighbours that --quality compares")
        ->check(CLI::PositiveNumber);
    command->add_option("--out", options->out, "NPZ with the coordinates")->required();
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
