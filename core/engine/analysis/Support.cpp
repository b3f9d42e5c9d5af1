#include "core/engine/analysis/Support.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

#include <cmath>

namespace triptych::analysis {

namespace {

OptionInfo option(
    const char* name, OptionInfo::Type type, const QJsonValue& value, const char* about)
{
    OptionInfo info;
    info.name = QString::fromLatin1(name);
    info.type = type;
    info.defaultValue = value;
    info.about = QString::fromUtf8(about);
    return info;
}

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(analysis)
};

} // namespace

OptionInfo integerOption(
    const char* name, qint64 value, double minimum, double maximum, const char* about)
{
    OptionInfo info = option(name, OptionInfo::Type::Integer, value, about);
    info.minimum = minimum;
    info.maximum = maximum;
    return info;
}

OptionInfo realOption(
    const char* name, double value, double minimum, double maximum, const char* about)
{
    OptionInfo info = option(name, OptionInfo::Type::Real, value, about);
    info.minimum = minimum;
    info.maximum = maximum;
    return info;
}

OptionInfo booleanOption(const char* name, bool value, const char* about)
{
    return option(name, OptionInfo::Type::Boolean, value, about);
}

OptionInfo textOption(const char* name, const char* value, const char* about)
{
    return option(name, OptionInfo::Type::Text, QString::fromUtf8(value), about);
}

OptionInfo choiceOption(
    const char* name, const char* value, const QStringList& choices, const char* about)
{
    OptionInfo info = option(name, OptionInfo::Type::Choice, QString::fromUtf8(value), about);
    info.choices = choices;
    return info;
}

OptionInfo listOption(const char* name, const QJsonArray& value, const char* about)
{
    return option(name, OptionInfo::Type::List, value, about);
}

at::Tensor matrixOf(const Inputs& inputs, const QString& input, const QString& name)
{
    const Array array = inputs.value(input).array(name).toFloat();
    if (array.shape.size() != 2 || array.count() == 0) {
        throw Error(QCoreApplication::translate("analysis",
            "%1: the array \"%2\" is no matrix with at least one row; give one row a "
            "sample.")
                        .arg(input, name));
    }
    const auto values = array.floats();
    for (size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            throw Error(QCoreApplication::translate("analysis",
                "%1: row %2 of \"%3\" holds a number that is not finite; leave that row "
                "out or compute it again.")
                            .arg(input)
                            .arg(qint64(i) / array.shape[1])
                            .arg(name));
        }
    }
    return at::from_blob(const_cast<float*>(values.data()), {array.shape[0], array.shape[1]},
        at::TensorOptions().dtype(at::kFloat))
        .clone();
}

at::Tensor unitRows(const at::Tensor& rows)
{
    const at::Tensor length = rows.norm(2, {1}, true);
    return rows / at::where(length > 0, length, at::ones_like(length));
}

Array arrayOf(const at::Tensor& tensor)
{
    const at::Tensor plain = tensor.detach().to(at::kCPU).contiguous();
    QList<qint64> shape(plain.sizes().begin(), plain.sizes().end());
    const auto count = size_t(plain.numel());
    switch (plain.scalar_type()) {
    case at::kDouble:
        return Array::of(std::span<const double>(plain.data_ptr<double>(), count), shape);
    case at::kLong:
        return Array::of(std::span<const qint64>(
                             reinterpret_cast<const qint64*>(plain.data_ptr<int64_t>()), count),
            shape);
    case at::kByte:
        return Array::of(std::span<const uchar>(plain.data_ptr<uint8_t>(), count), shape);
    default: {
        const at::Tensor floats = plain.to(at::kFloat);
        return Array::of(std::span<const float>(floats.data_ptr<float>(), count), shape);
    }
    }
}

QJsonValue numberOrNull(double value)
{
    return std::isfinite(value) ? QJsonValue(value) : QJsonValue(QJsonValue::Null);
}

QStringList stringsOf(const QJsonValue& list)
{
    QStringList strings;
    const QJsonArray items = list.toArray();
    for (const QJsonValue& item : items)
        strings.append(item.toVariant().toString());
    return strings;
}

int threadCount(int asked)
{
    return asked > 0 ? asked : std::max(1, at::get_num_threads());
}

} // namespace triptych::analysis
