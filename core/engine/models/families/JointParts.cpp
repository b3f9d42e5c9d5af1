#include "core/engine/models/families/JointParts.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QStringList>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

} // namespace

const EncoderInput& pictureInput(const std::map<Modality, EncoderInput>& inputs)
{
    const auto found = inputs.find(Modality::Image);
    if (found == inputs.end() || !found->second.values.defined())
        throw Error(Tr::tr("This model reads a picture, and none was given."));
    return found->second;
}

const EncoderInput& textInput(const std::map<Modality, EncoderInput>& inputs)
{
    const auto found = inputs.find(Modality::Text);
    if (found == inputs.end() || !found->second.ids.defined())
        throw Error(Tr::tr("This model reads a text beside the picture, and none was given."));
    return found->second;
}

void checkPairs(const std::map<Modality, EncoderInput>& inputs)
{
    const int64_t pictures = pictureInput(inputs).values.size(0);
    const int64_t texts = textInput(inputs).ids.size(0);
    if (pictures != texts) {
        throw Error(Tr::tr("There are %1 pictures and %2 texts; each picture needs its own.").arg(pictures).arg(texts));
    }
}

Segment textSegment(int64_t length, int begin)
{
    return { Modality::Text, begin, { .gridRows = 1, .gridColumns = int(length) } };
}

Segment pictureSegment(const TokenLayout& layout, int begin)
{
    return { Modality::Image, begin, layout };
}

Segment regionSegment(int64_t count, int begin)
{
    return { Modality::Image, begin, { .gridRows = 1, .gridColumns = int(count) } };
}

at::Tensor AnswerHead::operator()(const at::Tensor& pooled) const
{
    const at::Tensor wide = first(pooled);
    return second(normFirst ? at::gelu(norm(wide)) : norm(at::gelu(wide)));
}

void nameLayers(Towers::NamedTensors& named, const std::string& name, const std::vector<at::Tensor>& layers)
{
    for (size_t i = 0; i < layers.size(); ++i)
        named[name + '.' + std::to_string(i)] = layers[i];
}

void nameOutputs(Towers::NamedTensors& named, const std::string& prefix, const EncoderOutput& output)
{
    nameLayers(named, prefix + "hidden_states", output.hidden);
    nameLayers(named, prefix + "attentions", output.attention);
    nameLayers(named, prefix + "cross_attentions", output.cross);
}

const at::Tensor& namedInput(const Towers::NamedTensors& inputs, const std::string& name)
{
    const auto found = inputs.find(name);
    if (found != inputs.end())
        return found->second;
    QStringList given;
    for (const auto& [known, tensor] : inputs)
        given.append(QString::fromStdString(known));
    throw Error(QCoreApplication::translate("models", "inputs: %1 is missing; there are %2.")
                    .arg(QString::fromStdString(name), given.join(QStringLiteral(", "))));
}

at::Tensor optionalInput(const Towers::NamedTensors& inputs, const std::string& name)
{
    const auto found = inputs.find(name);
    return found == inputs.end() ? at::Tensor() : found->second;
}

EncoderInput namedText(const Towers::NamedTensors& inputs)
{
    return { .ids = namedInput(inputs, "input_ids"), .mask = optionalInput(inputs, "attention_mask"),
        .types = optionalInput(inputs, "token_type_ids") };
}

Towers::NamedTensors namedSequence(const JointOutput& read)
{
    Towers::NamedTensors named { { "pooler_output", read.pooled },
        { "last_hidden_state", read.more.at("last_hidden_state") } };
    if (read.logits.defined())
        named["logits"] = read.logits;
    nameLayers(named, "hidden_states", read.hidden);
    nameLayers(named, "attentions", read.streams.front().attention);
    return named;
}

} // namespace triptych
