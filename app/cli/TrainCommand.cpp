#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"

#include <QDir>
#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string out;
    std::string cache;
    std::optional<qint64> splitSeed;
    std::optional<int> steps;
    std::optional<int> batch;
    std::optional<int> merges;
    std::optional<double> rate;
    std::optional<double> weightDecay;
    bool fresh = false;
};

QString absolute(const std::string& path)
{
    return path.empty() ? QString() : QDir().absoluteFilePath(fromWord(path));
}

int run(CommandLine& line, const Options& options)
{
    QJsonObject given {{u"out"_s, absolute(options.out)}, {u"cache"_s, absolute(options.cache)},
        {u"resume"_s, !options.fresh}};
    const auto add = [&](const QString& name, const auto& value) {
        if (value)
            given[name] = *value;
    };
    add(u"split_seed"_s, options.splitSeed);
    add(u"steps"_s, options.steps);
    add(u"batch"_s, options.batch);
    add(u"merges"_s, options.merges);
    add(u"rate"_s, options.rate);
    add(u"weight_decay"_s, options.weightDecay);
    const QJsonObject result = line.run(u"train.mini"_s, given).info;
    if (line.common.json) {
        line.print(result);
        return 0;
    }
    line.print(u"%1  trained in %2 s"_s.arg(absolute(options.out))
                   .arg(qRound(result["training_seconds"_L1].toDouble())));
    const QJsonObject unseen = result["unseen"_L1].toObject();
    for (auto it = unseen.begin(); it != unseen.end(); ++it) {
        const QJsonObject scores = it->toObject();
        if (!scores.isEmpty())
            line.print(u"  %1  R@1 %2  R@5 %3  R@10 %4"_s.arg(it.key(), -18)
                           .arg(scores["recall_at_1"_L1].toDouble(), 0, 'f', 3)
                           .arg(scores["recall_at_5"_L1].toDouble(), 0, 'f', 3)
                           .arg(scores["recall_at_10"_L1].toDouble(), 0, 'f', 3));
    }
    return 0;
}

} // namespace

void addTrainCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* train = addSubcommand(parent, line, "train",
        "Trains the model that ships, from data that Debian packages bring",
        "triptych train mini --out mini --seed 0 --progress");
    CLI::App* command = addSubcommand(*train, line, "mini",
        "Three towers (picture, text, sound) in one space, by symmetric InfoNCE",
        "triptych train mini --out mini --cache /tmp/mini-cache --progress");
    train->require_subcommand(1);
    command
        ->add_option("--out", options->out,
            "Folder for the model; a run that was stopped goes on from what is in it")
        ->required();
    command->add_option("--cache", options->cache,
        "Folder that keeps decoded pictures and speech for the next run");
    command->add_option(
        "--split-seed", options->splitSeed, "Of the A1 split into seen and unseen groups");
    command->add_option("--steps", options->steps, "Training steps");
    command->add_option("--batch", options->batch, "Pictures a step");
    command->add_option("--merges", options->merges, "Merges of the vocabulary");
    command->add_option("--rate", options->rate, "Highest learning rate");
    command->add_option("--weight-decay", options->weightDecay, "Of weight matrices");
    command->add_flag(
        "--fresh", options->fresh, "Start anew even when the folder holds a stopped run");
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
