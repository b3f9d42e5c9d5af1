#include "core/engine/models/files/Pickle.h"
#include "core/engine/models/files/TensorFile.h"
#include "core/engine/models/files/TensorNames.h"
#include "core/engine/models/files/ZipDirectory.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QtEndian>

namespace triptych {

namespace {

using Kind = PickleNode::Kind;
using Places = std::map<QByteArray, ZipDirectory::Member>; ///< storage key → bytes in the file

constexpr qint64 largestPickle = 64 * 1024 * 1024;
/// The first pickle of torch.save's older form: 0x1950a86a20f9469cfc6c.
constexpr char oldMagic[] = "\x80\x02\x8a\x0al\xfc\x9c\x46\xf9 j\xa8P\x19.";

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

[[noreturn]] void fail(const QString& path, const QString& what)
{
    throw Error(QStringLiteral("%1: %2").arg(path, what));
}

at::ScalarType typeOf(const QByteArray& storage)
{
    static const std::map<QByteArray, at::ScalarType> types { { "FloatStorage", at::kFloat },
        { "DoubleStorage", at::kDouble }, { "HalfStorage", at::kHalf },
        { "BFloat16Storage", at::kBFloat16 }, { "LongStorage", at::kLong }, { "IntStorage", at::kInt },
        { "ShortStorage", at::kShort }, { "CharStorage", at::kChar }, { "ByteStorage", at::kByte },
        { "BoolStorage", at::kBool } };
    return types.at(storage);
}

std::vector<int64_t> sidesOf(const PickleNode& tuple, const QString& path, const QString& name)
{
    std::vector<int64_t> sides;
    for (const PickleNode* item : tuple.items) {
        if (item->kind != Kind::Integer || item->integer < 0)
            fail(path, QCoreApplication::translate("models", "the tensor %1 has a negative or broken shape.").arg(name));
        sides.push_back(item->integer);
    }
    return sides;
}

at::Tensor tensorFrom(const PickleNode& node, const QString& name, const Places& places,
    const std::shared_ptr<MappedFile>& file)
{
    const QString path = file->path();
    const PickleNode& storage = *node.items[0];
    const auto place = places.find(storage.text);
    if (place == places.end())
        fail(path, QCoreApplication::translate("models", "the data of the tensor %1 is missing, or compressed, which torch.save never does.").arg(name));
    const at::ScalarType type = typeOf(storage.type);
    const auto width = static_cast<int64_t>(c10::elementSize(type));
    const auto sizes = sidesOf(*node.items[1], path, name);
    const auto strides = sidesOf(*node.items[2], path, name);
    const auto elements = elementsOf(sizes);
    if (sizes.size() != strides.size() || !elements || node.integer < 0
        || storage.integer > place->second.size / width)
        fail(path, QCoreApplication::translate("models", "the tensor %1 does not fit its data; the file is damaged.").arg(name));
    if (*elements == 0)
        return at::Tensor(viewOf(file, 0, type, sizes, {}));
    int64_t last = node.integer;
    for (size_t i = 0; i < sizes.size(); ++i) {
        int64_t reach = 0;
        if (__builtin_mul_overflow(sizes[i] - 1, strides[i], &reach)
            || __builtin_add_overflow(last, reach, &last))
            fail(path, QCoreApplication::translate("models", "the tensor %1 does not fit its data; the file is damaged.").arg(name));
    }
    if (last >= storage.integer || *elements > storage.integer)
        fail(path, QCoreApplication::translate("models", "the tensor %1 reaches past its data; the file is damaged.").arg(name));
    return viewOf(file, place->second.offset + node.integer * width, type, sizes, strides);
}

TensorFile gather(const PickleNode& top, const Places& places, const std::shared_ptr<MappedFile>& file)
{
    NamedNodes named = namedTensors(top);
    if (named.excessive)
        fail(file->path(), Tr::tr("the list of tensors is unreasonably long."));
    if (named.tensors.empty())
        fail(file->path(), Tr::tr("the pickle holds no tensors by name."));
    TensorFile read;
    read.notes = std::move(named.notes);
    for (const auto& [name, node] : named.tensors)
        read.tensors[name] = tensorFrom(*node, name, places, file);
    return read;
}

void checkByteOrder(const ZipDirectory::Member& member, const MappedFile& file)
{
    const auto order = QByteArray::fromRawData(
        reinterpret_cast<const char*>(file.data()) + member.offset, member.size);
    if (order.startsWith("big"))
        fail(file.path(), Tr::tr("its numbers are stored big end first; save it again on a usual machine."));
}

/// What a zip of torch.save or torch.jit.save holds.
struct Archive {
    Places places;
    const ZipDirectory::Member* pickle = nullptr;
    bool program = false;
};

Archive archiveIn(const ZipDirectory& zip, const MappedFile& file)
{
    Archive archive;
    for (const auto& [name, member] : zip.members()) {
        const QByteArray inside = name.mid(name.indexOf('/') + 1);
        if (inside == "data.pkl")
            archive.pickle = &member;
        else if (inside == "byteorder")
            checkByteOrder(member, file);
        else if (inside.startsWith("data/") && !member.compressed)
            archive.places[inside.mid(qstrlen("data/"))] = member;
        else if (inside == "constants.pkl" || inside.startsWith("code/"))
            archive.program = true;
    }
    return archive;
}

TensorFile readZip(const std::shared_ptr<MappedFile>& file)
{
    const ZipDirectory zip(*file);
    const Archive archive = archiveIn(zip, *file);
    if (!archive.pickle)
        fail(file->path(), Tr::tr("the zip has no data.pkl: this is no file of weights."));
    if (archive.pickle->compressed)
        fail(file->path(), Tr::tr("data.pkl is compressed, which torch.save never does; save it again."));
    if (archive.pickle->size > largestPickle)
        fail(file->path(), Tr::tr("the list of tensors is unreasonably long."));
    const uchar* start = file->data() + archive.pickle->offset;
    PickleReader reader(start, archive.pickle->size, file->path(),
        archive.program ? PickleReader::For::Program : PickleReader::For::Weights);
    TensorFile read = gather(reader.read(), archive.places, file);
    read.program = archive.program;
    read.header = QByteArray(reinterpret_cast<const char*>(start), archive.pickle->size);
    return read;
}

// Five pickles (magic, version, machine, weights, storage keys), then each storage: its number of
// elements and its bytes.
TensorFile readOld(const std::shared_ptr<MappedFile>& file)
{
    PickleReader reader(file->data(), file->size(), file->path());
    reader.read();
    reader.read();
    reader.read();
    const PickleNode& top = reader.read();
    std::map<QByteArray, QByteArray> types;
    for (const PickleNode* storage : reader.storages())
        types[storage->text] = storage->type;
    const PickleNode& keys = reader.read();
    Places places;
    qint64 at = reader.position();
    for (const PickleNode* key : keys.items) {
        const auto type = types.find(key->text);
        if (key->kind != Kind::Text || type == types.end() || at > file->size() - 8)
            fail(file->path(), QCoreApplication::translate("models", "the data of the tensors is missing or cut short."));
        const auto elements = qFromLittleEndian<qint64>(file->data() + at);
        const auto width = static_cast<qint64>(c10::elementSize(typeOf(type->second)));
        at += 8;
        if (elements < 0 || elements > (file->size() - at) / width)
            fail(file->path(), QCoreApplication::translate("models", "the data of the tensors is cut short; fetch the file again."));
        places[key->text] = { at, elements * width };
        at += elements * width;
    }
    TensorFile read = gather(top, places, file);
    read.header = QByteArray(reinterpret_cast<const char*>(file->data()), reader.position());
    return read;
}

} // namespace

TensorFile readTorchFile(const QString& path)
{
    const auto file = MappedFile::open(path);
    const auto start = QByteArray::fromRawData(
        reinterpret_cast<const char*>(file->data()), qMin<qint64>(file->size(), sizeof oldMagic));
    if (start.startsWith("PK"))
        return readZip(file);
    if (start.startsWith(QByteArray(oldMagic, sizeof oldMagic - 1)))
        return readOld(file);
    fail(path, Tr::tr("this is no PyTorch file of weights."));
}

} // namespace triptych
