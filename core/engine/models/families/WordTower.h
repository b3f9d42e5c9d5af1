#pragma once

#include "core/engine/models/families/Towers.h"
#include "core/engine/models/families/WordStack.h"

namespace triptych {

/// A WordStack that reads texts without a memory, as a text tower.
class WordTower final : public Encoder {
public:
    enum class Reads { First, Last }; ///< token that the embedding is taken from

    WordTower(std::shared_ptr<WordStack> stack, Reads reads, std::optional<Linear> projection = {});
    Modality modality() const override { return Modality::Text; }
    int dim() const override;
    int width() const override { return m_stack->config().blocks.width; }
    int layers() const override { return m_stack->config().blocks.layers; }
    int heads() const override { return m_stack->config().blocks.heads; }
    EncoderOutput encode(const EncoderInput& input, const Wants& wants) override;
    at::Tensor project(const at::Tensor& last) override;
    std::vector<std::pair<std::string, at::Tensor>> parameters() override { return m_stack->parameters(); }
    const WordStackConfig& config() const { return m_stack->config(); }

private:
    std::shared_ptr<WordStack> m_stack;
    Reads m_reads;
    std::optional<Linear> m_projection;
};

/// Puts a tower into `towers` with its line for `info`.
void addTower(Towers& towers, std::unique_ptr<WordTower> tower);

} // namespace triptych
