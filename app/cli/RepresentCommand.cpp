#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/OutFile.h"
#include "app/cli/SampleArguments.h"
#include "core/values/EmbeddingSet.h"

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string method;
    SampleArguments samples;
    std::vector<std::string> set;
    std::string fitSplit;
    std::string out;
};

const MethodInfo& methodOf(CommandLine& line, const QString& id)
{
    QStringList known;
    for (const MethodInfo& method : line.engine().methods()) {
        if (method.room != u"representation")
            continue;
        if (method.id == id)
            return method;
        known << method.id.section(u'.', 1);
    }
    throw UsageError(u"METHOD: there is no representation \"%1\"; there are %2"_s.arg(id, known.join(u", "_s)));
}

QJsonValue valueOf(const OptionInfo& option, const QString& word)
{
    using Type = OptionInfo::Type;
    if (option.type == Type::Boolean)
        return word == u"true" || word == u"1" || word == u"yes";
    if (option.type != Type::Integer && option.type != Type::Real)
        return word;
    bool number = false;
    const double value = word.toDouble(&number);
    if (!number)
        throw UsageError(u"--set %1: \"%2\" is no number"_s.arg(option.name, word));
    return option.type == Type::Integer ? QJsonValue(qint64(value)) : QJsonValue(value);
}

QJsonObject askedOf(const MethodInfo& method, const std::vector<std::string>& set)
{
    QJsonObject asked;
    for (const std::string& word : set) {
        const QString name = fromWord(word).section(u'=', 0, 0);
        const auto found = std::find_if(method.options.begin(), method.options.end(),
            [&](const OptionInfo& option) { return option.name == name; });
        if (found == method.options.end() || !fromWord(word).contains(u'=')) {
            QStringList names;
            for (const OptionInfo& option : method.options)
                names << option.name;
            throw UsageError(u"--set %1: NAME=VALUE is wanted, with one of %2"_s.arg(fromWord(word), names.join(u", "_s)));
        }
        asked[name] = valueOf(*found, fromWord(word).section(u'=', 1));
    }
    return asked;
}

int run(CommandLine& line, const Options& options)
{
    const QString out = fromWord(options.out);
    demandWritable(u"--out"_s, out, {u"npz"_s, u"npy"_s, u"tsv"_s, u"csv"_s, u"safetensors"_s});
    const QString id = u"represent."_s + fromWord(options.method);
    const QJsonObject asked = askedOf(methodOf(line, id), options.set);
    Inputs inputs;
    inputs.samples = options.samples.read();
    if (!options.fitSplit.empty()) {
        SampleArguments fit = options.samples;
        fit.split = options.fitSplit;
        Inputs fitting;
        fitting.samples = fit.read();
        inputs.values[u"fitted"_s] = std::make_shared<Value>(line.run(id, asked, fitting));
    }
    const auto value = std::make_shared<Value>(line.run(id, asked, inputs));
    const EmbeddingSet set = EmbeddingSet::from(value);
    writeEmbeddings(out, set);
    if (line.common.json)
        line.print(QJsonObject {{u"rows"_s, qint64(set.size())}, {u"dim"_s, qint64(set.dim())},
            {u"method"_s, id}, {u"out"_s, out}});
    else
        line.print(u"%1: %2 x %3"_s.arg(out).arg(set.size()).arg(set.dim()));
    return 0;
}

} // namespace

void addRepresentCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = addSubcommand(parent, line, "represent",
        "One of the survey's representations of files, texts or a data set",
        "triptych represent tfidf --dataset stamps --modality text --fit-split train --out bags.npz");
    command->add_option("METHOD", options->method, "See `triptych methods representation`")->required();
    options->samples.addTo(command);
    command->add_option("--set", options->set, "NAME=VALUE of an option of the method; may be repeated");
    command->add_option("--fit-split", options->fitSplit, "Fits on this split of the data set alone");
    command->add_option("--out", options->out, "NPZ, NPY, TSV (Embedding Projector), CSV or safetensors")
        ->required();
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
