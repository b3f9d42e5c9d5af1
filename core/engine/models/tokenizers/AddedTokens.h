#pragma once

#include "core/engine/models/tokenizers/Normalizers.h"

#include <map>
#include <optional>

namespace triptych {

/// No vocabulary is larger; a larger id is a damaged one.
constexpr qint64 largestTokenId = 100'000'000;

class JsonPart;

/// A token that is looked for in the text before anything else.
struct AddedToken {
    qint64 id = 0;
    QString content;
    bool singleWord = false; ///< not inside a word
    bool left = false;       ///< takes the spaces before it
    bool right = false;      ///< takes the spaces behind it
    bool normalized = false; ///< looked for in the normalised text
    bool special = false;    ///< left out when ids become text again

    /// An entry of "added_tokens"; `id` when it is named elsewhere. Throws Error.
    static AddedToken from(const JsonPart& part, std::optional<qint64> id = {});
};

/// Finds added tokens in a text: the leftmost, of those the longest.
class AddedTokens {
public:
    void add(const AddedToken& token);
    /// To be called when all are in: those that are normalised are looked for as `normalizer` (may be
    /// empty) writes them.
    void finish(const Normalizer& normalizer);

    /// A piece of the text: a token, or (null) what stands between.
    struct Stretch {
        TracedText text;
        const AddedToken* token = nullptr;
    };
    std::vector<Stretch> split(const TracedText& text, bool normalized) const;

    const std::map<QString, AddedToken>& all() const { return m_tokens; }
    const AddedToken* find(qint64 id) const;

private:
    struct Node {
        std::map<char32_t, int> next;
        const AddedToken* token = nullptr;
    };
    using Trie = std::vector<Node>;
    static void insert(Trie& trie, const TracedText& text, const AddedToken& token);
    static std::pair<size_t, const AddedToken*> longestAt(const Trie& trie, const TracedText& text, size_t at);

    std::map<QString, AddedToken> m_tokens;
    std::map<qint64, const AddedToken*> m_byId;
    Trie m_raw;
    Trie m_normalized;
};

} // namespace triptych
