#include "app/cli/AttentionFigure.h"
#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/NamedSample.h"
#include "app/cli/OutFile.h"
#include "app/cli/SampleArguments.h"
#include "core/values/Npz.h"

#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string model;
    NamedSample sample;
    std::string question;
    std::string prompt;
    std::string inputs;
    std::string stream;
    std::string weight;
    std::optional<int> word;
    std::optional<int> beams;
    std::string method = "relevance";
    std::string modality;
    std::string target;
    std::optional<int> layer;
    std::optional<int> head;
    std::optional<int> startLayer;
    std::optional<int> query;
    std::optional<int> frame;
    std::string out;
    std::string figure;
};

/// What is looked at: --modality, else the first that is no text.
Modality lookedAt(const Options& options, const Sample& sample)
{
    if (!options.modality.empty()) {
        const Modality modality = modalityFromWord(options.modality);
        if (!sample.has(modality))
            throw UsageError(
                u"--modality: there is no --%1 to look at"_s.arg(modalityName(modality)));
        return modality;
    }
    for (Modality modality : {Modality::Image, Modality::Audio, Modality::Video})
        if (sample.has(modality))
            return modality;
    return Modality::Text;
}

QJsonObject askedOf(const Options& options, const Sample& sample, Modality modality)
{
    QJsonObject asked {
        {u"model"_s, modelPath(options.model)}, {u"modality"_s, modalityName(modality)}};
    const std::pair<QString, std::optional<int>> numbers[]
        = {{u"layer"_s, options.layer}, {u"head"_s, options.head},
            {u"start_layer"_s, options.startLayer}, {u"query"_s, options.query},
            {u"frame"_s, options.frame}};
    for (const auto& [name, number] : numbers)
        if (number)
            asked[name] = *number;
    const bool explains = options.method == "relevance" || options.method == "gradcam"
        || options.method == "similarity";
    if (!options.target.empty()) {
        asked[u"target"_s] = modalityName(modalityFromWord(options.target));
    } else if (explains) {
        for (const auto& [other, source] : sample.sources)
            if (other != modality && (!asked.contains(u"target"_s) || other == Modality::Text))
                asked[u"target"_s] = modalityName(other);
    }
    return asked;
}

/// Of a word that the model writes, or of picture and text together.
QJsonObject askedTogether(const Options& options)
{
    QJsonObject asked {{u"model"_s, modelPath(options.model)}};
    const std::pair<QString, std::optional<int>> numbers[] = {{u"layer"_s, options.layer}, {u"head"_s, options.head},
        {u"query"_s, options.query}, {u"word"_s, options.word}, {u"beams"_s, options.beams}};
    for (const auto& [name, number] : numbers)
        if (number)
            asked[name] = *number;
    const std::pair<QString, const std::string&> words[] = {{u"question"_s, options.question},
        {u"prompt"_s, options.prompt}, {u"stream"_s, options.stream}, {u"weight"_s, options.weight}};
    for (const auto& [name, word] : words)
        if (!word.empty())
            asked[name] = fromWord(word);
    return asked;
}

/// map, grid, tokens, scores: what scripts rely on.
Value resultOf(Value value)
{
    std::vector<qint64> grid;
    for (const QJsonValue& size : value.info[u"grid"_s].toArray())
        grid.push_back(size.toInteger());
    if (!grid.empty())
        value.arrays[u"grid"_s] = Array::of(std::span<const qint64>(grid), {qint64(grid.size())});
    if (value.info[u"score"_s].isDouble()) {
        const std::vector<float> scores {float(value.info[u"score"_s].toDouble())};
        value.arrays[u"scores"_s] = Array::of(std::span<const float>(scores), {1});
    }
    return value;
}

int run(CommandLine& line, const Options& options)
{
    const QString out = fromWord(options.out);
    const QString figure = fromWord(options.figure);
    demandWritable(u"--out"_s, out, {u"npz"_s});
    demandWritable(u"--figure"_s, figure, {u"png"_s, u"svg"_s, u"pdf"_s});
    if (out.isEmpty() && figure.isEmpty())
        throw UsageError(u"--out: nowhere to write; give --out A.npz, --figure A.png or both"_s);
    const Sample sample = options.sample.read();
    const Modality modality = lookedAt(options, sample);
    Inputs inputs;
    inputs.samples = {sample};
    if (!options.inputs.empty())
        inputs.values[u"inputs"_s] = std::make_shared<Value>(readNpz(fromWord(options.inputs)));
    const bool together = options.method == "cross" || options.method == "joint";
    const Value value = resultOf(line.run(u"attend."_s + fromWord(options.method),
        together ? askedTogether(options) : askedOf(options, sample, modality), inputs));
    if (!out.isEmpty())
        writeResult(out, value, {u"tokens"_s, u"method"_s, u"caption"_s});
    if (!figure.isEmpty())
        writeAttentionFigure(line, figure, sample, modality, value);
    if (line.common.json)
        line.print(value.info);
    else
        line.print(value.info[u"caption"_s].toString());
    return 0;
}

} // namespace

void addAttendCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = addSubcommand(parent, line, "attend", "Where the model looked",
        "triptych attend triptych-mini --image duck.png --text \"A duck.\" --method relevance "
        "--figure duck-map.png");
    command->add_option("MODEL", options->model, "Checkpoint folder")->required();
    command->add_option("--image", options->sample.image, "Picture");
    command->add_option("--audio", options->sample.audio, "Sound");
    command->add_option("--video", options->sample.video, "Video");
    command->add_option("--text", options->sample.text, "Text");
    command->add_option("--method", options->method,
        "raw, rollout, gradcam, relevance, similarity; cross: of a written word; joint: between picture and "
        "text (see `triptych methods attention`)");
    command->add_option("--modality", options->modality,
        "Which of the given to look at; the first that is no text");
    command->add_option(
        "--target", options->target, "Whose similarity is explained; the text where there is one");
    command->add_option("--layer", options->layer, "raw, gradcam: from 0; -1 = last");
    command->add_option("--head", options->head, "raw: from 0; -1 = mean over heads");
    command->add_option(
        "--start-layer", options->startLayer, "rollout, relevance: first layer that counts");
    command->add_option("--query", options->query,
        "raw, rollout: token that looks; -1 = where the embedding is read");
    command->add_option("--frame", options->frame,
        "of a video: which of the frames that the model reads, from 0");
    command->add_option("--word", options->word, "cross: written token, from 0");
    command->add_option("--beam", options->beams, "cross: see `triptych generate`");
    command->add_option("--prompt", options->prompt, "cross: how the text begins");
    command->add_option("--question", options->question, "cross: what is asked, for models that answer");
    command->add_option("--inputs", options->inputs, "joint: NPZ of an object detector's regions");
    command->add_option("--stream", options->stream, "joint: which attention of a model that has several");
    command->add_option("--weight", options->weight, "cross: none, gradient; joint: none, relevance");
    command->add_option("--out", options->out, "NPZ with map, grid, tokens, scores");
    command->add_option("--figure", options->figure, "PNG, SVG or PDF");
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
