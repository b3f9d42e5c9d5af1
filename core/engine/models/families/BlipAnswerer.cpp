#include "core/engine/models/families/BlipAnswerer.h"

#include "core/engine/models/families/JointParts.h"

namespace triptych {

BlipAnswerer::BlipAnswerer(Encoder& pictures, std::shared_ptr<WordStack> question,
    std::unique_ptr<WordStack> answer, WritingRules rules)
    : m_pictures(pictures)
    , m_question(std::move(question))
    , m_answer(std::move(answer))
    , m_rules(std::move(rules))
{
}

Memory BlipAnswerer::memoryOf(
    const EncoderOutput& question, const at::Tensor& mask, const TokenLayout& seen) const
{
    Memory memory;
    memory.states = question.last;
    memory.mask = mask;
    memory.layout = question.layout;
    memory.modality = Modality::Text;
    memory.looked = question.cross;
    memory.source = seen;
    return memory;
}

Memory BlipAnswerer::read(const std::map<Modality, EncoderInput>& inputs, const Wants& wants)
{
    const c10::AutoGradMode mode(wants.gradients);
    const EncoderInput& text = textInput(inputs);
    checkPairs(inputs);
    const EncoderOutput seen = m_pictures.encode(pictureInput(inputs), wants);
    return memoryOf(m_question->run(text.ids, text.mask, { .states = seen.last }, wants), text.mask, seen.layout);
}

std::vector<std::pair<std::string, at::Tensor>> BlipAnswerer::parameters()
{
    auto all = m_question->parameters();
    const auto& own = m_answer->parameters();
    all.insert(all.end(), own.begin(), own.end());
    return all;
}

Towers::NamedTensors BlipAnswerer::forward(const Towers::NamedTensors& inputs)
{
    const Wants wants { .hidden = true, .attention = true };
    const EncoderOutput seen = m_pictures.encode({ .values = namedInput(inputs, "pixel_values") }, wants);
    const at::Tensor mask = optionalInput(inputs, "attention_mask");
    const EncoderOutput question
        = m_question->run(namedInput(inputs, "input_ids"), mask, { .states = seen.last }, wants);
    Towers::NamedTensors named { { "vision.last_hidden_state", seen.last }, { "vision.pooler_output", seen.pooled },
        { "question.last_hidden_state", question.last } };
    nameOutputs(named, "vision.", seen);
    nameOutputs(named, "question.", question);
    if (const at::Tensor ids = optionalInput(inputs, "decoder_input_ids"); ids.defined()) {
        const EncoderOutput answer = m_answer->decode(ids, memoryOf(question, mask, seen.layout), wants);
        named["answer.logits"] = answer.more.at("logits");
        nameOutputs(named, "answer.", answer);
    }
    return named;
}

} // namespace triptych
