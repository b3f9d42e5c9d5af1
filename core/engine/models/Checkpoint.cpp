#include "core/engine/models/Checkpoint.h"

#include "core/engine/models/files/TensorFile.h"
#include "core/engine/models/files/TensorNames.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

namespace triptych {

namespace {

constexpr qint64 largestJson = 256 * 1024 * 1024;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

bool isSafetensors(const QString& path)
{
    return path.endsWith(QStringLiteral(".safetensors"));
}

} // namespace

QJsonObject readJsonObject(const QString& path)
{
    QFile file(path);
    if (const QFileInfo info(path); info.exists() && !info.isFile()) // a pipe would be waited for
        throw Error(Tr::tr("%1 is no file.").arg(path));
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Tr::tr("%1 cannot be opened: %2.").arg(path, file.errorString()));
    if (file.size() > largestJson)
        throw Error(Tr::tr("%1 is too large to be what its name says.").arg(path));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (!document.isObject()) {
        const QString why = error.error == QJsonParseError::NoError
            ? Tr::tr("it is not an object")
            : QStringLiteral("%1 (%2)").arg(error.errorString()).arg(error.offset);
        throw Error(Tr::tr("%1 is no JSON object: %2.").arg(path, why));
    }
    return document.object();
}

Checkpoint Checkpoint::open(const QString& path)
{
    Checkpoint checkpoint;
    const QFileInfo info(path);
    if (!info.exists())
        throw Error(Tr::tr("%1 does not exist.").arg(path));
    checkpoint.m_path = info.absoluteFilePath();
    checkpoint.m_folder = info.isDir() ? info.absoluteFilePath() : info.absolutePath();
    checkpoint.readConfig();
    if (info.isDir())
        checkpoint.readFolder();
    else
        checkpoint.add(info.absoluteFilePath());
    checkpoint.cutWrappers();
    checkpoint.makeHash();
    return checkpoint;
}

void Checkpoint::readConfig()
{
    const QString path = QDir(m_folder).filePath(QStringLiteral("config.json"));
    if (!QFileInfo::exists(path))
        return;
    m_config = readJsonObject(path);
    m_headers = QJsonDocument(m_config).toJson(QJsonDocument::Compact);
}

void Checkpoint::readFolder()
{
    const QDir folder(m_folder);
    for (const char* name : { "model.safetensors", "model.safetensors.index.json",
             "pytorch_model.bin", "pytorch_model.bin.index.json", "open_clip_model.safetensors",
             "open_clip_pytorch_model.bin" }) {
        const QString path = folder.filePath(QLatin1String(name));
        if (!QFileInfo::exists(path))
            continue;
        if (path.endsWith(QStringLiteral(".json")))
            readShards(path);
        else
            add(path);
        return;
    }
    readOther(folder);
}

// Weights by another name: one file is plain, several are for the person to choose from.
void Checkpoint::readOther(const QDir& folder)
{
    const QStringList found = folder.entryList({ QStringLiteral("*.safetensors"), QStringLiteral("*.bin"),
                                                   QStringLiteral("*.pt"), QStringLiteral("*.pth") },
        QDir::Files, QDir::Name);
    if (found.size() == 1)
        return add(folder.filePath(found.front()));
    if (!found.isEmpty()) {
        throw Error(Tr::tr("%1: there is no model.safetensors or pytorch_model.bin, but %2; open one of them.")
                        .arg(m_folder, found.mid(0, 6).join(QStringLiteral(", "))));
    }
    const QStringList foreign = folder.entryList({ QStringLiteral("*.h5"), QStringLiteral("*.msgpack"),
        QStringLiteral("*.onnx"), QStringLiteral("*.gguf"), QStringLiteral("*.ot") }, QDir::Files, QDir::Name);
    if (!foreign.isEmpty()) {
        throw Error(Tr::tr("%1: the weights are in %2 alone, which is not read; fetch model.safetensors or "
                       "pytorch_model.bin.").arg(m_folder, foreign.front()));
    }
    throw Error(Tr::tr("%1: there are no weights; model.safetensors, pytorch_model.bin or their "
                   "index.json belong in the folder, with config.json.").arg(m_folder));
}

