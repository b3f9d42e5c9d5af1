#include "core/engine/models/tokenizers/TextPieces.h"

namespace triptych {

void TokenTable::add(const std::string& token, qint64 id)
{
    m_ids[token] = id;
    m_tokens[id] = QString::fromStdString(token);
    m_size = std::max(m_size, id + 1);
}

qint64 TokenTable::idOf(const std::string& token) const
{
    const auto found = m_ids.find(token);
    return found == m_ids.end() ? -1 : found->second;
}

QString TokenTable::tokenOf(qint64 id) const
{
    return m_tokens.value(id);
}

void TokenTable::reserve(size_t count)
{
    m_ids.reserve(count);
    m_tokens.reserve(qsizetype(count));
}

std::string byteToken(uchar byte)
{
    const QString digits = QString::number(byte, 16).toUpper().rightJustified(2, u'0');
    return QStringLiteral("<0x%1>").arg(digits).toStdString();
}

std::string utf8Of(const TracedText& text)
{
    return plain(text).toStdString();
}

} // namespace triptych
