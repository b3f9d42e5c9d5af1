#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/FittedFile.h"
#include "app/cli/MethodOptions.h"
#include "app/cli/OutFile.h"
#include "app/cli/SampleArguments.h"
#include "core/values/EmbeddingSet.h"

#include <QCoreApplication>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

struct Options {
    std::string method;
    SampleArguments samples;
    std::vector<std::string> set;
    std::string fitSplit;
    std::string fitted;
    std::string saveFitted;
    std::string steps;
    std::string out;
};

/// What is run: represent.NAME, and train.NAME where it has to be learned first.
struct Pair {
    const MethodInfo* represent = nullptr;
    const MethodInfo* train = nullptr;
    QJsonObject representOptions;
    QJsonObject trainOptions;
};

Pair methodsOf(CommandLine& line, const QString& name)
{
    Pair pair;
    QStringList known;
    for (const MethodInfo& method : line.engine().methods()) {
        if (method.id == u"train."_s + name && method.inputs.contains(u"samples"_s))
            pair.train = &method;
        if (method.id == u"represent."_s + name)
            pair.represent = &method;
        if (method.id.startsWith("represent."_L1))
            known << method.id.section(u'.', 1);
    }
    if (!pair.represent)
        throw UsageError(
            Tr::tr("METHOD: there is no representation \"%1\"; there are %2").arg(name, known.join(u", "_s)));
    return pair;
}

/// An option goes to whichever method has it; an option of both goes to both.
void take(Pair& pair, const std::vector<std::string>& set)
{
    for (const std::string& word : set) {
        const NamedWord named = namedWord(fromWord(word));
        QStringList names;
        bool taken = false;
        for (const auto& [method, to] : { std::pair { pair.represent, &pair.representOptions },
                 std::pair { pair.train, &pair.trainOptions } }) {
            if (!method)
                continue;
            for (const OptionInfo& option : method->options) {
                names << option.name;
                if (option.name != named.name)
                    continue;
                (*to)[option.name] = optionValue(option, named.word);
                taken = true;
            }
        }
        names.removeDuplicates();
        if (!taken)
            throw UsageError(Tr::tr("--set %1: %2 has no such option; it has %3")
                                 .arg(named.name, pair.represent->id.section(u'.', 1), names.join(u", "_s)));
    }
}

bool hasOption(const MethodInfo& method, const QString& name)
{
    return std::any_of(method.options.begin(), method.options.end(),
        [&](const OptionInfo& option) { return option.name == name; });
}

/// The samples of `split` that have --modality.
Inputs samplesOf(const Options& options, const std::string& split, bool everyModality)
{
    SampleArguments arguments = options.samples;
    arguments.split = split;
    Inputs inputs;
    inputs.samples = arguments.read();
    if (options.samples.modality.empty() || everyModality)
        return inputs;
    const Modality modality = modalityFromWord(options.samples.modality);
    std::erase_if(inputs.samples, [&](const Sample& sample) { return !sample.has(modality); });
    if (inputs.samples.empty())
        throw UsageError(Tr::tr("--modality: no sample has %1").arg(modalityName(modality)));
    return inputs;
}

/// What was kept, trained or counted before; null when the method needs nothing.
ValuePtr fittedFor(CommandLine& line, const Options& options, const Pair& pair)
{
    if (!options.fitted.empty())
        return std::make_shared<Value>(readFitted(fromWord(options.fitted)));
    const bool loaded = !pair.representOptions[u"model"].toString().isEmpty(); // a checkpoint in its place
    if ((!pair.train && options.fitSplit.empty()) || loaded)
        return nullptr;
    // What is learned from several modalities gets them all.
    const bool joint = pair.train && (hasOption(*pair.train, u"modalities"_s) || hasOption(*pair.train, u"x"_s));
    const Inputs inputs = samplesOf(options, options.fitSplit, joint);
    const MethodInfo& method = pair.train ? *pair.train : *pair.represent;
    return std::make_shared<Value>(
        line.run(method.id, pair.train ? pair.trainOptions : pair.representOptions, inputs));
}

void checkWords(const Options& options, const Pair& pair)
{
    demandWritable(u"--out"_s, fromWord(options.out), { u"npz"_s, u"npy"_s, u"tsv"_s, u"csv"_s, u"safetensors"_s });
    demandWritable(u"--save-fitted"_s, fromWord(options.saveFitted), { u"npz"_s });
    if (options.out.empty() && options.saveFitted.empty() && options.steps.empty())
        throw UsageError(Tr::tr("--out: nothing would be kept; give --out, --save-fitted or --steps"));
    if (!options.fitted.empty() && !options.fitSplit.empty())
        throw UsageError(Tr::tr("--fitted: what was kept is not fitted again; leave --fit-split out"));
    if (!options.fitted.empty() && !pair.trainOptions.isEmpty())
        for (const QString& name : pair.trainOptions.keys())
            if (!hasOption(*pair.represent, name))
                throw UsageError(Tr::tr("--set %1: it is chosen when training, and --fitted is trained already").arg(name));
    if (!options.steps.empty() && !hasOption(*pair.represent, u"steps"_s))
        throw UsageError(Tr::tr("--steps: %1 has no steps to show").arg(fromWord(options.method)));
}

