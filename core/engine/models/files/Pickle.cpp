#include "core/engine/models/files/Pickle.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QtEndian>
#include <array>
#include <cstring>

namespace triptych {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("models", text);
}

bool isStorage(const QByteArray& global)
{
    static const std::array known { "FloatStorage", "DoubleStorage", "HalfStorage",
        "BFloat16Storage", "LongStorage", "IntStorage", "ShortStorage", "CharStorage", "ByteStorage",
        "BoolStorage" };
    for (const char* name : known) {
        if (global == QByteArray("torch ") + name)
            return true;
    }
    return false;
}

bool isAllowed(const QByteArray& global)
{
    return isStorage(global) || global == "collections OrderedDict" || global == "torch Size"
        || global == "torch._utils _rebuild_tensor_v2"
        || global == "torch._utils _rebuild_parameter";
}

} // namespace

PickleReader::PickleReader(const uchar* data, qint64 size, QString file)
    : m_data(data)
    , m_size(size)
    , m_file(std::move(file))
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
    if (stepNumber(code) || stepText(code) || stepContainer(code) || stepMemo(code))
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
        fail(tr("the pickle has the instruction 0x%1, which weights do not need; it is refused.")
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
            fail(tr("the pickle is damaged: it fills what is no container."));
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
        gather(Kind::List, {});
        return true;
    case '}':
        gather(Kind::Dict, {});
        return true;
    case 't':
        gather(Kind::Tuple, popToMark());
        return true;
    case 'l':
        gather(Kind::List, popToMark());
        return true;
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
    const auto get = [this](quint64 index) {
        const auto found = m_memo.find(index);
        if (found == m_memo.end())
            fail(tr("the pickle is damaged: it recalls what it never stored."));
        push(found->second);
    };
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

void PickleReader::global(const QByteArray& module, const QByteArray& name)
{
    const QByteArray full = module + ' ' + name;
    if (!isAllowed(full)) {
        fail(tr("the pickle asks for %1.%2, which is no tensor or plain container; a file that wants "
                "code to run is refused. Save the weights as safetensors.")
                 .arg(QString::fromUtf8(module), QString::fromUtf8(name)));
    }
    push(make(Kind::Global))->text = full;
}

void PickleReader::reduce()
{
    const Node* arguments = pop();
    const Node* function = pop();
    if (function->kind != Kind::Global || arguments->kind != Kind::Tuple)
        fail(tr("the pickle is damaged: it calls what is no function."));
    const std::vector<Node*>& given = arguments->items;
    if (function->text == "collections OrderedDict") {
        if (!given.empty() && !(given.size() == 1 && given[0]->items.empty()))
            fail(tr("the pickle fills an OrderedDict in a way that is not known."));
        push(make(Kind::Dict));
    } else if (function->text == "torch._utils _rebuild_parameter") {
        if (given.empty() || given[0]->kind != Kind::Tensor)
            fail(tr("the pickle has a parameter without a tensor."));
        push(given[0]);
    } else if (function->text == "torch._utils _rebuild_tensor_v2") {
        if (given.size() < 4 || given[0]->kind != Kind::Storage || given[1]->kind != Kind::Integer
            || given[2]->kind != Kind::Tuple || given[3]->kind != Kind::Tuple)
            fail(tr("the pickle has a tensor that is not fully described."));
        Node* tensor = push(make(Kind::Tensor));
        tensor->integer = given[1]->integer;
        tensor->items = { given[0], given[2], given[3] };
    } else if (function->text == "torch Size" && given.size() == 1) {
        push(make(Kind::Tuple))->items = given[0]->items;
    } else {
        fail(tr("the pickle calls %1, which is refused.").arg(QString::fromUtf8(function->text)));
    }
}

// ('storage', type, key, device, elements[, view])
void PickleReader::persistent()
{
    const Node* id = pop();
    const auto& part = id->items;
    if (id->kind != Kind::Tuple || part.size() < 5 || part[0]->text != "storage"
        || part[1]->kind != Kind::Global || !isStorage(part[1]->text) || part[2]->kind != Kind::Text
        || part[4]->kind != Kind::Integer || part[4]->integer < 0
        || (part.size() > 5 && part[5]->kind != Kind::None))
        fail(tr("the pickle points to a storage that is not known."));
    Node* storage = push(make(Kind::Storage));
    storage->type = part[1]->text.mid(qstrlen("torch "));
    storage->text = part[2]->text;
    storage->integer = part[4]->integer;
}

// An OrderedDict may carry attributes (state_dict's _metadata): they say nothing about weights.
void PickleReader::build()
{
    pop();
    if (top()->kind != Kind::Dict)
        fail(tr("the pickle sets the state of an object; only tensors and containers are read."));
}

PickleNode* PickleReader::make(Kind kind)
{
    m_nodes.push_back(std::make_unique<Node>());
    m_nodes.back()->kind = kind;
    return m_nodes.back().get();
}

PickleNode* PickleReader::push(Node* node)
{
    m_stack.push_back(node);
    return node;
}

PickleNode* PickleReader::top() const
{
    if (m_stack.empty())
        fail(tr("the pickle is damaged: it takes more than it has."));
    return m_stack.back();
}

PickleNode* PickleReader::pop()
{
    Node* node = top();
    if (!m_marks.empty() && m_marks.back() >= m_stack.size())
        fail(tr("the pickle is damaged: it takes more than it has."));
    m_stack.pop_back();
    return node;
}

std::vector<PickleNode*> PickleReader::popToMark()
{
    if (m_marks.empty())
        fail(tr("the pickle is damaged: a group ends that never began."));
    const auto from = m_stack.begin() + static_cast<qsizetype>(m_marks.back());
    std::vector<Node*> items(from, m_stack.end());
    m_stack.erase(from, m_stack.end());
    m_marks.pop_back();
    return items;
}

QByteArray PickleReader::bytes(quint64 count)
{
    if (count > quint64(m_size - m_at))
        fail(tr("the pickle ends in the middle; the download is incomplete, fetch it again."));
    const QByteArray taken(reinterpret_cast<const char*>(m_data) + m_at, static_cast<qsizetype>(count));
    m_at += static_cast<qint64>(count);
    return taken;
}

quint64 PickleReader::number(int count)
{
    if (count > m_size - m_at)
        fail(tr("the pickle ends in the middle; the download is incomplete, fetch it again."));
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
        fail(tr("the pickle ends in the middle; the download is incomplete, fetch it again."));
    const qint64 length = static_cast<const uchar*>(end) - (m_data + m_at);
    const QByteArray text = bytes(static_cast<quint64>(length));
    ++m_at;
    return text;
}

} // namespace triptych
