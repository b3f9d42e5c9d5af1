#include "core/engine/models/families/WordStack.h"

#include "core/engine/models/families/BertEmbeddings.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <limits>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

/// [1,1,T,before + T]: a token sees itself and what came before.
at::Tensor later(int64_t length, int64_t before, const at::Device& device)
{
    return at::ones({ 1, 1, length, before + length }, at::TensorOptions().dtype(at::kBool).device(device))
        .triu(before + 1);
}

} // namespace

at::Tensor addedMask(const at::Tensor& blocked)
{
    return at::zeros(blocked.sizes(), at::TensorOptions().dtype(at::kFloat).device(blocked.device()))
        .masked_fill_(blocked, std::numeric_limits<float>::lowest());
}

WordStack::WordStack(Weights& weights, const WordStackConfig& config)
    : m_config(config)
{
    const WordStackNames& names = config.names;
    const Scope scope { weights, names.prefix };
    const int width = config.blocks.width;
    const QString weight = QStringLiteral(".weight");
    m_words = scope.take(names.words + weight, { config.vocabulary, width }, Init::normal(0.02));
    m_places = scope.take(names.places + weight, { config.positions, width }, Init::normal(0.01));
    if (!names.norm.isEmpty())
        m_norm = LayerNorm(scope.in(names.norm), width, config.blocks.epsilon);
    m_transformer = std::make_unique<Transformer>(scope.in(names.layers), config.blocks);
    if (!names.after.isEmpty())
        m_after = LayerNorm(scope.in(names.after), width, config.blocks.epsilon);
    m_parameters = weights.released();
}

void WordStack::check(const at::Tensor& ids, int64_t before) const
{
    if (!ids.defined() || ids.dim() != 2 || ids.numel() == 0)
        throw Error(Tr::tr("The text needs token ids [texts, tokens] with at least one token."));
    if (before + ids.size(1) > m_config.positions) {
        throw Error(Tr::tr("A text of %1 tokens is longer than the %2 this model reads; turn truncation on.")
                        .arg(before + ids.size(1))
                        .arg(m_config.positions));
    }
    if (ids.min().item<int64_t>() < 0 || ids.max().item<int64_t>() >= m_config.vocabulary) {
        throw Error(Tr::tr("A token id is outside this model's vocabulary of %1: the tokenizer belongs to another "
                           "model.").arg(m_config.vocabulary));
    }
}

EncoderOutput WordStack::decode(
    const at::Tensor& ids, const Memory& memory, const Wants& wants, DecoderCache* cache)
{
    return run(ids, {}, memory, wants, cache);
}

EncoderOutput WordStack::run(const at::Tensor& ids, const at::Tensor& mask, const Memory& memory,
    const Wants& wants, DecoderCache* cache)
{
    const int64_t before = cache && !cache->empty() && cache->front().key.defined() ? cache->front().key.size(2) : 0;
    check(ids, before);
    const c10::AutoGradMode mode(wants.gradients);
    const at::Device device = m_words.device();
    const int64_t length = ids.size(1);
    at::Tensor embedded = at::embedding(m_words, ids.to(at::TensorOptions().dtype(at::kLong).device(device)))
        + m_places.narrow(0, before, length).unsqueeze(0);
    if (m_norm)
        embedded = (*m_norm)(embedded);
    at::Tensor added = paddingScores(mask, device);
    if (m_config.causal && length > 1) {
        const at::Tensor ahead = addedMask(later(length, before, device));
        added = added.defined() ? at::minimum(added, ahead) : ahead;
    }
    m_transformer->refresh(versionOf(m_parameters));
    EncoderOutput output;
    output.last = m_transformer->run(embedded, added,
        { memory.states, paddingScores(memory.mask, device), cache }, wants, output);
    if (m_after) {
        output.last = (*m_after)(output.last);
        if (wants.hidden)
            output.hidden.back() = output.last; // the reference counts the normed states as the last
    }
    if (m_config.head)
        output.more["logits"] = m_config.head(output.last);
    output.layout.gridRows = 1;
    output.layout.gridColumns = int(length);
    return output;
}

} // namespace triptych
