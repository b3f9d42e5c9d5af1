#include "core/engine/representation/text/TextInput.h"

#include "core/engine/media/Media.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace triptych::representation {

namespace {

constexpr qint64 mostCells = qint64(1) << 28; // 1 GiB of float32

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

} // namespace

QStringList textsOf(const std::vector<Sample>& samples)
{
    if (samples.empty())
        throw Error(Tr::tr("There is no sample to represent; give texts."));
    QStringList texts;
    for (const Sample& sample : samples) {
        const auto found = sample.sources.find(Modality::Text);
        if (found == sample.sources.end())
            throw Error(Tr::tr("%1 has no text; choose samples that have one.").arg(sample.title()));
        const Source& source = found->second;
        texts.append(source.path.isEmpty() && source.bytes.isEmpty() ? source.text : readText(source));
    }
    return texts;
}

const Value* fittedIn(const Inputs& inputs)
{
    const auto found = inputs.values.find(QStringLiteral("fitted"));
    return found == inputs.values.end() ? nullptr : found->second.get();
}

Value denseValue(const std::vector<SparseRow>& rows, int columns, const std::vector<Sample>& samples,
    const QString& method)
{
    const qint64 cells = qint64(rows.size()) * columns;
    if (cells > mostCells) {
        throw Error(Tr::tr("A table of %1 texts and %2 units does not fit; raise min_df, lower max_units, or use "
                           "buckets.").arg(rows.size()).arg(columns));
    }
    std::vector<float> dense(size_t(cells), 0.F);
    QJsonArray ids;
    for (size_t i = 0; i < rows.size(); ++i) {
        for (size_t j = 0; j < rows[i].columns.size(); ++j)
            dense[i * size_t(columns) + size_t(rows[i].columns[j])] = float(rows[i].values[j]);
        ids.append(samples[i].id);
    }
    Value value;
    value.arrays[QStringLiteral("embeddings")] = Array::of(std::span<const float>(dense), { qint64(rows.size()), columns });
    value.info = { { QStringLiteral("ids"), ids }, { QStringLiteral("modality"), QStringLiteral("text") },
        { QStringLiteral("model"), method }, { QStringLiteral("normalized"), false } };
    return value;
}

} // namespace triptych::representation
