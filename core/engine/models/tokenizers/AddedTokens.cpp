#include "core/engine/models/tokenizers/AddedTokens.h"

#include "core/engine/models/tokenizers/JsonPart.h"

#include <QCoreApplication>

namespace triptych {

namespace {

bool isWordPart(char32_t code)
{
    return QChar::isLetterOrNumber(code) || code == '_';
}

} // namespace

AddedToken AddedToken::from(const JsonPart& part, std::optional<qint64> id)
{
    AddedToken token;
    token.content = part.text("content");
    token.id = id ? *id : part.integer("id", -1);
    if (token.id < 0 || token.id > largestTokenId)
        part.fail(QCoreApplication::translate("models", "the added token %1 has no id.").arg(token.content));
    token.singleWord = part.boolean("single_word", false);
    token.left = part.boolean("lstrip", false);
    token.right = part.boolean("rstrip", false);
    token.special = part.boolean("special", false);
    token.normalized = part.boolean("normalized", !token.special);
    return token;
}

void AddedTokens::add(const AddedToken& token)
{
    if (!token.content.isEmpty())
        m_tokens[token.content] = token;
}

void AddedTokens::insert(Trie& trie, const TracedText& text, const AddedToken& token)
{
    if (text.empty())
        return;
    if (trie.empty())
        trie.emplace_back();
    int at = 0;
    for (const TracedChar& part : text) {
        const auto found = trie[size_t(at)].next.find(part.code);
        if (found != trie[size_t(at)].next.end()) {
            at = found->second;
        } else {
            trie[size_t(at)].next[part.code] = int(trie.size());
            at = int(trie.size());
            trie.emplace_back();
        }
    }
    trie[size_t(at)].token = &token;
}

void AddedTokens::finish(const Normalizer& normalizer)
{
    m_raw.clear();
    m_normalized.clear();
    m_byId.clear();
    size_t given = 0;
    for (const auto& [content, token] : m_tokens) {
        m_byId[token.id] = &token;
        const TracedText text = trace(content);
        given += text.size();
        if (token.normalized) {
            insert(m_normalized, normalizer ? normalizer(text) : text, token);
            checkGrowth(m_normalized.size(), given);
        } else {
            insert(m_raw, text, token);
        }
    }
}

const AddedToken* AddedTokens::find(qint64 id) const
{
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? nullptr : found->second;
}

std::pair<size_t, const AddedToken*> AddedTokens::longestAt(const Trie& trie, const TracedText& text, size_t at)
{
    std::pair<size_t, const AddedToken*> best { 0, nullptr };
    int node = 0;
    for (size_t i = at; i < text.size(); ++i) {
        const auto found = trie[size_t(node)].next.find(text[i].code);
        if (found == trie[size_t(node)].next.end())
            break;
        node = found->second;
        if (const AddedToken* token = trie[size_t(node)].token)
            best = { i + 1 - at, token };
    }
    if (best.second && best.second->singleWord) {
        const size_t end = at + best.first;
        if ((at > 0 && isWordPart(text[at - 1].code)) || (end < text.size() && isWordPart(text[end].code)))
            return { 0, nullptr };
    }
    return best;
}

std::vector<AddedTokens::Stretch> AddedTokens::split(const TracedText& text, bool normalized) const
{
    const Trie& trie = normalized ? m_normalized : m_raw;
    std::vector<Stretch> stretches;
    if (trie.empty()) {
        if (!text.empty())
            stretches.push_back({ text });
        return stretches;
    }
    size_t last = 0;
    const auto between = [&](size_t end) {
        if (end > last)
            stretches.push_back({ { text.begin() + last, text.begin() + end } });
    };
    for (size_t at = 0; at < text.size();) {
        const auto [length, token] = longestAt(trie, text, at);
        if (!token) {
            ++at;
            continue;
        }
        size_t begin = at;
        size_t end = at + length;
        while (token->left && begin > last && isSpace(text[begin - 1].code))
            --begin;
        between(begin);
        stretches.push_back({ { text.begin() + at, text.begin() + end }, token });
        while (token->right && end < text.size() && isSpace(text[end].code))
            ++end;
        at = last = end;
    }
    between(text.size());
    return stretches;
}

} // namespace triptych
