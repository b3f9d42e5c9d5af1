#include "core/engine/models/Model.h"
#include "core/engine/models/methods/Prefetch.h"
#include "core/engine/models/methods/Support.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>

namespace triptych::models {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

// Padding of id 0 and mask 0 is never the end token and is never looked at.
at::Tensor padded(const std::vector<at::Tensor>& rows)
{
    int64_t width = 0;
    for (const at::Tensor& row : rows)
        width = std::max(width, row.size(1));
    at::Tensor joined = at::zeros({ static_cast<int64_t>(rows.size()), width }, at::kLong);
    for (size_t i = 0; i < rows.size(); ++i)
        joined[static_cast<int64_t>(i)].slice(0, 0, rows[i].size(1)).copy_(rows[i][0]);
    return joined;
}

EncoderInput joined(const std::vector<EncoderInput>& inputs)
{
    std::vector<at::Tensor> values;
    std::vector<at::Tensor> ids;
    std::vector<at::Tensor> masks;
    std::vector<at::Tensor> longer;
    for (const EncoderInput& input : inputs) {
        if (input.ids.defined()) {
            ids.push_back(input.ids);
            masks.push_back(input.mask);
        } else {
            values.push_back(input.values);
            if (input.mask.defined())
                masks.push_back(input.mask);
            if (input.longer.defined())
                longer.push_back(input.longer);
        }
    }
    EncoderInput all;
    if (!ids.empty()) {
        all.ids = padded(ids);
        all.mask = padded(masks);
    } else {
        all.values = at::cat(values);
        if (masks.size() == values.size())
            all.mask = at::cat(masks);
        if (longer.size() == values.size())
            all.longer = at::cat(longer);
    }
    return all;
}

/// Whether both go into one batch: pictures may come in different sizes.
bool alike(const EncoderInput& a, const EncoderInput& b)
{
    return !a.values.defined() || a.values.sizes() == b.values.sizes();
}

/// Collects rows and who they belong to.
class Embedding {
public:
    Embedding(Model& model, Modality modality, bool normalize)
        : m_model(model)
        , m_modality(modality)
        , m_normalize(normalize)
    {
    }

    void fail(const Sample& sample, const QString& error)
    {
        m_failed.append(QJsonObject {
            { QStringLiteral("id"), sample.id }, { QStringLiteral("error"), error } });
    }

    void add(const std::vector<EncoderInput>& inputs, const std::vector<const Sample*>& samples)
    {
        size_t from = 0;
        for (size_t i = 0; i < inputs.size(); ++i) {
            if (i + 1 < inputs.size() && alike(inputs[from], inputs[i + 1]))
                continue;
            const auto first = ptrdiff_t(from);
            const auto end = ptrdiff_t(i + 1);
            addBatch({ inputs.begin() + first, inputs.begin() + end }, { samples.begin() + first, samples.begin() + end });
            from = i + 1;
        }
    }

    void cut(const Sample& sample) { m_cut.append(sample.id); }

    Value value(double seconds) const
    {
        Value made;
        const at::Tensor all = m_rows.empty()
            ? at::empty({ 0, m_model.encoder(m_modality).dim() }, at::kFloat)
            : at::cat(m_rows);
        made.arrays[QStringLiteral("embeddings")] = arrayOf(all);
        made.info = { { QStringLiteral("ids"), m_ids },
            { QStringLiteral("modality"), modalityName(m_modality) },
            { QStringLiteral("model"), QDir(m_model.path()).dirName() },
            { QStringLiteral("modelPath"), m_model.path() },
            { QStringLiteral("modelHash"), m_model.hash() },
            { QStringLiteral("normalized"), m_normalize }, { QStringLiteral("failed"), m_failed },
            { QStringLiteral("cut"), m_cut }, { QStringLiteral("seconds"), seconds } };
        return made;
    }

private:
    void addBatch(const std::vector<EncoderInput>& inputs, const std::vector<const Sample*>& samples)
    {
        at::Tensor rows
            = m_model.encoder(m_modality).encode(joined(inputs), {}).embedding.to(at::kCPU);
        if (const int each = m_model.rowsOf(m_modality); each > 1)
            rows = rows.view({ -1, each, rows.size(1) }).mean(1);
        if (m_normalize)
            rows = rows / rows.norm(2, { 1 }, true).clamp_min(1e-12);
        const at::Tensor finite = rows.isfinite().all(1);
        for (int64_t i = 0; i < rows.size(0); ++i) {
            const Sample& sample = *samples[static_cast<size_t>(i)];
            if (!finite[i].item<bool>()) {
                fail(sample, Tr::tr("%1: the model gives no finite numbers for it.").arg(sample.title()));
                continue;
            }
            m_rows.push_back(rows.slice(0, i, i + 1));
            m_ids.append(sample.id);
        }
    }

    Model& m_model;
    Modality m_modality;
    bool m_normalize;
    std::vector<at::Tensor> m_rows;
    QJsonArray m_ids;
    QJsonArray m_failed;
    QJsonArray m_cut;
};

Value run(EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    QElapsedTimer clock;
    clock.start();
    const std::vector<Sample>& samples = inputs.samples;
    if (samples.empty())
        throw Error(Tr::tr("There is no sample to encode."));
    const Modality modality = modalityOf(options, samples);
    const auto model = context.models.open(options.value(QStringLiteral("model")).toString());
    model->encoder(modality); // says what the model reads, before anything is decoded
    if (modality == Modality::Text)
        model->tokenizer();
    const auto batch = static_cast<size_t>(options.value(QStringLiteral("batch")).toInt());
    const size_t rows = std::max<size_t>(batch / size_t(model->rowsOf(modality)), 1);
    Embedding embedding(*model, modality, options.value(QStringLiteral("normalize")).toBool());
    Prefetch prefetch(*model, samples, modality, 2 * rows);
    const auto total = static_cast<qint64>(samples.size());
    for (size_t at = 0; at < samples.size(); at += rows) {
        std::vector<EncoderInput> ready;
        std::vector<const Sample*> whose;
        for (size_t i = at; i < std::min(samples.size(), at + rows); ++i) {
            progress.report(static_cast<qint64>(i), total, Tr::tr("Encoding"));
            Prefetch::Prepared made = prefetch.next();
            if (!made.error.isEmpty()) {
                embedding.fail(samples[i], made.error);
                continue;
            }
            if (made.cut)
                embedding.cut(samples[i]);
            ready.push_back(std::move(made.input));
            whose.push_back(&samples[i]);
        }
        embedding.add(ready, whose);
    }
    progress.report(total, total, Tr::tr("Encoding"));
    return embedding.value(clock.elapsed() / 1000.0);
}

} // namespace

Method embedMethod()
{
    using Type = OptionInfo::Type;
    return { { QStringLiteral("model.embed"), QStringLiteral("model"), QStringLiteral("Embeddings"),
                 { modelOption(), modalityOption(),
                     option("normalize", Type::Boolean, true, "Bring every row to length 1"),
                     number("batch", 32, 1, 4096, "Samples encoded at once") },
                 QString(), { QStringLiteral("samples") }, false },
        run };
}

} // namespace triptych::models
