#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/Pairs.h"

#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string a;
    std::string b;
    std::string pairs;
    int permutations = -1;
    std::vector<int> k;
};

void printTable(const CommandLine& line, const QJsonObject& facts, const QString& indent = {})
{
    for (auto fact = facts.begin(); fact != facts.end(); ++fact) {
        if (fact->isObject()) {
            line.print(indent + fact.key());
            printTable(line, fact->toObject(), indent + u"  "_s);
        } else if (fact->isDouble()) {
            line.print(
                u"%1%2  %3"_s.arg(indent).arg(fact.key(), -18).arg(fact->toDouble(), 0, 'g', 5));
        } else if (fact->isString()) {
            line.print(u"%1%2  %3"_s.arg(indent).arg(fact.key(), -18).arg(fact->toString()));
        }
    }
}

int run(CommandLine& line, const Options& options)
{
    EmbeddingSet a = readEmbeddings(fromWord(options.a));
    EmbeddingSet b = readEmbeddings(fromWord(options.b));
    if (!options.pairs.empty())
        std::tie(a, b) = pairedRows(a, b, fromWord(options.pairs));
    QJsonObject asked;
    if (options.permutations >= 0)
        asked[u"permutations"_s] = options.permutations;
    if (!options.k.empty()) {
        QJsonArray ks;
        for (int k : options.k)
            ks << k;
        asked[u"k"_s] = ks;
    }
    Inputs inputs;
    inputs.values = {{u"a"_s, a.value}, {u"b"_s, b.value}};
    const QJsonObject facts = line.run(u"score.all"_s, asked, inputs).info;
    if (line.common.json)
        line.print(facts);
    else
        printTable(line, facts);
    return 0;
}

} // namespace

void addScoreCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command
        = addSubcommand(parent, line, "score", "Alignment scores between two embedding sets",
            "triptych score images.npz texts.npz --json");
    command->add_option("A", options->a, "Embeddings (NPZ, NPY, TSV, CSV, safetensors)")
        ->required();
    command->add_option("B", options->b, "Embeddings; rows are matched by id")->required();
    command->add_option("--pairs", options->pairs,
        "TSV with columns a, b and perhaps group: ids that belong together");
    command->add_option("--permutations", options->permutations, "Shufflings for the nulls")
        ->check(CLI::Range(0, 100000));
    command->add_option("--k", options->k, "The k of recall@k")->check(CLI::PositiveNumber);
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
