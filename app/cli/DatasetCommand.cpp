#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/DatasetExport.h"
#include "core/data/Split.h"

#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string name;
    std::string out;
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
}

} // namespace triptych
