#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"

#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string model;
    bool system = false;
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

int run(CommandLine& line, const Options& options)
{
    if (!options.system && options.model.empty())
        throw UsageError(u"MODEL: no model was named; give a checkpoint folder or --system"_s);
    const QJsonObject facts = options.system
        ? line.engine().system()
        : line.run(u"model.info"_s, {{u"model"_s, modelPath(options.model)}}).info;
    if (line.common.json) {
        line.print(facts);
        return 0;
    }
    for (auto fact = facts.begin(); fact != facts.end(); ++fact) {
        if (!fact->isObject()) {
            line.print(u"%1  %2"_s.arg(fact.key(), -14).arg(oneLine(*fact)));
            continue;
        }
        line.print(fact.key());
        const QJsonObject inner = fact->toObject();
        for (auto part = inner.begin(); part != inner.end(); ++part)
            line.print(u"  %1  %2"_s.arg(part.key(), -12).arg(oneLine(*part)));
    }
    return 0;
}

} // namespace

void addInfoCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command
        = addSubcommand(parent, line, "info", "What a model is, or what this machine computes with",
            "triptych info triptych-mini --json");
    command->add_option("MODEL", options->model, "Checkpoint folder");
    command->add_flag("--system", options->system, "Versions, BLAS, threads, devices");
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
