#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/SampleArguments.h"

#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string model;
    SampleArguments samples;
    std::string language;
    std::string task;
    int beams = 0;
};

int run(CommandLine& line, const Options& options)
{
    Inputs inputs;
    inputs.samples = options.samples.read();
    QJsonObject asked {{u"model"_s, modelPath(options.model)}, {u"beams"_s, options.beams},
        {u"language"_s, fromWord(options.language)}};
    if (!options.task.empty())
        asked[u"task"_s] = fromWord(options.task);
    const Value value = line.run(u"model.transcribe"_s, asked, inputs);
    if (line.common.json) {
        line.print(value.info);
        return 0;
    }
    const QJsonArray rows = value.info[u"rows"_s].toArray();
    for (const QJsonValue& row : rows) {
        const QString text = row[u"text"_s].toString();
        line.print(rows.size() == 1 ? text : row[u"id"_s].toString() + u'\t' + text);
    }
    return 0;
}

} // namespace

void addTranscribeCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = addSubcommand(parent, line, "transcribe", "What is said in sounds of any length",
        "triptych transcribe whisper-base speech.wav --language fr");
    command
        ->add_option("MODEL", options->model,
            "Checkpoint folder of Whisper, or of wav2vec 2.0 or HuBERT with letters")
        ->required();
    options->samples.addTo(command);
    command->add_option("--language", options->language,
        "Code of the language that is spoken, for models that know several; found out when absent");
    command->add_option("--task", options->task, "transcribe, or translate into English");
    command->add_option("--beam,--beams", options->beams,
        "Texts followed at once; 1 = the likeliest token at every step, 0 = as the model says");
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
