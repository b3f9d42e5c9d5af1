#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/DatasetExport.h"
#include "app/cli/WorkspaceRerun.h"
#include "core/values/Npy.h"
#include "core/values/Npz.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

#include <cmath>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string file;
    std::string out;
};

QJsonObject factsOf(const WorkspaceContent& content)
{
    QJsonObject modalities;
    for (const Sample& sample : content.samples)
        for (const auto& [modality, source] : sample.sources)
            modalities[modalityName(modality)] = modalities[modalityName(modality)].toInt() + 1;
    QJsonArray models;
    for (const KnownModel& model : content.models) {
        QJsonObject rows;
        for (const auto& set : content.embeddings(model))
            rows[modalityName(set->modality)] = qint64(set->size());
        models << QJsonObject {{u"path"_s, model.path}, {u"embeddings"_s, rows}};
    }
    QJsonObject results;
    for (const QString& key : content.file->resultKeys()) {
        const QString method = content.file->readRecipe(key).method;
        results[method] = results[method].toInt() + 1;
    }
    return {{u"path"_s, content.file->path()}, {u"bytes"_s, QFileInfo(content.file->path()).size()},
        {u"samples"_s, qint64(content.samples.size())}, {u"modalities"_s, modalities},
        {u"models"_s, models}, {u"results"_s, results}};
}

int info(const CommandLine& line, const Options& options)
{
    const QJsonObject facts = factsOf(openWorkspaceFile(fromWord(options.file)));
    if (line.common.json) {
        line.print(facts);
        return 0;
    }
    for (auto fact = facts.begin(); fact != facts.end(); ++fact) {
        const QString text = fact->isObject()
            ? QString::fromUtf8(QJsonDocument(fact->toObject()).toJson(QJsonDocument::Compact))
            : fact->isArray()
            ? QString::fromUtf8(QJsonDocument(fact->toArray()).toJson(QJsonDocument::Compact))
            : fact->toVariant().toString();
        line.print(u"%1  %2"_s.arg(fact.key(), -10).arg(text));
    }
    return 0;
}

/// Damage is a failure; media that were moved are told and can be found again.
int check(const CommandLine& line, const Options& options)
{
    const WorkspaceContent content = openWorkspaceFile(fromWord(options.file));
    const QStringList missing = content.missingFiles();
    QStringList damaged = content.file->losses();
    for (const QString& key : content.file->resultKeys())
        if (!content.file->readResult(key))
            damaged << u"A result of %1 cannot be read."_s.arg(
                content.file->readRecipe(key).method);
    if (line.common.json) {
        line.print(QJsonObject {{u"sound"_s, damaged.isEmpty()},
            {u"damage"_s, QJsonArray::fromStringList(damaged)},
            {u"missing_files"_s, QJsonArray::fromStringList(missing)}});
    } else {
        for (const QString& sentence : damaged)
            line.warn(sentence);
        for (const QString& file : missing)
            line.print(u"missing: %1"_s.arg(file));
        line.print(damaged.isEmpty()
                ? u"sound: %1 samples, %2 missing files"_s.arg(content.samples.size())
                      .arg(missing.size())
                : u"damaged"_s);
    }
    return damaged.isEmpty() ? 0 : 1;
}

void writeResults(Workspace& file, const QDir& folder)
{
    QJsonArray recipes;
    for (const QString& key : file.resultKeys()) {
        recipes << QJsonObject {{u"key"_s, key}, {u"recipe"_s, file.readRecipe(key).toJson()}};
        if (const ValuePtr value = file.readResult(key); value && !value->arrays.empty())
            writeNpz(folder.filePath(u"results/%1.npz"_s.arg(key.left(16))), *value);
    }
    writeWhole(folder.filePath(u"recipes.json"_s), QJsonDocument(recipes).toJson());
}

int write(CommandLine& line, const Options& options)
{
    const WorkspaceContent content = openWorkspaceFile(fromWord(options.file));
    const QDir folder(fromWord(options.out));
    if (!folder.mkpath(u"results"_s))
        throw Error(u"%1: the folder cannot be made; may you write there?"_s.arg(folder.path()));
    Dataset dataset;
    dataset.samples = content.samples;
    exportDataset(dataset, folder.path(), line.progress());
    for (size_t i = 0; i < content.models.size(); ++i)
        for (const auto& set : content.embeddings(content.models[i]))
            writeEmbeddings(folder.filePath(u"embeddings-%1-%2.npz"_s.arg(i + 1).arg(
                                modalityName(set->modality))),
                *set);
    writeResults(*content.file, folder);
    if (line.common.json)
        line.print(QJsonObject {
            {u"out"_s, folder.path()}, {u"samples"_s, qint64(content.samples.size())}});
    else
        line.print(u"%1: %2 samples"_s.arg(folder.path()).arg(content.samples.size()));
    return 0;
}

int rerun(CommandLine& line, const Options& options)
{
    WorkspaceContent content = openWorkspaceFile(fromWord(options.file));
    const RerunReport report = rerunWorkspace(line, content);
    QJsonArray done;
    for (const Rerun& each : report.done) {
        const bool comparable = std::isfinite(each.difference);
        done << QJsonObject {{u"what"_s, each.what}, {u"seconds"_s, each.seconds},
            {u"difference"_s, comparable ? QJsonValue(each.difference) : QJsonValue()}};
        if (!line.common.json)
            line.print(
                u"%1  %2 s  %3"_s.arg(each.what, -22)
                    .arg(each.seconds, 0, 'f', 2)
                    .arg(comparable ? u"largest difference %1"_s.arg(each.difference) : u"new"_s));
    }
    if (line.common.json)
        line.print(QJsonObject {
            {u"done"_s, done}, {u"skipped"_s, QJsonArray::fromStringList(report.skipped)}});
    else
        for (const QString& sentence : report.skipped)
            line.print(sentence);
    return 0;
}

} // namespace

void addWorkspaceCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = parent.add_subcommand("workspace", "A saved workspace without the window");
    command->footer("Example:\n  triptych workspace check birds.triptych");
    command->require_subcommand(1);
    const auto add = [&](const char* name, const char* about, const char* example,
                         int (*run)(CommandLine&, const Options&)) {
        CLI::App* part = addSubcommand(*command, line, name, about, example);
        part->add_option("FILE", options->file, "NAME.triptych")->required();
        onRun(part, line, [&line, options, run] { return run(line, *options); });
        return part;
    };
    add("info", "Samples, models, embeddings, results",
        "triptych workspace info birds.triptych --json",
        [](CommandLine& at, const Options& given) { return info(at, given); });
    add("check", "Damage and missing files", "triptych workspace check birds.triptych",
        [](CommandLine& at, const Options& given) { return check(at, given); });
    add("export", "Samples, embeddings and results as TSV, NPZ and JSON",
        "triptych workspace export birds.triptych --out birds", write)
        ->add_option("--out", options->out, "Folder to write into")
        ->required();
    add("rerun", "Computes everything again and says what differs",
        "triptych workspace rerun birds.triptych", rerun);
}

} // namespace triptych
