#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/ModelLook.h"

#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string model;
    std::string compare;
    bool system = false;
    bool tensors = false;
    bool statistics = false;
};

QString oneLine(const QJsonValue& value)
{
    if (value.isString())
        return value.toString();
    if (value.isObject()) {
        QStringList parts;
        const QJsonObject object = value.toObject();
        for (auto part = object.begin(); part != object.end(); ++part)
            parts << u"%1 %2"_s.arg(part.key(), oneLine(*part));
        return parts.join(u", "_s);
    }
    if (value.isArray()) {
        QStringList parts;
        for (const QJsonValue& part : value.toArray())
            parts << oneLine(part);
        return parts.join(
            value.toArray().size() == 2 && value.toArray().at(0).isDouble() ? u" x "_s : u", "_s);
    }
    return value.toVariant().toString();
}

void printFacts(CommandLine& line, const QJsonObject& facts)
{
    for (auto fact = facts.begin(); fact != facts.end(); ++fact) {
        if (fact.key() == "problem"_L1 || (fact->isArray() && fact->toArray().isEmpty()))
            continue;
        if (!fact->isObject()) {
            line.print(u"%1  %2"_s.arg(fact.key(), -14).arg(oneLine(*fact)));
            continue;
        }
        line.print(fact.key());
        const QJsonObject inner = fact->toObject();
        for (auto part = inner.begin(); part != inner.end(); ++part)
            line.print(u"  %1  %2"_s.arg(part.key(), -12).arg(oneLine(*part)));
    }
}

int run(CommandLine& line, const Options& options)
{
    if (!options.system && options.model.empty())
        throw UsageError(u"MODEL: no model was named; give a checkpoint folder or --system"_s);
    if (options.system) {
        const QJsonObject facts = line.engine().system();
        line.common.json ? line.print(facts) : printFacts(line, facts);
        return 0;
    }
    const QString model = modelPath(options.model);
    if (!options.compare.empty())
        return printComparison(line, model, modelPath(options.compare));
    if (options.tensors || options.statistics)
        return printTensors(line, model, options.statistics);
    const QJsonObject facts
        = line.run(u"model.info"_s, {{u"model"_s, model}, {u"inspect"_s, true}}).info;
    line.common.json ? line.print(facts) : printFacts(line, facts);
    // What can be told is told; that the model cannot be used is an error all the same.
    if (facts.contains("problem"_L1))
        throw Error(facts["problem"_L1].toString());
    return 0;
}

} // namespace

void addInfoCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command
        = addSubcommand(parent, line, "info", "What a model is, or what this machine computes with",
            "triptych info triptych-mini --json\n  triptych info resnet50.pth --tensors\n"
            "  triptych info before/ --compare after/");
    command->add_option("MODEL", options->model, "Checkpoint folder, or a file of weights");
    command->add_flag("--system", options->system, "Versions, BLAS, threads, devices");
    command->add_flag("--tensors", options->tensors, "Every tensor: name, shape, type, bytes");
    command->add_flag("--statistics", options->statistics,
        "Every tensor with mean, deviation, range, zeros and NaN; reads all of them");
    command->add_option("--compare", options->compare, "Another model: which tensors differ");
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
