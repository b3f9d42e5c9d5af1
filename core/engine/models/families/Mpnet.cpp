#include "core/engine/models/families/Mpnet.h"

#include "core/engine/models/families/BertHeads.h"

namespace triptych {

Towers buildMpnet(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    Weights& weights = source.weights;
    BertConfig bert = BertConfig::from(config);
    bert.types = 0;
    bert.padding = config.integer(QStringLiteral("pad_token_id"), 1, 0, bert.positions - 2);
    bert.buckets = config.integer(QStringLiteral("relative_attention_num_buckets"), 32, 4, 4096);
    bert.blocks.attention = { .norm = QStringLiteral("attention.LayerNorm"), .query = QStringLiteral("attention.attn.q"),
        .key = QStringLiteral("attention.attn.k"), .value = QStringLiteral("attention.attn.v"),
        .out = QStringLiteral("attention.attn.o") };
    if (weights.has(QStringLiteral("mpnet.embeddings.word_embeddings.weight")))
        bert.prefix = QStringLiteral("mpnet.");
    const int width = bert.blocks.width;
    TextReaders readers;
    const auto makeHead = [&](const BertEmbeddings& embeddings) {
        readers.pooling = SentencePooling::in(source.folder, width, embeddings.words().device());
        readers.pooler = optionalLinear(weights, bert.prefix + QStringLiteral("pooler.dense"), width, width);
        const WordHeadNames names { .dense = QStringLiteral("dense"), .norm = QStringLiteral("layer_norm") };
        const Scope words { weights, QStringLiteral("lm_head.") };
        const bool tied = config.boolean(QStringLiteral("tie_word_embeddings"), true);
        if (WordHead::isIn(words, names))
            readers.words.emplace(words, bert, tied ? embeddings.words() : at::Tensor(), names);
        return readers.head();
    };
    Towers towers;
    auto tower = std::make_unique<BertTower>(weights, bert, makeHead);
    addTower(towers, std::move(tower), readers.pooling.longest());
    return towers;
}

} // namespace triptych
