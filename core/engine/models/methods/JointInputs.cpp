#include "core/engine/models/methods/JointInputs.h"

#include "core/engine/models/Tokenizer.h"
#include "core/engine/models/methods/Support.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>

namespace triptych::models {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

const Sample* sampleWith(const Inputs& inputs, Modality modality)
{
    for (const Sample& sample : inputs.samples) {
        if (sample.has(modality))
            return &sample;
    }
    return nullptr;
}

/// Regions that a detector found elsewhere.
EncoderInput givenRegions(const Value& given)
{
    EncoderInput regions;
    const auto take = [&given](const char* name) {
        return given.has(QLatin1String(name)) ? tensorOf(given.array(QLatin1String(name))) : at::Tensor();
    };
    regions.values = take("visual_feats");
    if (!regions.values.defined())
        regions.values = take("visual_embeds");
    regions.boxes = take("visual_pos");
    regions.mask = take("visual_attention_mask");
    regions.types = take("visual_token_type_ids");
    if (regions.values.defined() && regions.values.dim() == 3 && regions.values.size(0) != 1)
        throw Error(Tr::tr("inputs: the regions of one picture are read at a time, [1, regions, numbers]."));
    return regions;
}

EncoderInput pictureOf(Model& model, const Inputs& inputs)
{
    const QString need = model.joint().regionNeed();
    const auto given = inputs.values.find(QStringLiteral("inputs"));
    if (!need.isEmpty()) {
        const EncoderInput regions = given != inputs.values.end() && given->second ? givenRegions(*given->second) : EncoderInput();
        if (!regions.values.defined())
            throw Error(need);
        return regions;
    }
    const Sample* sample = sampleWith(inputs, Modality::Image);
    if (!sample)
        throw Error(Tr::tr("This model reads a picture and a text together; give a sample with a picture."));
    return model.prepare(Modality::Image, { *sample });
}

QString textOf(const Model& model, const QJsonObject& options, const Inputs& inputs)
{
    const QString given = options.value(u"text").toString().trimmed();
    if (!given.isEmpty())
        return given;
    const Sample* sample = sampleWith(inputs, Modality::Text);
    if (sample && !sample->sources.at(Modality::Text).text.isEmpty())
        return sample->sources.at(Modality::Text).text;
    throw Error(Tr::tr("text: %1 reads a text beside the picture; say which, or give a sample that has one.").arg(model.path()));
}

} // namespace

JointReading readJoint(Model& model, const QJsonObject& options, const Inputs& inputs)
{
    model.joint(); // says so when there is none
    JointReading reading;
    reading.inputs[Modality::Image] = pictureOf(model, inputs);
    reading.text = textOf(model, options, inputs);
    Sample typed;
    typed.id = QStringLiteral("typed");
    typed.sources[Modality::Text].text = reading.text;
    EncoderInput& text = reading.inputs[Modality::Text] = model.prepare(Modality::Text, { typed });
    const at::Tensor ids = text.ids[0].contiguous();
    for (int64_t i = 0; i < ids.numel(); ++i)
        reading.tokens.append(model.tokenizer().token(ids.data_ptr<int64_t>()[i]));
    return reading;
}

} // namespace triptych::models