/// "0.93 test_accuracy, …" in the order of names.
QString scoresLine(const QJsonObject& scores)
{
    QStringList parts;
    for (auto it = scores.begin(); it != scores.end(); ++it)
        if (it->isDouble())
            parts << u"%1 %2"_s.arg(it.key()).arg(it->toDouble(), 0, 'g', 4);
    return parts.join(u", "_s);
}

void tellFitted(const CommandLine& line, const QJsonObject& facts)
{
    if (line.common.json || !facts.contains(u"epochs"_s))
        return;
    line.print(Tr::tr("%1: %2 parameters, %3 epochs in %4 s")
                   .arg(facts[u"method"_s].toString())
                   .arg(facts[u"parameters"_s].toInteger())
                   .arg(facts[u"epochs"_s].toInt())
                   .arg(facts[u"seconds"_s].toDouble(), 0, 'f', 1));
    if (const QString scores = scoresLine(facts[u"scores"_s].toObject()); !scores.isEmpty())
        line.print(u"  "_s + scores);
}

QJsonObject writeRows(CommandLine& line, const Options& options, const Pair& pair, const Inputs& inputs)
{
    const QString out = fromWord(options.out);
    const auto value = std::make_shared<Value>(line.run(pair.represent->id, pair.representOptions, inputs));
    const EmbeddingSet set = EmbeddingSet::from(value);
    writeEmbeddings(out, set);
    if (!line.common.json)
        line.print(u"%1: %2 x %3"_s.arg(out).arg(set.size()).arg(set.dim()));
    return { { u"rows"_s, qint64(set.size()) }, { u"dim"_s, qint64(set.dim()) }, { u"out"_s, out } };
}

void writeFirstSteps(CommandLine& line, const Options& options, const Pair& pair, Inputs inputs)
{
    inputs.samples.resize(1);
    QJsonObject asked = pair.representOptions;
    asked[u"steps"_s] = true;
    writeSteps(fromWord(options.steps), line.run(pair.represent->id, asked, inputs));
}

int run(CommandLine& line, const Options& options)
{
    const QString name = fromWord(options.method);
    Pair pair = methodsOf(line, name);
    take(pair, options.set);
    checkWords(options, pair);
    for (const QString& one : { u"modality"_s, u"from"_s })
        if (!options.samples.modality.empty() && hasOption(*pair.represent, one) && !pair.representOptions.contains(one))
            pair.representOptions[one] = fromWord(options.samples.modality);
    Inputs inputs = samplesOf(options, options.samples.split, false);
    QJsonObject document { { u"method"_s, pair.represent->id } };
    if (const ValuePtr fitted = fittedFor(line, options, pair)) {
        inputs.values[u"fitted"_s] = fitted;
        tellFitted(line, fitted->info);
        for (const QString& fact : { u"parameters"_s, u"epochs"_s, u"best_epoch"_s, u"seconds"_s, u"scores"_s })
            if (fitted->info.contains(fact))
                document[fact] = fitted->info[fact];
    }
    ValuePtr counted = inputs.values.contains(u"fitted"_s) ? inputs.values[u"fitted"_s] : nullptr;
    if (!options.saveFitted.empty()) {
        if (!counted) // a method that only counts: its value on these samples is what can be applied
            counted = std::make_shared<Value>(line.run(pair.represent->id, pair.representOptions, inputs));
        writeFitted(fromWord(options.saveFitted), *counted);
        document[u"fitted"_s] = fromWord(options.saveFitted);
    }
    if (!options.steps.empty())
        writeFirstSteps(line, options, pair, inputs);
    if (!options.out.empty())
        for (const QJsonObject rows = writeRows(line, options, pair, inputs); const QString& key : rows.keys())
            document[key] = rows[key];
    if (line.common.json)
        line.print(document);
    return 0;
}

} // namespace

void addRepresentCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = addSubcommand(parent, line, "represent",
        "One of the survey's representations of files, texts or a data set; trained first where it has to be",
        "triptych represent lenet5 --dataset stamps --modality image --set epochs=5 --save-fitted lenet5.npz "
        "--out pictures.npz\n"
        "  triptych represent lenet5 --fitted lenet5.npz my.png --steps steps --out mine.npz");
    command->add_option("METHOD", options->method, "See `triptych methods representation`")->required();
    options->samples.addTo(command);
    command->add_option("--set", options->set,
        "NAME=VALUE of an option of the method or of its training; may be repeated");
    command->add_option("--fit-split", options->fitSplit,
        "Fits on this split of the data set alone; else training goes by the samples' own split");
    command->add_option("--fitted", options->fitted, "What --save-fitted kept, in place of fitting");
    command->add_option("--save-fitted", options->saveFitted, "Keeps what was fitted (NPZ)");
    command->add_option("--steps", options->steps,
        "Folder for the way of the first sample from signal to vector: steps.json and steps.npz");
    command->add_option("--out", options->out, "NPZ, NPY, TSV (Embedding Projector), CSV or safetensors");
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
