#include "core/engine/models/tokenizers/CharsMap.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QtEndian>
#include <algorithm>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

} // namespace

CharsMap::CharsMap(const QByteArray& bytes, const QString& where)
{
    if (bytes.isEmpty())
        return;
    constexpr qsizetype head = sizeof(quint32);
    const qsizetype size = bytes.size() < head ? -1 : qsizetype(qFromLittleEndian<quint32>(bytes.constData()));
    if (size <= 0 || size % head != 0 || size > bytes.size() - head)
        throw Error(Tr::tr("%1: the precompiled_charsmap is damaged: its length does not fit.").arg(where));
    m_units.resize(size_t(size / head));
    for (size_t i = 0; i < m_units.size(); ++i)
        m_units[i] = qFromLittleEndian<quint32>(bytes.constData() + head * qsizetype(i + 1));
    m_texts = bytes.mid(head + size);
    if (!m_texts.endsWith('\0'))
        m_texts.append('\0');
}

quint32 CharsMap::unit(size_t index) const
{
    return index < m_units.size() ? m_units[index] : 0;
}

// Yata's darts-clone: bits 0-7 and 31 a label, 8 whether it has a value, 9 and 10-30 the offset of
// its children, or, in a leaf, 0-30 the value.
std::pair<size_t, size_t> CharsMap::longest(const char* bytes, size_t size) const
{
    constexpr quint32 leaf = 1u << 31;
    const auto offset = [](quint32 node) { return (node >> 10) << ((node & (1u << 9)) >> 6); };
    std::pair<size_t, size_t> best { 0, 0 };
    size_t place = offset(unit(0));
    for (size_t i = 0; i < size; ++i) {
        const auto byte = uchar(bytes[i]);
        place ^= byte;
        const quint32 node = unit(place);
        if (byte == 0 || (node & (leaf | 0xFF)) != byte)
            break;
        place ^= offset(node);
        if ((node >> 8) & 1)
            best = { i + 1, unit(place) & (leaf - 1) };
    }
    return best;
}

TracedText CharsMap::normalized(const TracedText& text) const
{
    if (m_units.empty())
        return text;
    QByteArray bytes;
    std::vector<size_t> starts; // of each character, and the end
    for (const TracedChar& part : text) {
        starts.push_back(size_t(bytes.size()));
        bytes += characterOf(part.code).toUtf8();
    }
    starts.push_back(size_t(bytes.size()));
    TracedText made;
    for (size_t i = 0; i < text.size();) {
        const auto [length, at] = longest(bytes.constData() + starts[i], starts.back() - starts[i]);
        const auto end = std::lower_bound(starts.begin() + i, starts.end(), starts[i] + length);
        if (length == 0 || *end != starts[i] + length || at >= size_t(m_texts.size())) {
            made.push_back(text[i++]);
            continue;
        }
        const auto next = size_t(end - starts.begin());
        const QString written = QString::fromUtf8(m_texts.constData() + at);
        checkGrowth(made.size() + size_t(written.size()), text.size());
        for (const uint code : written.toUcs4())
            made.push_back({ code, text[i].begin, text[next - 1].end });
        i = next;
    }
    return made;
}

} // namespace triptych
