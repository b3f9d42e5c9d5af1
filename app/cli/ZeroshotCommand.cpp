#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/Embedding.h"
#include "app/cli/OutFile.h"

#include <QJsonArray>

#include <algorithm>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string model;
    SampleArguments samples;
    std::string labels;
    std::string templates;
    std::string out;
};

QJsonObject resultOf(const QString& id, std::span<const float> row, const QStringList& labels)
{
    QJsonObject probabilities;
    for (qsizetype i = 0; i < labels.size(); ++i)
        probabilities[labels[i]] = double(row[size_t(i)]);
    const auto best = std::max_element(row.begin(), row.end()) - row.begin();
    return {{u"id"_s, id}, {u"label"_s, labels.value(best)},
        {u"probability"_s, double(row[size_t(best)])}, {u"probabilities"_s, probabilities}};
}

int run(CommandLine& line, const Options& options)
{
    const QString out = fromWord(options.out);
    demandWritable(u"--out"_s, out, {u"npz"_s});
    QStringList labels = readLines(options.labels);
    labels.removeDuplicates();
    if (labels.isEmpty())
        throw Error(
            u"%1: there are no labels in it; write one a line."_s.arg(fromWord(options.labels)));
    QJsonObject asked {
        {u"model"_s, modelPath(options.model)}, {u"labels"_s, QJsonArray::fromStringList(labels)}};
    if (!options.templates.empty())
        asked[u"templates"_s] = QJsonArray::fromStringList(readLines(options.templates));
    const std::vector<Sample> samples = options.samples.read();
    const Embedded embedded
        = embed(line, asked[u"model"_s].toString(), samples, options.samples.modalities(samples));
    for (const QString& failure : embedded.failures)
        line.warn(failure);
    if (embedded.set.size() == 0)
        throw Error(u"FILE: nothing could be embedded; see the lines above."_s);
    Inputs inputs;
    inputs.values[u"embeddings"_s] = embedded.set.value;
    Value value = line.run(u"score.zeroshot"_s, asked, inputs);
    const auto numbers = value.array(u"probabilities"_s).floats();
    QJsonArray results;
    for (qsizetype i = 0; i < embedded.set.size(); ++i) {
        const QJsonObject result = resultOf(embedded.set.ids[i],
            numbers.subspan(size_t(i * labels.size()), size_t(labels.size())), labels);
        results << result;
        if (!line.common.json)
            line.print(u"%1\t%2\t%3"_s.arg(embedded.set.ids[i], result[u"label"_s].toString())
                           .arg(result[u"probability"_s].toDouble(), 0, 'f', 4));
    }
    if (line.common.json)
        line.print(QJsonObject {{u"labels"_s, QJsonArray::fromStringList(labels)},
            {u"templates"_s, value.info[u"templates"_s]}, {u"results"_s, results}});
    if (!out.isEmpty()) {
        value.info[u"ids"_s] = QJsonArray::fromStringList(embedded.set.ids);
        value.info[u"labels"_s] = QJsonArray::fromStringList(labels);
        writeResult(out, value, {u"ids"_s, u"labels"_s});
    }
    return embedded.failures.isEmpty() ? 0 : 1;
}

} // namespace

void addZeroshotCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command
        = addSubcommand(parent, line, "zeroshot", "Classification by the names of the classes",
            "triptych zeroshot triptych-mini --labels labels.txt duck.png");
    command->add_option("MODEL", options->model, "Checkpoint folder")->required();
    options->samples.addTo(command);
    command->add_option("--labels", options->labels, "Text file, one label a line")->required();
    command->add_option(
        "--templates", options->templates, "Text file, one sentence a line with {} for the label");
    command->add_option("--out", options->out, "NPZ with the probabilities");
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
