#include "core/engine/models/families/DistilBert.h"

#include "core/engine/models/families/BertHeads.h"
#include "core/engine/models/families/conv/ConvNet.h"

#include <ATen/Functions.h>

namespace triptych {

namespace {

/// config.json's own words for what BERT names hidden_size and so on.
Config asBert(const Config& config)
{
    static const std::array<std::pair<const char*, const char*>, 5> words { { { "dim", "hidden_size" },
        { "hidden_dim", "intermediate_size" }, { "n_layers", "num_hidden_layers" },
        { "n_heads", "num_attention_heads" }, { "activation", "hidden_act" } } };
    QJsonObject json = config.json();
    json.insert(QStringLiteral("num_hidden_layers"), 6);
    json.insert(QStringLiteral("type_vocab_size"), 0);
    for (const auto& [own, berts] : words) {
        if (json.contains(QLatin1String(own)))
            json.insert(QLatin1String(berts), json.value(QLatin1String(own)));
    }
    return { json, config.where() };
}

BertConfig distilConfig(const Config& config)
{
    BertConfig bert = BertConfig::from(asBert(config));
    bert.blocks.attention = { .norm = QStringLiteral("sa_layer_norm"), .query = QStringLiteral("attention.q_lin"),
        .key = QStringLiteral("attention.k_lin"), .value = QStringLiteral("attention.v_lin"),
        .out = QStringLiteral("attention.out_lin") };
    bert.blocks.perceptron = { .norm = QStringLiteral("output_layer_norm"), .first = QStringLiteral("ffn.lin1"),
        .second = QStringLiteral("ffn.lin2") };
    bert.layers = QStringLiteral("transformer.layer");
    return bert;
}

// pre_classifier, relu, classifier over the first token.
void readClassifier(TextReaders& readers, Weights& weights, const Config& config, int width)
{
    const auto dense = optionalLinear(weights, QStringLiteral("pre_classifier"), width, width);
    const auto out = optionalLinear(weights, QStringLiteral("classifier"), width, classesOf(config));
    if (!dense || !out)
        return;
    readers.classify = [dense, out](const at::Tensor& last, const at::Tensor&) {
        return (*out)(at::relu((*dense)(last.select(1, 0))));
    };
}

} // namespace

Towers buildDistilBert(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    Weights& weights = source.weights;
    BertConfig bert = distilConfig(config);
    if (weights.has(QStringLiteral("distilbert.embeddings.word_embeddings.weight")))
        bert.prefix = QStringLiteral("distilbert.");
    const int width = bert.blocks.width;
    TextReaders readers;
    const auto makeHead = [&](const BertEmbeddings& embeddings) {
        readers.pooling = SentencePooling::in(source.folder, width, embeddings.words().device());
        const Scope words { weights, {} };
        const WordHeadNames names { .dense = QStringLiteral("vocab_transform"),
            .norm = QStringLiteral("vocab_layer_norm"), .decoder = QStringLiteral("vocab_projector.weight"),
            .bias = { QStringLiteral("vocab_projector.bias") } };
        const bool tied = config.boolean(QStringLiteral("tie_word_embeddings"), true);
        if (WordHead::isIn(words, names))
            readers.words.emplace(words, bert, tied ? embeddings.words() : at::Tensor(), names);
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
