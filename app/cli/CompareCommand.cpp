#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

struct Options {
    std::string dataset;
    std::vector<std::string> methods;
    std::optional<int> seeds;
    std::string modality;
    std::string split;
    std::string reference;
    std::string leaveOut;
    std::vector<std::string> set;
    std::string out;
    bool quick = false;
};

QString number(double value)
{
    return QString::number(value, 'f', std::abs(value) >= 1000 || value == std::round(value) ? 0 : 3);
}

/// "0.654 ± 0.012", with "=" where it is a tie with the reference.
QString cell(const QJsonObject& line)
{
    if (line.isEmpty())
        return u"-"_s;
    QString text = number(line[u"mean"].toDouble());
    if (line[u"std"].isDouble())
        text += u" ± "_s + number(line[u"std"].toDouble());
    return line[u"tie"].toBool() ? text + u" ="_s : text;
}

/// Main metrics and costs, one line a method, the widths by the longest.
void printTable(const CommandLine& line, const QJsonObject& result)
{
    QList<QStringList> table { { Tr::tr("method") } };
    QStringList metrics;
    for (const QJsonValue metric : result[u"metrics"].toArray()) {
        if (!metric[u"main"].toBool() && metric[u"split"].toString() != u"fit")
            continue;
        metrics << metric[u"name"].toString();
        table.front() << metric[u"title"].toString();
    }
    const QJsonObject summary = result[u"summary"].toObject();
    for (const QString& name : result[u"methods"].toVariant().toStringList()) {
        QStringList row { name };
        for (const QString& metric : metrics)
            row << cell(summary[name][metric].toObject());
        table << row;
    }
    for (const QStringList& row : table) {
        QString text;
        for (qsizetype column = 0; column < row.size(); ++column) {
            qsizetype width = 0;
            for (const QStringList& other : table)
                width = std::max(width, other[column].size());
            text += row[column].leftJustified(width + 2);
        }
        line.print(text.trimmed());
    }
    for (const QJsonValue failure : result[u"failures"].toArray())
        line.warn(Tr::tr("%1, seed %2: %3").arg(failure[u"method"].toString()).arg(failure[u"seed"].toInteger())
                      .arg(failure[u"reason"].toString()));
}

int run(CommandLine& line, const Options& options, const QString& comparison)
{
    const QString out = QDir().absoluteFilePath(fromWord(options.out));
    if (!QDir().mkpath(out))
        throw UsageError(Tr::tr("--out: the folder %1 cannot be made; choose another").arg(out));
    QJsonObject given { { u"dataset"_s, fromWord(options.dataset) }, { u"methods"_s, fromWords(options.methods).join(u',') },
        { u"settings"_s, fromWords(options.set).join(u',') }, { u"quick"_s, options.quick }, { u"out"_s, out } };
    for (const auto& [name, word] : { std::pair { u"modality"_s, options.modality }, { u"split"_s, options.split },
             { u"reference"_s, options.reference }, { u"leave_out"_s, options.leaveOut } })
        if (!word.empty())
            given[name] = fromWord(word);
    if (options.seeds)
        given[u"seeds"_s] = *options.seeds;
    if (line.common.seed)
        given[u"first_seed"_s] = qint64(*line.common.seed);
    const QJsonObject result = line.run(u"compare."_s + comparison, given).info;
    if (line.common.json) {
        line.print(result);
    } else {
        printTable(line, result);
        line.print(QDir(out).filePath(u"report.html"_s));
    }
    // Nothing but failures is a failure; some of them are a line of the table.
    return result[u"summary"].toObject().isEmpty() ? 1 : 0;
}

} // namespace

void addCompareCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* compare = addSubcommand(parent, line, "compare",
        "Methods against each other: same split, same measures, every seed",
        "triptych compare representation --dataset stamps --modality text --methods bag,tfidf --out comparison");
    CLI::App* command = addSubcommand(*compare, line, "representation",
        "Representations of one modality by the same classifier and the same retrieval task",
        "triptych compare representation --dataset stamps --modality text --seeds 3 --out comparison --progress");
    compare->require_subcommand(1);
    command->add_option("--dataset", options->dataset, "A built-in data set, or the path of one")->required();
    command->add_option("--methods", options->methods,
                   "Names with commas; model:FOLDER, pixels and random too; without it all of the modality")
        ->delimiter(',');
    command->add_option("--modality", options->modality, "image, text, audio or video; else the data set's first");
    command->add_option("--seeds", options->seeds, "Splits and starts, from --seed on; 3 unless given")->check(CLI::Range(1, 100));
    command->add_option("--split", options->split, "auto, own or seed");
    command->add_option("--leave-out", options->leaveOut,
        "A column of the samples, as speaker: those of one value a seed are tested on, the others trained on");
    command->add_option("--reference", options->reference, "The method that others are compared with; else the best");
    command->add_option("--set", options->set, "METHOD.OPTION=VALUE, METHOD may be *; may be repeated");
    command->add_flag("--quick", options->quick, "Three hundred samples and two epochs: to see that all works");
    command->add_option("--out", options->out,
               "Folder for results.csv, results.json and report.html; a run that was stopped goes on there")
        ->required();
    onRun(command, line, [&line, options] { return run(line, *options, u"representation"_s); });
}

} // namespace triptych
