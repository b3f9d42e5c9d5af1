#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/methods/Support.h"
#include "core/engine/models/methods/TensorFacts.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>

namespace triptych::models {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

/// One column a number, one row a tensor that was measured.
class Columns {
public:
    explicit Columns(int bins)
        : m_bins(bins)
    {
    }

    void add(const QString& name, const TensorStatistics& numbers)
    {
        m_names.append(name);
        m_mean.push_back(numbers.mean);
        m_deviation.push_back(numbers.deviation);
        m_minimum.push_back(numbers.minimum);
        m_maximum.push_back(numbers.maximum);
        m_zeros.push_back(numbers.zeros);
        m_nan.push_back(numbers.nan);
        m_infinite.push_back(numbers.infinite);
        m_histogram.insert(m_histogram.end(), numbers.histogram.begin(), numbers.histogram.end());
    }

    void write(Value& value) const
    {
        const QList<qint64> rows { m_names.size() };
        value.arrays[QStringLiteral("mean")] = Array::of(std::span(m_mean), rows);
        value.arrays[QStringLiteral("deviation")] = Array::of(std::span(m_deviation), rows);
        value.arrays[QStringLiteral("minimum")] = Array::of(std::span(m_minimum), rows);
        value.arrays[QStringLiteral("maximum")] = Array::of(std::span(m_maximum), rows);
        value.arrays[QStringLiteral("zeros")] = Array::of(std::span(m_zeros), rows);
        value.arrays[QStringLiteral("nan")] = Array::of(std::span(m_nan), rows);
        value.arrays[QStringLiteral("infinite")] = Array::of(std::span(m_infinite), rows);
        value.arrays[QStringLiteral("histogram")] = Array::of(std::span(m_histogram), { m_names.size(), m_bins });
        value.info[QStringLiteral("measured")] = QJsonArray::fromStringList(m_names);
    }

private:
    int m_bins;
    QStringList m_names;
    std::vector<double> m_mean, m_deviation, m_minimum, m_maximum, m_zeros;
    std::vector<qint64> m_nan, m_infinite, m_histogram;
};

const at::Tensor& tensorNamed(const Checkpoint& checkpoint, const QString& name)
{
    const auto found = checkpoint.tensors().find(name);
    if (found == checkpoint.tensors().end()) {
        throw Error(QCoreApplication::translate("models",
            "tensor: %1 has no tensor %2; `triptych info MODEL --tensors` lists them.")
                        .arg(checkpoint.path(), name));
    }
    return found->second;
}

QJsonObject facts(const Checkpoint& checkpoint)
{
    QJsonArray rows;
    qint64 parameters = 0;
    for (const auto& [name, tensor] : checkpoint.tensors()) {
        rows.append(tensorRow(name, tensor));
        parameters += tensor.numel();
    }
    return { { QStringLiteral("path"), checkpoint.path() }, { QStringLiteral("hash"), checkpoint.hash() },
        { QStringLiteral("files"), QJsonArray::fromStringList(checkpoint.files()) },
        { QStringLiteral("size_bytes"), checkpoint.byteSize() }, { QStringLiteral("dtype"), checkpoint.dtype() },
        { QStringLiteral("parameters"), parameters },
        { QStringLiteral("notes"), QJsonArray::fromStringList(checkpoint.notes()) },
        { QStringLiteral("tensors"), rows } };
}

Value run(EngineContext& context, const QJsonObject& options, const Inputs&, Progress& progress)
{
    const auto checkpoint
        = Checkpoint::open(context.models.folderOf(options.value(QStringLiteral("model")).toString()));
    const int bins = options.value(QStringLiteral("bins")).toInt();
    const QString one = options.value(QStringLiteral("tensor")).toString();
    Value value;
    value.info = facts(checkpoint);
    Columns columns(bins);
    if (!one.isEmpty()) {
        columns.add(one, statisticsOf(tensorNamed(checkpoint, one), bins));
    } else if (options.value(QStringLiteral("statistics")).toBool()) {
        qint64 done = 0;
        for (const auto& [name, tensor] : checkpoint.tensors()) {
            progress.report(done++, qint64(checkpoint.tensors().size()), Tr::tr("Measuring tensors"));
            columns.add(name, statisticsOf(tensor, bins));
        }
    }
    columns.write(value);
    return value;
}

} // namespace

Method tensorsMethod()
{
    using Type = OptionInfo::Type;
    return { { QStringLiteral("model.tensors"), QStringLiteral("model"), QStringLiteral("Tensors of a model"),
                 { modelOption(),
                     option("statistics", Type::Boolean, false, "Measure every tensor: mean, deviation, range, histogram"),
                     option("tensor", Type::Text, QString(), "Measure this one alone"),
                     number("bins", 40, 2, 1000, "Bins of a histogram, from the smallest to the largest value") },
                 QString(), {}, false },
        run };
}

} // namespace triptych::models
