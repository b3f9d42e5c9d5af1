#pragma once

#include <ATen/core/Tensor.h>
#include <QSet>
#include <QString>
#include <memory>
#include <vector>

namespace triptych {

/// What a CTC head's scores spell (Graves et al. 2006): the likeliest letter of each frame, equal
/// neighbours joined, blanks left out.
class CtcLetters {
public:
    /// vocab.json, tokenizer_config.json and special_tokens_map.json of `folder`, as
    /// Wav2Vec2CTCTokenizer reads them. Null when there is no vocabulary. Throws Error on one that is
    /// damaged or larger than `vocabulary`.
    static std::shared_ptr<const CtcLetters> in(const QString& folder, int vocabulary);

    struct Word {
        QString text;
        int64_t begin = 0; ///< frames [begin, end)
        int64_t end = 0;
    };
    /// Scores [frames, vocabulary] to words.
    std::vector<Word> words(const at::Tensor& logits) const;
    /// The same from one id a frame.
    std::vector<Word> words(const std::vector<qint64>& ids) const;

private:
    std::vector<QString> m_letters;
    QSet<qint64> m_silent; ///< the blank, start and end
    qint64 m_space = -1;   ///< word_delimiter_token
    bool m_lowers = false;
};

/// Words with spaces between.
QString textOf(const std::vector<CtcLetters::Word>& words);

} // namespace triptych
