#pragma once

#include "core/engine/models/tokenizers/AddedTokens.h"

#include <QJsonObject>
#include <string>
#include <unordered_map>
#include <vector>

namespace triptych {

/// What the small files beside a vocabulary say: tokenizer_config.json, special_tokens_map.json,
/// added_tokens.json; and which vocabulary files there are.
class TokenizerFiles {
public:
    using Vocabulary = std::unordered_map<std::string, qint64>;
    /// vocab.json and merges.txt, or the same out of tokenizer.json.
    struct BytePairs {
        Vocabulary vocabulary;
        std::vector<std::string> merges; ///< "left right", best first
    };

    /// Throws Error when a file is damaged.
    explicit TokenizerFiles(const QString& folder);

    QString folder() const { return m_folder; }
    /// tokenizer_class without "Fast"; or what config.json's model_type, or the files, stand for.
    QString className() const { return m_class; }
    /// Path of a file, empty when the folder does not have it.
    QString path(const char* name) const;
    bool has(const char* name) const { return !path(name).isEmpty(); }
    /// Throws Error when a file is damaged or there is none.
    BytePairs bytePairs() const;
    /// added_tokens_decoder and added_tokens.json.
    const std::vector<AddedToken>& added() const { return m_added; }
    /// bos_token, pad_token …; `fallback` when no file names it.
    QString special(const QString& name, const QString& fallback) const;
    /// Every special token that the files name, additional ones included.
    QStringList specials() const;
    int maxLength() const; ///< model_max_length, 0 when none is named
    bool padsLeft(bool fallback = false) const;
    bool cutsLeft(bool fallback = false) const;
    /// A switch of tokenizer_config.json.
    bool boolean(const char* key, bool fallback) const;
    bool hasValue(const char* key) const;

private:
    QString guessedClass() const;
    bool vocabularyNames(const char* token) const;
    void readAdded();

    QString m_folder;
    QString m_class;
    QJsonObject m_config;
    QJsonObject m_specials;
    std::vector<AddedToken> m_added;
};

/// Lines of a vocab.txt; the last may lack its end. Throws Error when the file holds none.
std::vector<std::string> vocabularyLines(const QString& path);

} // namespace triptych
