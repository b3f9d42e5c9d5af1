#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/NamedSample.h"
#include "app/cli/OutFile.h"
#include "core/values/Npz.h"

#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string model;
    NamedSample sample;
    std::string inputs;
    int top = 5;
    std::string out;
};

int run(CommandLine& line, const Options& options)
{
    const QString out = fromWord(options.out);
    demandWritable(u"--out"_s, out, {u"npz"_s});
    Inputs inputs;
    inputs.samples = {options.sample.read()};
    if (!options.inputs.empty())
        inputs.values[u"inputs"_s] = std::make_shared<Value>(readNpz(fromWord(options.inputs)));
    Value value = line.run(
        u"model.answer"_s, {{u"model"_s, modelPath(options.model)}, {u"top"_s, options.top}}, inputs);
    if (!out.isEmpty())
        writeResult(out, value, {});
    if (line.common.json) {
        line.print(value.info);
        return 0;
    }
    if (value.info.contains(u"match"_s))
        line.print(u"match\t%1"_s.arg(value.info[u"match"_s].toDouble(), 0, 'f', 4));
    for (const QJsonValue& answer : value.info[u"answers"_s].toArray())
        line.print(u"%1\t%2"_s.arg(answer[u"label"_s].toString()).arg(answer[u"probability"_s].toDouble(), 0, 'f', 4));
    return 0;
}

} // namespace

void addAnswerCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = addSubcommand(parent, line, "answer",
        "The answers of a classifier over picture and question, or whether picture and text match",
        "triptych answer vilt-b32-finetuned-vqa --image duck.png --text \"What colour is the duck?\"");
    command->add_option("MODEL", options->model, "Checkpoint folder of a model that reads both together")->required();
    command->add_option("--image", options->sample.image, "Picture");
    command->add_option("--text,--question", options->sample.text, "Question, or the text to match")->required();
    command->add_option("--inputs", options->inputs,
        "NPZ of an object detector's regions, for models that read those: visual_feats and visual_pos, or visual_embeds");
    command->add_option("--top", options->top, "How many answers");
    command->add_option("--out", options->out, "NPZ with logits and probabilities");
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
