#include "core/engine/models/files/Pickle.h"

#include <QCoreApplication>
#include <array>

// What a pickle may ask for by name: nothing is called, each is answered by its data.
namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

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

void PickleReader::global(const QByteArray& module, const QByteArray& name)
{
    const QByteArray full = module + ' ' + name;
    if (!isAllowed(full)) {
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
    if (function->text == "collections OrderedDict") {
        if (!given.empty() && !(given.size() == 1 && given[0]->items.empty()))
            fail(Tr::tr("the pickle fills an OrderedDict in a way that is not known."));
        push(make(Kind::Dict));
    } else if (function->text == "torch._utils _rebuild_parameter") {
        if (given.empty() || given[0]->kind != Kind::Tensor)
            fail(Tr::tr("the pickle has a parameter without a tensor."));
        push(given[0]);
    } else if (function->text == "torch._utils _rebuild_tensor_v2") {
        if (given.size() < 4 || given[0]->kind != Kind::Storage || given[1]->kind != Kind::Integer
            || given[2]->kind != Kind::Tuple || given[3]->kind != Kind::Tuple)
            fail(Tr::tr("the pickle has a tensor that is not fully described."));
        Node* tensor = push(make(Kind::Tensor));
        tensor->integer = given[1]->integer;
        tensor->items = { given[0], given[2], given[3] };
    } else if (function->text == "torch Size" && given.size() == 1) {
        push(make(Kind::Tuple))->items = given[0]->items;
    } else {
        fail(Tr::tr("the pickle calls %1, which is refused.").arg(QString::fromUtf8(function->text)));
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
        fail(Tr::tr("the pickle points to a storage that is not known."));
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
        fail(Tr::tr("the pickle sets the state of an object; only tensors and containers are read."));
}

} // namespace triptych
