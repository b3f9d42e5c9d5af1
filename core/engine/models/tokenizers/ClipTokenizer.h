#pragma once

#include "core/engine/models/Tokenizer.h"
#include "core/engine/models/tokenizers/BytePairs.h"
#include "core/engine/models/tokenizers/TokenizerFiles.h"

namespace triptych {

/// CLIPTokenizer of transformers, without ftfy's repairs: NFC, spaces cleaned, lower case, byte pairs
/// with </w>. "tokenize_chinese_chars": true in tokenizer_config.json sets Chinese characters apart, as
/// the model that ships has it.
class ClipTokenizer final : public Tokenizer {
public:
    explicit ClipTokenizer(const TokenizerFiles& files);

    QString name() const override { return QStringLiteral("CLIPTokenizer"); }
    qint64 vocabularySize() const override { return m_size; }
    QString token(qint64 id) const override;
    QString decode(const std::vector<qint64>& ids, bool skipSpecial = true) const override;

protected:
    Pieces pieces(const QString& text) const override;
    Tokens join(const Pieces& first, const Pieces* second) const override;
    int specials(bool pair) const override { return pair ? 4 : 2; }

private:
    ClipTokenizer(const TokenizerFiles& files, TokenizerFiles::BytePairs read);
    void addWords(const TracedText& text, Pieces& to) const;
    void addWord(const TracedText& word, Pieces& to) const;
    size_t matchAt(const TracedText& text, size_t at) const;
    const Piece* specialAt(const TracedText& text, size_t at) const;
    Piece special(const TokenizerFiles& files, const QString& name, const QString& fallback);

    TokenizerFiles::Vocabulary m_vocabulary;
    std::unordered_map<qint64, QString> m_tokens;
    BytePairs m_pairs;
    std::vector<Piece> m_specials; ///< may stand in the text as themselves
    Piece m_start;
    Piece m_end;
    Piece m_unknown;
    qint64 m_size = 0;
    bool m_chineseApart = false;
};

} // namespace triptych
