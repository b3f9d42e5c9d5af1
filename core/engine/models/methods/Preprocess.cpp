#include "core/engine/media/Media.h"
#include "core/engine/models/CheckpointModel.h"
#include "core/engine/models/methods/Support.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace triptych::models {

namespace {

struct Prepared {
    EncoderInput input;
    QString name; ///< as the reference calls it
};

// A folder with preprocessor_config.json alone is enough for pictures and sounds.
Prepared prepareOne(
    EngineContext& context, const QString& path, Modality modality, const Sample& sample)
{
    const QString folder = context.models.folderOf(path);
    if (QFile::exists(QDir(folder).filePath(QStringLiteral("config.json")))) {
        const auto model = context.models.open(path);
        return { model->prepare(modality, { sample }), model->inputName(modality) };
    }
    const Config config = preprocessorConfig(folder);
    if (config.json().isEmpty() || (modality != Modality::Image && modality != Modality::Audio)) {
        throw Error(QCoreApplication::translate("models",
            "%1: without config.json only pictures and sounds are prepared, by preprocessor_config.json.")
                        .arg(folder));
    }
    if (modality == Modality::Audio) {
        const auto processor = AudioProcessor::from(config, {}, 0, 0);
        return { processor->batch({ processor->read(sourceOf(sample, modality)) }), processor->inputName() };
    }
    const auto processor = PictureProcessor::from(config);
    PictureOptions options;
    options.background = processor.background();
    EncoderInput input;
    input.values = processor(readPicture(sourceOf(sample, modality), options)).unsqueeze(0);
    return { input, QStringLiteral("pixel_values") };
}

QString nameOf(const Sample& sample, Modality modality)
{
    const QString path = sourceOf(sample, modality).path;
    return path.isEmpty() ? sample.id : QFileInfo(path).completeBaseName();
}

Value run(EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const QString path = options.value(QStringLiteral("model")).toString();
    if (inputs.samples.empty())
        throw Error(QCoreApplication::translate("models", "There is no sample to prepare."));
    const Modality modality = modalityOf(options, inputs.samples);
    Value value;
    QStringList ids;
    if (modality == Modality::Text) {
        const EncoderInput input = context.models.open(path)->prepare(modality, inputs.samples);
        value.arrays[QStringLiteral("input_ids")] = arrayOf(input.ids);
        value.arrays[QStringLiteral("attention_mask")] = arrayOf(input.mask);
        for (const Sample& sample : inputs.samples)
            ids.append(sample.id);
    } else {
        std::vector<at::Tensor> rows;
        std::vector<at::Tensor> longer;
        QString name;
        bool same = true;
        for (const Sample& sample : inputs.samples) {
            progress.report(qint64(rows.size()), qint64(inputs.samples.size()));
            const Prepared one = prepareOne(context, path, modality, sample);
            name = one.name;
            rows.push_back(one.input.values);
            if (one.input.longer.defined())
                longer.push_back(one.input.longer);
            same = same && rows.back().sizes() == rows.front().sizes();
            ids.append(sample.id);
        }
        if (same)
            value.arrays[name] = arrayOf(at::cat(rows));
        for (size_t i = 0; !same && i < rows.size(); ++i)
            value.arrays[nameOf(inputs.samples[i], modality)] = arrayOf(rows[i][0]);
        if (!longer.empty())
            value.arrays[QStringLiteral("is_longer")] = arrayOf(at::cat(longer));
    }
    value.info = { { QStringLiteral("ids"), QJsonArray::fromStringList(ids) },
        { QStringLiteral("modality"), modalityName(modality) } };
    return value;
}

} // namespace

Method preprocessMethod()
{
    return { { QStringLiteral("model.preprocess"), QStringLiteral("model"),
                 QStringLiteral("Encoder input"), { modelOption(), modalityOption() }, QString(),
                 { QStringLiteral("samples") }, false },
        run };
}

} // namespace triptych::models
