#include "app/cli/Embedding.h"

#include "app/cli/CommandLine.h"

#include <QHash>
#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

Inputs samplesWith(const std::vector<Sample>& samples, Modality modality)
{
    Inputs inputs;
    for (const Sample& sample : samples)
        if (sample.has(modality))
            inputs.samples.push_back(sample);
    return inputs;
}

struct Rows {
    std::vector<float> numbers;
    qint64 width = 0;
    QJsonArray ids;
    QJsonArray modalities;
    QJsonArray groups;
    bool grouped = false;
    QJsonObject facts;
};

void append(const Value& value, Modality modality, const Inputs& inputs, Rows& rows)
{
    const Array array = value.array(u"embeddings"_s).toFloat();
    const auto numbers = array.floats();
    rows.numbers.insert(rows.numbers.end(), numbers.begin(), numbers.end());
    rows.width = array.shape.value(1);
    rows.facts = value.info;
    QHash<QString, QString> groupOf;
    for (const Sample& sample : inputs.samples)
        groupOf.insert(sample.id, sample.group.isEmpty() ? sample.id : sample.group);
    for (const QString& id : value.strings(u"ids"_s)) {
        const QString group = groupOf.value(id, id);
        rows.ids << id;
        rows.modalities << modalityName(modality);
        rows.groups << group;
        rows.grouped = rows.grouped || group != id;
    }
}

} // namespace

Embedded embed(CommandLine& line, const QString& model, const std::vector<Sample>& samples,
    const std::vector<Modality>& modalities, int batch)
{
    Embedded result;
    Rows rows;
    for (Modality modality : modalities) {
        const Inputs inputs = samplesWith(samples, modality);
        if (inputs.samples.empty())
            throw UsageError(u"--modality: no sample has %1"_s.arg(modalityName(modality)));
        QJsonObject options {{u"model"_s, model}, {u"modality"_s, modalityName(modality)}};
        if (batch > 0)
            options[u"batch"_s] = batch;
        const Value value = line.run(u"model.embed"_s, options, inputs);
        append(value, modality, inputs, rows);
        result.seconds += value.info[u"seconds"_s].toDouble();
        for (const QJsonValue& failed : value.info[u"failed"_s].toArray())
            result.failures << failed[u"error"_s].toString();
    }
    auto value = std::make_shared<Value>();
    value->arrays[u"embeddings"_s]
        = Array::of(std::span<const float>(rows.numbers), {rows.ids.size(), rows.width});
    value->info = {{u"ids"_s, rows.ids}, {u"modality"_s, rows.modalities}};
    if (rows.grouped)
        value->info[u"groups"_s] = rows.groups;
    for (const QString& fact : {u"model"_s, u"modelHash"_s})
        value->info[fact] = rows.facts[fact];
    result.set = EmbeddingSet::from(value);
    return result;
}

} // namespace triptych
