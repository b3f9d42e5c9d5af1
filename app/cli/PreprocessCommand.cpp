#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/OutFile.h"
#include "app/cli/SampleArguments.h"

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string model;
    SampleArguments samples;
    std::string out;
};

int run(CommandLine& line, const Options& options)
{
    const QString out = fromWord(options.out);
    demandWritable(u"--out"_s, out, {u"npz"_s});
    Inputs inputs;
    inputs.samples = options.samples.read();
    QJsonObject asked {{u"model"_s, modelPath(options.model)}};
    if (!options.samples.modality.empty())
        asked[u"modality"_s] = modalityName(modalityFromWord(options.samples.modality));
    const Value value = line.run(u"model.preprocess"_s, asked, inputs);
    writeResult(out, value, {u"ids"_s});
    printShapes(line, value, out);
    return 0;
}

} // namespace

void addPreprocessCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = addSubcommand(parent, line, "preprocess", "What the encoder is fed",
        "triptych preprocess triptych-mini duck.png --out duck.npz");
    command
        ->add_option("MODEL", options->model,
            "Checkpoint folder, or one with a preprocessor_config.json alone")
        ->required();
    options->samples.addTo(command);
    command->add_option("--out", options->out, "NPZ to write")->required();
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
