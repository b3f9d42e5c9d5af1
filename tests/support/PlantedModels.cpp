#include "tests/support/PlantedModels.h"

#include <QJsonArray>

#include <vector>

namespace triptych {

namespace {

QJsonObject row(const char* name, const QJsonArray& shape, const char* dtype)
{
    double count = 1;
    for (const QJsonValue& side : shape)
        count *= side.toDouble();
    return {{QStringLiteral("name"), QLatin1String(name)}, {QStringLiteral("shape"), shape},
        {QStringLiteral("dtype"), QLatin1String(dtype)}, {QStringLiteral("parameters"), count},
        {QStringLiteral("bytes"), count * 4}};
}

QJsonArray rows()
{
    return {row("text.embed.weight", {10, 8}, "float32"), row("vision.layers.0.weight", {8, 8}, "float16"),
        row("vision.layers.10.weight", {8, 8}, "float16"), row("vision.layers.2.weight", {8, 9}, "float16"),
        row("vision.patch.weight", {4, 3, 2, 2}, "float16")};
}

/// Tensor i has the mean i, the deviation 10 − i and i NaN.
void measure(Value& value, const std::vector<double>& which)
{
    const QList<qint64> shape {qint64(which.size())};
    std::vector<double> deviation;
    std::vector<double> zeros(which.size(), 0.25);
    std::vector<qint64> nan;
    std::vector<qint64> histogram;
    for (const double i : which) {
        deviation.push_back(10 - i);
        nan.push_back(qint64(i));
        histogram.insert(histogram.end(), {1, 5, 2});
    }
    const std::vector<qint64> none(which.size());
    const std::vector<double> low(which.size(), -1);
    const std::vector<double> high(which.size(), 2);
    value.arrays = {{QStringLiteral("mean"), Array::of(std::span(which), shape)},
        {QStringLiteral("deviation"), Array::of(std::span(std::as_const(deviation)), shape)},
        {QStringLiteral("minimum"), Array::of(std::span(low), shape)},
        {QStringLiteral("maximum"), Array::of(std::span(high), shape)},
        {QStringLiteral("zeros"), Array::of(std::span(std::as_const(zeros)), shape)},
        {QStringLiteral("nan"), Array::of(std::span(std::as_const(nan)), shape)},
        {QStringLiteral("infinite"), Array::of(std::span(none), shape)},
        {QStringLiteral("histogram"), Array::of(std::span(std::as_const(histogram)), {qint64(which.size()), 3})}};
}

Value tensors(const Recipe& recipe)
{
    Value value;
    value.info = {{QStringLiteral("tensors"), rows()}};
    const QString one = recipe.options[QLatin1String("tensor")].toString();
    std::vector<double> which;
    const QJsonArray all = rows();
    for (int i = 0; i < all.size(); ++i) {
        if (recipe.options[QLatin1String("statistics")].toBool() || all[i][QLatin1String("name")].toString() == one)
            which.push_back(i);
    }
    measure(value, which);
    return value;
}

Value filters()
{
    std::vector<float> values(48, 0.0f);
    for (size_t i = 0; i < 4; ++i)
        values[i] = 1; // red in all of the first filter
    std::vector<float> positions(16, -1.0f);
    for (size_t i = 0; i < 4; ++i)
        positions[i * 4 + i] = 1; // each position is like itself
    Value value;
    value.info = {{QStringLiteral("filter_tensors"), QJsonArray {QStringLiteral("vision.patch.weight")}},
        {QStringLiteral("position_tensors"), QJsonArray {QStringLiteral("vision.position")}},
        {QStringLiteral("tensor"), QStringLiteral("vision.patch.weight")},
        {QStringLiteral("position_tensor"), QStringLiteral("vision.position")},
        {QStringLiteral("filters_in_all"), 4}, {QStringLiteral("grid"), QJsonArray {2, 2}}};
    value.arrays = {{QStringLiteral("filters"), Array::of(std::span(std::as_const(values)), {4, 3, 2, 2})},
        {QStringLiteral("positions"), Array::of(std::span(std::as_const(positions)), {2, 2, 2, 2})}};
    return value;
}

Value comparison()
{
    QJsonArray compared;
    QJsonObject counts;
    for (const char* status : {"only_a", "only_b", "other_shape", "differs", "equal"}) {
        QJsonObject one {{QStringLiteral("name"), QStringLiteral("tensor %1").arg(QLatin1String(status))},
            {QStringLiteral("status"), QLatin1String(status)}};
        if (qstrcmp(status, "differs") == 0)
            one[QStringLiteral("max")] = 0.5;
        compared.append(one);
        counts[QLatin1String(status)] = 1;
    }
    Value value;
    value.info = {{QStringLiteral("rows"), compared}, {QStringLiteral("counts"), counts}};
    return value;
}

} // namespace

std::optional<Value> plantedModel(const Recipe& recipe)
{
    if (recipe.method == QLatin1String("model.tensors"))
        return tensors(recipe);
    if (recipe.method == QLatin1String("model.filters"))
        return filters();
    if (recipe.method == QLatin1String("model.compare"))
        return comparison();
    if (recipe.method != QLatin1String("model.open") && recipe.method != QLatin1String("model.unload"))
        return {};
    Value value;
    value.info = {{QStringLiteral("models"), QJsonArray()}, {QStringLiteral("free_bytes"), 1e9}};
    return value;
}

} // namespace triptych
