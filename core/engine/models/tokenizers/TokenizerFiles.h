#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <string>
#include <unordered_map>
#include <vector>

namespace triptych {

/// What a tokenizer's files say, whichever of them there are: vocab.json + merges.txt, or
/// tokenizer.json; tokenizer_config.json and special_tokens_map.json beside them.
class TokenizerFiles {
public:
    using Vocabulary = std::unordered_map<std::string, qint64>;

    /// Throws Error when a file is damaged or there is none.
    explicit TokenizerFiles(const QString& folder);

    QString folder() const { return m_folder; }
    QString className() const; ///< tokenizer_class without "Fast", or what the files look like
    bool isClip() const;
    const Vocabulary& vocabulary() const { return m_vocabulary; }
    /// "left right", best first.
    const std::vector<std::string>& merges() const { return m_merges; }
    /// added_tokens of tokenizer.json and tokenizer_config.json.
    const Vocabulary& added() const { return m_added; }
    /// bos_token, pad_token …; `fallback` when no file names it.
    QString special(const QString& name, const QString& fallback) const;
    int maxLength() const; ///< model_max_length, 0 when none is named
    bool padsLeft() const;
    /// tokenize_chinese_chars: every Chinese character is a word of its own.
    bool setsChineseApart() const;

private:
    void readVocabulary(const QString& path);
    void readMerges(const QString& path);
    void readTokenizerJson(const QString& path);

    QString m_folder;
    QJsonObject m_config;
    QJsonObject m_specials;
    Vocabulary m_vocabulary;
    Vocabulary m_added;
    std::vector<std::string> m_merges;
    QString m_modelType;
};

} // namespace triptych