// "module." in front of every name says how it was trained, not what it is.
void Checkpoint::cutWrappers()
{
    QStringList names;
    for (const auto& [name, tensor] : m_tensors)
        names.append(name);
    const QString wrapper = sharedWrapper(names, m_config.isEmpty() && !m_program);
    if (wrapper.isEmpty())
        return;
    std::map<QString, at::Tensor> cut;
    for (const auto& [name, tensor] : m_tensors)
        cut.emplace(name.mid(wrapper.size()), tensor);
    m_tensors = std::move(cut);
    m_notes.append(Tr::tr("Every name began with \"%1\", which is left out.").arg(wrapper));
}

void Checkpoint::readShards(const QString& index)
{
    const QJsonObject map = readJsonObject(index).value(QStringLiteral("weight_map")).toObject();
    if (map.isEmpty())
        throw Error(Tr::tr("%1 names no tensors in its weight_map.").arg(index));
    QStringList shards;
    for (const QJsonValue& value : map) {
        const QString name = value.toString();
        if (name.isEmpty() || name != QFileInfo(name).fileName() || name == QLatin1String(".."))
            throw Error(Tr::tr("%1 names the part \"%2\", which is not a file of this folder.").arg(index, name));
        if (!shards.contains(name))
            shards.append(name);
    }
    shards.sort();
    for (const QString& name : shards) {
        const QString path = QDir(m_folder).filePath(name);
        if (!QFileInfo::exists(path))
            throw Error(Tr::tr("%1 is missing, though %2 names it; fetch it too.").arg(path, index));
        add(path);
    }
    for (auto it = map.begin(); it != map.end(); ++it) {
        if (m_tensors.count(it.key()) == 0)
            throw Error(Tr::tr("%1: the tensor %2 is in none of the parts.").arg(index, it.key()));
    }
}

void Checkpoint::add(const QString& file)
{
    TensorFile read = isSafetensors(file) ? readSafetensorsFile(file) : readTorchFile(file);
    for (auto& [name, tensor] : read.tensors) {
        if (!m_tensors.emplace(name, tensor).second)
            throw Error(Tr::tr("%1: the tensor %2 is in another part too.").arg(file, name));
    }
    m_notes.append(read.notes);
    m_program = m_program || read.program;
    m_files.append(file);
    m_headers.append(read.header);
    m_byteSize += QFileInfo(file).size();
}

// Training again gives the same headers, so pieces of the weights go in as well.
void Checkpoint::makeHash()
{
    constexpr int pieces = 64;
    constexpr qint64 pieceSize = 4096;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(m_headers);
    for (const QString& path : m_files) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            throw Error(Tr::tr("%1 cannot be opened: %2.").arg(path, file.errorString()));
        hash.addData(QByteArray::number(file.size()));
        for (int i = 0; i < pieces; ++i) {
            file.seek(file.size() / pieces * i);
            hash.addData(file.read(pieceSize));
        }
    }
    constexpr qsizetype digits = 12;
    m_hash = QString::fromLatin1(hash.result().toHex().left(digits));
}

QString Checkpoint::dtype() const
{
    std::map<at::ScalarType, qint64> elements;
    for (const auto& [name, tensor] : m_tensors)
        elements[tensor.scalar_type()] += tensor.numel();
    at::ScalarType most = at::kFloat;
    for (const auto& [type, count] : elements) {
        if (count > elements[most])
            most = type;
    }
    return c10::isFloatingType(most) ? dtypeName(most) : QStringLiteral("integer");
}

QString dtypeName(at::ScalarType type)
{
    static const std::map<at::ScalarType, QString> names { { at::kFloat, QStringLiteral("float32") },
        { at::kHalf, QStringLiteral("float16") }, { at::kBFloat16, QStringLiteral("bfloat16") },
        { at::kDouble, QStringLiteral("float64") }, { at::kLong, QStringLiteral("int64") },
        { at::kInt, QStringLiteral("int32") }, { at::kShort, QStringLiteral("int16") },
        { at::kChar, QStringLiteral("int8") }, { at::kByte, QStringLiteral("uint8") },
        { at::kBool, QStringLiteral("bool") } };
    const auto found = names.find(type);
    return found != names.end() ? found->second : QString::fromLatin1(c10::toString(type)).toLower();
}

} // namespace triptych
