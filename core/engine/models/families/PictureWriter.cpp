#include "core/engine/models/families/PictureWriter.h"

#include "core/engine/models/families/JointParts.h"

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

} // namespace triptych
