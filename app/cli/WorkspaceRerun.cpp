#include "app/cli/WorkspaceRerun.h"

#include "app/cli/CommandLine.h"
#include "widgets/views/MapRows.h"

#include <QElapsedTimer>
#include <QHash>
#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

double largestDifference(const Value& a, const Value& b)
{
    double largest = 0;
    for (const auto& [name, array] : a.arrays) {
        if (!b.has(name) || b.array(name).shape != array.shape)
            return std::numeric_limits<double>::infinity();
        const Array left = array.toFloat();
        const Array right = b.array(name).toFloat();
        for (size_t i = 0; i < left.floats().size(); ++i)
            largest = std::max(largest, double(std::abs(left.floats()[i] - right.floats()[i])));
    }
    return largest;
}

/// The rows as they are stored, by the numbers of the samples.
void store(
    WorkspaceContent& content, const KnownModel& model, Modality modality, const Value& value)
{
    QHash<QString, qint64> numbers;
    for (size_t i = 0; i < content.samples.size(); ++i)
        numbers.insert(content.samples[i].id, content.uids[i]);
    EmbeddingRows rows;
    rows.modality = modality;
    rows.model = model.hash;
    rows.info = value.info;
    for (const QString& transient : {u"ids"_s, u"failed"_s, u"seconds"_s})
        rows.info.remove(transient);
    for (const QString& id : value.strings(u"ids"_s))
        rows.uids << numbers.value(id);
    const Array array = value.array(u"embeddings"_s).toFloat();
    rows.dim = array.shape.value(1);
    rows.data.assign(array.floats().begin(), array.floats().end());
    content.file->storeEmbeddings(rows);
}

void rerunEmbeddings(
    CommandLine& line, WorkspaceContent& content, const KnownModel& model, RerunReport& report)
{
    for (const auto& stored : content.embeddings(model)) {
        if (stored->modality == Modality::Features)
            continue; // came without a signal
        const QString modality = modalityName(stored->modality);
        Inputs inputs;
        for (const Sample& sample : content.samples)
            if (stored->ids.contains(sample.id) && sample.has(stored->modality))
                inputs.samples.push_back(sample);
        QElapsedTimer clock;
        clock.start();
        const Value value = line.run(
            u"model.embed"_s, {{u"model"_s, model.path}, {u"modality"_s, modality}}, inputs);
        const double difference = value.strings(u"ids"_s) == stored->ids
            ? largestDifference(
                {{{u"embeddings"_s, value.array(u"embeddings"_s)}}, {}}, *stored->value)
            : std::numeric_limits<double>::infinity();
        report.done.push_back(
            {u"model.embed %1"_s.arg(modality), difference, double(clock.elapsed()) / 1000});
        store(content, model, stored->modality, value);
    }
}

/// Empty when the inputs cannot be made again.
Inputs inputsOf(
    const Recipe& recipe, const WorkspaceContent& content, const std::vector<MapRows>& maps)
{
    Inputs inputs;
    for (const QJsonValue& id : recipe.inputs[u"samples"_s].toArray())
        for (const Sample& sample : content.samples)
            if (sample.id == id.toString())
                inputs.samples.push_back(sample);
    const QString rows = recipe.inputs[u"embeddings"_s].toString();
    for (const MapRows& map : maps)
        if (!rows.isEmpty() && map.name == rows)
            inputs.values[u"embeddings"_s] = map.embeddings;
    return inputs;
}

bool isComplete(const Recipe& recipe, const Inputs& inputs)
{
    for (auto input = recipe.inputs.begin(); input != recipe.inputs.end(); ++input)
        if (input.key() != u"uid" && !(input.key() == u"samples" && !inputs.samples.empty())
            && !inputs.values.contains(input.key()))
            return false;
    return true;
}

void rerunResult(CommandLine& line, WorkspaceContent& content, const QString& key,
    const std::vector<MapRows>& maps, RerunReport& report)
{
    const ValuePtr stored = content.file->readResult(key);
    const Recipe recipe = content.file->readRecipe(key);
    const Inputs inputs = inputsOf(recipe, content, maps);
    if (!isComplete(recipe, inputs)) {
        report.skipped << u"%1: it was made from rows that the workspace does not hold any more."_s
                              .arg(recipe.method);
        return;
    }
    QElapsedTimer clock;
    clock.start();
    auto value = std::make_shared<Value>(line.run(recipe.method, recipe.options, inputs));
    report.done.push_back({recipe.method,
        stored ? largestDifference(*value, *stored) : std::numeric_limits<double>::infinity(),
        double(clock.elapsed()) / 1000});
    content.file->storeResult(recipe, value);
}

} // namespace

RerunReport rerunWorkspace(CommandLine& line, WorkspaceContent& content)
{
    RerunReport report;
    // Results name the vectors they were made from, hence the stored rows before they are made
    // again.
    std::vector<MapRows> maps;
    for (const KnownModel& model : content.models)
        maps.push_back(MapRows::of(content.embeddings(model)));
    QStringList keys = content.file->resultKeys();
    keys.sort();
    for (const QString& key : keys)
        rerunResult(line, content, key, maps, report);
    for (const KnownModel& model : content.models)
        rerunEmbeddings(line, content, model, report);
    content.file->flush();
    return report;
}

} // namespace triptych
