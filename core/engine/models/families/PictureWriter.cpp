#include "core/engine/models/families/PictureWriter.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QStringList>

namespace triptych {

PictureWriter::PictureWriter(
    Encoder& pictures, std::optional<Linear> bridge, std::unique_ptr<WordStack> decoder, WritingRules rules)
    : m_pictures(pictures)
    , m_bridge(std::move(bridge))
    , m_decoder(std::move(decoder))
    , m_rules(std::move(rules))
{
}

Memory PictureWriter::read(const std::map<Modality, EncoderInput>& inputs, const Wants& wants)
{
    const c10::AutoGradMode mode(wants.gradients);
    return memoryOf(m_pictures.encode(pictureInput(inputs), wants));
}

Memory PictureWriter::memoryOf(const EncoderOutput& output) const
{
    Memory memory;
    memory.states = m_bridge ? (*m_bridge)(output.last) : output.last;
    memory.layout = output.layout;
    return memory;
}

std::vector<std::pair<std::string, at::Tensor>> PictureWriter::parameters()
{
    return m_decoder->parameters();
}

const EncoderInput& pictureInput(const std::map<Modality, EncoderInput>& inputs)
{
    const auto found = inputs.find(Modality::Image);
    if (found == inputs.end())
        throw Error(QCoreApplication::translate("models", "This model reads a picture, and none was given."));
    return found->second;
}

void nameOutputs(Towers::NamedTensors& named, const std::string& prefix, const EncoderOutput& output)
{
    const auto add = [&](const char* name, const std::vector<at::Tensor>& layers) {
        for (size_t i = 0; i < layers.size(); ++i)
            named[prefix + name + '.' + std::to_string(i)] = layers[i];
    };
    add("hidden_states", output.hidden);
    add("attentions", output.attention);
    add("cross_attentions", output.cross);
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

} // namespace triptych
