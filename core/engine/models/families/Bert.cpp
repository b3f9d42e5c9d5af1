#include "core/engine/models/families/Bert.h"

#include "core/engine/models/families/BertHeads.h"
#include "core/engine/models/families/conv/ConvNet.h"

namespace triptych {

Towers buildBert(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    Weights& weights = source.weights;
    BertConfig bert = BertConfig::from(config);
    if (weights.has(QStringLiteral("bert.embeddings.word_embeddings.weight")))
        bert.prefix = QStringLiteral("bert.");
    const int width = bert.blocks.width;
    TextReaders readers;
    const auto makeHead = [&](const BertEmbeddings& embeddings) {
        readers.pooling = SentencePooling::in(source.folder, width, embeddings.words().device());
        readers.pooler = optionalLinear(weights, bert.prefix + QStringLiteral("pooler.dense"), width, width);
        readers.next = optionalLinear(weights, QStringLiteral("cls.seq_relationship"), width, 2);
        const Scope words { weights, QStringLiteral("cls.predictions.") };
        const bool tied = config.boolean(QStringLiteral("tie_word_embeddings"), true);
        if (WordHead::isIn(words))
            readers.words.emplace(words, bert, tied ? embeddings.words() : at::Tensor());
        const auto classifier = readers.pooler
            ? optionalLinear(weights, QStringLiteral("classifier"), width, classesOf(config))
            : std::nullopt; // without a pooler it is one for single tokens
        if (classifier)
            readers.classify = [classifier](const at::Tensor&, const at::Tensor& pooled) { return (*classifier)(pooled); };
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
