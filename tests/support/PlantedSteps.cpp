#include "tests/support/PlantedSteps.h"

#include "core/jobs/Error.h"

#include <QJsonArray>
#include <QThread>
#include <cmath>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;
using Type = OptionInfo::Type;

QJsonObject axis(const QString& name, const QString& unit, double start, double step)
{
    return {{u"name"_s, name}, {u"unit"_s, unit}, {u"start"_s, start}, {u"step"_s, step}};
}

/// Adds a step and its array.
void add(Value& value, QJsonObject step, const std::optional<Array>& array)
{
    QJsonArray steps = value.info[u"steps"_s].toArray();
    if (array) {
        const QString name = u"step.%1"_s.arg(steps.size());
        value.arrays[name] = *array;
        step[u"array"_s] = name;
    }
    steps << step;
    value.info[u"steps"_s] = steps;
}

QJsonObject named(const QString& kind, const QString& title, const QStringList& labels = {})
{
    return {{u"kind"_s, kind}, {u"title"_s, title}, {u"about"_s, u"Planted with %1 of %2."_s},
        {u"args"_s, QJsonArray {u"one"_s, u"two"_s}}, {u"labels"_s, QJsonArray::fromStringList(labels)}};
}

void addPictures(Value& value)
{
    std::vector<uchar> red;
    for (int i = 0; i < 8 * 12; ++i)
        red.insert(red.end(), {255, 0, 0});
    add(value, named(u"picture"_s, u"The picture"_s), Array::of(std::span<const uchar>(red), {8, 12, 3}));
    std::vector<uchar> frames;
    for (int frame = 0; frame < 3; ++frame)
        for (int i = 0; i < 16; ++i)
            for (int channel = 0; channel < 3; ++channel)
                frames.push_back(channel == frame ? 255 : 0);
    add(value, named(u"pictures"_s, u"Frames"_s, {u"a"_s, u"b"_s, u"c"_s}), Array::of(std::span<const uchar>(frames), {3, 4, 4, 3}));
    std::vector<float> maps;
    for (int i = 0; i < 200 * 25; ++i)
        maps.push_back(float(i % 25));
    add(value, named(u"maps"_s, u"Maps"_s), Array::of(std::span<const float>(maps), {200, 5, 5}));
}

void addNumbers(Value& value, int row)
{
    std::vector<float> heat(24, 0.F);
    heat[size_t(row) * 6] = 1;
    QJsonObject step = named(u"heat"_s, u"Heat"_s);
    step[u"x"_s] = axis(u"time"_s, u"s"_s, 0, 0.5);
    step[u"y"_s] = axis(u"frequency"_s, u"Hz"_s, 100, 100);
    add(value, step, Array::of(std::span<const float>(heat), {4, 6}));
    std::vector<float> wave;
    for (int i = 0; i < 20000; ++i)
        wave.push_back(std::sin(float(i) / 300.F));
    QJsonObject lines = named(u"lines"_s, u"Wave"_s);
    lines[u"x"_s] = axis(u"time"_s, u"s"_s, 0, 1.0 / 8000);
    lines[u"diverging"_s] = true;
    add(value, lines, Array::of(std::span<const float>(wave), {1, 20000}));
    const std::vector<float> bars {3, 2, -1};
    add(value, named(u"bars"_s, u"Counts"_s, {u"red"_s, u"boat"_s, u"not"_s}), Array::of(std::span<const float>(bars), {3}));
    const std::vector<float> points {0, 0, 1, 0, 0, 1};
    QJsonObject map = named(u"points"_s, u"Neighbours"_s, {u"here"_s, u"right"_s, u"up"_s});
    map[u"links"_s] = QJsonArray {QJsonArray {0, 1}, QJsonArray {0, 99}};
    add(value, map, Array::of(std::span<const float>(points), {3, 2}));
    const std::vector<float> vector {float(row), 1, 2};
    add(value, named(u"vector"_s, u"Vector"_s), Array::of(std::span<const float>(vector), {3}));
}

Value shapes(const Recipe& recipe, const Inputs& inputs)
{
    Value value;
    const int row = recipe.options[u"row"_s].toInt();
    const std::vector<float> rows(inputs.samples.size(), float(row));
    value.arrays[u"embeddings"_s] = Array::of(std::span<const float>(rows), {qint64(rows.size()), 1});
    if (!recipe.options[u"steps"_s].toBool())
        return value;
    QJsonObject text = named(u"text"_s, u"The words of %2"_s);
    text[u"text"_s] = inputs.samples.at(0).title();
    add(value, text, {});
    const std::vector<float> weights {0.F, 0.5F, 1.F};
    add(value, named(u"tokens"_s, u"Tokens"_s, {u"a"_s, u"red"_s, u"boat"_s}), Array::of(std::span<const float>(weights), {3}));
    addPictures(value);
    addNumbers(value, row);
    add(value, named(u"hologram"_s, u"Of a kind that nobody knows"_s), {});
    add(value, named(u"maps"_s, u"Without its array"_s), {});
    return value;
}

