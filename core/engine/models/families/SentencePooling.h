#pragma once

#include "core/engine/models/families/BertTower.h"

namespace triptych {

/// How a sentence-transformers folder makes one vector of a text's tokens: modules.json names a
/// Pooling, Dense layers and whether rows are brought to length 1. Without one: the mean of the tokens.
class SentencePooling {
public:
    SentencePooling() = default;
    /// Reads FOLDER/modules.json when it is there (`folder` may be empty). Throws Error that names the file
    /// and what this version does not know in it.
    static SentencePooling in(const QString& folder, int width, const at::Device& device);

    int dim() const { return m_dim; } ///< 0: the width
    int longest() const { return m_longest; } ///< sentence_bert_config.json's max_seq_length; 0: none
    /// Sets pooled, pooledAt, embedding, and `more`: cls, mean_pooled, mean_pooled_normalized.
    void read(EncoderOutput& output, const at::Tensor& there) const;
    /// What comes after the pooling: [..., W] → [..., D].
    at::Tensor finish(const at::Tensor& pooled) const;

private:
    enum class Kind { Token, Max, Mean, MeanRoot, Weighted, Last };
    struct Layer {
        Linear linear;
        QString activation; ///< "Tanh", "Identity" …
    };
    void readPooling(const QString& path);
    void readDense(const QString& folder, const at::Device& device);
    int pooledWidth() const;
    at::Tensor pool(Kind kind, const at::Tensor& last, const at::Tensor& there) const;

    std::vector<Kind> m_kinds { Kind::Mean };
    std::vector<Layer> m_layers;
    bool m_unit = false;
    int m_width = 0;
    int m_dim = 0;
    int m_longest = 0;
};

/// Row sums of `last` over the tokens there are, divided by their number: [N,T,W] → [N,W].
at::Tensor meanOf(const at::Tensor& last, const at::Tensor& there);

} // namespace triptych
