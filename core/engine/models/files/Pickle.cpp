#include "core/engine/models/files/Pickle.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QtEndian>
#include <cstring>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

} // namespace

PickleReader::PickleReader(const uchar* data, qint64 size, QString file, For what)
    : m_data(data)
    , m_size(size)
    , m_file(std::move(file))
    , m_for(what)
{
}

PickleReader::~PickleReader() = default;

void PickleReader::fail(const QString& what) const
{
    throw Error(QStringLiteral("%1: %2").arg(m_file, what));
}

const PickleNode& PickleReader::read()
{
    m_stack.clear();
    m_marks.clear();
    m_memo.clear();
    constexpr uchar stop = '.';
    for (;;) {
        const auto code = static_cast<uchar>(number(1));
        if (code == stop)
            return *pop();
        step(code);
    }
}

void PickleReader::step(uchar code)
{
    if (stepNumber(code) || stepText(code) || stepContainer(code) || stepMemo(code) || stepLine(code))
        return;
    switch (code) {
    case 0x80: // PROTO
        number(1);
        return;
    case 0x95: // FRAME
        number(8);
        return;
    case 'c': { // GLOBAL
        const QByteArray module = line();
        return global(module, line());
    }
    case 0x93: { // STACK_GLOBAL
        const QByteArray name = pop()->text;
        return global(pop()->text, name);
    }
    case 'R':
    case 0x81: // NEWOBJ
        return reduce();
    case 'Q':
        return persistent();
    case 'b':
        return build();
    case '0':
        pop();
        return;
    case '1': // POP_MARK
        popToMark();
        return;
    case '2': // DUP
        push(top());
        return;
    default:
        fail(Tr::tr("the pickle has the instruction 0x%1, which weights do not need; it is refused.")
                 .arg(code, 2, 16, QLatin1Char('0')));
    }
}

bool PickleReader::stepNumber(uchar code)
{
    const auto integer = [this](qint64 value) { push(make(Kind::Integer))->integer = value; };
    switch (code) {
    case 'N':
        push(make(Kind::None));
        return true;
    case 0x88:
    case 0x89:
        push(make(Kind::Boolean))->integer = code == 0x88;
        return true;
    case 'K':
        integer(static_cast<qint64>(number(1)));
        return true;
    case 'M':
        integer(static_cast<qint64>(number(2)));
        return true;
    case 'J':
        integer(static_cast<qint32>(number(4)));
        return true;
    case 0x8a: // LONG1
        integer(bigInteger(static_cast<qint64>(number(1))));
        return true;
    case 0x8b: // LONG4
        integer(bigInteger(static_cast<qint64>(number(4))));
        return true;
    case 'G': {
        const quint64 bits = qbswap(number(8));
        std::memcpy(&push(make(Kind::Real))->real, &bits, sizeof bits);
        return true;
    }
    default:
        return false;
    }
}

bool PickleReader::stepText(uchar code)
{
    int lengthBytes = 0;
    switch (code) {
    case 'X': // BINUNICODE
    case 'T': // BINSTRING
    case 'B': // BINBYTES
        lengthBytes = 4;
        break;
    case 0x8c: // SHORT_BINUNICODE
    case 'U':  // SHORT_BINSTRING
    case 'C':  // SHORT_BINBYTES
        lengthBytes = 1;
        break;
    case 0x8d: // BINUNICODE8
    case 0x8e: // BINBYTES8
    case 0x96: // BYTEARRAY8
        lengthBytes = 8;
        break;
    default:
        return false;
    }
    const QByteArray text = bytes(number(lengthBytes));
    push(make(Kind::Text))->text = text;
    return true;
}

bool PickleReader::stepContainer(uchar code)
{
    const auto gather = [this](Kind kind, std::vector<Node*> items) {
        push(make(kind))->items = std::move(items);
    };
    const auto extend = [this](Kind kind, const std::vector<Node*>& items) {
        if (top()->kind != kind || (kind == Kind::Dict && items.size() % 2 != 0))
            fail(Tr::tr("the pickle is damaged: it fills what is no container."));
        top()->items.insert(top()->items.end(), items.begin(), items.end());
    };
    switch (code) {
    case '(':
        m_marks.push_back(m_stack.size());
        return true;
    case ')':
        gather(Kind::Tuple, {});
        return true;
    case ']':
    case 0x8f: // EMPTY_SET
        gather(Kind::List, {});
        return true;
    case '}':
        gather(Kind::Dict, {});
        return true;
    case 't':
        gather(Kind::Tuple, popToMark());
        return true;
    case 'l':
    case 0x91: // FROZENSET
        gather(Kind::List, popToMark());
        return true;
    case 'd': {
        const std::vector<Node*> items = popToMark();
        push(make(Kind::Dict));
        extend(Kind::Dict, items);
        return true;
    }
    case 0x85:
    case 0x86:
    case 0x87: { // TUPLE1, TUPLE2, TUPLE3
        std::vector<Node*> items(code - 0x84);
        for (auto it = items.rbegin(); it != items.rend(); ++it)
            *it = pop();
        gather(Kind::Tuple, std::move(items));
        return true;
    }
    case 'a':
        extend(Kind::List, { pop() });
        return true;
    case 'e':
    case 0x90: // ADDITEMS
        extend(Kind::List, popToMark());
        return true;
    case 's': {
        Node* value = pop();
        Node* key = pop();
        extend(Kind::Dict, { key, value });
        return true;
    }
    case 'u':
        extend(Kind::Dict, popToMark());
        return true;
    default:
        return false;
    }
}

bool PickleReader::stepMemo(uchar code)
{
    switch (code) {
    case 'q':
        m_memo[number(1)] = top();
        return true;
    case 'r':
        m_memo[number(4)] = top();
        return true;
    case 0x94: // MEMOIZE
        m_memo[m_memo.size()] = top();
        return true;
    case 'h':
        get(number(1));
        return true;
    case 'j':
        get(number(4));
        return true;
    default:
        return false;
    }
}

PickleNode* PickleReader::push(Node* node)
{
    m_stack.push_back(node);
    return node;
}

PickleNode* PickleReader::top() const
{
    if (m_stack.empty())
        fail(Tr::tr("the pickle is damaged: it takes more than it has."));
    return m_stack.back();
}

PickleNode* PickleReader::pop()
{
    Node* node = top();
    if (!m_marks.empty() && m_marks.back() >= m_stack.size())
        fail(Tr::tr("the pickle is damaged: it takes more than it has."));
    m_stack.pop_back();
    return node;
}

std::vector<PickleNode*> PickleReader::popToMark()
{
    if (m_marks.empty())
        fail(Tr::tr("the pickle is damaged: a group ends that never began."));
    const auto from = m_stack.begin() + static_cast<qsizetype>(m_marks.back());
    std::vector<Node*> items(from, m_stack.end());
    m_stack.erase(from, m_stack.end());
    m_marks.pop_back();
    return items;
}

} // namespace triptych
