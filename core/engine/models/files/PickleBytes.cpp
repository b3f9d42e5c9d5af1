#include "core/engine/models/files/Pickle.h"

#include <QCoreApplication>
#include <cstring>

// Every byte a pickle is read by is asked for here, and never past the end; so is every node.
namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

} // namespace

QByteArray PickleReader::bytes(quint64 count)
{
    if (count > quint64(m_size - m_at))
        fail(Tr::tr("the pickle ends in the middle; the download is incomplete, fetch it again."));
    const QByteArray taken(reinterpret_cast<const char*>(m_data) + m_at, static_cast<qsizetype>(count));
    m_at += static_cast<qint64>(count);
    return taken;
}

quint64 PickleReader::number(int count)
{
    if (count > m_size - m_at)
        fail(Tr::tr("the pickle ends in the middle; the download is incomplete, fetch it again."));
    quint64 value = 0;
    for (int i = 0; i < count; ++i)
        value |= quint64(m_data[m_at + i]) << (8 * i);
    m_at += count;
    return value;
}

// Two's complement. What does not fit 64 bits (the magic number of old files) keeps its low part.
qint64 PickleReader::bigInteger(qint64 count)
{
    const QByteArray digits = bytes(static_cast<quint64>(count));
    quint64 value = 0;
    for (qsizetype i = 0; i < qMin<qsizetype>(digits.size(), 8); ++i)
        value |= quint64(uchar(digits[i])) << (8 * i);
    const bool negative = !digits.isEmpty() && (uchar(digits.back()) & 0x80);
    if (negative && digits.size() < 8)
        value |= ~quint64(0) << (8 * digits.size());
    return static_cast<qint64>(value);
}

QByteArray PickleReader::line()
{
    const void* end = std::memchr(m_data + m_at, '\n', static_cast<size_t>(m_size - m_at));
    if (!end)
        fail(Tr::tr("the pickle ends in the middle; the download is incomplete, fetch it again."));
    const qint64 length = static_cast<const uchar*>(end) - (m_data + m_at);
    const QByteArray text = bytes(static_cast<quint64>(length));
    ++m_at;
    return text;
}

void PickleReader::get(quint64 index)
{
    const auto found = m_memo.find(index);
    if (found == m_memo.end())
        fail(Tr::tr("the pickle is damaged: it recalls what it never stored."));
    push(found->second);
}

std::vector<const PickleNode*> PickleReader::storages() const
{
    std::vector<const Node*> found;
    for (const auto& node : m_nodes) {
        if (node->kind == Kind::Storage)
            found.push_back(node.get());
    }
    return found;
}

// A byte can ask for a node of a hundred: what no list of tensors needs would fill the memory.
PickleNode* PickleReader::make(Kind kind)
{
    constexpr size_t most = 2'000'000;
    if (m_nodes.size() >= most)
        fail(Tr::tr("the list of tensors is unreasonably long."));
    m_nodes.push_back(std::make_unique<Node>());
    m_nodes.back()->kind = kind;
    return m_nodes.back().get();
}

} // namespace triptych
