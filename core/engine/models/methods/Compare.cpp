#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/methods/Support.h"
#include "core/engine/models/methods/TensorFacts.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <cmath>
#include <set>

namespace triptych::models {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

/// Largest and mean |a − b|, and that mean as a share of the mean |a|. Equal bits, NaN included, are equal.
QJsonObject difference(const at::Tensor& a, const at::Tensor& b)
{
    if (a.scalar_type() == b.scalar_type() && at::equal(a, b))
        return {};
    const at::Tensor wideA = a.to(at::kFloat);
    const at::Tensor wideB = b.to(at::kFloat);
    const at::Tensor same = wideA.eq(wideB).logical_or(wideA.isnan().logical_and(wideB.isnan()));
    const at::Tensor away = (wideA - wideB).abs().masked_fill(same, 0);
    const double largest = away.numel() > 0 ? away.max().item<double>() : 0;
    if (largest == 0)
        return {};
    const double mean = away.mean().item<double>();
    const double size = wideA.abs().mean().item<double>();
    const auto finite = [](double number) { return std::isfinite(number) ? QJsonValue(number) : QJsonValue(); };
    return { { QStringLiteral("max"), finite(largest) }, { QStringLiteral("mean"), finite(mean) },
        { QStringLiteral("relative"), finite(size > 0 ? mean / size : 0) } };
}

class Comparison {
public:
    void add(const QString& name, const at::Tensor* a, const at::Tensor* b)
    {
        QJsonObject row { { QStringLiteral("name"), name } };
        if (a) {
            row[QStringLiteral("shape_a")] = shapeOf(*a);
            row[QStringLiteral("dtype_a")] = dtypeName(a->scalar_type());
        }
        if (b) {
            row[QStringLiteral("shape_b")] = shapeOf(*b);
            row[QStringLiteral("dtype_b")] = dtypeName(b->scalar_type());
        }
        QString status = !a ? QStringLiteral("only_b")
            : !b            ? QStringLiteral("only_a")
            : a->sizes() != b->sizes() ? QStringLiteral("other_shape")
                                       : QString();
        if (status.isEmpty()) {
            const QJsonObject away = difference(*a, *b);
            status = away.isEmpty() ? QStringLiteral("equal") : QStringLiteral("differs");
            for (auto it = away.begin(); it != away.end(); ++it)
                row[it.key()] = *it;
        }
        row[QStringLiteral("status")] = status;
        m_counts[status] = m_counts.value(status).toInt() + 1;
        m_rows.append(row);
    }

    QJsonObject info(const Checkpoint& a, const Checkpoint& b) const
    {
        return { { QStringLiteral("a"), a.path() }, { QStringLiteral("b"), b.path() },
            { QStringLiteral("hash_a"), a.hash() }, { QStringLiteral("hash_b"), b.hash() },
            { QStringLiteral("counts"), m_counts }, { QStringLiteral("rows"), m_rows } };
    }

private:
    QJsonArray m_rows;
    QJsonObject m_counts { { QStringLiteral("only_a"), 0 }, { QStringLiteral("only_b"), 0 },
        { QStringLiteral("other_shape"), 0 }, { QStringLiteral("differs"), 0 }, { QStringLiteral("equal"), 0 } };
};

Value run(EngineContext& context, const QJsonObject& options, const Inputs&, Progress& progress)
{
    const auto opened = [&](const char* name) {
        return Checkpoint::open(context.models.folderOf(options.value(QLatin1String(name)).toString()));
    };
    const Checkpoint a = opened("model");
    const Checkpoint b = opened("other");
    std::set<QString> names;
    for (const Checkpoint* side : { &a, &b }) {
        for (const auto& [name, tensor] : side->tensors())
            names.insert(name);
    }
    const auto in = [](const Checkpoint& side, const QString& name) {
        const auto found = side.tensors().find(name);
        return found == side.tensors().end() ? nullptr : &found->second;
    };
    Comparison comparison;
    qint64 done = 0;
    for (const QString& name : names) {
        progress.report(done++, qint64(names.size()), Tr::tr("Comparing tensors"));
        comparison.add(name, in(a, name), in(b, name));
    }
    Value value;
    value.info = comparison.info(a, b);
    return value;
}

} // namespace

Method compareMethod()
{
    return { { QStringLiteral("model.compare"), QStringLiteral("model"), QStringLiteral("Two models side by side"),
                 { modelOption(),
                     option("other", OptionInfo::Type::File, QStringLiteral("triptych-mini"), "The model to compare with") },
                 QString(), {}, false },
        run };
}

} // namespace triptych::models
