#include "core/engine/models/families/BertHeads.h"

#include "core/engine/models/families/conv/ConvNet.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>

namespace triptych {

bool WordHead::isIn(const Scope& scope, const WordHeadNames& names)
{
    return scope.weights.has(scope.prefix + names.dense + QStringLiteral(".weight"));
}

WordHead::WordHead(
    const Scope& scope, const BertConfig& config, const at::Tensor& tied, const WordHeadNames& names)
    : m_dense(scope.in(names.dense), config.blocks.width, config.blocks.width, 1 / std::sqrt(config.blocks.width))
    , m_norm(scope.in(names.norm), config.blocks.width, config.blocks.epsilon)
    , m_activation(config.blocks.activation)
{
    const int vocabulary = config.vocabulary;
    m_decoder.weight = tied.defined()
        ? tied
        : scope.take(names.decoder, { vocabulary, config.blocks.width }, Init::normal(0.02));
    for (const QString& name : names.bias) {
        if (!m_decoder.bias.defined() && scope.weights.has(scope.prefix + name))
            m_decoder.bias = scope.take(name, { vocabulary }, Init::constant(0));
    }
}

at::Tensor WordHead::operator()(const at::Tensor& values) const
{
    return m_decoder(m_norm(activate(m_dense(values), m_activation)));
}

std::optional<Linear> optionalLinear(Weights& weights, const QString& name, int in, int out)
{
    if (!weights.has(name + QStringLiteral(".weight")))
        return {};
    return Linear(Scope { weights, name + u'.' }, in, out, 1 / std::sqrt(double(in)));
}

TextHead TextReaders::head() const
{
    TextHead head;
    head.dim = pooling.dim();
    head.project = [pooling = pooling](const at::Tensor& last) { return pooling.finish(last); };
    head.read = [readers = *this](EncoderOutput& output, const at::Tensor& there, const Wants& wants) {
        readers.pooling.read(output, there);
        at::Tensor pooled;
        if (readers.pooler) {
            pooled = at::tanh((*readers.pooler)(output.last.select(1, 0)));
            output.more["pooler_output"] = pooled;
        }
        // Scores over a whole vocabulary cost a third of the encoder.
        if (readers.words && wants.hidden)
            output.more["prediction_logits"] = (*readers.words)(output.last);
        if (readers.next && pooled.defined())
            output.more["seq_relationship_logits"] = (*readers.next)(pooled);
        if (readers.classify)
            output.more["logits"] = readers.classify(output.last, pooled);
    };
    return head;
}

int classesOf(const Config& config)
{
    const int named = int(labelsOf(config).size());
    return named > 0 ? named : config.integer(QStringLiteral("num_labels"), 2, 1, 1 << 20);
}

} // namespace triptych
