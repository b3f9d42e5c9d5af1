#include "core/engine/models/tokenizers/BytePairs.h"

#include <QList>
#include <array>
#include <limits>

namespace triptych {

namespace {

// GPT-2 writes every byte as a printable character: printable Latin-1 as itself, the other 68 from
// U+0100 on.
bool isPrintable(int byte)
{
    return (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

std::array<std::string, 256> makeAlphabet()
{
    std::array<std::string, 256> alphabet;
    char16_t next = 0x100;
    for (int byte = 0; byte < 256; ++byte) {
        const auto code = isPrintable(byte) ? static_cast<char16_t>(byte) : next++;
        alphabet[byte] = QString(QChar(code)).toStdString();
    }
    return alphabet;
}

const std::array<std::string, 256>& alphabet()
{
    static const std::array<std::string, 256> made = makeAlphabet();
    return made;
}

} // namespace

BytePairs::BytePairs(const std::vector<std::string>& merges, std::string ending)
    : m_ending(std::move(ending))
{
    m_ranks.reserve(merges.size());
    for (size_t i = 0; i < merges.size(); ++i)
        m_ranks.emplace(merges[i], i);
}

std::vector<BytePairs::Symbol> BytePairs::split(const TracedText& word) const
{
    std::vector<Symbol> symbols;
    for (const TracedChar& part : word) {
        for (const char byte : characterOf(part.code).toUtf8())
            symbols.push_back({ alphabet()[uchar(byte)], part.begin, part.end });
    }
    if (symbols.empty())
        return symbols;
    symbols.back().text += m_ending;
    while (symbols.size() > 1) {
        constexpr size_t none = std::numeric_limits<size_t>::max();
        size_t best = none;
        for (size_t i = 0; i + 1 < symbols.size(); ++i) {
            const auto found = m_ranks.find(symbols[i].text + ' ' + symbols[i + 1].text);
            if (found != m_ranks.end() && found->second < best)
                best = found->second;
        }
        if (best == none)
            break;
        // Every place of the best pair, left to right.
        std::vector<Symbol> merged;
        for (size_t i = 0; i < symbols.size(); ++i) {
            if (i + 1 < symbols.size()) {
                const auto found = m_ranks.find(symbols[i].text + ' ' + symbols[i + 1].text);
                if (found != m_ranks.end() && found->second == best) {
                    merged.push_back({ symbols[i].text + symbols[i + 1].text, symbols[i].begin,
                        symbols[i + 1].end });
                    ++i;
                    continue;
                }
            }
            merged.push_back(symbols[i]);
        }
        symbols = std::move(merged);
    }
    return symbols;
}

} // namespace triptych