QJsonObject curves(int epochs)
{
    QJsonArray at;
    QJsonArray loss;
    QJsonArray validation;
    QJsonArray accuracy;
    for (int epoch = 1; epoch <= epochs; ++epoch) {
        at << epoch;
        loss << 1.0 / epoch;
        validation << 1.0 + std::abs(epoch - 3);
        accuracy << 1 - 1.0 / (1 + epoch);
    }
    return {{u"x"_s, u"epoch"_s}, {u"at"_s, at},
        {u"lines"_s, QJsonObject {{u"loss"_s, loss}, {u"validation loss"_s, validation}, {u"validation accuracy"_s, accuracy}}}};
}

Value fitted(const QJsonObject& options, int epochs)
{
    Value value;
    const std::vector<float> weight {float(epochs)};
    value.arrays[u"weights.w"_s] = Array::of(std::span<const float>(weight), {1});
    value.info = {{u"epochs"_s, epochs}, {u"curves"_s, curves(epochs)}, {u"seed"_s, options[u"seed"_s]},
        {u"best_epoch"_s, std::min(epochs, 3)}, {u"parameters"_s, 1}, {u"seconds"_s, 0.5}};
    return value;
}

Value train(const Recipe& recipe, const Inputs& inputs, Progress& progress)
{
    if (inputs.samples.size() < 2)
        throw Error(u"There is no sample to train on; check the split."_s);
    const int epochs = recipe.options[u"epochs"_s].toInt();
    for (int epoch = 1; epoch <= epochs; ++epoch) {
        for (int step = 0; step < 20; ++step) {
            progress.report((epoch - 1) * 20 + step, epochs * 20, u"training"_s);
            QThread::msleep(1); // one batch
        }
        Value partial = fitted(recipe.options, epoch);
        partial.info[u"partial"_s] = true;
        partial.info[u"of_epochs"_s] = epochs;
        progress.partial(std::make_shared<Value>(partial));
    }
    Value value = fitted(recipe.options, epochs);
    value.info[u"method"_s] = recipe.method;
    value.info[u"options"_s] = recipe.options;
    value.info[u"scores"_s] = QJsonObject {{u"test_accuracy"_s, 0.75}};
    return value;
}

Value trained(const Inputs& inputs)
{
    Value value;
    const Value& weights = inputs.value(u"fitted"_s);
    if (weights.info[u"method"_s] != u"train.planted"_s)
        throw Error(u"The input \"fitted\" came from another method."_s);
    value.arrays[u"embeddings"_s] = weights.array(u"weights.w"_s);
    value.arrays[u"embeddings"_s].shape = {1, 1};
    add(value, named(u"vector"_s, u"Weight"_s), weights.array(u"weights.w"_s));
    return value;
}

Value counted(const Inputs& inputs)
{
    const bool isFitted = inputs.values.contains(u"fitted"_s);
    const int texts = isFitted ? inputs.value(u"fitted"_s).info[u"fitted"_s][u"texts"_s].toInt() : int(inputs.samples.size());
    const std::vector<float> rows(inputs.samples.size(), float(texts));
    Value value;
    value.arrays[u"embeddings"_s] = Array::of(std::span<const float>(rows), {qint64(rows.size()), 1});
    value.info[u"fitted"_s] = QJsonObject {{u"texts"_s, texts}};
    return value;
}

}

std::vector<MethodInfo> plantedStepMethods()
{
    const OptionInfo steps {u"steps"_s, Type::Boolean, false, 0, 0, {}, {}};
    return {
        {u"represent.tfidf"_s, u"representation"_s, u"Planted counts"_s,
            {{u"lower"_s, Type::Boolean, true, 0, 0, {}, {}}}, u"Planted 1972"_s, {u"samples"_s}, false},
        {u"represent.shapes"_s, u"representation"_s, u"Planted shapes"_s,
            {{u"row"_s, Type::Integer, 0, 0, 3, {}, u"Row of the one"_s}, steps}, u"Planted 2026"_s, {u"samples"_s}, false},
        {u"represent.planted"_s, u"representation"_s, u"Planted net"_s, {steps}, u"Planted 2026"_s,
            {u"samples"_s, u"fitted"_s}, false},
        {u"train.planted"_s, u"training"_s, u"Planted net"_s,
            {{u"epochs"_s, Type::Integer, 5, 1, 100000, {}, {}}, {u"seed"_s, Type::Integer, 0, 0, 1000, {}, {}}},
            u"Planted 2026"_s, {u"samples"_s}, false},
    };
}

std::optional<Value> plantedSteps(const Recipe& recipe, const Inputs& inputs, Progress& progress)
{
    if (recipe.method == "represent.shapes"_L1)
        return shapes(recipe, inputs);
    if (recipe.method == "represent.planted"_L1)
        return trained(inputs);
    if (recipe.method == "represent.tfidf"_L1)
        return counted(inputs);
    if (recipe.method == "train.planted"_L1)
        return train(recipe, inputs, progress);
    return {};
}

} // namespace triptych
