#include "core/engine/models/families/WordTower.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace triptych {

WordTower::WordTower(std::shared_ptr<WordStack> stack, Reads reads, std::optional<Linear> projection)
    : m_stack(std::move(stack))
    , m_reads(reads)
    , m_projection(std::move(projection))
{
}

int WordTower::dim() const
{
    return m_projection ? int(m_projection->weight.size(0)) : width();
}

EncoderOutput WordTower::encode(const EncoderInput& input, const Wants& wants)
{
    const c10::AutoGradMode mode(wants.gradients);
    EncoderOutput output = m_stack->run(input.ids, input.mask, {}, wants);
    const at::TensorOptions whole = at::TensorOptions().dtype(at::kLong).device(output.last.device());
    output.pooledAt = at::zeros({ input.ids.size(0) }, whole);
    if (m_reads == Reads::Last && input.mask.defined()) {
        const at::Tensor place = at::arange(input.ids.size(1), whole);
        output.pooledAt = (input.mask.to(output.last.device()).ne(0) * place).amax(1);
    } else if (m_reads == Reads::Last) {
        output.pooledAt.fill_(input.ids.size(1) - 1);
    }
    const at::Tensor index = output.pooledAt.view({ -1, 1, 1 }).expand({ -1, 1, output.last.size(2) });
    output.pooled = output.last.gather(1, index).squeeze(1);
    output.embedding = project(output.pooled);
    return output;
}

at::Tensor WordTower::project(const at::Tensor& last)
{
    return m_projection ? (*m_projection)(last) : last;
}

void addTower(Towers& towers, std::unique_ptr<WordTower> tower)
{
    towers.facts[Modality::Text] = { { QStringLiteral("layers"), tower->layers() },
        { QStringLiteral("heads"), tower->heads() }, { QStringLiteral("width"), tower->width() },
        { QStringLiteral("max_tokens"), tower->config().positions },
        { QStringLiteral("vocab"), tower->config().vocabulary },
        { QStringLiteral("causal"), tower->config().causal } };
    towers.encoders[Modality::Text] = std::move(tower);
}

} // namespace triptych
