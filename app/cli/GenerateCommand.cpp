#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/NamedSample.h"
#include "app/cli/OutFile.h"

#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string model;
    NamedSample sample;
    std::string prompt;
    std::string question;
    int beams = 0;
    int longest = 0;
    std::string out;
};

int run(CommandLine& line, const Options& options)
{
    const QString out = fromWord(options.out);
    demandWritable(u"--out"_s, out, {u"npz"_s});
    Inputs inputs;
    inputs.samples = {options.sample.read()};
    const Value value = line.run(u"model.write"_s,
        {{u"model"_s, modelPath(options.model)}, {u"beams"_s, options.beams},
            {u"max_length"_s, options.longest}, {u"prompt"_s, fromWord(options.prompt)},
            {u"question"_s, fromWord(options.question)}},
        inputs);
    if (!out.isEmpty())
        writeResult(out, value, {u"text"_s, u"tokens"_s, u"question_tokens"_s});
    if (line.common.json)
        line.print(value.info);
    else
        line.print(value.info[u"text"_s].toString());
    return 0;
}

} // namespace

void addGenerateCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = addSubcommand(parent, line, "generate",
        "A caption, a transcript or an answer in words",
        "triptych generate blip-image-captioning-base --image duck.png --beam 3");
    command->add_option("MODEL", options->model, "Checkpoint folder of a model that writes")->required();
    command->add_option("--image", options->sample.image, "Picture to write about");
    command->add_option("--audio", options->sample.audio, "Sound to write about");
    command->add_option("--prompt", options->prompt, "How the text begins");
    command->add_option("--question,--text", options->question, "For models that answer: what is asked");
    command->add_option("--beam,--beams", options->beams,
        "Texts followed at once; 1 = the likeliest token at every step, 0 = as the model says");
    command->add_option("--max-tokens", options->longest,
        "Most tokens, the start included; 0 = as the model says");
    command->add_option("--out", options->out,
        "NPZ with cross [tokens, layers, heads, positions], maps over the grid's cells, text and tokens");
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
