#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"

#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string model;
    std::vector<std::string> texts;
    std::vector<std::string> pairs;
    std::string padding = "none";
    int maxLength = 0;
    bool truncation = false;
};

int run(CommandLine& line, const Options& options)
{
    if (!options.pairs.empty() && options.pairs.size() != options.texts.size())
        throw UsageError(u"--pair: there are %1 pairs but %2 texts; give one --pair a --text"_s
                             .arg(options.pairs.size())
                             .arg(options.texts.size()));
    const QJsonArray rows
        = line.run(u"model.tokenize"_s,
                  {{u"model"_s, modelPath(options.model)},
                      {u"texts"_s, QJsonArray::fromStringList(fromWords(options.texts))},
                      {u"pairs"_s, QJsonArray::fromStringList(fromWords(options.pairs))},
                      {u"padding"_s, QString::fromStdString(options.padding)},
                      {u"max_length"_s, options.maxLength}, {u"truncation"_s, options.truncation}})
              .info[u"rows"_s]
              .toArray();
    if (line.common.json) {
        line.print(rows);
        return 0;
    }
    for (const QJsonValue& row : rows) {
        const QJsonArray tokens = row[u"tokens"_s].toArray();
        const QJsonArray ids = row[u"ids"_s].toArray();
        line.print(row[u"text"_s].toString());
        for (qsizetype i = 0; i < ids.size(); ++i)
            line.print(u"  %1  %2"_s.arg(ids[i].toInteger(), 6).arg(tokens.at(i).toString()));
    }
    return 0;
}

} // namespace

void addTokenizeCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command
        = addSubcommand(parent, line, "tokenize", "Token ids, tokens and byte offsets of texts",
            "triptych tokenize triptych-mini --text \"A duck.\" --json");
    command->add_option("MODEL", options->model, "Checkpoint folder, or one with a tokenizer alone")
        ->required();
    command->add_option("--text", options->texts, "Texts")->required();
    command->add_option("--pair", options->pairs, "Second texts, one a text");
    command->add_option("--padding", options->padding, "none, longest or max_length")
        ->check(CLI::IsMember({"none", "longest", "max_length"}));
    command->add_option("--max-length", options->maxLength, "Tokens; 0 = the model's own")
        ->check(CLI::Range(0, 1 << 20));
    command->add_flag("--truncation", options->truncation, "Cut what is longer");
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
