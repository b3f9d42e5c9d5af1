#include "core/engine/models/families/Roberta.h"

#include "core/engine/models/families/BertHeads.h"
#include "core/engine/models/families/conv/ConvNet.h"

#include <ATen/Functions.h>

namespace triptych {

namespace {

// dense, tanh, out_proj over the first token.
void readClassifier(TextReaders& readers, Weights& weights, const Config& config, int width)
{
    const auto dense = optionalLinear(weights, QStringLiteral("classifier.dense"), width, width);
    const auto out = optionalLinear(weights, QStringLiteral("classifier.out_proj"), width, classesOf(config));
    if (!dense || !out)
        return;
    readers.classify = [dense, out](const at::Tensor& last, const at::Tensor&) {
        return (*out)(at::tanh((*dense)(last.select(1, 0))));
    };
}

} // namespace

static WordHeadNames robertaWordNames()
{
    return { .dense = QStringLiteral("dense"), .norm = QStringLiteral("layer_norm") };
}

Towers buildRoberta(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    Weights& weights = source.weights;
    BertConfig bert = BertConfig::from(config);
    bert.padding = config.integer(QStringLiteral("pad_token_id"), 1, 0, bert.positions - 2);
    if (weights.has(QStringLiteral("roberta.embeddings.word_embeddings.weight")))
        bert.prefix = QStringLiteral("roberta.");
    const int width = bert.blocks.width;
    TextReaders readers;
    const auto makeHead = [&](const BertEmbeddings& embeddings) {
        readers.pooling = SentencePooling::in(source.folder, width, embeddings.words().device());
        readers.pooler = optionalLinear(weights, bert.prefix + QStringLiteral("pooler.dense"), width, width);
        const Scope words { weights, QStringLiteral("lm_head.") };
        BertConfig head = bert;
        head.blocks.activation = Activation::Gelu; // whatever the layers use
        const bool tied = config.boolean(QStringLiteral("tie_word_embeddings"), true);
        if (WordHead::isIn(words, robertaWordNames()))
            readers.words.emplace(words, head, tied ? embeddings.words() : at::Tensor(), robertaWordNames());
        readClassifier(readers, weights, config, width);
        return readers.head();
    };
    Towers towers;
    auto tower = std::make_unique<BertTower>(weights, bert, makeHead);
    addTower(towers, std::move(tower), readers.pooling.longest());
    if (readers.classify)
        towers.labels = labelsOf(config);
    return towers;
}

} // namespace triptych
