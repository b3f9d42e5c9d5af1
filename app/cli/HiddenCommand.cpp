#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/OutFile.h"
#include "app/cli/SampleArguments.h"
#include "core/values/Npz.h"

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string model;
    SampleArguments samples;
    std::string inputs;
    std::string out;
};

int run(CommandLine& line, const Options& options)
{
    const QString out = fromWord(options.out);
    demandWritable(u"--out"_s, out, {u"npz"_s});
    Inputs inputs;
    if (options.inputs.empty())
        inputs.samples = options.samples.read();
    else
        inputs.values[u"inputs"_s] = std::make_shared<Value>(readNpz(fromWord(options.inputs)));
    const Value value
        = line.run(u"model.hidden"_s, {{u"model"_s, modelPath(options.model)}}, inputs);
    writeResult(out, value, {u"ids"_s});
    printShapes(line, value, out);
    return 0;
}

} // namespace

void addHiddenCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = addSubcommand(parent, line, "hidden", "Everything a forward pass gives",
        "triptych hidden triptych-mini duck.png --text \"A duck.\" --out hidden.npz");
    command->add_option("MODEL", options->model, "Checkpoint folder")->required();
    options->samples.addTo(command);
    command->add_option(
        "--inputs", options->inputs, "NPZ of ready tensors by their Hugging Face argument names");
    command->add_option("--out", options->out, "NPZ to write")->required();
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
