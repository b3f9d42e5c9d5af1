#include "core/engine/models/files/Pickle.h"

#include <QCoreApplication>

// Protocol 0: numbers and texts stand in lines.
namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

// 'a text' or "a text", as Python prints it; torch never puts more than plain characters there.
QByteArray unquoted(const QByteArray& line)
{
    const bool quoted = line.size() >= 2 && line.front() == line.back() && (line.front() == '\'' || line.front() == '"');
    return quoted ? line.mid(1, line.size() - 2) : line;
}

} // namespace

bool PickleReader::stepLine(uchar code)
{
    const auto integer = [this](QByteArray text) {
        if (text.endsWith('L'))
            text.chop(1);
        bool fits = false;
        const qint64 value = text.toLongLong(&fits);
        if (!fits)
            fail(Tr::tr("the pickle has a number that is none."));
        push(make(Kind::Integer))->integer = value;
    };
    switch (code) {
    case 'I': {
        const QByteArray text = line();
        if (text == "00" || text == "01")
            push(make(Kind::Boolean))->integer = text == "01";
        else
            integer(text);
        return true;
    }
    case 'L':
        integer(line());
        return true;
    case 'F': {
        const QByteArray text = line();
        push(make(Kind::Real))->real = text.toDouble();
        return true;
    }
    case 'S': {
        const QByteArray text = unquoted(line());
        push(make(Kind::Text))->text = text;
        return true;
    }
    case 'V': {
        const QByteArray text = line();
        push(make(Kind::Text))->text = text;
        return true;
    }
    case 'p':
        m_memo[line().toULongLong()] = top();
        return true;
    case 'g':
        get(line().toULongLong());
        return true;
    default:
        return false;
    }
}

} // namespace triptych
