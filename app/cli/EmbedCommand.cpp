#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/Embedding.h"
#include "app/cli/OutFile.h"
#include "core/values/EmbeddingSet.h"

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string model;
    SampleArguments samples;
    int batch = 0;
    std::string out;
};

int run(CommandLine& line, const Options& options)
{
    const QString out = fromWord(options.out);
    demandWritable(u"--out"_s, out, {u"npz"_s, u"npy"_s, u"tsv"_s, u"csv"_s, u"safetensors"_s});
    const std::vector<Sample> samples = options.samples.read();
    const std::vector<Modality> modalities = options.samples.modalities(samples);
    const Embedded embedded
        = embed(line, modelPath(options.model), samples, modalities, options.batch);
    for (const QString& failure : embedded.failures)
        line.warn(failure);
    if (embedded.set.size() == 0)
        throw Error(u"%1: nothing could be embedded; see the lines above."_s.arg(out));
    writeEmbeddings(out, embedded.set);
    if (line.common.json)
        line.print(QJsonObject {{u"rows"_s, qint64(embedded.set.size())},
            {u"dim"_s, qint64(embedded.set.dim())}, {u"model"_s, embedded.set.model},
            {u"seconds"_s, embedded.seconds}, {u"failed"_s, qint64(embedded.failures.size())},
            {u"out"_s, out}});
    else
        line.print(u"%1: %2 x %3 in %4 s"_s.arg(out)
                       .arg(embedded.set.size())
                       .arg(embedded.set.dim())
                       .arg(embedded.seconds, 0, 'f', 2));
    return embedded.failures.isEmpty() ? 0 : 1;
}

} // namespace

void addEmbedCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command
        = addSubcommand(parent, line, "embed", "One embedding a file, text or row of a list",
            "triptych embed triptych-mini --dataset stamps --modality image --out images.npz");
    command->add_option("MODEL", options->model, "Checkpoint folder")->required();
    options->samples.addTo(command);
    command
        ->add_option("--batch", options->batch, "Samples a forward pass; 0 = as the method has it")
        ->check(CLI::Range(0, 4096));
    command
        ->add_option(
            "--out", options->out, "NPZ, NPY, TSV (Embedding Projector), CSV or safetensors")
        ->required();
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
