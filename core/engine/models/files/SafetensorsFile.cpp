#include "core/engine/models/files/TensorFile.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QtEndian>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace triptych {

namespace {

using Json = nlohmann::json;

constexpr qint64 lengthBytes = 8;
constexpr quint64 largestHeader = 100'000'000; // the format's own limit

struct Span {
    qint64 begin = 0;
    qint64 end = 0;
    QString name;
};

[[noreturn]] void fail(const QString& path, const QString& what)
{
    throw Error(QStringLiteral("%1: %2").arg(path, what));
}

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

at::ScalarType typeOf(const std::string& name, const QString& path, const QString& tensor)
{
    static const std::map<std::string, at::ScalarType> types { { "F32", at::kFloat },
        { "F16", at::kHalf }, { "BF16", at::kBFloat16 }, { "F64", at::kDouble }, { "I64", at::kLong },
        { "I32", at::kInt }, { "I16", at::kShort }, { "I8", at::kChar }, { "U8", at::kByte },
        { "BOOL", at::kBool } };
    const auto found = types.find(name);
    if (found == types.end()) {
        fail(path, QCoreApplication::translate("models", "the tensor %1 has the type \"%2\", which is not known.")
                       .arg(tensor, QString::fromStdString(name)));
    }
    return found->second;
}

std::vector<int64_t> integers(const Json& list, const QString& path, const QString& tensor)
{
    std::vector<int64_t> numbers;
    if (!list.is_array())
        fail(path, QCoreApplication::translate("models", "the tensor %1 has no list of numbers where one belongs.").arg(tensor));
    for (const Json& entry : list) {
        const bool fits = entry.is_number_integer()
            && (!entry.is_number_unsigned()
                || entry.get<uint64_t>() <= uint64_t(std::numeric_limits<int64_t>::max()));
        if (!fits || entry.get<int64_t>() < 0)
            fail(path, QCoreApplication::translate("models", "the tensor %1 has a negative or broken number in its header.").arg(tensor));
        numbers.push_back(entry.get<int64_t>());
    }
    return numbers;
}

Json readHeader(const MappedFile& file, qint64& length)
{
    if (file.size() < lengthBytes)
        fail(file.path(), Tr::tr("this is too short to be a safetensors file."));
    const auto given = qFromLittleEndian<quint64>(file.data());
    if (given > largestHeader || given > quint64(file.size() - lengthBytes)) {
        fail(file.path(), Tr::tr("its header would be longer than the file; this is no safetensors file, "
                             "or the download is incomplete."));
    }
    length = static_cast<qint64>(given);
    const auto* text = reinterpret_cast<const char*>(file.data()) + lengthBytes;
    Json header = Json::parse(text, text + length, nullptr, false);
    if (!header.is_object())
        fail(file.path(), Tr::tr("its header is not JSON; this is no safetensors file."));
    return header;
}

// Every byte of the body belongs to exactly one tensor.
void checkCover(std::vector<Span> spans, qint64 body, const QString& path)
{
    std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) {
        return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    qint64 at = 0;
    for (const Span& span : spans) {
        if (span.begin < at)
            fail(path, Tr::tr("the tensor %1 overlaps another.").arg(span.name));
        if (span.begin > at)
            fail(path, Tr::tr("there are bytes before the tensor %1 that belong to none.").arg(span.name));
        at = span.end;
    }
    if (at != body)
        fail(path, Tr::tr("there are bytes after the last tensor that belong to none."));
}

} // namespace

TensorFile readSafetensorsFile(const QString& path)
{
    const auto file = MappedFile::open(path);
    qint64 length = 0;
    const Json header = readHeader(*file, length);
    const qint64 start = lengthBytes + length;
    const qint64 body = file->size() - start;
    TensorFile read;
    std::vector<Span> spans;
    for (const auto& [key, entry] : header.items()) {
        if (key == "__metadata__")
            continue;
        const QString name = QString::fromStdString(key);
        if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string()
            || !entry.contains("shape") || !entry.contains("data_offsets"))
            fail(path, Tr::tr("the tensor %1 is not fully described in the header.").arg(name));
        const at::ScalarType type = typeOf(entry["dtype"].get<std::string>(), path, name);
        const auto shape = integers(entry["shape"], path, name);
        const auto offsets = integers(entry["data_offsets"], path, name);
        if (offsets.size() != 2 || offsets[0] > offsets[1])
            fail(path, Tr::tr("the tensor %1 ends before it begins.").arg(name));
        if (offsets[1] > body)
            fail(path, QCoreApplication::translate("models", "the tensor %1 reaches past the end of the file; the download is "
                          "incomplete, fetch it again.").arg(name));
        const auto elements = elementsOf(shape);
        int64_t bytes = 0;
        if (!elements
            || __builtin_mul_overflow(*elements, int64_t(c10::elementSize(type)), &bytes)
            || bytes != offsets[1] - offsets[0])
            fail(path, Tr::tr("the shape of the tensor %1 does not fit its %2 bytes.")
                           .arg(name).arg(offsets[1] - offsets[0]));
        spans.push_back({ offsets[0], offsets[1], name });
        read.tensors.emplace(name, viewOf(file, start + offsets[0], type, shape));
    }
    checkCover(std::move(spans), body, path);
    read.header = QByteArray(reinterpret_cast<const char*>(file->data()), start);
    return read;
}

} // namespace triptych
