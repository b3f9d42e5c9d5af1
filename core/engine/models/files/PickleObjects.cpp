#include "core/engine/models/files/Pickle.h"

#include <QCoreApplication>
#include <QSet>
#include <array>

// What a pickle may ask for by name: nothing is called, each is answered by its data.
namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

/// No tensor has more sides, no size, offset or device more parts.
constexpr size_t mostSides = 64;

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

/// Names of number types stand in settings beside the weights.
bool isDtype(const QByteArray& global)
{
    static const QSet<QByteArray> known { "torch float32", "torch float64", "torch float16", "torch bfloat16",
        "torch int64", "torch int32", "torch int16", "torch int8", "torch uint8", "torch bool" };
    return known.contains(global);
}

bool isContainer(const QByteArray& global)
{
    static const QSet<QByteArray> known { "collections OrderedDict", "collections defaultdict", "__builtin__ dict",
        "builtins dict", "__builtin__ list", "builtins list", "__builtin__ tuple", "builtins tuple", "__builtin__ set",
        "builtins set", "__builtin__ frozenset", "builtins frozenset", "_codecs encode", "torch Size",
        "torch device" };
    return known.contains(global);
}

bool isTensor(const QByteArray& global)
{
    static const QSet<QByteArray> known { "torch._utils _rebuild_tensor", "torch._utils _rebuild_tensor_v2",
        "torch._utils _rebuild_parameter", "torch._utils _rebuild_parameter_with_state" };
    return known.contains(global);
}

/// A class of the archive itself, or how TorchScript marks the type of a list.
bool isOfProgram(const QByteArray& global)
{
    return global.startsWith("__torch__") || global.startsWith("torch.jit._pickle ");
}

} // namespace

void PickleReader::global(const QByteArray& module, const QByteArray& name)
{
    const QByteArray full = module + ' ' + name;
    const bool known = isStorage(full) || isDtype(full) || isContainer(full) || isTensor(full)
        || (m_for == For::Program && isOfProgram(full));
    if (!known) {
        fail(Tr::tr("the pickle asks for %1.%2, which is no tensor or plain container; a file that wants "
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
        fail(Tr::tr("the pickle is damaged: it calls what is no function."));
    const std::vector<Node*>& given = arguments->items;
    const QByteArray& name = function->text;
    if (name == "torch._utils _rebuild_tensor_v2" || name == "torch._utils _rebuild_tensor")
        return reduceTensor(given);
    if (name == "torch._utils _rebuild_parameter" || name == "torch._utils _rebuild_parameter_with_state") {
        if (given.empty() || given[0]->kind != Kind::Tensor)
            fail(Tr::tr("the pickle has a parameter without a tensor."));
        push(given[0]);
        return;
    }
    if (m_for == For::Program && name.startsWith("__torch__")) {
        push(make(Kind::Object))->text = name;
        return;
    }
    if (m_for == For::Program && isOfProgram(name) && !given.empty()) {
        push(given[0]); // build_intlist(list), restore_type_tag(value, type)
        return;
    }
    if (!reducePlain(name, given))
        fail(Tr::tr("the pickle calls %1, which is refused.").arg(QString::fromUtf8(name)));
}

bool PickleReader::reducePlain(const QByteArray& function, const std::vector<Node*>& given)
{
    const QByteArray name = function.mid(function.indexOf(' ') + 1);
    if (!isContainer(function))
        return false;
    if (name == "OrderedDict" || name == "defaultdict" || name == "dict") {
        Node* dict = push(make(Kind::Dict));
        // defaultdict's argument is what makes its missing values: a name, never called.
        if (!given.empty() && given.back()->kind != Kind::Global && given.back()->kind != Kind::None)
            fillDict(dict, given.back()->items);
        return true;
    }
    if (name == "encode" || name == "device") {
        if (given.empty() || given[0]->kind != Kind::Text)
            return false;
        push(given[0]);
        return true;
    }
    if (given.size() > 1 || (!given.empty() && given[0]->kind != Kind::List && given[0]->kind != Kind::Tuple))
        return false;
    if (name == "Size" && !given.empty() && given[0]->items.size() > mostSides)
        return false;
    push(given.empty() ? make(name == "tuple" || name == "Size" ? Kind::Tuple : Kind::List) : given[0]);
    if (name == "Size" && !given.empty())
        top()->kind = Kind::Tuple;
    return true;
}

// A list may be named again and again: a short file must not become a long one by being copied.
void PickleReader::fillDict(Node* dict, const std::vector<Node*>& pairs)
{
    constexpr size_t most = 2'000'000;
    m_copied += pairs.size();
    if (m_copied > most)
        fail(Tr::tr("the list of tensors is unreasonably long."));
    for (const Node* pair : pairs) {
        if ((pair->kind != Kind::Tuple && pair->kind != Kind::List) || pair->items.size() != 2)
            fail(Tr::tr("the pickle fills an OrderedDict in a way that is not known."));
        dict->items.push_back(pair->items[0]);
        dict->items.push_back(pair->items[1]);
    }
}

// (storage, offset, sizes, strides, …)
void PickleReader::reduceTensor(const std::vector<Node*>& given)
{
    const bool whole = given.size() >= 4 && given[0]->kind == Kind::Storage && given[1]->kind == Kind::Integer
        && given[2]->kind == Kind::Tuple && given[3]->kind == Kind::Tuple && given[2]->items.size() <= mostSides
        && given[3]->items.size() <= mostSides;
    if (!whole)
        fail(Tr::tr("the pickle has a tensor that is not fully described."));
    Node* tensor = push(make(Kind::Tensor));
    tensor->integer = given[1]->integer;
    tensor->items = { given[0], given[2], given[3] };
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
        fail(Tr::tr("the pickle points to a storage that is not known."));
    Node* storage = push(make(Kind::Storage));
    storage->type = part[1]->text.mid(qstrlen("torch "));
    storage->text = part[2]->text;
    storage->integer = part[4]->integer;
}

// An OrderedDict may carry attributes (state_dict's _metadata), a parameter those of its class: they
// say nothing about weights. An object of a program has its tensors there.
void PickleReader::build()
{
    Node* state = pop();
    Node* object = top();
    if (object->kind == Kind::Object && state->kind == Kind::Dict)
        object->items = { state };
    if (object->kind != Kind::Dict && object->kind != Kind::Tensor && object->kind != Kind::Object)
        fail(Tr::tr("the pickle sets the state of an object; only tensors and containers are read."));
}

} // namespace triptych
