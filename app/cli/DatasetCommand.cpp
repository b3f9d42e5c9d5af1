#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/DatasetExport.h"
#include "core/data/Split.h"

#include <QDir>
#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string name;
    std::string out;
};

/// Clips to be made: what is not said stays as media.clips has it.
struct MovingOptions {
    std::string from = "stamps";
    std::string out;
    std::optional<int> count;
    std::optional<int> frames;
    std::optional<int> side;
    std::string motions;
    std::string ground;
    std::string format;
    std::optional<double> size;
    std::optional<double> rate;
    std::optional<double> testShare;
};

int list(const CommandLine& line)
{
    QJsonArray document;
    for (const BuiltIn& set : builtInDatasets()) {
        const bool there = set.available();
        document << QJsonObject {{u"name"_s, set.name}, {u"title"_s, set.title},
            {u"package"_s, set.package}, {u"available"_s, there}};
        if (!line.common.json)
            line.print(u"%1  %2  (%3%4)"_s.arg(set.name, -10)
                           .arg(set.title, set.package, there ? QString() : u", not installed"_s));
    }
    if (line.common.json)
        line.print(document);
    return 0;
}

QJsonObject factsOf(const Dataset& dataset)
{
    QJsonObject labels;
    QJsonObject splits;
    QJsonObject modalities;
    for (const Sample& sample : dataset.samples) {
        if (!sample.label.isEmpty())
            labels[sample.label] = labels[sample.label].toInt() + 1;
        const QString split = sample.split.isEmpty() ? u"none"_s : sample.split;
        splits[split] = splits[split].toInt() + 1;
        for (const auto& [modality, source] : sample.sources)
            modalities[modalityName(modality)] = modalities[modalityName(modality)].toInt() + 1;
    }
    return {{u"name"_s, dataset.name}, {u"title"_s, dataset.title}, {u"licence"_s, dataset.licence},
        {u"about"_s, dataset.about}, {u"size"_s, qint64(dataset.size())},
        {u"modalities"_s, modalities}, {u"labels"_s, labels}, {u"splits"_s, splits},
        {u"split_hash"_s, splitHash(dataset)}};
}

QString counts(const QJsonObject& object)
{
    QStringList parts;
    for (auto entry = object.begin(); entry != object.end(); ++entry)
        parts << u"%1 %2"_s.arg(entry.key()).arg(entry->toInt());
    return parts.join(u", "_s);
}

int info(const CommandLine& line, const Options& options)
{
    const QJsonObject facts = factsOf(openDataset(fromWord(options.name)));
    if (line.common.json) {
        line.print(facts);
        return 0;
    }
    for (auto fact = facts.begin(); fact != facts.end(); ++fact) {
        const QString text
            = fact->isObject() ? counts(fact->toObject()) : fact->toVariant().toString();
        if (!text.isEmpty())
            line.print(u"%1  %2"_s.arg(fact.key(), -10).arg(text));
    }
    return 0;
}

int write(CommandLine& line, const Options& options)
{
    const Dataset dataset = openDataset(fromWord(options.name));
    const QString table = exportDataset(dataset, fromWord(options.out), line.progress());
    if (line.common.json)
        line.print(QJsonObject {{u"out"_s, table}, {u"size"_s, qint64(dataset.size())},
            {u"split_hash"_s, splitHash(dataset)}});
    else
        line.print(u"%1: %2 samples"_s.arg(table).arg(dataset.size()));
    return 0;
}

int makeMoving(CommandLine& line, const MovingOptions& options)
{
    QJsonObject asked {{u"out"_s, QDir().absoluteFilePath(fromWord(options.out))}};
    const auto add = [&asked](const QString& name, const auto& value) {
        if (value)
            asked[name] = *value;
    };
    add(u"count"_s, options.count);
    add(u"frames"_s, options.frames);
    add(u"side"_s, options.side);
    add(u"size"_s, options.size);
    add(u"rate"_s, options.rate);
    add(u"test_share"_s, options.testShare);
    for (const auto& [name, word] : {std::pair {u"motions"_s, &options.motions},
             {u"ground"_s, &options.ground}, {u"format"_s, &options.format}})
        if (!word->empty())
            asked[name] = fromWord(*word);
    Inputs inputs;
    inputs.samples = openDataset(fromWord(options.from)).samples;
    const QJsonObject made = line.run(u"media.clips"_s, asked, inputs).info;
    if (line.common.json)
        line.print(made);
    else
        line.print(u"%1: %2 clips of %3 pictures (%4 to train, %5 to test): %6"_s
                       .arg(made["table"_L1].toString())
                       .arg(made["size"_L1].toInteger())
                       .arg(made["pictures"_L1].toInteger())
                       .arg(made["train"_L1].toInteger())
                       .arg(made["test"_L1].toInteger())
                       .arg(made["classes"_L1].toVariant().toStringList().join(u", "_s)));
    return 0;
}

void addMakeCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<MovingOptions>();
    CLI::App* make = addSubcommand(parent, line, "make", "A data set made from another one",
        "triptych dataset make moving --from stamps --out moving");
    make->require_subcommand(1);
    CLI::App* moving = addSubcommand(*make, line, "moving",
        "Short videos in which a picture moves; the label is the motion, and no single frame tells it",
        "triptych dataset make moving --from emoji --out moving --count 2000 --motions left,right --seed 1");
    moving->add_option("--from", options->from, "A built-in set, or a folder, table or MNIST's idx files")
        ->capture_default_str();
    moving->add_option("--out", options->out, "New or empty folder to write into")->required();
    moving->add_option("--count", options->count, "Clips");
    moving->add_option("--frames", options->frames, "Frames of a clip");
    moving->add_option("--side", options->side, "Pixels of a frame's side");
    moving->add_option("--motions", options->motions,
        "Some of left,right,up,down,clockwise,anticlockwise,grows,shrinks; the first four when not said");
    moving->add_option("--ground", options->ground, "plain or textured");
    moving->add_option("--size", options->size, "Longer side of the picture, in sides of the frame");
    moving->add_option("--rate", options->rate, "Frames a second");
    moving->add_option("--format", options->format, "mp4, webm, or mkv, which loses nothing");
    moving->add_option("--test-share", options->testShare,
        "Share of the pictures for testing, where they have no split of their own");
    onRun(moving, line, [&line, options] { return makeMoving(line, *options); });
}

} // namespace

void addDatasetCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = parent.add_subcommand("dataset", "Built-in and importable data sets");
    command->footer("Example:\n  triptych dataset info stamps");
    command->require_subcommand(1);
    CLI::App* listing
        = addSubcommand(*command, line, "list", "The built-in data sets", "triptych dataset list");
    onRun(listing, line, [&line] { return list(line); });
    CLI::App* facts = addSubcommand(*command, line, "info", "Size, modalities, classes, splits",
        "triptych dataset info ~/pictures --json");
    facts->add_option("DATASET", options->name, "A built-in set, or a folder or table")->required();
    onRun(facts, line, [&line, options] { return info(line, *options); });
    CLI::App* exporting = addSubcommand(*command, line, "export",
        "samples.tsv, so that other programs can use the same split",
        "triptych dataset export stamps --out stamps");
    exporting->add_option("DATASET", options->name, "A built-in set, or a folder or table")
        ->required();
    exporting->add_option("--out", options->out, "Folder to write into")->required();
    onRun(exporting, line, [&line, options] { return write(line, *options); });
    addMakeCommand(*command, line);
}

} // namespace triptych
